"""Saved web pages, whatever they were saved in: from markup to an article."""
