"""Proving the search index: the words of every text are worked out anew and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from annotator.storage import search
from annotator.storage import tables as t
from annotator.text.words import search_words

BATCH = 200
_VOCABULARY = "SELECT term, doc, offset FROM temp.its_words"


def index_words(text: str) -> str:
    """The folded words of a text as the search index takes them."""
    return " ".join(search_words(text))


def wrong_texts(connection: Connection, words_of: Callable[[str], str]) -> Iterator[int]:
    """Numbers of the texts that the index does not know as they are, or that it alone knows."""
    if connection.dialect.name == "sqlite":
        return _wrong_in_sqlite(connection, words_of)
    return _wrong_in_postgresql(connection, words_of)


def _wrong_in_sqlite(connection: Connection, words_of: Callable[[str], str]) -> Iterator[int]:
    run = connection.exec_driver_sql
    # Only tables of this connection's own are made, but the driver cannot tell.
    was = run("PRAGMA query_only").scalar()
    run("PRAGMA query_only=OFF")
    try:
        known = _sums(connection, "main", "search_index")
        run(f"CREATE VIRTUAL TABLE temp.proof {search.SQLITE_KIND}")
        for texts in _texts(connection):
            for number, text in texts:
                run("INSERT INTO temp.proof (rowid, words) VALUES (?, ?)", (number, words_of(text)))
            true = _sums(connection, "temp", "proof")
            yield from (n for n, _ in texts if known.pop(n, 0) != true.get(n, 0))
            run("INSERT INTO temp.proof (proof) VALUES ('delete-all')")
        yield from known
    finally:
        run("DROP TABLE IF EXISTS temp.proof")
        run(f"PRAGMA query_only={was}")


def _sums(connection: Connection, where: str, table: str) -> dict[int, int]:
    """For each text a sum over its words and their places, in whatever order they are met."""
    run = connection.exec_driver_sql
    run(f"CREATE VIRTUAL TABLE temp.its_words USING fts5vocab('{where}', '{table}', 'instance')")
    sums: dict[int, int] = defaultdict(int)
    try:
        for term, number, at in run(_VOCABULARY):
            sums[number] += hash((term, at))
    finally:
        run("DROP TABLE temp.its_words")
    return sums


def _wrong_in_postgresql(connection: Connection, words_of: Callable[[str], str]) -> Iterator[int]:
    same = "SELECT words = to_tsvector('simple', %s) FROM search_index WHERE number = %s"
    for texts in _texts(connection):
        for number, text in texts:
            if connection.exec_driver_sql(same, (words_of(text), number)).scalar() is not True:
                yield number


def _texts(connection: Connection) -> Iterator[list[Any]]:
    c = t.document_text.c
    at = -1
    while True:
        query = select(c.number, c.text).where(c.number > at).order_by(c.number).limit(BATCH)
        texts = list(connection.execute(query))
        if not texts:
            return
        yield texts
        at = texts[-1][0]
