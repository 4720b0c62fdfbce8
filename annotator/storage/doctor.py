"""Everything that can be wrong inside a project, found by reading all of it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, func, select

from annotator.model.document import Block, gaps
from annotator.storage import tables as t
from annotator.storage.engine import Database
from annotator.storage.journal import FIRST_HASH, Change, OpHead, op_hash
from annotator.text.canonical import is_canonical, text_hash

BATCH = 1000


def findings(database: Database, connection: Connection) -> Iterator[str]:
    """What is wrong, one sentence each; nothing where all is well."""
    if database.is_file:
        yield from _file(connection)
    for part in (_texts, _lengths, _blocks, _quotes, _hulls, _counts, _journal, _unindexed):
        yield from part(connection)


def _file(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield f"The file is damaged: {said}."
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} belongs to a row of {parent} that is not there."


def _texts(connection: Connection) -> Iterator[str]:
    query = select(t.document_text.c.sha256, t.document_text.c.text)
    for sha, text in _stream(connection, query):
        if text_hash(text) != sha:
            yield f"The text {sha[:12]}… no longer has the hash under which it was stored."
        elif not is_canonical(text):
            yield f"The text {sha[:12]}… is not canonical."


def _lengths(connection: Connection) -> Iterator[str]:
    query = select(t.document.c.id, t.document.c.length, func.length(t.document_text.c.text)).join(
        t.document_text, t.document_text.c.sha256 == t.document.c.text_sha256
    )
    for document, length, real in _stream(connection, query):
        if length != real:
            yield f"Document {document} says {length} characters, its text has {real}."


def _blocks(connection: Connection) -> Iterator[str]:
    b = t.block.c
    query = (
        select(t.document.c.id, t.document.c.length, b.start, b.end)
        .join(t.block, b.document_id == t.document.c.id, isouter=True)
        .order_by(t.document.c.id, b.ord)
    )
    at, length, blocks = "", 0, list[Block]()
    for document, its_length, start, end in _stream(connection, query):
        if document != at:
            yield from _gaps(at, blocks, length)
            at, length, blocks = document, its_length, []
        if start is not None:
            blocks.append(Block(start, end))
    yield from _gaps(at, blocks, length)


def _gaps(document: str, blocks: list[Block], length: int) -> Iterator[str]:
    problem = gaps(tuple(blocks), length) if document else None
    if problem:
        yield f"The blocks of document {document} do not cover its text: {problem}."


def _quotes(connection: Connection) -> Iterator[str]:
    g, a, d = t.segment.c, t.annotation.c, t.document.c
    query = (
        select(d.id, t.document_text.c.number, a.id, g.start, g.end, g.quote)
        .join_from(t.segment, t.annotation, a.id == g.annotation_id)
        .join(t.document, d.id == a.document_id)
        .join(t.document_text, t.document_text.c.sha256 == d.text_sha256)
        .order_by(d.id)
    )
    at, text = "", ""
    for document, number, mark, start, end, quote in _stream(connection, query):
        if document != at:
            of_number = select(t.document_text.c.text).where(t.document_text.c.number == number)
            at, text = document, str(connection.execute(of_number).scalar())
        if text[start:end] != quote:
            yield f"Mark {mark} of document {document} does not hold the words at {start}:{end}."


def _hulls(connection: Connection) -> Iterator[str]:
    g, a = t.segment.c, t.annotation.c
    hull = (
        select(g.annotation_id, func.min(g.start).label("low"), func.max(g.end).label("high"))
        .group_by(g.annotation_id)
        .subquery()
    )
    query = (
        select(a.id)
        .join(hull, hull.c.annotation_id == a.id, isouter=True)
        .where(hull.c.low.is_(None) | (hull.c.low != a.start) | (hull.c.high != t.annotation.c.end))
    )
    for (mark,) in _stream(connection, query):
        yield f"Mark {mark} and its segments do not agree."


def _counts(connection: Connection) -> Iterator[str]:
    a, c = t.annotation.c, t.mark_count.c
    real = (
        select(a.document_id, a.label, func.count().label("n"))
        .group_by(a.document_id, a.label)
        .subquery()
    )
    same = and_(real.c.document_id == c.document_id, real.c.label == c.label)
    kept = select(c.document_id, c.label).join(real, same, isouter=True)
    wrong = kept.where(c.n != func.coalesce(real.c.n, 0)).union(
        select(real.c.document_id, real.c.label)
        .join(t.mark_count, same, isouter=True)
        .where(c.n.is_(None))
    )
    for document, label in _stream(connection, wrong):
        yield f"The count of {label} marks of document {document} is wrong."


def _journal(connection: Connection) -> Iterator[str]:
    """Every op's hash covers its changes and the op before it."""
    o, c = t.op.c, t.op_change.c
    query = (
        select(
            o.seq, o.id, o.kind, o.of, o.step, o.annotator_id, o.at, o.title, o.sha256,
            c.noun, c.key, c.before, c.after,
        )
        .join_from(t.op, t.op_change, c.seq == o.seq, isouter=True)
        .order_by(o.seq, c.ord)
    )  # fmt: skip
    previous, at, stored, changes = FIRST_HASH, None, "", list[Change]()
    for *head, sha, noun, key, before, after in _stream(connection, query):
        op = OpHead(**dict(zip(OpHead.__struct_fields__, head, strict=True)))
        if at is None or op.seq != at.seq:
            if at is not None:
                yield from _link(previous, at, changes, stored)
                previous = stored
            at, stored, changes = op, sha, []
        if noun is not None:
            changes.append(Change(noun, key, before, after))
    if at is not None:
        yield from _link(previous, at, changes, stored)


def _link(previous: str, op: OpHead, changes: list[Change], stored: str) -> Iterator[str]:
    if op_hash(previous, op, changes) != stored:
        yield f"Op {op.seq} (“{op.title}”) is not as it was written."


def _unindexed(connection: Connection) -> Iterator[str]:
    texts = connection.execute(select(func.count()).select_from(t.document_text)).scalar()
    indexed = connection.exec_driver_sql("SELECT count(*) FROM search_index").scalar()
    if texts != indexed:
        yield f"The search index knows {indexed} of {texts} texts."


def _stream(connection: Connection, query: Any) -> Iterator[Any]:
    """The rows of a query, a batch at a time."""
    return iter(connection.execute(query, execution_options={"yield_per": BATCH}))
