"""The full-text index: the one thing that SQLite and PostgreSQL do each in its own way.

Both are given the same words, split and folded in Python, so both find the same documents. SQLite's
index holds no text of its own; a text is known to it by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, column, select, table, text

from annotator.text.finding import Term

SQLITE_KIND = "USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
"""How the index is made; another one like it can be made to compare with."""
_SQLITE_TABLE = f"CREATE VIRTUAL TABLE search_index {SQLITE_KIND}"
_POSTGRESQL_TABLE = "CREATE TABLE search_index (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"
_POSTGRESQL_INDEX = "CREATE INDEX search_index_by_words ON search_index USING gin (words)"

_SQLITE_INSERT = "INSERT INTO search_index (rowid, words) VALUES (?, ?)"
_POSTGRESQL_INSERT = (
    "INSERT INTO search_index (number, words) VALUES (%s, to_tsvector('simple', %s))"
)


def create(connection: Connection) -> None:
    """Make the index of a new project."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE_TABLE)
    else:
        connection.exec_driver_sql(_POSTGRESQL_TABLE)
        connection.exec_driver_sql(_POSTGRESQL_INDEX)


def drop(connection: Connection) -> None:
    """Take the index away."""
    connection.exec_driver_sql("DROP TABLE search_index")


def insert_statement(connection: Connection) -> str:
    """The statement that indexes one text: its number, its words joined by blanks."""
    return _SQLITE_INSERT if connection.dialect.name == "sqlite" else _POSTGRESQL_INSERT


def add(connection: Connection, words: Sequence[tuple[int, str]]) -> None:
    """Index texts by number, each with its folded words joined by blanks."""
    if words:
        connection.exec_driver_sql(insert_statement(connection), list(words))


def numbers(connection: Connection, terms: Sequence[Term], after: int = 0) -> Select[Any]:
    """The numbers above ``after`` of the texts that hold every term, as a query, in order.

    At least one term is needed. PostgreSQL counts a text's words only up to 16,383, so there the
    words of a phrase may stand anywhere.
    """
    if connection.dialect.name == "sqlite":
        number: Any = column("rowid")
        condition = text("search_index MATCH :match").bindparams(match=_for_sqlite(terms))
    else:
        number = column("number")
        match = _for_postgresql(terms)
        condition = text("words @@ to_tsquery('simple', :match)").bindparams(match=match)
    query = select(number).select_from(table("search_index")).where(condition)
    return query.where(number > after).order_by(number) if after else query.order_by(number)


def _for_sqlite(terms: Sequence[Term]) -> str:
    return " ".join(f'"{" ".join(term.words)}"' + ("*" if term.begins else "") for term in terms)


def _for_postgresql(terms: Sequence[Term]) -> str:
    return " & ".join(
        " & ".join(f"'{word}'" for word in term.words) + (":*" if term.begins else "")
        for term in terms
    )
