"""Importing: what was found, looked at before it is stored, and what became of it."""
