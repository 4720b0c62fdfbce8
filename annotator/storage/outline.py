"""A project in outline: every document with its sets, counts and ties, and none of its text."""

from __future__ import annotations

from collections import defaultdict
from sys import intern

from sqlalchemy import Connection, func, or_, select

from annotator.model.outline import FarEnd, Outline, SetOutline
from annotator.model.rules import NO_DENIAL
from annotator.storage import rows
from annotator.storage import tables as t

_a = t.annotation.c
_IS_NO_DENIAL = or_(
    *(_a.attributes.contains(f'"denial_kind":"{kind}"', autoescape=True) for kind in NO_DENIAL)
)
"""Attributes are JSON without blanks, and a quotation mark inside a value is escaped there."""


def outlines(connection: Connection) -> tuple[Outline, ...]:
    """The documents in the order of their ids."""
    sets = _sets(connection)
    linked = _linked(connection)
    stated = _stated(connection)
    query = select(t.document).where(t.document.c.hidden == 0).order_by(t.document.c.id)
    return tuple(
        Outline(
            id=document.id,
            title=document.title,
            outlet=intern(document.outlet),
            published=document.published,
            url=str(document.metadata.get("url") or ""),
            language=intern(str(document.metadata.get("language") or "")),
            story=str(document.metadata.get("story") or ""),
            text_sha256=document.text_sha256,
            source_sha256=document.source_sha256 or "",
            reader=document.reader,
            group=document.group_id or "",
            propositions=tuple(sorted(stated[document.id])),
            linked=tuple(sorted(linked[document.id])),
            sets=tuple(sets[document.id]),
        )
        for document in map(rows.document, connection.execute(query))
    )


def far_ends(connection: Connection) -> dict[str, FarEnd]:
    """The marks to which links lead out of another set, by id."""
    r, near = t.relation.c, t.annotation.alias()
    query = (
        select(_a.id, _a.set_id, _a.label)
        .join_from(t.relation, near, near.c.id == r.from_id)
        .join(t.annotation, _a.id == r.to_id)
        .where(near.c.set_id != _a.set_id)
        .distinct()
    )
    return {row[0]: FarEnd(row[1], row[2]) for row in connection.execute(query)}


def _sets(connection: Connection) -> dict[str, list[SetOutline]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    query = select(_a.set_id, _a.label, func.count()).group_by(_a.set_id, _a.label)
    for own, label, n in connection.execute(query.order_by(_a.set_id, _a.label)):
        counts[own][label] = n
    query = select(_a.set_id, func.count()).where(_a.label == "denial", _IS_NO_DENIAL)
    not_denials = {row[0]: row[1] for row in connection.execute(query.group_by(_a.set_id))}
    s = t.annotation_set
    query = select(s, t.annotator.c.name).join(t.annotator, t.annotator.c.id == s.c.annotator_id)
    found: dict[str, list[SetOutline]] = defaultdict(list)
    for *row, person in connection.execute(query.order_by(s.c.id)):
        own = rows.annotation_set(row)
        outline = SetOutline(
            own.id, person, own.kind, own.status, counts.get(own.id, {}), not_denials.get(own.id, 0)
        )
        found[own.document_id].append(outline)
    return found


def _linked(connection: Connection) -> dict[str, set[str]]:
    """The documents that links lead to and come from, by document; removed ones join others too."""
    near, far = t.annotation.alias(), t.annotation.alias()
    query = (
        select(near.c.document_id, far.c.document_id)
        .join_from(t.relation, near, near.c.id == t.relation.c.from_id)
        .join(far, far.c.id == t.relation.c.to_id)
        .where(near.c.document_id != far.c.document_id)
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in connection.execute(query):
        found[one].add(other)
        found[other].add(one)
    return found


def _stated(connection: Connection) -> dict[str, set[str]]:
    query = select(_a.document_id, _a.proposition_id).where(_a.proposition_id.is_not(None))
    found: dict[str, set[str]] = defaultdict(set)
    for document, proposition in connection.execute(query.distinct()):
        found[document].add(proposition)
    return found
