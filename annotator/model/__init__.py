"""Frozen values and the rules between them. No input or output here."""
