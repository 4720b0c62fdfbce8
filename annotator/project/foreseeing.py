"""What a format would make of a dataset: how it begins and what it loses, without writing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from annotator.datasets.counts import WHOLE
from annotator.formats.base import HOLDABLE, Writing
from annotator.formats.out import InMemory, Nowhere
from annotator.model.dataset import Entry
from annotator.model.loss import Loss, Losses
from annotator.project.planning import PartPlan, Plan
from annotator.project.project import Queries

MOST = 1_000
"""Annotation sets that are looked at, so that the answer is there while the person thinks."""
TRIED = 20
"""Among so many a first entry with marks is looked for."""
LONGEST = 200_000
"""Characters of the beginning that are shown."""


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of a part of a plan."""

    beginning: str
    """How the first file begins; empty where it is not text."""
    sets: int
    """Annotation sets that were looked at."""
    of: int
    """Annotation sets that will go out."""
    marks: int
    """Of those that were looked at; so are the next ones."""
    gaps: int
    """Marks of several segments."""
    links: int
    losses: tuple[Loss, ...]
    not_held: tuple[str, ...]
    """What the format has no room for at all, in words."""


def foreseen(
    read: Queries, plan: Plan, part: PartPlan, is_wanted: Callable[[], bool] = lambda: True
) -> Foreseen:
    """Write the beginning of each split to nowhere; stops early where it is not wanted any more."""
    losses = Losses()
    tally = _Tally(MOST, is_wanted)
    schema = plan.outlined.schema
    writing = Writing(schema=schema, options=part.options, losses=losses)
    for split in part.counts:
        part.format.write(
            tally.passing(plan.entries(read, part, split, losses)), Nowhere(), writing
        )
    return Foreseen(
        beginning=_beginning(read, plan, part),
        sets=tally.sets,
        of=sum(len(own) for own in part.sets.values()),
        marks=tally.marks,
        gaps=tally.gaps,
        links=tally.links,
        losses=losses.found(),
        not_held=tuple(words for name, words in HOLDABLE.items() if name not in part.format.holds),
    )


class _Tally:
    """Lets the first entries pass, and counts."""

    def __init__(self, most: int, is_wanted: Callable[[], bool]) -> None:
        self._most, self._is_wanted = most, is_wanted
        self.sets = self.marks = self.gaps = self.links = 0

    def passing(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            if self.sets >= self._most or not self._is_wanted():
                return
            self.sets += 1
            self.marks += len(entry.spans)
            self.gaps += sum(len(span.segments) > 1 for span in entry.spans)
            self.links += len(entry.relations)
            yield entry


def _beginning(read: Queries, plan: Plan, part: PartPlan) -> str:
    """The first entry that has marks, as the format writes it."""
    split = next(iter(part.counts), WHOLE)
    tried = list(islice(plan.entries(read, part, split, Losses()), TRIED))
    first = next((entry for entry in tried if entry.spans), tried[0] if tried else None)
    if first is None:
        return ""
    out = InMemory(part.format.suffixes[0] if part.format.suffixes else "")
    part.format.write([first], out, Writing(schema=plan.outlined.schema, options=part.options))
    return next(filter(None, map(_words, out.contents().values())), "")


def _words(data: bytes) -> str:
    """The beginning of a file of text; empty for any other file."""
    cut = data[: 4 * LONGEST]
    words = cut.decode("utf-8", errors="ignore")
    is_text = "\0" not in words and len(words.encode()) > len(cut) - 4
    return words[:LONGEST].removeprefix("\ufeff") if is_text else ""
