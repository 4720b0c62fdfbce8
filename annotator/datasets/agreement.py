"""How often two people marked the same: span F1 over every pair of finished sets of a document.

F1 here is the share of the marks of both that have a match in the other set: by label and extent
(exact), or by label and at least one code point (overlap). It is not corrected for chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from annotator.datasets.selection import FINISHED
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.outline import Outline


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement on one label, or on all of them (an empty label)."""

    label: str = ""
    pairs: int
    """Pairs of sets that were compared."""
    marks: int
    """Marks of both sides."""
    exact: float
    overlap: float


def double_sets(documents: Iterable[Outline]) -> dict[str, tuple[str, ...]]:
    """The finished sets of documents that two people or more have marked each for themselves."""
    found = {
        document.id: tuple(
            own.id
            for own in document.sets
            if own.status in FINISHED and own.kind in ("individual", "imported")
        )
        for document in documents
    }
    return {one: sets for one, sets in found.items() if len(sets) > 1}


def agreement(entries: Iterable[Entry]) -> tuple[Agreement, ...]:
    """All labels together, then each; empty where nothing was marked twice.

    ``entries`` are those of `double_sets`, the sets of one document behind each other.
    """
    pairs = 0
    marks: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    overlap: Counter[str] = Counter()
    for sets in _by_document(entries):
        for one, other in combinations(sets, 2):
            pairs += 1
            for label in {span.label for span in (*one, *other)}:
                sides = [[s for s in side if s.label == label] for side in (one, other)]
                marks[label] += len(sides[0]) + len(sides[1])
                exact[label] += 2 * _same(*sides)
                overlap[label] += _touched(*sides) + _touched(*sides[::-1])
    if not marks:
        return ()
    rows = [("", marks.total(), exact.total(), overlap.total())]
    rows += [(label, marks[label], exact[label], overlap[label]) for label in sorted(marks)]
    return tuple(
        Agreement(label=label, pairs=pairs, marks=n, exact=same / n, overlap=near / n)
        for label, n, same, near in rows
    )


def _by_document(entries: Iterable[Entry]) -> Iterable[Sequence[Sequence[EntrySpan]]]:
    sets: dict[str, list[Sequence[EntrySpan]]] = defaultdict(list)
    for entry in entries:
        if entry.doc_id not in sets:
            yield from sets.values()
            sets.clear()
        sets[entry.doc_id].append(entry.spans)
    yield from sets.values()


def _same(one: Sequence[EntrySpan], other: Sequence[EntrySpan]) -> int:
    """How many stand on the very same segments; each is matched once."""
    return (Counter(s.segments for s in one) & Counter(s.segments for s in other)).total()


def _touched(one: Sequence[EntrySpan], other: Sequence[EntrySpan]) -> int:
    """How many of the one side share a code point with a mark of the other."""
    ranges = [segment for span in other for segment in span.segments]
    return sum(
        any(start < e and s < end for start, end in span.segments for s, e in ranges)
        for span in one
    )
