"""Reading what is needed of many documents at once, for acts over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, or_, select

from annotator.model.annotation import Annotation, AnnotationSet, Relation
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.storage.obstacles import chunks
from annotator.storage.undo import marks
from annotator.text.span import Span


def texts(connection: Connection, documents: Sequence[str]) -> dict[str, str]:
    """The canonical texts of documents, by id; removed ones are not there."""
    d, n = t.document.c, t.document_text.c
    found: dict[str, str] = {}
    for part in chunks(documents):
        query = select(d.id, n.text).join_from(
            t.document, t.document_text, d.text_sha256 == n.sha256
        )
        found |= {
            r[0]: r[1] for r in connection.execute(query.where(d.id.in_(part), d.hidden == 0))
        }
    return found


def own_sets(
    connection: Connection, documents: Sequence[str], person: str
) -> dict[str, AnnotationSet]:
    """The person's own sets of documents, by document; the oldest where there are several."""
    s = t.annotation_set
    found: dict[str, AnnotationSet] = {}
    for part in chunks(documents):
        query = select(s).where(
            s.c.document_id.in_(part), s.c.annotator_id == person, s.c.kind == "individual"
        )
        for row in connection.execute(query.order_by(s.c.id.desc())):
            found[row.document_id] = rows.annotation_set(row)
    return found


def extents(connection: Connection, sets: Sequence[str], label: str) -> dict[str, set[Span]]:
    """Where the marks of this label stand, by set."""
    a, g = t.annotation.c, t.segment.c
    ranges: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for part in chunks(sets):
        query = (
            select(a.set_id, a.id, g.start, g.end)
            .join_from(t.annotation, t.segment, g.annotation_id == a.id)
            .where(a.set_id.in_(part), a.label == label)
        )
        for set_id, mark, start, end in connection.execute(query):
            ranges.setdefault((set_id, mark), []).append((start, end))
    found: dict[str, set[Span]] = {}
    for (set_id, _), segments in ranges.items():
        found.setdefault(set_id, set()).add(Span(tuple(sorted(segments))))
    return found


def marks_with(
    connection: Connection,
    labels: Sequence[str],
    attributes: Sequence[str],
    after: str = "",
    limit: int = 2000,
) -> tuple[Annotation, ...]:
    """Marks behind that id with one of these labels or attributes, by id, also of removed documents."""
    a = t.annotation
    named = [a.c.attributes.contains(f'"{name}":', autoescape=True) for name in attributes]
    which = or_(a.c.label.in_(labels), *named)
    query = select(a).where(which, a.c.id > after).order_by(a.c.id).limit(limit)
    return tuple(marks(connection, query).values())


def links_with(
    connection: Connection, kinds: Sequence[str], after: str = "", limit: int = 2000
) -> tuple[Relation, ...]:
    """Links behind that id of one of these types, by id, also of removed documents."""
    r = t.relation
    query = select(r).where(r.c.type.in_(kinds), r.c.id > after).order_by(r.c.id).limit(limit)
    return tuple(rows.relation(row) for row in connection.execute(query))


def linked(connection: Connection, kind: str, ids: Sequence[str]) -> set[tuple[str, str]]:
    """The ends, from and to, of the links of this type that start from these marks."""
    r = t.relation.c
    found: set[tuple[str, str]] = set()
    for part in chunks(ids):
        query = select(r.from_id, r.to_id).where(r.type == kind, r.from_id.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def documents_of(connection: Connection, ids: Sequence[str]) -> set[str]:
    """The documents in which these marks stand."""
    a = t.annotation.c
    found: set[str] = set()
    for part in chunks(ids):
        found.update(connection.execute(select(a.document_id).where(a.id.in_(part))).scalars())
    return found


def on_the_same_words(connection: Connection, label: str, other: str) -> int:
    """How many marks of a label stand in their set where one of the other label stands."""
    a, b = t.annotation, t.annotation.alias()
    same = and_(
        a.c.document_id == b.c.document_id,
        a.c.set_id == b.c.set_id,
        a.c.start == b.c.start,
        a.c.end == b.c.end,
    )
    query = select(func.count()).select_from(a.join(b, same))
    return connection.execute(query.where(a.c.label == label, b.c.label == other)).scalar_one()


def values_in_use(connection: Connection) -> dict[tuple[str, str], int]:
    """How many marks have each value of each attribute."""
    a = t.annotation.c
    query = select(a.attributes, func.count()).where(a.attributes != "{}").group_by(a.attributes)
    found: dict[tuple[str, str], int] = {}
    for said, n in connection.execute(query):
        for name, value in rows.decoded(said).items():
            found[name, str(value)] = found.get((name, str(value)), 0) + n
    return found
