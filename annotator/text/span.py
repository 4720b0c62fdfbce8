"""Spans: where in a canonical text something stands."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Span(msgspec.Struct, frozen=True):
    """One or more half-open ranges of code points, in order, neither empty nor touching."""

    segments: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, segments: Iterable[tuple[int, int]]) -> Span:
        """Sort the ranges and join those that touch or overlap; empty ones are dropped.

        Raises ValueError where nothing is left or an offset is negative or reversed.
        """
        joined: list[tuple[int, int]] = []
        for start, end in sorted(segments):
            if start < 0 or end < start:
                raise ValueError(f"{start}:{end} is not a range")
            if start == end:
                continue
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        if not joined:
            raise ValueError("a span needs at least one character")
        return cls(tuple(joined))

    @classmethod
    def parse(cls, written: str) -> Span:
        """Read ``S:E[,S:E...]`` (code points). Raises ValueError."""
        ranges: list[tuple[int, int]] = []
        for part in written.split(","):
            start, colon, end = part.partition(":")
            if not colon:
                raise ValueError(f"“{part}” is not START:END")
            ranges.append((int(start), int(end)))
        return cls.of(ranges)

    @property
    def start(self) -> int:
        """The first code point of the first segment."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Behind the last code point of the last segment."""
        return self.segments[-1][1]

    def quotes(self, text: str) -> tuple[str, ...]:
        """The words of each segment."""
        return tuple(text[start:end] for start, end in self.segments)

    def holds(self, offset: int) -> bool:
        """Whether the code point at ``offset`` belongs to one of the segments."""
        return any(start <= offset < end for start, end in self.segments)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return any(a < d and c < b for a, b in self.segments for c, d in other.segments)

    def __str__(self) -> str:
        return ",".join(f"{start}:{end}" for start, end in self.segments)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its edges; empty at ``start`` where nothing else is."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return start + left, start + max(left, len(words.rstrip()))
