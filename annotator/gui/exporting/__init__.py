"""The export dialog: which formats, which articles, how split, what is lost, where to."""
