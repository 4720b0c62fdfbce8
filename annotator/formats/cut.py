"""A text cut into tokens so that the edges of marks are edges of tokens.

All offsets are code points; ranges of tokens are half-open indices.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

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
        self.text = text
        found = tokens(text)
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        inside = list(self._inside(sorted({edge for one in ranges for edge in one})))
        # Each is an end as well as a start, so the two lists stay pairs.
        self.starts = sorted(self.starts + inside)
        self.ends = sorted(self.ends + inside)

    def _inside(self, edges: Iterable[int]) -> Iterator[int]:
        """Those edges that lie inside a token."""
        for edge in edges:
            at = bisect_left(self.starts, edge) - 1
            if at >= 0 and edge < self.ends[at]:
                yield edge

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens inside a range; none where there are only blanks."""
        first = bisect_left(self.starts, start)
        return first, max(first, bisect_right(self.ends, end))

    def with_places(self) -> list[Token]:
        """The tokens with their places."""
        text, starts, ends = self.text, self.starts, self.ends
        followed = [end < start for end, start in zip(ends, [*starts[1:], -1], strict=False)]
        return [
            Token(text[start:end], start, end, n, ws)
            for n, (start, end, ws) in enumerate(zip(starts, ends, followed, strict=True))
        ]
