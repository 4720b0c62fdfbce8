"""A whole project as a dataset: one entry for each document and annotation set, streamed.

The rows come from the driver's own cursors in the order in which they are written, so a project of
any size passes through in the memory of one document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET
from sqlalchemy import Connection, bindparam, select

from annotator.model.annotation import Offered
from annotator.model.dataset import (
    NO_ATTRIBUTES,
    Entry,
    EntryOffer,
    EntryRelation,
    EntrySchema,
    EntrySet,
    EntrySpan,
)
from annotator.model.document import Document
from annotator.model.loss import LINKS_TO_REMOVED, Losses
from annotator.model.schema import Schema
from annotator.storage import blocks as standing
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.storage.engine import Database

_d, _s, _a, _g, _r = t.document, t.annotation_set, t.annotation, t.segment, t.relation
DOCUMENTS = select(_d).where(_d.c.hidden == 0).order_by(_d.c.id)
DOCUMENT = select(_d).where(_d.c.id == bindparam("document"), _d.c.hidden == 0)
TEXT = select(t.document_text.c.text).where(t.document_text.c.sha256 == bindparam("sha256"))
SETS = (
    select(_s, t.annotator.c.name)
    .join_from(_s, t.annotator, t.annotator.c.id == _s.c.annotator_id)
    .where(_s.c.document_id == bindparam("document"))
    .order_by(_s.c.id)
)
MARKS = (
    select(
        _a.c.id,
        _a.c.label,
        _a.c.start,
        _a.c.end,
        _g.c.ord,
        _g.c.start,
        _g.c.end,
        _g.c.quote,
        _a.c.attributes,
        _a.c.note,
        _a.c.proposition_id,
        _a.c.actor_id,
        _a.c.origin,
        _a.c.offered,
        _a.c.created,
        _a.c.updated,
        _a.c.by,
    )
    .join_from(_a, _g, _g.c.annotation_id == _a.c.id)
    .where(_a.c.document_id == bindparam("document"), _a.c.set_id == bindparam("set"))
    .order_by(_a.c.start, _a.c.end, _a.c.id)
)
"""In the order of an index; with that of the segments in it, all rows would be sorted."""
LINKS = (
    select(
        _r.c.id,
        _r.c.type,
        _r.c.from_id,
        _r.c.to_id,
        _a.c.document_id,
        _r.c.attributes,
        _r.c.origin,
        _r.c.created,
        _r.c.updated,
        _r.c.by,
    )
    .join_from(_r, _a, _a.c.id == _r.c.to_id)
    .where(_r.c.set_id == bindparam("set"))
    .order_by(_r.c.id)
)


class _Names:
    """Ids of people and actors as the names that the outside knows."""

    def __init__(self, connection: Connection) -> None:
        people = select(t.annotator.c.id, t.annotator.c.name)
        actors = select(t.actor.c.id, t.actor.c.name)
        self.people: dict[str, str] = {row[0]: row[1] for row in connection.execute(people)}
        self.actors: dict[str, str] = {row[0]: row[1] for row in connection.execute(actors)}


def entries(
    database: Database,
    connection: Connection,
    schema: Schema,
    losses: Losses,
    document_id: str | None = None,
    sets: Mapping[str, Collection[str]] | None = None,
) -> Iterator[Entry]:
    """Every entry, or those of one document, in the order of the documents' and the sets' ids.

    ``sets`` keeps only these sets of these documents.
    """
    names = _Names(connection)
    made_with = EntrySchema(schema.name, schema.version, schema.sha256)
    fetch = _Fetch(database, connection)
    hidden = {row[0] for row in connection.execute(select(_d.c.id).where(_d.c.hidden == 1))}
    one = {"document": document_id} if document_id else {}
    for row in fetch.rows(DOCUMENT if one else DOCUMENTS, **one):
        if sets is not None and row[0] not in sets:
            continue
        document = rows.document(row)
        found = next(fetch.rows(TEXT, sha256=document.text_sha256), None)
        if found is None:
            raise LookupError(document.text_sha256)
        text = found[0]
        blocks = tuple(
            standing.block(row) for row in fetch.rows(standing.STANDING, document=document.id)
        )
        for *set_row, person in list(fetch.rows(SETS, document=document.id)):
            own = rows.annotation_set(set_row)
            if sets is not None and own.id not in sets[document.id]:
                continue
            yield Entry(
                doc_id=document.id,
                text=text,
                text_sha256=document.text_sha256,
                source_sha256=document.source_sha256,
                metadata=document.metadata,
                blocks=blocks,
                schema=made_with,
                annotation_set=EntrySet(
                    id=own.id,
                    annotator=person,
                    kind=own.kind,
                    status=own.status,
                    created=own.created,
                    reason=own.reason or UNSET,
                ),
                group=document.group_id or UNSET,
                spans=_spans(fetch.rows(MARKS, document=document.id, set=own.id), names),
                relations=_links(fetch.rows(LINKS, set=own.id), document, hidden, names, losses),
            )


class _Fetch:
    """Rows as the driver gives them: a million of them need nothing of a row's comfort."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._driver: Any = connection.connection

    def rows(self, statement: Any, **values: Any) -> Iterator[Sequence[Any]]:
        """The rows of a statement one by one."""
        compiled = self._database.compiled(statement)
        cursor = self._driver.cursor()
        cursor.execute(compiled.sql, compiled.arguments(values))
        return iter(cursor)


