"""Finding in all texts: page by page, with the places and what stands around them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from annotator.model.found import Found, Page
from annotator.storage import search
from annotator.storage import tables as t
from annotator.text import finding
from annotator.text.finding import Sought

PART = 50
"""Texts that are looked up at once."""


def page(
    connection: Connection,
    wanted: Sought,
    after: int = 0,
    *,
    document_id: str | None = None,
    most: int = 50,
    snippets: int = 5,
    seconds: float = float("inf"),
) -> Page:
    """Up to ``most`` documents whose texts come behind number ``after``, in the order they came in.

    It ends early, with where to go on, once ``seconds`` have passed; ``snippets`` is how many each
    document gets. ``document_id`` keeps to that one document. Removed documents are not there.
    Raises SearchError where a pattern takes too long.
    """
    until = time.monotonic() + seconds
    found: list[Found] = []
    read = 0
    for number, text, document, title in _candidates(connection, wanted, after, document_id):
        # At least one text is read, and one that several documents share is not torn apart.
        if read and number != after and (len(found) >= most or time.monotonic() > until):
            return Page(found=tuple(found), after=after, read=read)
        after, read = number, read + 1
        places = tuple(finding.places(wanted, text))
        if places:
            around = tuple(finding.snippet(text, *place) for place in places[:snippets])
            found.append(Found(document_id=document, title=title, places=places, snippets=around))
    return Page(found=tuple(found), after=None, read=read)


def _candidates(
    connection: Connection, wanted: Sought, after: int, document_id: str | None
) -> Iterator[Any]:
    """Rows of texts that may hold it: number, text, id and title of a document that has it."""
    if wanted.is_nothing:
        return
    if document_id is not None:
        yield from connection.execute(_read(t.document.c.id == document_id))
        return
    number = t.document_text.c.number
    while True:
        query: Select[Any] = (
            search.numbers(connection, wanted.terms, after)
            if wanted.terms
            else select(number).where(number > after).order_by(number)
        )
        numbers = connection.execute(query.limit(PART)).scalars().all()
        if not numbers:
            return
        yield from connection.execute(_read(number.in_(numbers)))
        after = numbers[-1]


def _read(which: Any) -> Any:
    d, n = t.document.c, t.document_text.c
    return (
        select(n.number, n.text, d.id, d.title)
        .join_from(t.document_text, t.document, d.text_sha256 == n.sha256)
        .where(which, d.hidden == 0)
        .order_by(n.number, d.id)
    )
