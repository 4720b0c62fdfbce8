"""Taking articles in: texts, sources, blocks and search words, for which the journal has no room.

Only the document's row and its set are journalled: undoing an import hides the article, and redoing
it finds everything still there.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from annotator.errors import ProjectDamaged
from annotator.model.annotation import AnnotationSet
from annotator.model.document import Article, Block, Document
from annotator.storage import search
from annotator.storage import tables as t
from annotator.storage.journal import Tx
from annotator.storage.rows import DOCUMENT
from annotator.text.canonical import storable, text_hash
from annotator.text.words import search_words

INSERT_TEXT = insert(t.document_text)
INSERT_SOURCE = insert(t.source_file)
INSERT_BLOCK = insert(t.block)
CHUNK = 500


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An article with everything that can be worked out before a database is asked."""

    text: str
    text_sha256: str
    words: str
    """Folded words for the search index, joined by blanks."""
    blocks: tuple[Block, ...]
    metadata: dict[str, Any]
    reader: str
    source_sha256: str | None
    source: bytes | None
    """The original bytes, compressed where that pays."""
    compressed: bool


def prepare(article: Article) -> Prepared:
    """Hash, compress and fold an article."""
    packed = zlib.compress(article.source, 1)
    compressed = len(packed) < len(article.source)
    return Prepared(
        text=article.text,
        text_sha256=text_hash(article.text),
        words=index_words(article.text),
        blocks=article.blocks,
        metadata=storable_metadata(article.metadata),
        reader=article.reader,
        source_sha256=sha256(article.source).hexdigest(),
        source=packed if compressed else article.source,
        compressed=compressed,
    )


def storable_metadata(value: Any) -> Any:
    """Metadata with every string as databases take it."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(k)): storable_metadata(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [storable_metadata(one) for one in value]
    return value


def index_words(text: str) -> str:
    """The folded words of a text as the search index takes them."""
    return " ".join(search_words(text))


def take_in(
    tx: Tx,
    documents: Sequence[tuple[Document, Prepared]],
    sets: Sequence[AnnotationSet],
) -> None:
    """Store new documents and their first sets; each is new to the project by id."""
    _store_texts(tx, [prepared for _, prepared in documents])
    _store_sources(tx, [prepared for _, prepared in documents])
    tx.add_many([document for document, _ in documents])
    blocks = [
        (document.id, ord_, b.start, b.end, b.kind, b.role, int(b.dimmed))
        for document, prepared in documents
        for ord_, b in enumerate(prepared.blocks)
    ]
    tx.database.run_many(tx.connection, INSERT_BLOCK, blocks)
    tx.add_many(sets)


def show_again(tx: Tx, document: Document) -> None:
    """Bring back a document that was removed: its text, blocks and marks never went away."""
    tx.restore(DOCUMENT, document.id, None, document)


def taken(
    connection: Connection, sets: Sequence[str], marks: Sequence[str], links: Sequence[str]
) -> str | None:
    """One of these ids that the project has given away already, be it to something out of sight."""
    wanted = ((t.annotation_set, sets), (t.annotation, marks), (t.relation, links))
    found = [key for table, ids in wanted for key in _known(connection, table.c.id, ids)]
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
            f"The saved file {sha[:12]}… in the project is damaged and cannot be given back."
        ) from None


def _store_texts(tx: Tx, prepared: Sequence[Prepared]) -> None:
    c = t.document_text.c
    new = {p.text_sha256: p for p in prepared}
    for known in _known(tx.connection, c.sha256, list(new)):
        del new[known]
    top = tx.connection.execute(select(func.max(c.number))).scalar() or 0
    numbered = list(enumerate(new.values(), top + 1))
    texts = [(number, p.text_sha256, p.text) for number, p in numbered]
    tx.database.run_many(tx.connection, INSERT_TEXT, texts)
    search.add(tx.connection, [(number, p.words) for number, p in numbered])


def _store_sources(tx: Tx, prepared: Sequence[Prepared]) -> None:
    new = {p.source_sha256: p for p in prepared if p.source_sha256 and p.source is not None}
    for known in _known(tx.connection, t.source_file.c.sha256, list(new)):
        del new[known]
    files = [(sha, p.source, int(p.compressed)) for sha, p in new.items()]
    tx.database.run_many(tx.connection, INSERT_SOURCE, files)


def _known(connection: Connection, column: Any, wanted: Sequence[str | None]) -> list[str]:
    found: list[str] = []
    for at in range(0, len(wanted), CHUNK):
        query = select(column).where(column.in_(wanted[at : at + CHUNK]))
        found += connection.execute(query).scalars()
    return found
