"""Annotator: mark who claims what, who is the source, and who denies it, in saved news articles."""

__version__ = "0.1.0"
