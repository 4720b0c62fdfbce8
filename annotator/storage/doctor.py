"""Everything that can be wrong inside a project, found by reading all of it once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, exc, func, select

from annotator.errors import ProjectDamaged
from annotator.language import tr
from annotator.model.document import KINDS, ROLES, Block, gaps
from annotator.model.schema import Schema
from annotator.storage import proving, witness
from annotator.storage import tables as t
from annotator.storage.engine import Database
from annotator.storage.journal import FIRST_HASH, Change, OpHead, op_hash
from annotator.storage.proving import index_words
from annotator.storage.rows import OF_ANOTHER_KIND
from annotator.text.canonical import is_canonical, text_hash

BATCH = 1000


def findings(database: Database, connection: Connection) -> Iterator[str]:
    """What is wrong, one sentence each; nothing where all is well."""
    parts = (_file, *_PARTS) if database.is_file else _PARTS
    for part in parts:
        yield from _read_all(part, connection)


Part = Callable[[Connection], Iterator[str]]
UNREADABLE = (
    exc.DBAPIError,
    ProjectDamaged,
    msgspec.MsgspecError,
    zlib.error,
    *OF_ANOTHER_KIND,
)
"""What reading a row may raise whose bytes are no longer those that were written."""


def _read_all(part: Part, connection: Connection) -> Iterator[str]:
    """What one part finds, and that it could not be read to the end where that is so."""
    try:
        yield from part(connection)
    except UNREADABLE as error:
        what = part.__name__.strip("_").replace("_", " ")
        yield tr(
            "The {what} cannot be read to the end ({error}); it is damaged.",
            what=what,
            error=type(error).__name__,
        )


def _file(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield tr("The file is damaged: {said}.", said=said)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield tr(
            "Row {row} of {table} belongs to a row of {parent} that is not there.",
            row=row,
            table=table,
            parent=parent,
        )


def _texts(connection: Connection) -> Iterator[str]:
    query = select(t.document_text.c.sha256, t.document_text.c.text)
    for sha, text in _stream(connection, query):
        if text_hash(text) != sha:
            yield tr(
                "The text {sha}… no longer has the hash under which it was stored.", sha=sha[:12]
            )
        elif not is_canonical(text):
            yield tr("The text {sha}… is not canonical.", sha=sha[:12])


def _lengths(connection: Connection) -> Iterator[str]:
    query = select(t.document.c.id, t.document.c.length, func.length(t.document_text.c.text)).join(
        t.document_text, t.document_text.c.sha256 == t.document.c.text_sha256
    )
    for document, length, real in _stream(connection, query):
        if length != real:
            yield tr(
                "Document {document} says {length} characters, its text has {real}.",
                document=document,
                length=length,
                real=real,
            )


def _blocks(connection: Connection) -> Iterator[str]:
    b = t.block.c
    strange = (
        select(b.document_id)
        .distinct()
        .where(b.kind.not_in(KINDS) | b.role.not_in(ROLES) | b.dimmed.not_in((0, 1)))
    )
    for (document,) in _stream(connection, strange):
        yield tr("A block of document {document} is of no kind that there is.", document=document)
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
        yield tr(
            "The blocks of document {document} do not cover its text: {problem}.",
            document=document,
            problem=problem,
        )


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
            yield tr(
                "Mark {mark} of document {document} does not hold the words at {start}:{end}.",
                mark=mark,
                document=document,
                start=start,
                end=end,
            )


def _hulls(connection: Connection) -> Iterator[str]:
    for mark in witness.wrong_hulls(connection):
        yield tr("Mark {mark} and its segments do not agree.", mark=mark)


def counts(connection: Connection) -> Iterator[str]:
    """Counts of marks that are not what counting gives."""
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
        yield tr(
            "The count of {label} marks of document {document} is wrong.",
            label=label,
            document=document,
        )


def _journal(connection: Connection) -> Iterator[str]:
    """Every op's hash covers its changes and the op before it."""
    for op in _broken(connection):
        yield tr("Op {seq} (“{title}”) is not as it was written.", seq=op.seq, title=op.title)


def broken_ops(connection: Connection) -> set[int]:
    """Seqs of the ops whose hash does not hold: what they say is not to be believed."""
    return {op.seq for op in _broken(connection)}


def _broken(connection: Connection) -> Iterator[OpHead]:
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
                previous = str(stored)  # a damaged row may hold anything in its place
            at, stored, changes = op, sha, []
        if noun is not None:
            changes.append(Change(noun, key, before, after))
    if at is not None:
        yield from _link(previous, at, changes, stored)


def _link(previous: str, op: OpHead, changes: list[Change], stored: str) -> Iterator[OpHead]:
    if op_hash(previous, op, changes) != stored:
        yield op


def _rows(connection: Connection) -> Iterator[str]:
    """Everything is as its newest image in the journal says."""
    yield from map(str, witness.disagreements(connection))
    for document in witness.wrong_columns(connection):
        yield tr(
            "Document {document} is not sorted and searched by what its metadata say.",
            document=document,
        )


def _standings(connection: Connection) -> Iterator[str]:
    for seq, *_ in witness.standings(connection):
        yield tr("Op {seq} does not stand where the history leads.", seq=seq)


def _sources(connection: Connection) -> Iterator[str]:
    c = t.source_file.c
    for sha, data, compressed in _stream(connection, select(c.sha256, c.bytes, c.compressed)):
        try:
            holds = sha256(zlib.decompress(data) if compressed else data).hexdigest() == sha
        except zlib.error:
            holds = False
        if not holds:
            yield tr(
                "The saved file {sha}… no longer has the hash under which it was stored.",
                sha=sha[:12],
            )


def _schemas(connection: Connection) -> Iterator[str]:
    c = t.schema_version.c
    for sha, body in _stream(connection, select(c.sha256, c.body)):
        if msgspec.json.decode(body, type=Schema).sha256 != sha:
            yield tr(
                "The schema {sha}… no longer has the hash under which it was stored.", sha=sha[:12]
            )


def _search_index(connection: Connection) -> Iterator[str]:
    wrong = sum(1 for _ in proving.wrong_texts(connection, index_words))
    if wrong:
        texts = connection.execute(select(func.count()).select_from(t.document_text)).scalar()
        yield tr(
            "The search index does not know {wrong} of {texts} texts as they are.",
            wrong=wrong,
            texts=texts,
        )


def _stream(connection: Connection, query: Any) -> Iterator[Any]:
    """The rows of a query, a batch at a time."""
    return iter(connection.execute(query, execution_options={"yield_per": BATCH}))


_PARTS: tuple[Part, ...] = (
    _texts, _sources, _schemas, _lengths, _blocks, _quotes, _hulls, counts, _journal, _rows,
    _standings, _search_index,
)  # fmt: skip
