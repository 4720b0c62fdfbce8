"""What a search found."""

from __future__ import annotations

import msgspec

Place = tuple[int, int]
"""A half-open range of code points."""
Snippet = tuple[str, str, str]
"""What stands before a place, in it and behind it, on one line."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A document that holds what was looked for, and where."""

    document_id: str
    title: str
    places: tuple[Place, ...]
    """In order, not overlapping; at most `text.finding.MOST`."""
    snippets: tuple[Snippet, ...]
    """Those of the first places, as many as were asked for."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A part of what a search finds."""

    found: tuple[Found, ...]
    after: int | None
    """Where the next page begins; None where nothing more is to come."""
    read: int
    """How many texts were looked through for this page."""
