"""A text cut into tokens so that the edges of marks are edges of tokens.

All offsets are code points; ranges of tokens are half-open indices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain, count
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
    """The tokens of a text; a word that one of the ranges begins or ends inside of is two."""

    def __init__(self, text: str, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._words, self.starts, self._spaced = words, starts, spaced = tokens(text)
        self._from: dict[int, int] = {}
        """The first token at or behind each edge."""
        for edge in sorted(set(chain.from_iterable(ranges))):
            self._from[edge] = at = bisect_left(starts, edge)
            if at and (before := edge - starts[at - 1]) < len(word := words[at - 1]):
                words[at - 1 : at] = word[:before], word[before:]
                starts[at:at] = (edge,)
                spaced[at - 1 : at - 1] = (False,)
        if spaced:
            spaced[-1] = False
        self.ends = list(map(add, starts, map(len, words)))

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens of one of the ranges; none where there are only blanks."""
        return self._from[start], self._from[end]

    def with_places(self) -> list[Token]:
        """The tokens with their places."""
        return list(map(Token, self._words, self.starts, self.ends, count(), self._spaced))
