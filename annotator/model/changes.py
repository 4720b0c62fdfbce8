"""What an act touched: the one message by which every view learns that something is new."""

from __future__ import annotations

import msgspec


class Changes(msgspec.Struct, frozen=True):
    """The result of an op. ``seq`` is 0 where nothing was changed."""

    seq: int
    op_id: str
    kind: str
    """do, undo or redo."""
    title: str
    touched: frozenset[tuple[str, str]] = frozenset()
    """Pairs of a noun (annotation, relation, document, annotation_set, block, schema…) and a key.

    Of an act stored in several parts only schemas are named; look at its documents whole."""
    documents: frozenset[str] = frozenset()
    """Ids of the documents whose page, marks or standing changed."""


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One op as the history shows it."""

    seq: int
    id: str
    kind: str
    of: str | None
    at: str
    by: str
    """The name of the person."""
    title: str
    in_force: bool
    count: int
    """How many things it changed."""
    documents: tuple[str, ...] = ()


class Move(msgspec.Struct, frozen=True):
    """What undo or redo would do next."""

    title: str
    documents: frozenset[str]
    """Ids of the documents it touches."""
