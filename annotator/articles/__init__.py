"""Saved articles: bytes in, an Article out. One file for each kind of file; no I/O."""
