"""How a saved article is called in a sentence."""

from __future__ import annotations

PASTED = ("", "-")
"""Names of what did not come out of a file."""


def said(name: str) -> str:
    """A file's name as it stands in a sentence."""
    return "What was pasted" if name in PASTED else name
