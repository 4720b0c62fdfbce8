"""Marks, the links between them, and the sets they belong to."""

from __future__ import annotations

from typing import Any

import msgspec

from annotator.text.span import Span

SET_KINDS = ("individual", "curated", "imported", "model")
STATUSES = ("new", "in_progress", "complete", "reviewed", "excluded")
ORIGINS = ("manual", "imported", "suggested")


class AnnotationSet(msgspec.Struct, frozen=True, kw_only=True):
    """One person's (or the curated) annotations of one document."""

    id: str
    document_id: str
    annotator_id: str
    kind: str = "individual"
    status: str = "new"
    reason: str = ""
    created: str


class Segment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One range of a mark (code points, half-open) and the words that stand there."""

    start: int
    end: int
    quote: str


class Offered(msgspec.Struct, frozen=True):
    """What a suggestion had offered before the person took it."""

    rule: str
    span: tuple[tuple[int, int], ...]


class Annotation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A mark: a span with a label, attributes and a note."""

    id: str
    set_id: str
    document_id: str
    label: str
    segments: tuple[Segment, ...]
    attributes: dict[str, Any] = {}
    note: str = ""
    proposition_id: str | None = None
    actor_id: str | None = None
    origin: str = "manual"
    offered: Offered | None = None
    created: str
    updated: str
    by: str
    """The id of the annotator who made it."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(tuple((s.start, s.end) for s in self.segments))

    @property
    def start(self) -> int:
        """The first code point."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """Behind the last code point."""
        return self.segments[-1].end

    @property
    def words(self) -> str:
        """The words of all segments, joined as the field writes them."""
        return " … ".join(s.quote for s in self.segments)


class Relation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A directed, typed link between two marks, perhaps of two documents."""

    id: str
    set_id: str
    """The set of the mark it starts from."""
    type: str
    from_id: str
    to_id: str
    attributes: dict[str, Any] = {}
    origin: str = "manual"
    created: str
    updated: str
    by: str


class Annotator(msgspec.Struct, frozen=True):
    """A person (or a program) who marks."""

    id: str
    name: str


class Actor(msgspec.Struct, frozen=True):
    """Who stands behind several source marks, under whatever names."""

    id: str
    name: str


class Proposition(msgspec.Struct, frozen=True):
    """What several claims say, apart from their wording."""

    id: str
    wording: str


BEHIND = {"actor": "source", "proposition": "claim"}
"""What stands behind marks, and behind marks of which label."""


class Standing(msgspec.Struct, frozen=True):
    """An actor or a proposition, and how many marks of how many documents it stands behind."""

    id: str
    words: str
    """The actor's name, or the proposition's wording."""
    marks: int
    documents: int


def segments_of(span: Span, text: str) -> tuple[Segment, ...]:
    """The segments of a span with the words they hold in ``text``."""
    return tuple(Segment(start, end, text[start:end]) for start, end in span.segments)
