"""What importing knows: parts of files, origins, addresses, earlier texts, blocks, runs of words.

Revision ID: 0002
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from annotator.model.document import Block
from annotator.model.prepared import counted_words
from annotator.text.addresses import address
from annotator.text.canonical import storable
from annotator.text.likeness import sample

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 500


def upgrade() -> None:
    for column in (
        sa.Column("part", NUMBER, nullable=False, server_default="0"),
        sa.Column("origins", TEXT, nullable=False, server_default="{}"),
        sa.Column("earlier_id", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=False, server_default=""),
    ):
        op.add_column("document", column)
    op.create_index(op.f("document_by_outlet_fold_id"), "document", ["outlet_fold", "id"])
    op.create_index(op.f("document_by_group_id"), "document", ["group_id"])
    op.create_index(
        op.f("document_by_address"),
        "document",
        ["address"],
        sqlite_where=sa.column("address") != "",
        postgresql_where=sa.column("address") != "",
    )
    op.add_column("block", sa.Column("confidence", NUMBER, nullable=True))
    op.create_table(
        "block_choice",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("ord", NUMBER, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("dimmed", NUMBER, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_block_choice_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_choice")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("block_choice_by_document_id_ord"), "block_choice", ["document_id", "ord"])
    op.create_table(
        "text_run",
        sa.Column("hash", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["document_text.number"], name=op.f("fk_text_run_number")
        ),
        sa.PrimaryKeyConstraint("hash", "number", name=op.f("pk_text_run")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _fill()


def _fill() -> None:
    """Work out for the documents that are there what new ones come with."""
    connection = op.get_bind()
    query = sa.text(
        "SELECT d.id, d.metadata, t.number, t.text FROM document d "
        "JOIN document_text t ON t.sha256 = d.text_sha256 WHERE d.id > :id ORDER BY d.id LIMIT :most"
    )
    blocks = sa.text('SELECT start, "end", dimmed FROM block WHERE document_id = :id ORDER BY ord')
    known: set[int] = set()
    at = ""
    while found := connection.execute(query, {"id": at, "most": BATCH}).all():
        for at, metadata, number, text in found:
            url = storable(address(str(json.loads(metadata).get("url") or "")))
            _run(
                "UPDATE document SET address = :address WHERE id = :id", {"address": url, "id": at}
            )
            if number in known:
                continue
            known.add(number)
            own = [Block(*b[:2], dimmed=bool(b[2])) for b in connection.execute(blocks, {"id": at})]
            rows = [{"hash": h, "number": number} for h in sample(counted_words(text, own)[1])]
            if rows:
                _run("INSERT INTO text_run (hash, number) VALUES (:hash, :number)", rows)


def _run(statement: str, values: object) -> None:
    op.get_bind().execute(sa.text(statement), values)  # pyright: ignore
