"""Reading what is needed of many documents at once, for acts over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from annotator.model.annotation import AnnotationSet
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.storage.obstacles import chunks
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
