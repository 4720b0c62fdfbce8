"""The terminal: the same verbs as the window, over the same project functions."""
