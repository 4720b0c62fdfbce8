"""What an entry of a dataset is in a project: an article, a set, marks and links.

``people`` and ``actors`` lead from a name to an id; ``at`` is the time of what does not say its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from annotator.model.annotation import Annotation, AnnotationSet, Offered, Relation, Segment
from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntryOffer, EntryRelation
from annotator.model.document import Document
from annotator.model.prepared import Prepared, counted_words
from annotator.text.likeness import sample

READER = "annotator-jsonl/1"
Ids = Mapping[str, str]


def article(entry: Entry, at: str) -> tuple[Document, Prepared]:
    """The article, new to a project."""
    document = Document(
        id=entry.doc_id,
        metadata=entry.metadata,
        text_sha256=entry.text_sha256,
        source_sha256=entry.source_sha256,
        length=len(entry.text),
        reader=READER,
        created=at,
        group_id=None if entry.group is UNSET else entry.group,
    )
    words, body = counted_words(entry.text, entry.blocks)
    prepared = Prepared(
        text=entry.text,
        text_sha256=entry.text_sha256,
        words=" ".join(words),
        sample=sample(body),
        body=len(body),
        blocks=entry.blocks,
        metadata=entry.metadata,
        reader=READER,
        source_sha256=entry.source_sha256,
    )
    return document, prepared


def annotation_set(entry: Entry, person: str, at: str) -> AnnotationSet:
    """The set, of a person by id."""
    own = entry.annotation_set
    return AnnotationSet(
        id=own.id,
        document_id=entry.doc_id,
        annotator_id=person,
        kind=own.kind,
        status=own.status,
        reason="" if own.reason is UNSET else own.reason,
        created=own.created or at,
    )


def marks(entry: Entry, people: Ids, actors: Ids, at: str) -> list[Annotation]:
    """The marks."""
    own, document, text = entry.annotation_set.id, entry.doc_id, entry.text
    return [
        Annotation(
            id=span.id,
            set_id=own,
            document_id=document,
            label=span.label,
            segments=tuple([Segment(s, e, text[s:e]) for s, e in span.segments]),
            attributes=_decoded(span.attributes),
            note=span.note,
            proposition_id=None if span.proposition is UNSET else span.proposition,
            actor_id=None if span.actor is UNSET else actors[span.actor],
            origin=span.origin,
            offered=None if span.offered is UNSET else _offered(span.offered),
            created=span.created or at,
            updated=span.updated or at,
            by=people[span.by],
        )
        for span in entry.spans
    ]


def link(set_id: str, one: EntryRelation, people: Ids, at: str) -> Relation:
    """A link of a set."""
    return Relation(
        id=one.id,
        set_id=set_id,
        type=one.type,
        from_id=one.from_,
        to_id=one.to,
        attributes=_decoded(one.attributes),
        origin=one.origin,
        created=one.created or at,
        updated=one.updated or at,
        by=people[one.by],
    )


def _offered(offer: EntryOffer) -> Offered:
    return Offered(offer.rule, offer.span)


def _decoded(attributes: msgspec.Raw) -> dict[str, Any]:
    return {} if attributes == NO_ATTRIBUTES else msgspec.json.decode(attributes)
