"""A project of each released format, kept for ever; `python -m tests.released` makes that of today."""
