"""How much there is of what in each split: the class balance, foreseen and as it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from annotator.datasets.selection import Chosen
from annotator.datasets.splits import SPLITS
from annotator.model.dataset import Entry
from annotator.model.outline import Outline

WHOLE = ""
"""The name of the one part of a dataset that is not split."""
NO_LABEL = ""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """One split, or all of them."""

    documents: int = 0
    empty: int = 0
    """Documents without a mark."""
    sets: int = 0
    marks: Mapping[str, int] = {}
    """By label."""
    links: Mapping[str, int] = {}
    """By type."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            documents=self.documents + other.documents,
            empty=self.empty + other.empty,
            sets=self.sets + other.sets,
            marks=Counter(self.marks) + Counter(other.marks),
            links=Counter(self.links) + Counter(other.links),
        )


class Tally:
    """Counts entries that go by, those of one document behind each other."""

    def __init__(self) -> None:
        self._documents = self._empty = self._sets = 0
        self._marks: Counter[str] = Counter()
        self._links: Counter[str] = Counter()
        self._last: str | None = None
        self._last_is_empty = False

    def count(self, entry: Entry) -> None:
        """One more."""
        if entry.doc_id != self._last:
            self._documents += 1
            self._empty += self._last_is_empty
            self._last, self._last_is_empty = entry.doc_id, True
        self._last_is_empty &= not entry.spans
        self._sets += 1
        self._marks.update(span.label for span in entry.spans)
        self._links.update(link.type for link in entry.relations)

    def counts(self) -> Counts:
        """What went by."""
        return Counts(
            documents=self._documents,
            empty=self._empty + self._last_is_empty,
            sets=self._sets,
            marks=dict(sorted(self._marks.items())),
            links=dict(sorted(self._links.items())),
        )


def foreseen(
    documents: Iterable[Outline],
    chosen: Chosen,
    split: Mapping[str, str] | None = None,
    *,
    labels: Iterable[str] = (),
    only_denials: bool = False,
) -> dict[str, Counts]:
    """What each split will hold, in the order of the splits; links are not foreseen.

    ``labels`` are those that are taken (none: all); ``only_denials`` leaves out refusals and dodges.
    """
    taken = frozenset(labels)
    tallies: dict[str, _Foreseen] = {}
    for document in documents:
        sets = chosen.sets.get(document.id)
        name = split.get(document.id) if split is not None else WHOLE
        if sets is None or name is None:
            continue
        marks: dict[str, int] = {}
        for own in document.sets:
            if own.id in sets:
                for label, n in own.counts.items():
                    less = own.not_denials if only_denials and label == "denial" else 0
                    if (not taken or label in taken) and n > less:
                        marks[label] = marks.get(label, 0) + n - less
        tallies.setdefault(name, _Foreseen()).document(len(sets), marks)
    return {name: tallies[name].counts() for name in (WHOLE, *SPLITS) if name in tallies}


class _Foreseen:
    """Adds documents up."""

    def __init__(self) -> None:
        self._documents = self._empty = self._sets = 0
        self._marks: dict[str, int] = {}

    def document(self, sets: int, marks: Mapping[str, int]) -> None:
        self._documents += 1
        self._empty += not marks
        self._sets += sets
        for label, n in marks.items():
            self._marks[label] = self._marks.get(label, 0) + n

    def counts(self) -> Counts:
        return Counts(
            documents=self._documents, empty=self._empty, sets=self._sets, marks=self._marks
        )


def classes(documents: Iterable[Outline], chosen: Chosen) -> dict[str, str]:
    """What to stratify by: of each document the rarest label among its marks."""
    labels = {
        document.id: {
            label
            for own in document.sets
            if own.id in chosen.sets.get(document.id, ())
            for label, n in own.counts.items()
            if n > (own.not_denials if label == "denial" else 0)
        }
        for document in documents
    }
    spread = Counter(label for found in labels.values() for label in found)
    return {
        one: min(found, key=lambda label: (spread[label], label), default=NO_LABEL)
        for one, found in labels.items()
    }
