"""The full-text index: the one thing that SQLite and PostgreSQL do each in its own way.

Both are given the same words, split and folded in Python, so both find the same documents. SQLite's
index holds no text of its own; a text is known to it by its number.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from annotator.text.words import search_words

SQLITE_KIND = "USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
"""How the index is made; another one like it can be made to compare with."""
_SQLITE_TABLE = f"CREATE VIRTUAL TABLE search_index {SQLITE_KIND}"
_POSTGRESQL_TABLE = "CREATE TABLE search_index (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"
_POSTGRESQL_INDEX = "CREATE INDEX search_index_by_words ON search_index USING gin (words)"

_SQLITE_INSERT = "INSERT INTO search_index (rowid, words) VALUES (?, ?)"
_POSTGRESQL_INSERT = (
    "INSERT INTO search_index (number, words) VALUES (%s, to_tsvector('simple', %s))"
)
_SQLITE_FIND = "SELECT rowid FROM search_index WHERE search_index MATCH ?"
_POSTGRESQL_FIND = "SELECT number FROM search_index WHERE words @@ to_tsquery('simple', %s)"


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


def find(connection: Connection, wanted: str) -> list[int]:
    """The numbers of the texts that hold every word; the last one may be a beginning."""
    words = search_words(wanted)
    if not words:
        return []
    if connection.dialect.name == "sqlite":
        query, match = _SQLITE_FIND, " ".join(f'"{word}"' for word in words) + "*"
    else:
        query, match = _POSTGRESQL_FIND, " & ".join(f"'{word}'" for word in words) + ":*"
    return [row[0] for row in connection.exec_driver_sql(query, (match,))]