def _spans(found: Iterator[Sequence[Any]], names: _Names) -> tuple[EntrySpan, ...]:
    """The marks of one set; the rows of a mark with several segments follow one another."""
    spans: list[EntrySpan] = []
    actors, people = names.actors, names.people
    raw = msgspec.Raw
    parts: list[tuple[int, tuple[int, int], str]] = []
    last, before = "", 0
    for (
        id_, label, start, end, ord_, from_, to, quote, attributes, note,
        proposition, actor, origin, offered, created, updated, by,
    ) in found:  # fmt: skip
        if id_ == last:
            if not parts:
                parts = [(before, spans[-1].segments[0], spans[-1].text)]
            parts.append((ord_, (from_, to), quote))
            continue
        if parts:
            spans[-1] = _with_segments(spans[-1], parts)
            parts = []
        last, before = id_, ord_
        spans.append(
            EntrySpan(
                id_,
                label,
                start,
                end,
                ((from_, to),),
                quote,
                NO_ATTRIBUTES if attributes == "{}" else raw(attributes.encode()),
                note,
                origin,
                created,
                updated,
                people[by],
                proposition or UNSET,
                actors[actor] if actor else UNSET,
                _offer(offered) if offered else UNSET,
            )
        )
    if parts:
        spans[-1] = _with_segments(spans[-1], parts)
    return tuple(spans)


def _with_segments(span: EntrySpan, parts: list[tuple[int, tuple[int, int], str]]) -> EntrySpan:
    """The mark with all its segments; each part has its number, its range and its quote."""
    _, segments, quotes = zip(*sorted(parts), strict=True)
    return msgspec.structs.replace(span, segments=segments, text=" … ".join(quotes))


def _offer(stored: str) -> EntryOffer:
    offered = rows.decoded(stored, Offered)
    return EntryOffer(offered.rule, offered.span)


def _links(
    found: Iterator[Sequence[Any]],
    document: Document,
    hidden: set[str],
    names: _Names,
    losses: Losses,
) -> tuple[EntryRelation, ...]:
    links: list[EntryRelation] = []
    for id_, type_, from_, to, other, attributes, origin, created, updated, by in found:
        if other in hidden:
            losses.add(LINKS_TO_REMOVED, (id_,))
            continue
        links.append(
            EntryRelation(
                id_,
                type_,
                from_,
                to,
                NO_ATTRIBUTES if attributes == "{}" else msgspec.Raw(attributes.encode()),
                origin,
                created,
                updated,
                names.people[by],
                UNSET if other == document.id else other,
            )
        )
    return tuple(links)
