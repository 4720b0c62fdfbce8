"""The first tables.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from annotator.storage import search

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table of the first kind."""
    op.create_table(
        "actor",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("actor_by_name"), "actor", ["name"], unique=True)
    op.create_table(
        "annotator",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotator")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("annotator_by_name"), "annotator", ["name"], unique=True)
    op.create_table(
        "document_text",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_document_text")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("document_text_by_sha256"), "document_text", ["sha256"], unique=True)
    op.create_table(
        "project_info",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_project_info")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "proposition",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("wording", TEXT, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposition")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "schema_version",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_schema_version")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "source_file",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("compressed", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_source_file")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "document",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_fold", TEXT, nullable=False),
        sa.Column("published", TEXT, nullable=False),
        sa.Column("outlet_fold", TEXT, nullable=False),
        sa.Column("metadata", TEXT, nullable=False),
        sa.Column("text_sha256", TEXT, nullable=False),
        sa.Column("source_sha256", TEXT, nullable=True),
        sa.Column("length", NUMBER, nullable=False),
        sa.Column("reader", TEXT, nullable=False),
        sa.Column("created", TEXT, nullable=False),
        sa.Column("group_id", TEXT, nullable=True),
        sa.Column("hidden", NUMBER, server_default="0", nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["text_sha256"], ["document_text.sha256"], name=op.f("fk_document_text_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("document_by_published_id"), "document", ["published", "id"], unique=False)
    op.create_index(op.f("document_by_source_sha256"), "document", ["source_sha256"], unique=False)
    op.create_index(op.f("document_by_text_sha256"), "document", ["text_sha256"], unique=False)
    op.create_index(
        op.f("document_by_title_fold_id"), "document", ["title_fold", "id"], unique=False
    )
    op.create_table(
        "op",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("of", TEXT, nullable=True),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("annotator_id", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("in_force", NUMBER, nullable=False),
        sa.Column("undone", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["annotator_id"], ["annotator.id"], name=op.f("fk_op_annotator_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_op")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        op.f("op_by_annotator_id_in_force"), "op", ["annotator_id", "in_force"], unique=False
    )
    op.create_index(
        op.f("op_by_annotator_id_undone"),
        "op",
        ["annotator_id", "undone"],
        unique=False,
        sqlite_where=sa.text("undone > 0"),
        postgresql_where=sa.text("undone > 0"),
    )
    op.create_index(op.f("op_by_id"), "op", ["id"], unique=True)
    op.create_index(op.f("op_by_step"), "op", ["step"], unique=False)
    op.create_table(
        "annotation_set",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("annotator_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("created", TEXT, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["annotator_id"], ["annotator.id"], name=op.f("fk_annotation_set_annotator_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_annotation_set_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_set")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        op.f("annotation_set_by_annotator_id_status"),
        "annotation_set",
        ["annotator_id", "status"],
        unique=False,
    )
    op.create_index(
        op.f("annotation_set_by_document_id_id"),
        "annotation_set",
        ["document_id", "id"],
        unique=False,
    )
    op.create_table(
        "block",
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("ord", NUMBER, autoincrement=False, nullable=False),
        sa.Column("start", NUMBER, nullable=False),
        sa.Column("end", NUMBER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("dimmed", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_block_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "ord", name=op.f("pk_block")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mark_count",
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_mark_count_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "label", name=op.f("pk_mark_count")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "op_change",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("ord", NUMBER, autoincrement=False, nullable=False),
        sa.Column("noun", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.Column("after", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["op.seq"], name=op.f("fk_op_change_seq")),
        sa.PrimaryKeyConstraint("seq", "ord", name=op.f("pk_op_change")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("op_change_by_key_noun_seq"), "op_change", ["key", "noun", "seq"], unique=False
    )
    op.create_table(
        "annotation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("set_id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("start", NUMBER, nullable=False),
        sa.Column("end", NUMBER, nullable=False),
        sa.Column("attributes", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("proposition_id", TEXT, nullable=True),
        sa.Column("actor_id", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("offered", TEXT, nullable=True),
        sa.Column("created", TEXT, nullable=False),
        sa.Column("updated", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_annotation_actor_id")),
        sa.ForeignKeyConstraint(["by"], ["annotator.id"], name=op.f("fk_annotation_by")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_annotation_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_annotation_proposition_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["annotation_set.id"], name=op.f("fk_annotation_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        op.f("annotation_by_actor_id"),
        "annotation",
        ["actor_id"],
        unique=False,
        sqlite_where=sa.text("actor_id IS NOT NULL"),
        postgresql_where=sa.text("actor_id IS NOT NULL"),
    )
    op.create_index(
        op.f("annotation_by_document_id_set_id_start_end_id"),
        "annotation",
        ["document_id", "set_id", "start", "end", "id"],
        unique=False,
    )
    op.create_index(
        op.f("annotation_by_label_document_id"),
        "annotation",
        ["label", "document_id"],
        unique=False,
    )
    op.create_index(
        op.f("annotation_by_proposition_id"),
        "annotation",
        ["proposition_id"],
        unique=False,
        sqlite_where=sa.text("proposition_id IS NOT NULL"),
        postgresql_where=sa.text("proposition_id IS NOT NULL"),
    )
    op.create_index(op.f("annotation_by_set_id"), "annotation", ["set_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("set_id", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("from_id", TEXT, nullable=False),
        sa.Column("to_id", TEXT, nullable=False),
        sa.Column("attributes", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("created", TEXT, nullable=False),
        sa.Column("updated", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("rev", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["annotator.id"], name=op.f("fk_relation_by")),
        sa.ForeignKeyConstraint(["from_id"], ["annotation.id"], name=op.f("fk_relation_from_id")),
        sa.ForeignKeyConstraint(["set_id"], ["annotation_set.id"], name=op.f("fk_relation_set_id")),
        sa.ForeignKeyConstraint(["to_id"], ["annotation.id"], name=op.f("fk_relation_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("relation_by_from_id"), "relation", ["from_id"], unique=False)
    op.create_index(op.f("relation_by_set_id_id"), "relation", ["set_id", "id"], unique=False)
    op.create_index(op.f("relation_by_to_id"), "relation", ["to_id"], unique=False)
    op.create_table(
        "segment",
        sa.Column("annotation_id", TEXT, nullable=False),
        sa.Column("ord", NUMBER, autoincrement=False, nullable=False),
        sa.Column("start", NUMBER, nullable=False),
        sa.Column("end", NUMBER, nullable=False),
        sa.Column("quote", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_segment_annotation_id")
        ),
        sa.PrimaryKeyConstraint("annotation_id", "ord", name=op.f("pk_segment")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    # The index holds nothing of its own, so it is always of the newest kind.
    search.create(op.get_bind())
