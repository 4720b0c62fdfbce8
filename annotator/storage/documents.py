"""Reading documents: the library and its order, texts, blocks, and the files they came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select

from annotator.errors import NotFound
from annotator.language import tr
from annotator.model.annotation import STATUSES
from annotator.model.document import Block, BlockChoice, Document, Listed, Shelf
from annotator.storage import blocks as standing
from annotator.storage import intake, rows, search
from annotator.storage import tables as t
from annotator.storage.reading import Reading, escaped
from annotator.text.canonical import storable
from annotator.text.finding import sought
from annotator.text.words import fold

FEW = 2_000
"""Documents up to which their standing is asked for one by one, not read for the whole project."""
_WORDS = (
    select(t.document_text.c.text, t.document.c.length)
    .join(t.document, t.document.c.text_sha256 == t.document_text.c.sha256)
    .where(t.document.c.id == bindparam("document"), t.document.c.hidden == 0)
)
_ANY_DOCUMENT = select(t.document).where(t.document.c.id == bindparam("document"))


class Documents(Reading):
    """The part of the read side that knows the library and what is in a document."""

    def library(
        self,
        person: str = "",
        *,
        search_for: str = "",
        limit: int | None = None,
        offset: int = 0,
        of: Sequence[str] | None = None,
        sort: str = "imported",
    ) -> tuple[Listed, ...]:
        """The documents, with their counts and the person's own status.

        ``sort``: one of SORTS; within the same, oldest import first.
        ``search_for``: every word and “phrase” stands in the text, or all of it in title, outlet or
        date.
        ``of``: only those of these ids that are there.
        """
        d = t.document
        query = select(d).where(d.c.hidden == 0).order_by(*_order(sort, person))
        if of is not None:
            query = query.where(d.c.id.in_(of))
        with self._connection() as connection:
            if search_for.strip():
                query = query.where(_matches(connection, search_for))
            found = connection.execute(query.limit(limit).offset(offset)).all()
            everything = limit is None and of is None and not search_for.strip()
            wanted = None if everything else [row[0] for row in found]
            counts = _counts(connection, wanted)
            statuses = _statuses(connection, person, wanted)
        return tuple(
            Listed(
                document=rows.document(row),
                counts=counts.get(row[0], {}),
                status=statuses.get(row[0], "new"),
            )
            for row in found
        )

    def shelf(self, person: str = "", *, search_for: str = "", sort: str = "imported") -> Shelf:
        """Which documents ``library`` would give, however many: their order and standing alone."""
        d = t.document.c
        query = select(d.id).where(d.hidden == 0).order_by(*_order(sort, person))
        with self._connection() as connection:
            if search_for.strip():
                query = query.where(_matches(connection, search_for))
            ids = tuple(connection.execute(query).scalars())
            statuses = _statuses(connection, person, ids if len(ids) < FEW else None)
        if len(statuses) <= len(ids):
            there = set(ids)
            return Shelf(ids, {one: said for one, said in statuses.items() if one in there})
        return Shelf(ids, {one: statuses[one] for one in ids if one in statuses})

    def document(self, document_id: str) -> Document:
        """The document of that id. Raises NotFound."""
        d = t.document
        found = self._all(select(d).where(d.c.id == document_id, d.c.hidden == 0))
        if not found:
            raise NotFound(tr("There is no document “{id}”.", id=document_id))
        return rows.document(found[0])

    def find_document(self, reference: str) -> Document:
        """The document of an id, a unique part of one, or an exact title. Raises NotFound."""
        d = t.document
        reference = storable(reference)
        part = d.c.id.like(f"%{escaped(reference)}%", escape="\\")
        match = or_(part, d.c.title == reference)
        found = self._all(select(d).where(match, d.c.hidden == 0).limit(50))
        exact = [row for row in found if reference in (row[0], row[1])] or found
        if not exact or not reference:
            raise NotFound(
                tr(
                    "No document is called “{reference}”; `list` shows what is there.",
                    reference=reference,
                )
            )
        if len(exact) > 1:
            raise NotFound(
                tr(
                    "“{reference}” may be {n} documents; give more of the id: {ids}",
                    reference=reference,
                    n=len(exact),
                    ids=", ".join(row[0] for row in exact[:5]) + ("…" if len(exact) > 5 else ""),
                )
            )
        return rows.document(exact[0])

    def any_document(self, document_id: str) -> tuple[Document, bool] | None:
        """The document of that id, and whether it was removed."""
        found = self._first(_ANY_DOCUMENT, document=document_id)
        return None if found is None else (rows.document(found), bool(found.hidden))

    def hidden_document(self, source_sha256: str, part: int = 0) -> Document | None:
        """A removed document that was made of these very bytes, or of that part of them."""
        d = t.document
        query = select(d).where(
            d.c.source_sha256 == source_sha256, d.c.part == part, d.c.hidden == 1
        )
        found = self._all(query.order_by(d.c.id.desc()))
        return rows.document(found[0]) if found else None

    def documents_of_files(self, source_sha256s: Sequence[str]) -> dict[tuple[str, int], str]:
        """Ids of the documents that were made of these files, by file and part."""
        d = t.document.c
        found: dict[tuple[str, int], str] = {}
        for at in range(0, len(source_sha256s), intake.CHUNK):
            part = source_sha256s[at : at + intake.CHUNK]
            query = select(d.source_sha256, d.part, d.id).where(d.source_sha256.in_(part))
            found |= {(row[0], row[1]): row[2] for row in self._all(query.where(d.hidden == 0))}
        return found

    def count_documents(self) -> int:
        """How many documents there are."""
        return self._all(select(func.count()).where(t.document.c.hidden == 0))[0][0]

    def documents_by(self, column: str, values: Sequence[str]) -> dict[str, str]:
        """Ids of documents by id, source_sha256 or text_sha256, of those of ``values`` there are."""
        with self._connection() as connection:
            which = f"SELECT {column}, id FROM document WHERE hidden = 0 AND {column}"
            return dict(intake.one_of(connection, which, values))

    def text(self, document_id: str) -> str:
        """The canonical text of a document. Raises NotFound."""
        row = self._first(_WORDS, document=document_id)
        if row is None:
            raise NotFound(tr("There is no document “{id}”.", id=document_id))
        return str(row[0])

    def blocks(self, document_id: str) -> tuple[Block, ...]:
        """The blocks of a document, in order."""
        with self._connection() as connection:
            found = self._database.run(connection, standing.STANDING, document=document_id)
            return tuple(standing.block(row) for row in found)

    def read_blocks(self, document_id: str) -> tuple[tuple[str, bool, float | None], ...]:
        """What the reader thought of each block: role, dimmed, and how sure it was, from 0 to 1."""
        with self._connection() as connection:
            found: Any = self._database.run(connection, standing.READ, document=document_id).all()
        return tuple(
            (row[0], bool(row[1]), None if row[2] is None else row[2] / 100) for row in found
        )

    def block_choices(self, document_id: str) -> dict[int, BlockChoice]:
        """What somebody decided of blocks, by their place in the document."""
        with self._connection() as connection:
            found = self._database.run(connection, standing.CHOICES, document=document_id).all()
        return {row.ord: rows.BLOCK_CHOICE.from_row(row) for row in found}

    def source(self, document: Document) -> bytes | None:
        """The original bytes of a saved article, where they were carried along."""
        if document.source_sha256 is None:
            return None
        with self._connection() as connection:
            return intake.source_bytes(connection, document.source_sha256)


def _order(sort: str, person: str) -> list[Any]:
    d, s = t.document.c, t.annotation_set.c
    last: list[Any] = [d.created, d.id]
    if sort == "imported":
        return last
    if sort == "status":
        own = (
            select(func.min(s.status))
            .where(s.document_id == d.id, s.annotator_id == person, s.kind == "individual")
            .scalar_subquery()
        )
        return [case({name: n for n, name in enumerate(STATUSES)}, value=own, else_=0), *last]
    column = {"title": d.title_fold, "published": d.published, "outlet": d.outlet_fold}[sort]
    return [case((column == "", 1), else_=0), column, *last]


def _matches(connection: Connection, wanted: str) -> Any:
    d = t.document.c
    wanted = storable(wanted)
    folded = escaped(fold(wanted.strip()))
    plain = [column.like(f"%{folded}%", escape="\\") for column in (d.title_fold, d.outlet_fold)]
    terms = sought(wanted.strip(), typing=True).terms
    if terms:
        numbers = search.numbers(connection, terms).order_by(None)
        texts = select(t.document_text.c.sha256).where(t.document_text.c.number.in_(numbers))
        plain.append(d.text_sha256.in_(texts))
    return or_(d.published.like(f"{folded}%", escape="\\"), *plain)


def _counts(connection: Connection, wanted: Sequence[str] | None) -> dict[str, dict[str, int]]:
    c = t.mark_count.c
    query = select(c.document_id, c.label, c.n).where(c.n > 0)
    if wanted is not None:
        query = query.where(c.document_id.in_(wanted))
    counts: dict[str, dict[str, int]] = {}
    for document, label, n in connection.execute(query):
        counts.setdefault(document, {})[label] = n
    return counts


def _statuses(connection: Connection, person: str, wanted: Sequence[str] | None) -> dict[str, str]:
    s = t.annotation_set.c
    query = select(s.document_id, s.status, s.annotator_id).where(s.kind == "individual")
    if wanted is None:
        query = query.where(s.annotator_id == person)
    else:
        # Not by person too: the database might begin with all that this person ever did.
        query = query.where(s.document_id.in_(wanted))
    # The oldest set of a document comes last and counts.
    found = connection.execute(query.order_by(s.id.desc()))
    return {row[0]: row[1] for row in found if row[2] == person}
