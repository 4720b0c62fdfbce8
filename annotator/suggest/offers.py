"""Offers around a new mark: the frame of a claim, what a denial denies.

An offer is one whole that is taken or left: marks, some of which may be there already, and the links
between them. Nothing here is stored; what is taken becomes marks of origin *suggested*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Schema
from annotator.suggest.attributions import Attribution
from annotator.suggest.denials import Denying
from annotator.suggest.stretches import Claimed, Read, Stretches
from annotator.text.span import Span

MOST = 6
"""Candidates that Tab goes through."""


class OfferedMark(msgspec.Struct, frozen=True):
    """A mark of an offer. Code points."""

    label: str
    span: Span
    mark_id: str | None = None
    """The mark that is there already; None: it would be new."""


class Offer(msgspec.Struct, frozen=True):
    """What could be taken with one key. ``marks[0]`` is the mark around which it is offered."""

    rule: str
    marks: tuple[OfferedMark, ...]
    links: tuple[tuple[str, int, int], ...]
    """Relation type, and the places in ``marks`` from and to which it leads."""
    attributes: Mapping[str, str] = {}
    """Of the first mark."""

    @property
    def new_marks(self) -> tuple[OfferedMark, ...]:
        """The marks that would come."""
        return tuple(one for one in self.marks if one.mark_id is None)

    def fits(self, schema: Schema) -> bool:
        """Whether the schema has everything that would come, and none of it is retired."""
        now = schema.current
        return (
            {one.label for one in self.new_marks} <= {one.name for one in now.labels}
            and {kind for kind, _, _ in self.links} <= {one.name for one in now.relations}
            and set(self.attributes) <= {one.name for one in now.attributes}
        )


class _Building:
    """An offer as it grows: marks found again among those there, links that are not there yet."""

    def __init__(
        self, mark: Annotation, marks: Sequence[Annotation], relations: Sequence[Relation]
    ) -> None:
        self.mark = mark
        self._known = marks
        self._links = {(r.type, r.from_id, r.to_id) for r in relations}
        self.marks = [OfferedMark(mark.label, mark.span, mark.id)]
        self.links: list[tuple[str, int, int]] = []
        self.attributes: dict[str, str] = {}

    def add(self, label: str, span: Span) -> int:
        """The place of a mark, which is a known one where it stands on these words already."""
        there = next(
            (one for one in self._known if one.label == label and _same(one.span, span)), None
        )
        return self.put(
            OfferedMark(label, there.span if there else span, there.id if there else None)
        )

    def put(self, offered: OfferedMark) -> int:
        """The place of a mark in the offer."""
        if offered not in self.marks:
            self.marks.append(offered)
        return self.marks.index(offered)

    def link(self, kind: str, from_: int, to: int) -> None:
        """Link two of its marks, where they are not linked yet."""
        ends = (self.marks[from_].mark_id, self.marks[to].mark_id)
        if from_ != to and (kind, *ends) not in self._links and (kind, from_, to) not in self.links:
            self.links.append((kind, from_, to))

    def chain(self, read: Read, told: Attribution) -> int | None:
        """The place of who tells it, with who passes it on."""
        if told.source is None:
            return None
        first = at = self.add("source", read.span(told.source))
        for relay in told.relays:
            to = self.add("source", read.span(relay))
            self.link("via", at, to)
            at = to
        return first

    def done(self, rule: str) -> Offer | None:
        """The offer, where it brings anything."""
        moved = self.marks[0].span != self.mark.span
        if not self.links and not moved and not self.attributes:
            return None
        return Offer(rule, tuple(self.marks), tuple(self.links), dict(self.attributes))


def around(
    stretches: Stretches,
    mark: Annotation,
    marks: Sequence[Annotation],
    relations: Sequence[Relation],
) -> tuple[Offer, ...]:
    """What is offered around a mark, the likeliest first; ``marks`` and ``relations`` of its article."""
    others = [one for one in marks if one.id != mark.id]
    offers = {"claim": _around_claim, "denial": _around_denial}.get(mark.label)
    if offers is None:
        return ()
    read = stretches.at(mark.start)
    found = offers(stretches, read, mark, others, relations)
    return tuple(_distinct(one for one in found if one))[:MOST]


def _distinct(offers: Iterator[Offer]) -> list[Offer]:
    kept: list[Offer] = []
    for one in offers:
        if all((one.marks, one.links) != (k.marks, k.links) for k in kept):
            kept.append(one)
    return kept


# Around a claim


def _around_claim(
    stretches: Stretches,
    read: Read | None,
    mark: Annotation,
    marks: Sequence[Annotation],
    relations: Sequence[Relation],
) -> Iterator[Offer | None]:
    for claimed in _tellings(read, mark) if read else []:
        yield _frame(read, claimed, mark, marks, relations)
    has_source = any(r.type == "attributed_to" and r.from_id == mark.id for r in relations)
    if not has_source and _goes_on(stretches, mark):
        for source in _sources_before(stretches, mark, marks):
            building = _Building(mark, marks, relations)
            place = building.put(OfferedMark("source", source.span, source.id))
            building.link("attributed_to", 0, place)
            yield building.done("nearest_source")


def _tellings(read: Read, mark: Annotation) -> list[Claimed]:
    """The claims of the sentence that these words are or are of, the nearest in extent first."""
    near = [(_alike(one.span, mark.span), one) for one in read.claims]
    return [one for likeness, one in sorted(near, key=lambda n: -n[0]) if likeness > 0.05]


def _frame(
    read: Read | None,
    claimed: Claimed,
    mark: Annotation,
    marks: Sequence[Annotation],
    relations: Sequence[Relation],
) -> Offer | None:
    assert read is not None
    building, told = _Building(mark, marks, relations), claimed.told
    if len(claimed.span.segments) > 1 and _is_one_of(mark.span, claimed.span):
        building.marks[0] = OfferedMark(mark.label, claimed.span, mark.id)
    source = building.chain(read, told)
    if source is not None:
        building.link("attributed_to", 0, source)
    if told.cue[0] < told.cue[1]:
        building.link("cued_by", 0, building.add("cue", read.span(told.cue)))
    return building.done(told.rule)


def _goes_on(stretches: Stretches, mark: Annotation) -> bool:
    """Whether somebody who spoke before may still be speaking: inside quotation marks."""
    return _quotation(stretches.text, mark) is not None


def _quotation(text: str, mark: Annotation) -> int | None:
    """Where the quotation begins in which a mark stands, even where it closes paragraphs later."""
    before = text[max(0, mark.start - 2000) : mark.start]
    opened, closed = before.rfind("“"), before.rfind("”")
    return mark.start - len(before) + opened if opened > closed else None


def _sources_before(
    stretches: Stretches, mark: Annotation, marks: Sequence[Annotation]
) -> list[Annotation]:
    """Source marks of this paragraph and the one before, the nearest first."""
    near = stretches.text.rfind("\n", 0, max(0, stretches.text.rfind("\n", 0, mark.start)))
    found = [one for one in marks if one.label == "source" and near < one.start < mark.start]
    return sorted(found, key=lambda one: -one.start)


# Around a denial


def _around_denial(
    stretches: Stretches,
    read: Read | None,
    mark: Annotation,
    marks: Sequence[Annotation],
    relations: Sequence[Relation],
) -> Iterator[Offer | None]:
    del stretches
    denying = _denying(read, mark)
    told = _telling(read, mark) if denying is None else None
    if denying is not None and denying.kind is not None:
        yield _refusal(read, denying, mark, marks, relations)
        return
    nested = read.span(denying.denied) if read and denying and denying.denied else None
    targets: list[Annotation | Span | None] = [nested] if nested else []
    own = None
    if read and (denying or told):
        source = denying.source if denying else told.source if told else None
        own = read.span(source) if source else None
    targets += _deniable(mark, own, marks, relations)
    for target in targets or [None]:
        building = _Building(mark, marks, relations)
        if isinstance(target, Span):
            building.link("denies", 0, building.add("claim", target))
        elif target is not None:
            place = building.put(OfferedMark(target.label, target.span, target.id))
            building.link("denies", 0, place)
        _issue(building, read, denying, told)
        yield building.done(denying.rule if denying else "nearest_claim")


def _refusal(
    read: Read | None,
    denying: Denying,
    mark: Annotation,
    marks: Sequence[Annotation],
    relations: Sequence[Relation],
) -> Offer | None:
    building = _Building(mark, marks, relations)
    if "denial_kind" not in mark.attributes and denying.kind:
        building.attributes["denial_kind"] = denying.kind
    _issue(building, read, denying, None)
    return building.done(denying.rule)


def _issue(
    building: _Building, read: Read | None, denying: Denying | None, told: Attribution | None
) -> None:
    """Who denies, and with which word."""
    if read is None:
        return
    if denying is not None:
        if denying.source:
            building.link("issued_by", 0, building.add("source", read.span(denying.source)))
        building.link("cued_by", 0, building.add("cue", read.span(denying.cue)))
    elif told is not None:
        source = building.chain(read, told)
        if source is not None:
            building.link("issued_by", 0, source)


def _denying(read: Read | None, mark: Annotation) -> Denying | None:
    found = (
        [(_alike(read.span(one.predicate), mark.span), one) for one in read.denials] if read else []
    )
    best = max(found, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] > 0.05 else None


def _telling(read: Read | None, mark: Annotation) -> Attribution | None:
    """Of a counter-statement: who makes it."""
    found = _tellings(read, mark) if read else []
    return found[0].told if found else None


def _deniable(
    mark: Annotation,
    source: Span | None,
    marks: Sequence[Annotation],
    relations: Sequence[Relation],
) -> list[Annotation]:
    """Claims that these words may deny: those before, the nearest first, then those behind.

    A claim of the same source, or on the same words, is not what it denies.
    """
    own = {one.id for one in marks if source and one.label == "source" and _same(one.span, source)}
    said = {r.from_id for r in relations if r.type == "attributed_to" and r.to_id in own}
    claims = [
        one
        for one in marks
        if one.label == "claim" and one.id not in said and not one.span.overlaps(mark.span)
    ]
    before = sorted((one for one in claims if one.start < mark.start), key=lambda one: -one.start)
    behind = sorted((one for one in claims if one.start >= mark.start), key=lambda one: one.start)
    return [*before, *behind]


# Likeness


def _size(span: Span) -> int:
    return sum(end - start for start, end in span.segments)


def _alike(one: Span, other: Span) -> float:
    """Twice what two spans share over what they hold together: 1 for the same, 0 for nothing."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one.segments for c, d in other.segments)
    return 2 * shared / (_size(one) + _size(other))


def _same(one: Span, other: Span) -> bool:
    return _alike(one, other) >= 0.8


def _is_one_of(part: Span, whole: Span) -> bool:
    """Whether a span is one of the parts of another, or runs from its first to its last."""
    return len(part.segments) == 1 and (
        part.segments[0] in whole.segments or (part.start, part.end) == (whole.start, whole.end)
    )
