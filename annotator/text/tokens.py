"""Tokens: the words and signs into which training data cuts a text.

A token is a run of letters, digits, marks and joiners, or one other visible character with the marks
behind it. Offsets are code points, half-open; nothing but white space lies between tokens. What
changes here gets another version, for a model sees with the tokens it was trained on.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, chain, groupby
from operator import ne
from typing import NamedTuple

TOKENIZER = "annotator-tokens/1"
SENTENCES = "annotator-sentences/1"
"""The splitter of ``annotator.text.units``."""


class Tokens(NamedTuple):
    """Tokens in order: what each is, where it begins, and whether white space follows."""

    words: list[str]
    starts: list[int]
    spaced: list[bool]

    def extent(self, first: int, behind: int) -> tuple[int, int]:
        """From where to where (code points) these tokens reach, half-open indices; at least one."""
        return self.starts[first], self.starts[behind - 1] + len(self.words[behind - 1])


def tokens(text: str, start: int = 0, end: int = sys.maxsize) -> Tokens:
    """The tokens of a stretch of text, in order."""
    pattern = _PLAIN
    if not text.isascii() and not _marks().isdisjoint(_BEYOND.findall(text, start, end)):
        pattern = _with_marks()
    first = pattern.search(text, start, end)
    if first is None:
        return Tokens([], [], [])
    pieces = pattern.findall(text, first.start(), end)
    words = list(map(str.rstrip, pieces))
    starts = list(accumulate(map(len, pieces), initial=first.start()))
    starts.pop()
    spaced = list(map(ne, words, pieces))
    behind = starts[-1] + len(words[-1])
    spaced[-1] = text[behind : behind + 1].isspace()  # though it be behind the stretch
    return Tokens(words, starts, spaced)


def joined(parts: Iterable[Tokens]) -> Tokens:
    """The tokens of several stretches behind each other."""
    each = zip(Tokens([], [], []), *parts, strict=True)
    return Tokens(*(list(chain.from_iterable(one)) for one in each))


def covered(found: Tokens, start: int, end: int) -> tuple[int, int]:
    """Which tokens a range touches, as half-open indices."""
    words, starts, _ = found
    first = bisect_right(starts, start) - 1
    if first < 0 or starts[first] + len(words[first]) <= start:
        first += 1
    return first, bisect_left(starts, end, first)


# Each with the white space behind it: no other step then goes from token to token.
_PLAIN = re.compile(r"(?:\w++|\S)\s*+")
"""For a text without marks and joiners, as most are; some five times as fast as the other."""
_BEYOND = re.compile("[^\x00-\u02ff]")
"""What may be a mark or a joiner."""


@cache
def _marks() -> frozenset[str]:
    """The marks of every script, and the joiners; made when a text first needs it."""
    # Between these there are ideographs, or nothing yet.
    planes = (*range(0x300, 0x20000), *range(0xE0000, 0xF0000))
    wide = [chr(c) for c in planes if unicodedata.category(chr(c))[0] == "M"]
    return frozenset([*wide, "\u200c", "\u200d"])


@cache
def _with_marks() -> re.Pattern[str]:
    ranges: list[str] = []
    for _, run in groupby(enumerate(sorted(_marks())), lambda one: ord(one[1]) - one[0]):
        signs = [sign for _, sign in run]
        ranges.append(f"{signs[0]}-{signs[-1]}")
    marks = "".join(ranges)
    return re.compile(rf"(?:\w[\w{marks}]*+|\S[{marks}]*+)\s*+")
