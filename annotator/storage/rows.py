"""Between rows and values: for each noun of the journal, its table and the way to and fro."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.sql import ClauseElement

from annotator.errors import ProjectDamaged
from annotator.language import tr
from annotator.model.annotation import (
    Actor,
    Annotation,
    AnnotationSet,
    Offered,
    Proposition,
    Relation,
    Segment,
)
from annotator.model.document import BlockChoice, Document, Origin
from annotator.model.schema import Schema, dump
from annotator.storage import tables as t
from annotator.text.canonical import storable
from annotator.text.words import fold

Value = (
    Document | BlockChoice | AnnotationSet | Annotation | Relation | Proposition | Actor | Schema
)
Row = Sequence[Any]


OF_ANOTHER_KIND = (ValueError, TypeError, AttributeError, LookupError)
"""What is raised of values that are not of the kind that was written, where bits have turned over."""

_encoder = msgspec.json.Encoder(order="sorted")


def json_text(value: Any) -> str:
    """JSON with sorted keys, as every JSON column holds it."""
    return _encoder.encode(value).decode()


def decoded(words: str, kind: Any = Any) -> Any:
    """What a JSON column holds. Raises ProjectDamaged where it is no longer what was written."""
    try:
        return msgspec.json.decode(words, type=kind)
    except (msgspec.DecodeError, TypeError):
        raise ProjectDamaged(
            tr(
                "The project is damaged: something that it holds cannot be read any more; the doctor "
                "says what. Nothing was changed."
            )
        ) from None


class Noun:
    """One kind of thing that acts change: its name in the journal, its table, its statements.

    A row's ``rev`` is the seq of the op that wrote it last, so it only grows, also on undo.
    """

    def __init__(
        self,
        name: str,
        kind: type[Any],
        table: Table,
        to_row: Callable[[Any, int], tuple[Any, ...]],
        from_row: Callable[[Row], Any],
    ) -> None:
        self.name = name
        self.kind = kind
        self.table = table
        self.to_row = to_row
        self.from_row = from_row
        self.key_column = table.c.id if "id" in table.c else table.c.sha256
        its_key = self.key_column == bindparam("its_key")
        self.insert = insert(table)
        self.select = select(table).where(its_key)
        changed = [c for c in table.c if c is not self.key_column]
        self.update = (
            update(table).where(its_key).values({c: bindparam(f"new_{c.name}") for c in changed})
        )
        self.drop: ClauseElement = delete(table).where(its_key)
        self.key: Callable[[Any], str] = attrgetter(self.key_column.name)
        """The key under which the journal knows a value."""
        self._names = [f"new_{c.name}" for c in table.c]

    def named(self, value: Any, rev: int) -> dict[str, Any]:
        """A value's columns under the names that ``update`` takes."""
        return dict(zip(self._names, self.to_row(value, rev), strict=True))

    def image(self, value: Any) -> str:
        """A value as the journal holds it: JSON with sorted keys, without rev."""
        return json_text(value)

    def images(self, values: Sequence[Any]) -> list[str]:
        """The images of many values, made in one go."""
        lines = _encoder.encode_lines(values).split(b"\n")
        return list(map(bytes.decode, lines[:-1]))  # one by one: few are more than ASCII

    def parse(self, image: str) -> Any:
        """The value that an image holds."""
        return decoded(image, self.kind)


def document_row(d: Document, rev: int) -> tuple[Any, ...]:
    """A document's row, not hidden."""
    return (
        d.id,
        storable(d.title),
        fold(storable(d.title)),
        storable(d.published),
        fold(storable(d.outlet)),
        json_text(d.metadata),
        d.text_sha256,
        d.source_sha256,
        d.length,
        d.reader,
        d.created,
        d.group_id,
        0,
        rev,
        d.part,
        json_text(d.origins),
        d.earlier_id,
        storable(d.address),
    )


def document(row: Row) -> Document:
    """The document of a row."""
    return Document(
        id=row[0],
        metadata=decoded(row[5]),
        text_sha256=row[6],
        source_sha256=row[7],
        length=row[8],
        reader=row[9],
        created=row[10],
        group_id=row[11],
        part=row[14],
        origins=decoded(row[15], dict[str, Origin]),
        earlier_id=row[16],
    )


