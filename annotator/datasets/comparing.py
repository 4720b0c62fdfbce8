"""Two people's marks of one article held against each other: what is the same, and how the rest differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from annotator.model.annotation import Annotation

SAME, ATTRIBUTES, EDGES, LABEL, ONE, OTHER = (
    "same",
    "attributes",
    "edges",
    "label",
    "one",
    "other",
)
KINDS = (SAME, ATTRIBUTES, EDGES, LABEL, ONE, OTHER)
"""From most alike to least: other attributes, other edges, another label, only one of the two."""


class Pair(msgspec.Struct, frozen=True):
    """A mark of the one, of the other, or of both, and how these differ."""

    kind: str
    one: Annotation | None
    other: Annotation | None

    @property
    def start(self) -> int:
        """Where it begins (code point)."""
        return min(mark.start for mark in (self.one, self.other) if mark is not None)


def compare(one: Sequence[Annotation], other: Sequence[Annotation]) -> tuple[Pair, ...]:
    """Every mark of both, each once, in the order of the text.

    Marks are paired with the most alike first: the same words and label; the same label on words that
    overlap, those that share most first; another label on words that overlap.
    """
    left, right = {m.id: m for m in one}, {m.id: m for m in other}
    pairs: list[Pair] = []
    candidates = [
        (rank, -shared, a.start, a.id, b.start, b.id)
        for a in one
        for b in other
        if (found := _alike(a, b))
        for rank, shared in (found,)
    ]
    for rank, _, _, a, _, b in sorted(candidates):
        if a in left and b in right:
            pairs.append(_pair(rank, left.pop(a), right.pop(b)))
    pairs += [Pair(ONE, mark, None) for mark in left.values()]
    pairs += [Pair(OTHER, None, mark) for mark in right.values()]
    return tuple(sorted(pairs, key=_place))


def scores(pairs: Iterable[Pair]) -> tuple[float, float]:
    """F1 on the same words and label, and on the same label with a character in common.

    Not corrected for chance; 1 where neither has a mark.
    """
    kinds = [(pair.kind, (pair.one is not None) + (pair.other is not None)) for pair in pairs]
    marks = sum(n for _, n in kinds)
    if not marks:
        return 1.0, 1.0
    exact = sum(n for kind, n in kinds if kind in (SAME, ATTRIBUTES))
    near = exact + sum(n for kind, n in kinds if kind == EDGES)
    return exact / marks, near / marks


def _alike(a: Annotation, b: Annotation) -> tuple[int, int] | None:
    """How much they are alike: a rank, and the code points that both have; None for not at all."""
    shared = sum(
        max(0, min(s.end, o.end) - max(s.start, o.start)) for s in a.segments for o in b.segments
    )
    if not shared:
        return None
    if a.label == b.label:
        return (0 if a.span == b.span else 1), shared
    return 2, shared


def _pair(rank: int, a: Annotation, b: Annotation) -> Pair:
    if rank == 0:
        return Pair(SAME if a.attributes == b.attributes else ATTRIBUTES, a, b)
    return Pair(EDGES if rank == 1 else LABEL, a, b)


def _place(pair: Pair) -> tuple[int, int, str]:
    mark = pair.one or pair.other
    assert mark is not None
    return pair.start, -mark.end, mark.id
