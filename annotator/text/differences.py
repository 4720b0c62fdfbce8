"""Two texts side by side, paragraph beside paragraph, with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

LONGEST = 20_000
"""Characters of a paragraph up to which its words are compared one by one."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Part(NamedTuple):
    """Words of one side; ``differs``: the other side has them not."""

    text: str
    differs: bool


class Row(NamedTuple):
    """A paragraph of each text; empty where only the other has one."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        """Whether both sides read the same."""
        return not any(part.differs for part in (*self.left, *self.right))


def side_by_side(left: str, right: str) -> list[Row]:
    """The paragraphs of two texts beside one another.

    The words of the left parts, joined by line breaks, are those of the left text without blank lines.
    """
    a, b = _paragraphs(left), _paragraphs(right)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            rows += [Row((Part(one, False),), (Part(one, False),)) for one in a[i:j]]
        else:
            rows += _beside(a[i:j], b[k:m])
    return rows


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _beside(a: Sequence[str], b: Sequence[str]) -> Iterator[Row]:
    """Changed paragraphs: each beside the one that it became, the others alone."""
    at = 0
    for one in a:
        near = next((n for n in range(at, len(b)) if _is_like(one, b[n])), None)
        if near is None:
            yield Row((Part(one, True),), ())
            continue
        for other in b[at:near]:
            yield Row((), (Part(other, True),))
        yield _words(one, b[near])
        at = near + 1
    for other in b[at:]:
        yield Row((), (Part(other, True),))


def _is_like(a: str, b: str) -> bool:
    """Whether two paragraphs have half of their words in common."""
    ours, theirs = set(_WORD.findall(a)), set(_WORD.findall(b))
    return 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _words(a: str, b: str) -> Row:
    """Two paragraphs that are not the same, word beside word."""
    if max(len(a), len(b)) > LONGEST:
        return Row((Part(a, True),), (Part(b, True),))
    ours, theirs = _WORD.findall(a), _WORD.findall(b)
    left: list[Part] = []
    right: list[Part] = []
    for kind, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        differs = kind != "equal"
        if j > i:
            left.append(Part("".join(ours[i:j]), differs))
        if m > k:
            right.append(Part("".join(theirs[k:m]), differs))
    return Row(tuple(left), tuple(right))
