"""How near texts and details are to what is true: the measures that the field uses."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence


class Score:
    """Precision and recall, each the average over pages, and the F1 of the two averages."""

    def __init__(self) -> None:
        self.pages: list[tuple[float, float]] = []

    def add(self, ours: Counter[tuple[str, ...]], theirs: Counter[tuple[str, ...]]) -> None:
        common = (ours & theirs).total()
        both_empty = not ours and not theirs
        self.pages.append(
            (
                common / ours.total() if ours else float(both_empty),
                common / theirs.total() if theirs else float(both_empty),
            )
        )

    @property
    def precision(self) -> float:
        return sum(p for p, _ in self.pages) / max(1, len(self.pages))

    @property
    def recall(self) -> float:
        return sum(r for _, r in self.pages) / max(1, len(self.pages))

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)

    def below(self, least: float) -> int:
        return sum(f1(p, r) < least for p, r in self.pages)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Four words in a row, as often as they stand there; a shorter text is one of its own."""
    words = re.findall(r"\w+", text)
    if len(words) < 4:
        return Counter([tuple(words)]) if words else Counter()
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def folded(words: str) -> str:
    """Words without case and punctuation."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.findall(r"\w+", plain))


class Found:
    """How many details were found, and how many of them are right."""

    def __init__(self) -> None:
        self.right = self.found = self.true = 0

    def add(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        mine, gold = {folded(one) for one in ours if one}, {folded(one) for one in theirs if one}
        self.right += len(mine & gold)
        self.found += len(mine)
        self.true += len(gold)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.true)

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)
