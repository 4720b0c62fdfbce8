"""Taking articles in: texts, sources, blocks and search words, for which the journal has no room.

Only the document's row and its set are journalled: undoing an import hides the article, and redoing
it finds everything still there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from annotator.errors import ProjectDamaged
from annotator.language import tr
from annotator.model.annotation import AnnotationSet
from annotator.model.document import Document
from annotator.model.prepared import Prepared, Source
from annotator.storage import search
from annotator.storage import tables as t
from annotator.storage.journal import Tx

INSERT_TEXT = insert(t.document_text)
INSERT_SOURCE = insert(t.source_file)
INSERT_BLOCK = insert(t.block)
INSERT_RUN = insert(t.text_run)
LAST_NUMBER = select(func.max(t.document_text.c.number))
CHUNK = 500


def take_in(
    tx: Tx,
    documents: Sequence[tuple[Document, Prepared]],
    sources: Sequence[Source] = (),
    sets: Sequence[AnnotationSet] = (),
) -> None:
    """Store new documents, the files they came in and their first sets; new to the project by id.

    Their texts may have been stored before, to be compared.
    """
    store_texts(tx, [prepared for _, prepared in documents])
    _store_sources(tx, sources)
    tx.add_many([document for document, _ in documents])
    blocks = [row for document, prepared in documents for row in _block_rows(document, prepared)]
    tx.database.run_many(tx.connection, INSERT_BLOCK, blocks)
    tx.add_many(sets)


def _block_rows(document: Document, prepared: Prepared) -> Iterator[tuple[Any, ...]]:
    sure = prepared.confidence or (None,) * len(prepared.blocks)
    for ord_, (b, said) in enumerate(zip(prepared.blocks, sure, strict=True)):
        hundredths = None if said is None else round(100 * said)
        yield document.id, ord_, b.start, b.end, b.kind, b.role, int(b.dimmed), hundredths


def show_again(tx: Tx, document: Document) -> None:
    """Bring back a document that was removed: its text, blocks and marks never went away."""
    tx.bring_back(document)


def holds_documents(connection: Connection) -> bool:
    """Whether the project has any article, be it out of sight."""
    return connection.execute(select(t.document.c.id).limit(1)).first() is not None


def holds_marks(connection: Connection) -> bool:
    """Whether the project has given away any id for a set, mark or link, be it to something out of sight."""
    tables = (t.annotation_set, t.annotation, t.relation)
    return any(connection.execute(select(table.c.id).limit(1)).first() for table in tables)


def taken(
    connection: Connection, sets: Sequence[str], marks: Sequence[str], links: Sequence[str]
) -> str | None:
    """One of these ids that the project has given away already, be it to something out of sight."""
    wanted = ((t.annotation_set, sets), (t.annotation, marks), (t.relation, links))
    found = [
        key
        for table, ids in wanted
        if ids and _any_between(connection, table, min(ids), max(ids))
        for key in _known(connection, table.c.id, ids)
    ]
    return min(found, default=None)


def source_bytes(connection: Connection, sha: str) -> bytes | None:
    """The original bytes of a saved article, or None where they were not carried along."""
    c = t.source_file.c
    row = connection.execute(select(c.bytes, c.compressed).where(c.sha256 == sha)).first()
    if row is None:
        return None
    try:
        return zlib.decompress(row[0]) if row[1] else bytes(row[0])
    except zlib.error:
        raise ProjectDamaged(
            tr(
                "The saved file {sha}… in the project is damaged and cannot be given back.",
                sha=sha[:12],
            )
        ) from None


def store_texts(tx: Tx, prepared: Sequence[Prepared]) -> None:
    """Store the texts that are not there yet, with what finds them."""
    c = t.document_text.c
    new = {p.text_sha256: p for p in prepared}
    for known in _known(tx.connection, c.sha256, list(new)):
        del new[known]
    top = tx.database.run(tx.connection, LAST_NUMBER).scalar() or 0
    numbered = list(enumerate(new.values(), top + 1))
    texts = [(number, p.text_sha256, p.text) for number, p in numbered]
    tx.database.run_many(tx.connection, INSERT_TEXT, texts)
    search.add(tx.connection, [(number, p.words) for number, p in numbered])
    runs = [(run, number) for number, p in numbered for run in p.sample]
    tx.database.run_many(tx.connection, INSERT_RUN, runs)


def _store_sources(tx: Tx, sources: Sequence[Source]) -> None:
    new = {source.sha256: source for source in sources}
    for known in _known(tx.connection, t.source_file.c.sha256, list(new)):
        del new[known]
    files = [(sha, one.data, int(one.compressed)) for sha, one in new.items()]
    tx.database.run_many(tx.connection, INSERT_SOURCE, files)


def _any_between(connection: Connection, table: Table, first: str, last: str) -> bool:
    """Whether an id stands from this one to that.

    Ids are in the order of the time they were made in, so those of one document seldom lie around
    those of another.
    """
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    query = f"SELECT 1 FROM {table.name} WHERE id BETWEEN {place} AND {place} LIMIT 1"
    return connection.exec_driver_sql(query, (first, last)).first() is not None


def _known(connection: Connection, column: Any, wanted: Sequence[str]) -> list[str]:
    """Those of these values that the column has."""
    which = f"SELECT {column.name} FROM {column.table.name} WHERE {column.name}"
    return [row[0] for row in one_of(connection, which, wanted)]


def one_of(connection: Connection, which: str, wanted: Sequence[str]) -> Iterator[Any]:
    """What a query finds that ends in a column, where that is one of these.

    It is asked of the driver, for there are many.
    """
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    for at in range(0, len(wanted), CHUNK):
        part = tuple(wanted[at : at + CHUNK])
        places = ", ".join([place] * len(part))
        yield from connection.exec_driver_sql(f"{which} IN ({places})", part)
