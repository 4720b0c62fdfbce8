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
from collections.abc import Sequence
from functools import cache
from itertools import groupby

TOKENIZER = "annotator-tokens/1"
SENTENCES = "annotator-sentences/1"
"""The splitter of ``annotator.text.units``."""


def tokens(text: str, start: int = 0, end: int = sys.maxsize) -> list[tuple[int, int]]:
    """The tokens of a stretch of text, in order."""
    pattern = _ASCII if text.isascii() else _pattern()
    return [match.span() for match in pattern.finditer(text, start, end)]


def covered(
    starts: Sequence[int], ends: Sequence[int], start: int, end: int
) -> tuple[int, int, bool]:
    """Which tokens a range touches (half-open indices), and whether its edges are theirs."""
    first = bisect_right(ends, start)
    behind = bisect_left(starts, end, first)
    exact = first < behind and starts[first] == start and ends[behind - 1] == end
    return first, behind, exact


_ASCII = re.compile(r"\w+|[^\w\s]")


@cache
def _pattern() -> re.Pattern[str]:
    """With the marks of every script; made when a text first needs it."""
    # Between these there are ideographs, or nothing yet.
    planes = (*range(0x300, 0x20000), *range(0xE0000, 0xF0000))
    wide = [c for c in planes if unicodedata.category(chr(c))[0] == "M"]
    ranges: list[str] = []
    for _, run in groupby(enumerate(wide), lambda one: one[1] - one[0]):
        codes = [code for _, code in run]
        ranges.append(f"{chr(codes[0])}-{chr(codes[-1])}")
    joining = "".join(ranges) + "\u200c\u200d"
    return re.compile(rf"\w[\w{joining}]*|[^\w\s][{joining}]*")
