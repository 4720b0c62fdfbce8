"""What others did meanwhile, from the journal: the feed that keeps every window current."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from annotator.model.changes import Changes
from annotator.storage import tables as t
from annotator.storage.obstacles import chunks
from annotator.storage.rows import DOCUMENT, RELATION, decoded

MOST = 200
"""Ops in one answer; what is behind them is in the next one."""


class _Image(msgspec.Struct, frozen=True):
    """What an image says of where its thing belongs."""

    document_id: str | None = None
    from_id: str | None = None
    to_id: str | None = None


def changes_since(connection: Connection, seq: int) -> tuple[Changes, ...]:
    """The changes of the ops after this one, oldest first, ``MOST`` of them at once."""
    return _changes(connection, t.op.c.seq > seq)


def changes_of(connection: Connection, op_id: str) -> Changes | None:
    """The changes of one op, where it was stored."""
    return next(iter(_changes(connection, t.op.c.id == op_id)), None)


def _changes(connection: Connection, which: Any) -> tuple[Changes, ...]:
    o = t.op.c
    query = select(o.seq, o.id, o.kind, o.title).where(which).order_by(o.seq).limit(MOST)
    return tuple(_change(connection, *row) for row in connection.execute(query))


def _change(connection: Connection, seq: int, op_id: str, kind: str, title: str) -> Changes:
    c = t.op_change.c
    query = select(c.noun, c.key, c.before, c.after).where(c.seq == seq)
    touched = set[tuple[str, str]]()
    documents, marks = set[str](), set[str]()
    for noun, key, *images in connection.execute(query):
        touched.add((noun, key))
        if noun == DOCUMENT.name:
            documents.add(key)
        for image in filter(None, images):
            said = decoded(image, _Image)
            documents |= {said.document_id} if said.document_id else set()
            if noun == RELATION.name:
                marks |= {end for end in (said.from_id, said.to_id) if end}
    documents |= _documents_of(connection, sorted(marks))
    return Changes(seq, op_id, kind, title, frozenset(touched), frozenset(documents))


def _documents_of(connection: Connection, marks: Sequence[str]) -> set[str]:
    found = set[str]()
    for part in chunks(marks):
        query = select(t.annotation.c.document_id).where(t.annotation.c.id.in_(part))
        found.update(connection.execute(query).scalars())
    return found
