"""The tables, alike on SQLite and PostgreSQL.

Four column types: ids, times and text are TEXT; attributes, metadata and images are TEXT holding
JSON with sorted keys; numbers and booleans (0/1) are INTEGER; bytes. What is sorted or compared is
a folded column made in Python and compared bytewise. No table has ON DELETE CASCADE.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

APPLICATION_ID = 0x414E4E31
"""“ANN1” at byte 68 of a project file: how the system and we know it."""

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def _table(name: str, *columns: Any, clustered: bool = False) -> Table:
    """A STRICT table; ``clustered`` ones lie in the order of their key."""
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=not clustered)


def _key(name: str = "id") -> Column[str]:
    return Column(name, BYTEWISE, primary_key=True)


def _text(
    name: str, *constraints: Any, null: bool = False, default: str | None = None
) -> Column[str]:
    return Column(name, BYTEWISE, *constraints, nullable=null, server_default=default)


def _number(name: str, *, default: str | None = None) -> Column[int]:
    return Column(name, NUMBER, nullable=False, server_default=default)


project_info = _table("project_info", _key("name"), _text("value"))

schema_version = _table(
    "schema_version",
    _key("sha256"),
    _text("body"),
    # The one written last is in force; the one a project is made with is 0.
    _number("rev"),
)

annotator = _table("annotator", _key(), _text("name"), Index(None, "name", unique=True))

document_text = _table(
    "document_text",
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    _text("sha256"),
    _text("text"),
    Index(None, "sha256", unique=True),
)

source_file = _table(
    "source_file",
    _key("sha256"),
    Column("bytes", LargeBinary, nullable=False),
    _number("compressed"),
)

document = _table(
    "document",
    _key(),
    _text("title"),
    _text("title_fold"),
    _text("published"),
    _text("outlet_fold"),
    _text("metadata"),
    _text("text_sha256", ForeignKey("document_text.sha256")),
    _text("source_sha256", null=True),
    _number("length"),
    _text("reader"),
    _text("created"),
    _text("group_id", null=True),
    _number("hidden", default="0"),
    _number("rev"),
    _number("part", default="0"),
    _text("origins", default="{}"),
    _text("earlier_id", null=True),
    # The URL as it is compared.
    _text("address", default=""),
    Index(None, "text_sha256"),
    Index(None, "source_sha256"),
    Index(None, "title_fold", "id"),
    Index(None, "published", "id"),
    Index(None, "outlet_fold", "id"),
    Index(None, "group_id"),
    Index(
        None,
        "address",
        sqlite_where=Column("address") != "",
        postgresql_where=Column("address") != "",
    ),
)

block = _table(
    "block",
    Column("document_id", BYTEWISE, ForeignKey("document.id"), primary_key=True),
    Column("ord", NUMBER, primary_key=True, autoincrement=False),
    _number("start"),
    _number("end"),
    _text("kind"),
    _text("role"),
    _number("dimmed"),
    # How sure the reader was of it, in hundredths.
    Column("confidence", NUMBER, nullable=True),
    clustered=True,
)

block_choice = _table(
    "block_choice",
    _key(),
    _text("document_id", ForeignKey("document.id")),
    _number("ord"),
    _text("role"),
    _number("dimmed"),
    _number("rev"),
    Index(None, "document_id", "ord"),
)

text_run = _table(
    "text_run",
    Column("hash", NUMBER, primary_key=True, autoincrement=False),
    Column(
        "number", NUMBER, ForeignKey("document_text.number"), primary_key=True, autoincrement=False
    ),
    clustered=True,
)

annotation_set = _table(
    "annotation_set",
    _key(),
    _text("document_id", ForeignKey("document.id")),
    _text("annotator_id", ForeignKey("annotator.id")),
    _text("kind"),
    _text("status"),
    _text("reason"),
    _text("created"),
    _number("rev"),
    Index(None, "document_id", "id"),
    Index(None, "annotator_id", "status"),
)

proposition = _table("proposition", _key(), _text("wording"), _number("rev"))

actor = _table(
    "actor",
    _key(),
    _text("name"),
    _number("rev"),
    Index(None, "name", unique=True),
)

annotation = _table(
    "annotation",
    _key(),
    _text("set_id", ForeignKey("annotation_set.id")),
    _text("document_id", ForeignKey("document.id")),
    _text("label"),
    _number("start"),
    _number("end"),
    _text("attributes"),
    _text("note"),
    _text("proposition_id", ForeignKey("proposition.id"), null=True),
    _text("actor_id", ForeignKey("actor.id"), null=True),
    _text("origin"),
    _text("offered", null=True),
    _text("created"),
    _text("updated"),
    _text("by", ForeignKey("annotator.id")),
    _number("rev"),
    Index(None, "document_id", "set_id", "start", "end", "id"),
    Index(None, "label", "document_id"),
    # Few marks have one: a partial index keeps the foreign key's check cheap for both sides.
    Index(
        None,
        "proposition_id",
        sqlite_where=Column("proposition_id").is_not(None),
        postgresql_where=Column("proposition_id").is_not(None),
    ),
    Index(
        None,
        "actor_id",
        sqlite_where=Column("actor_id").is_not(None),
        postgresql_where=Column("actor_id").is_not(None),
    ),
    Index(None, "set_id"),
)

segment = _table(
    "segment",
    Column("annotation_id", BYTEWISE, ForeignKey("annotation.id"), primary_key=True),
    Column("ord", NUMBER, primary_key=True, autoincrement=False),
    _number("start"),
    _number("end"),
    _text("quote"),
    clustered=True,
)

relation = _table(
    "relation",
    _key(),
    _text("set_id", ForeignKey("annotation_set.id")),
    _text("type"),
    _text("from_id", ForeignKey("annotation.id")),
    _text("to_id", ForeignKey("annotation.id")),
    _text("attributes"),
    _text("origin"),
    _text("created"),
    _text("updated"),
    _text("by", ForeignKey("annotator.id")),
    _number("rev"),
    Index(None, "from_id"),
    Index(None, "to_id"),
    Index(None, "set_id", "id"),
)

mark_count = _table(
    "mark_count",
    Column("document_id", BYTEWISE, ForeignKey("document.id"), primary_key=True),
    Column("label", BYTEWISE, primary_key=True),
    _number("n"),
    clustered=True,
)

op = _table(
    "op",
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    _text("id"),
    _text("kind"),
    _text("of", null=True),
    _text("step"),
    _text("annotator_id", ForeignKey("annotator.id")),
    _text("at"),
    _text("title"),
    _text("sha256"),
    # Where the act stands now: the seq at which it came into force (0: it is not) and the seq at
    # which it was taken back (0: it cannot be repeated). Both are 0 on undo and redo themselves.
    _number("in_force"),
    _number("undone"),
    Index(None, "id", unique=True),
    Index(None, "annotator_id", "in_force"),
    Index(
        None,
        "annotator_id",
        "undone",
        sqlite_where=Column("undone") > 0,
        postgresql_where=Column("undone") > 0,
    ),
    Index(None, "step"),
)

op_change = _table(
    "op_change",
    Column("seq", NUMBER, ForeignKey("op.seq"), primary_key=True, autoincrement=False),
    Column("ord", NUMBER, primary_key=True, autoincrement=False),
    _text("noun"),
    _text("key"),
    _text("before", null=True),
    _text("after", null=True),
    Index(None, "key", "noun", "seq"),
    clustered=True,
)
