"""Reading what is marked: sets, marks, and the links between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from annotator.errors import NotFound
from annotator.language import tr
from annotator.model.annotation import Annotation, AnnotationSet, Relation, Segment
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.storage.reading import Reading, escaped
from annotator.storage.undo import marks
from annotator.text.canonical import storable

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
_SETS = (
    select(t.annotation_set)
    .where(t.annotation_set.c.document_id == bindparam("document"))
    .order_by(t.annotation_set.c.id)
)
_SAME_EXTENT = select(t.annotation.c.id).where(
    t.annotation.c.document_id == bindparam("document"),
    t.annotation.c.set_id == bindparam("set"),
    t.annotation.c.start == bindparam("start"),
    t.annotation.c.end == bindparam("end"),
    t.annotation.c.label == bindparam("label"),
)


class Marked(Reading):
    """The part of the read side that knows marks and links."""

    def sets(self, document_id: str) -> tuple[AnnotationSet, ...]:
        """The annotation sets of a document, oldest first."""
        with self._connection() as connection:
            found = self._database.run(connection, _SETS, document=document_id).all()
        return tuple(map(rows.annotation_set, found))

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
            raise NotFound(tr("There is no mark “{id}”.", id=annotation_id))
        return found[0]

    def find_annotation(self, reference: str) -> Annotation:
        """The mark of an id, or of a unique part of one. Raises NotFound."""
        a = t.annotation.c.id
        reference = storable(reference)
        exact = self.annotations_of([reference])
        if exact:
            return exact[0]
        query = select(a).where(a.like(f"%{escaped(reference)}%", escape="\\")).limit(6)
        found = self._all(query) if reference else []
        if len(found) > 1:
            said = ", ".join(row[0] for row in found[:5])
            raise NotFound(
                tr(
                    "“{reference}” may be several marks; give more of the id: {ids}…",
                    reference=reference,
                    ids=said,
                )
            )
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
            raise NotFound(tr("There is no link “{id}”.", id=relation_id))
        return relation

    def labels_in_use(self) -> dict[str, int]:
        """How many marks each label has."""
        a = t.annotation.c.label
        return dict(self._all(select(a, func.count()).group_by(a)))

    def links_in_use(self) -> dict[str, int]:
        """How many links each relation type has."""
        r = t.relation.c.type
        return dict(self._all(select(r, func.count()).group_by(r)))

    def _marks(self, query: Select[Any]) -> list[Annotation]:
        """The marks that a query over `annotation` finds; those of removed documents are not there."""
        its_document = t.document.c.id == t.annotation.c.document_id
        query = query.join(t.document, its_document).where(t.document.c.hidden == 0)
        with self._connection() as connection:
            return list(marks(connection, query).values())


def _with_ids(table: Any, ids: Sequence[str]) -> Select[Any]:
    return select(table).where(table.c.id.in_([storable(one) for one in ids]))
