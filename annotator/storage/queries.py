"""Everything that is read from a project, as model values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select

from annotator.errors import NotFound, ProjectDamaged
from annotator.model.annotation import (
    STATUSES,
    Annotation,
    AnnotationSet,
    Annotator,
    Relation,
    Segment,
)
from annotator.model.changes import Changes, HistoryEntry, Move
from annotator.model.dataset import Entry
from annotator.model.document import Block, BlockChoice, Document, Listed, Shelf
from annotator.model.loss import Losses
from annotator.model.outline import FarEnd, Outline
from annotator.model.schema import Schema
from annotator.storage import blocks as standing
from annotator.storage import doctor, feed, intake, outline, rows, search
from annotator.storage import tables as t
from annotator.storage.alike import Alike
from annotator.storage.behind import Behind
from annotator.storage.exchange import entries
from annotator.storage.keepsakes import kept
from annotator.storage.undo import Act, documents_of, marks, newest_in_force, newest_undone
from annotator.text.canonical import storable
from annotator.text.finding import sought
from annotator.text.words import fold

_SCHEMA_IN_FORCE = (
    select(t.schema_version.c.sha256).order_by(t.schema_version.c.rev.desc()).limit(1)
)
_OWN_SET = (
    select(t.annotation_set)
    .where(
        t.annotation_set.c.document_id == bindparam("document"),
        t.annotation_set.c.annotator_id == bindparam("person"),
        t.annotation_set.c.kind == "individual",
    )
    .order_by(t.annotation_set.c.id)
    .limit(1)
)
_WORDS = (
    select(t.document_text.c.text, t.document.c.length)
    .join(t.document, t.document.c.text_sha256 == t.document_text.c.sha256)
    .where(t.document.c.id == bindparam("document"), t.document.c.hidden == 0)
)
_SAME_EXTENT = select(t.annotation.c.id).where(
    t.annotation.c.document_id == bindparam("document"),
    t.annotation.c.set_id == bindparam("set"),
    t.annotation.c.start == bindparam("start"),
    t.annotation.c.end == bindparam("end"),
    t.annotation.c.label == bindparam("label"),
)


class Queries(Behind, Alike):
    """The read side of a project; bound to a connection it sees that transaction's own writes."""

    # The project

    def info(self) -> dict[str, str]:
        """What the project says of itself."""
        return {row[0]: row[1] for row in self._all(select(t.project_info))}

    def kept(self) -> dict[str, str]:
        """What is kept in the project beside its journal, by name."""
        with self._connection() as connection:
            return kept(connection)

    def schema(self) -> Schema:
        """The schema in force."""
        (sha,) = self._first(_SCHEMA_IN_FORCE)
        if sha not in self._schemas:
            query = select(t.schema_version.c.body).where(t.schema_version.c.sha256 == sha)
            found = self._all(query)
            self._schemas[sha] = rows.decoded(found[0][0] if found else "", Schema)
        return self._schemas[sha]

    def had_schema(self, sha256: str) -> bool:
        """Whether this schema is, or once was, in force."""
        query = select(t.schema_version.c.sha256).where(t.schema_version.c.sha256 == sha256)
        return bool(self._all(query))

    def findings(self) -> tuple[str, ...]:
        """What is wrong inside the project, one sentence each; reads all of it."""
        with self._connection() as connection:
            return tuple(doctor.findings(self._database, connection))

    def annotators(self) -> tuple[Annotator, ...]:
        """Everybody who has marked here, by name."""
        found = self._all(select(t.annotator).order_by(t.annotator.c.name))
        return tuple(Annotator(*row) for row in found)

    def annotator(self, name: str) -> Annotator | None:
        """The annotator of that name."""
        found = self._all(select(t.annotator).where(t.annotator.c.name == name))
        return Annotator(*found[0]) if found else None

    # Documents

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
            statuses = _statuses(connection, person, None)
        if len(statuses) <= len(ids):
            there = set(ids)
            return Shelf(ids, {one: said for one, said in statuses.items() if one in there})
        return Shelf(ids, {one: statuses[one] for one in ids if one in statuses})

    def document(self, document_id: str) -> Document:
        """The document of that id. Raises NotFound."""
        d = t.document
        found = self._all(select(d).where(d.c.id == document_id, d.c.hidden == 0))
        if not found:
            raise NotFound(f"There is no document “{document_id}”.")
        return rows.document(found[0])

    def find_document(self, reference: str) -> Document:
        """The document of an id, a unique part of one, or an exact title. Raises NotFound."""
        d = t.document
        reference = storable(reference)
        part = d.c.id.like(f"%{_escaped(reference)}%", escape="\\")
        match = or_(part, d.c.title == reference)
        found = self._all(select(d).where(match, d.c.hidden == 0).limit(50))
        exact = [row for row in found if reference in (row[0], row[1])] or found
        if not exact or not reference:
            raise NotFound(f"No document is called “{reference}”; `list` shows what is there.")
        if len(exact) > 1:
            raise NotFound(
                f"“{reference}” may be {len(exact)} documents; give more of the id: "
                + ", ".join(row[0] for row in exact[:5])
                + ("…" if len(exact) > 5 else "")
            )
        return rows.document(exact[0])

    def any_document(self, document_id: str) -> tuple[Document, bool] | None:
        """The document of that id, and whether it was removed."""
        d = t.document
        found = self._all(select(d).where(d.c.id == document_id))
        return (rows.document(found[0]), bool(found[0].hidden)) if found else None

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

    def entries(
        self,
        losses: Losses | None = None,
        document_id: str | None = None,
        sets: Mapping[str, Collection[str]] | None = None,
    ) -> Iterator[Entry]:
        """The project, or one document, as a dataset; one state of it, however long it takes.

        ``sets`` keeps only these sets of these documents, by ids.
        """
        schema = self.schema()
        with self._connection() as connection:
            lost = losses or Losses()
            try:
                yield from entries(self._database, connection, schema, lost, document_id, sets)
            except (LookupError, ValueError) as error:
                raise ProjectDamaged(
                    f"{self._database.where} is damaged: something belongs to what is not there; "
                    "the doctor says what."
                ) from error

    def outlines(self) -> tuple[Outline, ...]:
        """Every document without its text, in the order of their ids."""
        with self._connection() as connection:
            return outline.outlines(connection)

    def far_ends(self) -> dict[str, FarEnd]:
        """The marks to which links lead out of another set, by id."""
        with self._connection() as connection:
            return outline.far_ends(connection)

    def documents_by(self, column: str, values: Sequence[str]) -> dict[str, str]:
        """Ids of documents by id, source_sha256 or text_sha256, of those of ``values`` there are."""
        d = t.document
        found: dict[str, str] = {}
        for at in range(0, len(values), intake.CHUNK):
            part = values[at : at + intake.CHUNK]
            query = select(d.c[column], d.c.id).where(d.c[column].in_(part), d.c.hidden == 0)
            found |= dict(self._all(query))
        return found

    def text(self, document_id: str) -> str:
        """The canonical text of a document. Raises NotFound."""
        row = self._first(_WORDS, document=document_id)
        if row is None:
            raise NotFound(f"There is no document “{document_id}”.")
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

    # Marks

    def sets(self, document_id: str) -> tuple[AnnotationSet, ...]:
        """The annotation sets of a document, oldest first."""
        s = t.annotation_set
        found = self._all(select(s).where(s.c.document_id == document_id).order_by(s.c.id))
        return tuple(rows.annotation_set(row) for row in found)

    def own_set(self, document_id: str, person: str) -> AnnotationSet | None:
        """The person's own set of a document."""
        row = self._first(_OWN_SET, document=document_id, person=person)
        return None if row is None else rows.annotation_set(row)

    def same_extent(
        self, document_id: str, set_id: str, label: str, segments: tuple[Segment, ...]
    ) -> str | None:
        """The id of a mark of this set with this label on exactly these segments."""
        with self._connection() as connection:
            found = self._database.run(
                connection,
                _SAME_EXTENT,
                document=document_id,
                set=set_id,
                start=segments[0].start,
                end=segments[-1].end,
                label=label,
            ).all()
        if not found:
            return None
        alike = self.annotations_of([row[0] for row in found])
        return next((a.id for a in alike if a.segments == segments), None)

    def annotations(self, document_id: str) -> tuple[Annotation, ...]:
        """The marks of a document, of all sets, in text order."""
        a = t.annotation
        query = select(a).where(a.c.document_id == document_id)
        found = self._marks(query)
        return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.id)))

    def annotations_of(self, ids: Sequence[str]) -> tuple[Annotation, ...]:
        """The marks of these ids, of those there are, in the order of the ids."""
        by_id = {mark.id: mark for mark in self._marks(_with_ids(t.annotation, ids))}
        return tuple(by_id[i] for i in ids if i in by_id)

    def annotation(self, annotation_id: str) -> Annotation:
        """The mark of that id. Raises NotFound."""
        found = self.annotations_of([annotation_id])
        if not found:
            raise NotFound(f"There is no mark “{annotation_id}”.")
        return found[0]

    def find_annotation(self, reference: str) -> Annotation:
        """The mark of an id, or of a unique part of one. Raises NotFound."""
        a = t.annotation.c.id
        reference = storable(reference)
        exact = self.annotations_of([reference])
        if exact:
            return exact[0]
        query = select(a).where(a.like(f"%{_escaped(reference)}%", escape="\\")).limit(6)
        found = self._all(query) if reference else []
        if len(found) > 1:
            said = ", ".join(row[0] for row in found[:5])
            raise NotFound(f"“{reference}” may be several marks; give more of the id: {said}…")
        return self.annotation(found[0][0] if found else reference)

    def relations(self, document_id: str) -> tuple[Relation, ...]:
        """The relations from and to the marks of a document."""
        ends = select(t.annotation.c.id).where(t.annotation.c.document_id == document_id)
        r = t.relation
        query = select(r).where(or_(r.c.from_id.in_(ends), r.c.to_id.in_(ends)))
        return tuple(rows.relation(row) for row in self._all(query.order_by(r.c.id)))

    def relations_at(self, ids: Sequence[str]) -> tuple[Relation, ...]:
        """The relations from or to any of these marks."""
        r = t.relation
        query = select(r).where(or_(r.c.from_id.in_(ids), r.c.to_id.in_(ids)))
        return tuple(rows.relation(row) for row in self._all(query.order_by(r.c.id)))

    def relations_of_type(self, kind: str) -> tuple[Relation, ...]:
        """Every relation of one type, over all documents."""
        r = t.relation
        found = self._all(select(r).where(r.c.type == kind).order_by(r.c.id))
        return tuple(rows.relation(row) for row in found)

    def relation(self, relation_id: str) -> Relation:
        """The relation of that id. Raises NotFound."""
        found = self._all(select(t.relation).where(t.relation.c.id == storable(relation_id)))
        relation = rows.relation(found[0]) if found else None
        if relation is None or not self.annotations_of([relation.from_id]):
            raise NotFound(f"There is no link “{relation_id}”.")
        return relation

    def labels_in_use(self) -> dict[str, int]:
        """How many marks each label has."""
        a = t.annotation.c.label
        return dict(self._all(select(a, func.count()).group_by(a)))

    def links_in_use(self) -> dict[str, int]:
        """How many links each relation type has."""
        r = t.relation.c.type
        return dict(self._all(select(r, func.count()).group_by(r)))

    # History

    def history(
        self, *, limit: int | None = 200, of: str | None = None
    ) -> tuple[HistoryEntry, ...]:
        """The ops, newest first; ``of`` keeps those that touched the thing of that id."""
        o = t.op.c
        count = select(func.count()).where(t.op_change.c.seq == o.seq).scalar_subquery()
        query = (
            select(o.seq, o.id, o.kind, o.of, o.at, t.annotator.c.name, o.title, o.in_force, count)
            .join_from(t.op, t.annotator, t.annotator.c.id == o.annotator_id)
            .order_by(o.seq.desc())
            .limit(limit)
        )
        if of is not None:
            touching = select(t.op_change.c.seq).where(t.op_change.c.key == of)
            query = query.where(o.seq.in_(touching))
        return tuple(
            HistoryEntry(
                seq=row[0],
                id=row[1],
                kind=row[2],
                of=row[3],
                at=row[4],
                by=row[5],
                title=row[6],
                in_force=row[7] > 0,
                count=row[8],
            )
            for row in self._all(query)
        )

    def undo_title(self, person: str) -> str | None:
        """What this person's undo would take back."""
        with self._connection() as connection:
            act = newest_in_force(connection, person)
        return None if act is None else act.title

    def redo_title(self, person: str) -> str | None:
        """What this person's redo would repeat."""
        with self._connection() as connection:
            act = newest_undone(connection, person)
        return None if act is None else act.title

    def next_undo(self, person: str) -> Move | None:
        """The act that this person's undo would take back, and the documents it touched."""
        return self._move(newest_in_force, person)

    def next_redo(self, person: str) -> Move | None:
        """The act that this person's redo would repeat, and the documents it touched."""
        return self._move(newest_undone, person)

    def _move(self, newest: Callable[[Connection, str], Act | None], person: str) -> Move | None:
        with self._connection() as connection:
            act = newest(connection, person)
            if act is None:
                return None
            return Move(act.title, frozenset(documents_of(connection, act)))

    def last_seq(self) -> int:
        """The seq of the newest op; it only grows."""
        return self._all(select(func.max(t.op.c.seq)))[0][0] or 0

    def changes_since(self, seq: int) -> tuple[Changes, ...]:
        """What was done after the op of this seq, by whomever, oldest first; many come in parts."""
        with self._connection() as connection:
            return feed.changes_since(connection, seq)

    def changes_of(self, op_id: str) -> Changes | None:
        """What the op of this id did, where it is stored."""
        with self._connection() as connection:
            return feed.changes_of(connection, op_id)

    def _marks(self, query: Select[Any]) -> list[Annotation]:
        """The marks that a query over `annotation` finds; those of removed documents are not there."""
        its_document = t.document.c.id == t.annotation.c.document_id
        query = query.join(t.document, its_document).where(t.document.c.hidden == 0)
        with self._connection() as connection:
            return list(marks(connection, query).values())


def _with_ids(table: Any, ids: Sequence[str]) -> Select[Any]:
    return select(table).where(table.c.id.in_([storable(one) for one in ids]))


def _escaped(words: str) -> str:
    """Words as LIKE takes them for themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


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
    folded = _escaped(fold(wanted.strip()))
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
