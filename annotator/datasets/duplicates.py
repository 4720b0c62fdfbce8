"""Which of many texts tell one story in the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby, pairwise
from operator import itemgetter

FEWEST = 2
"""Runs of a sample that two texts must share to be looked at."""
CROWD = 40
"""Texts beyond which a run that they all have is a phrase and says little of each pair."""


def shared_runs(rows: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """How many runs of their samples two texts have in common, of those that have any.

    ``rows`` are hash and text, in the order of the hashes. Of texts in a crowd only neighbors count.
    """
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for _, group in groupby(rows, key=itemgetter(0)):
        texts = [text for _, text in group]
        if len(texts) == 1:
            continue
        if len(texts) > CROWD:
            for pair in pairwise(texts):
                counts[pair] += 1
            continue
        for at, one in enumerate(texts):
            for other in texts[at + 1 :]:
                counts[one, other] += 1
    return counts


def stories(
    shared: dict[tuple[int, int], int],
    is_same: Callable[[int, int], bool],
) -> list[list[int]]:
    """Groups of two texts and more, each in order; the pairs that share most are looked at first.

    ``is_same`` is asked of no pair that is in one group already.
    """
    story = Stories()
    for (one, other), count in sorted(shared.items(), key=lambda found: -found[1]):
        if count >= FEWEST and not story.are_one(one, other) and is_same(one, other):
            story.join(one, other)
    return story.groups()


class Stories:
    """Texts that were joined, and those joined with them (union-find)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def first(self, text: int) -> int:
        """The text by which its group is known: the smallest."""
        top = text
        while (above := self._above.get(top, top)) != top:
            top = above
        while text != top:  # so that the next way is short
            self._above[text], text = top, self._above.get(text, top)
        return top

    def are_one(self, one: int, other: int) -> bool:
        """Whether both are in one group."""
        return self.first(one) == self.first(other)

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        low, high = sorted((self.first(one), self.first(other)))
        self._above[high] = self._above[low] = low

    def groups(self) -> list[list[int]]:
        """The groups, each in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for text in sorted(self._above):
            found[self.first(text)].append(text)
        return [group for group in found.values() if len(group) > 1]
