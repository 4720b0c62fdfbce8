"""Counting over a whole project. Removed articles do not count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import Connection, and_, func, select

from annotator.model.statistics import PAUSE, Source
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.text.words import fold

FEW = 40
"""Things up to which an op is work on one article; what changes more is done to many at once."""


class _Image(msgspec.Struct):
    """What is needed of an image."""

    document_id: str = ""


def marks_by_label(connection: Connection) -> dict[str, int]:
    """How many marks each label has."""
    c, d = t.mark_count, t.document
    query = (
        select(c.c.label, func.sum(c.c.n))
        .join(d, and_(d.c.id == c.c.document_id, d.c.hidden == 0))
        .group_by(c.c.label)
    )
    return {label: int(n) for label, n in connection.execute(query) if n}


def marks_per_article(connection: Connection) -> tuple[tuple[int, int], ...]:
    """Pairs: a number of marks, and how many articles have that many."""
    c, d = t.mark_count, t.document
    each = (
        select(func.coalesce(func.sum(c.c.n), 0).label("marks"))
        .select_from(d.join(c, c.c.document_id == d.c.id, isouter=True))
        .where(d.c.hidden == 0)
        .group_by(d.c.id)
        .subquery()
    )
    query = select(each.c.marks, func.count()).group_by(each.c.marks).order_by(each.c.marks)
    return tuple((int(marks), articles) for marks, articles in connection.execute(query))


def statuses(connection: Connection, person: str) -> dict[str, int]:
    """How many articles have which status in the person's own set, the oldest where several are."""
    s, d = t.annotation_set, t.document
    own = (
        select(func.min(s.c.id).label("id"))
        .join(d, and_(d.c.id == s.c.document_id, d.c.hidden == 0))
        .where(s.c.annotator_id == person, s.c.kind == "individual")
        .group_by(s.c.document_id)
        .subquery()
    )
    query = select(s.c.status, func.count()).join(own, own.c.id == s.c.id).group_by(s.c.status)
    return {row[0]: row[1] for row in connection.execute(query)}


def links(connection: Connection) -> dict[str, int]:
    """How many links of each type start from a mark that is there."""
    r, a, d = t.relation, t.annotation, t.document
    query = (
        select(r.c.type, func.count())
        .join(a, a.c.id == r.c.from_id)
        .join(d, and_(d.c.id == a.c.document_id, d.c.hidden == 0))
        .group_by(r.c.type)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def values(connection: Connection, label: str, attribute: str) -> dict[str, int]:
    """How many marks of a label have which value of an attribute."""
    a, d = t.annotation, t.document
    query = (
        select(a.c.attributes, func.count())
        .join(d, and_(d.c.id == a.c.document_id, d.c.hidden == 0))
        .where(a.c.label == label, a.c.attributes.contains(f'"{attribute}":', autoescape=True))
        .group_by(a.c.attributes)
    )
    found: Counter[str] = Counter()
    for said, n in connection.execute(query):
        found[str(rows.decoded(said).get(attribute, ""))] += n
    return dict(found)


def sources(connection: Connection, label: str) -> tuple[Source, ...]:
    """Who stands behind the marks of this label, the most frequent first.

    Names that differ only in letter case and accents are one; the commonest writing is shown.
    """
    marks: Counter[str] = Counter()
    articles: dict[str, set[str]] = defaultdict(set)
    writings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, document in _names(connection, label):
        key = fold(name)
        marks[key] += 1
        articles[key].add(document)
        writings[key][name] += 1
    found = (
        Source(writings[key].most_common(1)[0][0], n, len(articles[key]))
        for key, n in marks.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.marks, fold(one.name), one.name)))


def _names(connection: Connection, label: str) -> Iterator[tuple[str, str]]:
    """For each mark its actor's name or its words, and its document."""
    a, g, d = t.annotation, t.segment, t.document
    query = (
        select(a.c.id, a.c.document_id, t.actor.c.name, g.c.quote)
        .join(d, and_(d.c.id == a.c.document_id, d.c.hidden == 0))
        .join(g, g.c.annotation_id == a.c.id)
        .join(t.actor, t.actor.c.id == a.c.actor_id, isouter=True)
        .where(a.c.label == label)
        .order_by(a.c.id, g.c.ord)
    )
    last, document, parts = "", "", list[str]()
    for mark, its_document, actor, quote in connection.execute(query):
        if mark != last:
            if parts:
                yield " … ".join(parts), document
            last, document, parts = mark, its_document, []
        if not parts or actor is None:
            parts.append(actor or " ".join(quote.split()))
    if parts:
        yield " … ".join(parts), document


def worked(connection: Connection) -> dict[str, float]:
    """Seconds of work by document, from the journal: see `model.statistics.Statistics.worked`."""
    last: dict[str, tuple[datetime, str]] = {}
    found: dict[str, float] = defaultdict(float)
    for person, at, document in _acts(connection):
        when = datetime.fromisoformat(at)
        before, its_document = last.get(person, (when, ""))
        document = document or its_document
        seconds = (when - before).total_seconds()
        if document and 0 < seconds <= PAUSE:
            found[document] += seconds
        last[person] = (when, document)
    return dict(found)


def _acts(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Every op in order: who, when, and the document, where one alone is known."""
    c, many = t.op_change, t.op_change.alias()
    query = (
        select(
            t.op.c.annotator_id,
            t.op.c.at,
            func.coalesce(c.c.after, c.c.before),
            c.c.noun.in_(("annotation", "annotation_set")),
            many.c.seq,
        )
        .join(c, and_(c.c.seq == t.op.c.seq, c.c.ord == 0))
        .join(many, and_(many.c.seq == t.op.c.seq, many.c.ord == FEW), isouter=True)
        .order_by(t.op.c.seq)
    )
    decode = msgspec.json.Decoder(_Image).decode
    for person, at, image, names_document, at_once in connection.execute(query):
        is_one = names_document and at_once is None
        yield person, at, decode(image).document_id if is_one else ""


def titles(connection: Connection, documents: list[str]) -> dict[str, str]:
    """The titles of the documents that are there, by id."""
    d = t.document.c
    query = select(d.id, d.title).where(d.hidden == 0)
    wanted = set(documents)
    return {row[0]: row[1] for row in connection.execute(query) if row[0] in wanted}