def annotation_row(a: Annotation, rev: int) -> tuple[Any, ...]:
    """A mark's row; its segments have rows of their own."""
    return (
        a.id,
        a.set_id,
        a.document_id,
        a.label,
        a.segments[0].start,
        a.segments[-1].end,
        json_text(a.attributes) if a.attributes else "{}",
        a.note,
        a.proposition_id,
        a.actor_id,
        a.origin,
        None if a.offered is None else json_text(a.offered),
        a.created,
        a.updated,
        a.by,
        rev,
    )


def segment_rows(marks: Iterable[Annotation]) -> list[tuple[Any, ...]]:
    """The rows of the segments of marks."""
    return [
        (a.id, ord_, s.start, s.end, s.quote) for a in marks for ord_, s in enumerate(a.segments)
    ]


def annotation(row: Row, segments: tuple[Segment, ...]) -> Annotation:
    """The mark of a row and its segments."""
    return Annotation(
        id=row[0],
        set_id=row[1],
        document_id=row[2],
        label=row[3],
        segments=segments,
        attributes=decoded(row[6]),
        note=row[7],
        proposition_id=row[8],
        actor_id=row[9],
        origin=row[10],
        offered=None if row[11] is None else decoded(row[11], Offered),
        created=row[12],
        updated=row[13],
        by=row[14],
    )


def set_row(s: AnnotationSet, rev: int) -> tuple[Any, ...]:
    """A set's row."""
    return (s.id, s.document_id, s.annotator_id, s.kind, s.status, s.reason, s.created, rev)


def annotation_set(row: Row) -> AnnotationSet:
    """The set of a row."""
    return AnnotationSet(
        id=row[0],
        document_id=row[1],
        annotator_id=row[2],
        kind=row[3],
        status=row[4],
        reason=row[5],
        created=row[6],
    )


def relation_row(r: Relation, rev: int) -> tuple[Any, ...]:
    """A relation's row."""
    return (
        r.id,
        r.set_id,
        r.type,
        r.from_id,
        r.to_id,
        json_text(r.attributes) if r.attributes else "{}",
        r.origin,
        r.created,
        r.updated,
        r.by,
        rev,
    )


def relation(row: Row) -> Relation:
    """The relation of a row."""
    return Relation(
        id=row[0],
        set_id=row[1],
        type=row[2],
        from_id=row[3],
        to_id=row[4],
        attributes=decoded(row[5]),
        origin=row[6],
        created=row[7],
        updated=row[8],
        by=row[9],
    )


def _schema(row: Row) -> Schema:
    return decoded(row[1], Schema)


DOCUMENT = Noun("document", Document, t.document, document_row, document)
# Texts and files go only with an explicit purge; until then a removed document is hidden.
DOCUMENT.drop = update(t.document).where(t.document.c.id == bindparam("its_key")).values(hidden=1)
BLOCK_CHOICE = Noun(
    "block_choice",
    BlockChoice,
    t.block_choice,
    lambda c, rev: (c.id, c.document_id, c.ord, c.role, int(c.dimmed), rev),
    lambda row: BlockChoice(
        id=row[0], document_id=row[1], ord=row[2], role=row[3], dimmed=bool(row[4])
    ),
)
SET = Noun("annotation_set", AnnotationSet, t.annotation_set, set_row, annotation_set)
ANNOTATION = Noun(
    "annotation", Annotation, t.annotation, annotation_row, lambda row: annotation(row, ())
)
RELATION = Noun("relation", Relation, t.relation, relation_row, relation)
PROPOSITION = Noun(
    "proposition",
    Proposition,
    t.proposition,
    lambda p, rev: (p.id, p.wording, rev),
    lambda row: Proposition(row[0], row[1]),
)
ACTOR = Noun(
    "actor", Actor, t.actor, lambda a, rev: (a.id, a.name, rev), lambda row: Actor(row[0], row[1])
)
SCHEMA = Noun(
    "schema",
    Schema,
    t.schema_version,
    lambda s, rev: (s.sha256, dump(s).decode(), rev),
    _schema,
)

NOUNS = {
    n.name: n
    for n in (DOCUMENT, BLOCK_CHOICE, SET, ANNOTATION, RELATION, PROPOSITION, ACTOR, SCHEMA)
}
NOUN_OF: dict[type[Any], Noun] = {n.kind: n for n in NOUNS.values()}
