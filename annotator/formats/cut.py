"""A text cut into tokens so that the edges of marks are edges of tokens.

All offsets are code points; ranges of tokens are half-open indices.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import count
from operator import add

import msgspec

from annotator.text.tokens import tokens


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token as Prodigy writes it: ``ws`` says whether something stands before the next one."""

    text: str
    start: int
    end: int
    id: int
    ws: bool


class Cut:
    """The tokens of a text; a word that a mark begins or ends inside of is two."""

    def __init__(self, text: str, ranges: Iterable[tuple[int, int]] = ()) -> None:
        words, starts, spaced = tokens(text)
        inside: list[int] = []
        # From behind, so that places before an edge stay what they are.
        for edge in sorted({edge for one in ranges for edge in one}, reverse=True):
            at = bisect_left(starts, edge) - 1
            if at >= 0 and edge < starts[at] + len(words[at]):
                before = edge - starts[at]
                words[at : at + 1] = words[at][:before], words[at][before:]
                spaced[at:at] = (False,)
                inside.append(edge)
        if spaced:
            spaced[-1] = False
        self._words, self._spaced = words, spaced
        self.starts = sorted(starts + inside)
        self.ends = list(map(add, self.starts, map(len, words)))

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens inside a range; none where there are only blanks."""
        first = bisect_left(self.starts, start)
        return first, max(first, bisect_right(self.ends, end))

    def with_places(self) -> list[Token]:
        """The tokens with their places."""
        return list(map(Token, self._words, self.starts, self.ends, count(), self._spaced))
