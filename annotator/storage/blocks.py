"""Blocks as they stand: what the reader found, and over it what somebody decided."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select

from annotator.model.document import Block
from annotator.storage import tables as t

_b, _c = t.block.c, t.block_choice.c
_CHOSEN = and_(_c.document_id == _b.document_id, _c.ord == _b.ord)
STANDING: Select[*tuple[Any, ...]] = (
    select(
        _b.start,
        _b.end,
        _b.kind,
        func.coalesce(_c.role, _b.role),
        func.coalesce(_c.dimmed, _b.dimmed),
    )
    .join_from(t.block, t.block_choice, _CHOSEN, isouter=True)
    .where(_b.document_id == bindparam("document"))
    .order_by(_b.ord)
)
"""The blocks of one document, in order."""
READ: Select[*tuple[Any, ...]] = (
    select(_b.role, _b.dimmed, _b.confidence)
    .where(_b.document_id == bindparam("document"))
    .order_by(_b.ord)
)
"""What the reader thought of each, and how sure it was in hundredths."""
CHOICES: Select[*tuple[Any, ...]] = select(t.block_choice).where(
    _c.document_id == bindparam("document")
)


def block(row: Any) -> Block:
    """The block of a row of ``STANDING``."""
    return Block(*row[:4], dimmed=bool(row[4]))
