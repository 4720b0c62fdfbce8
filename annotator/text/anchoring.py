"""Where marked words stand in another version of their text, by the words and what stands around them.

A place is given only where it is certain. Words that were changed, or that might as well be others of
the same wording, have none: a mark without a place can be placed by hand, one at a wrong place is not
even noticed. All offsets are code points; all ranges are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.text.span import Span

AROUND = 192
"""Characters on each side that are compared."""
EDGE = 48
"""For so many of them counts an end of the text that both places have in common."""
ENOUGH = 64
"""Characters, of the words and on both sides, that must be the same for a place to be believed."""
BESIDE = 5
"""How many of them must stand on each side of words that are short."""
LONG = 48
"""Words of so many characters that stand once in each version are the same words wherever they are."""
BOTH_SIDES = 24
"""Characters that must be the same on each side of words that stand more than once."""
OUTWEIGHS = 8
"""How many times as much must be the same around a place as around any other pair of places."""
INTACT = 96
"""Characters on each side from which nothing near a place counts as changed."""
WHOLE = 3
"""How many times as much it must be there."""
MANY = 500
"""Places of the same words beyond which only those untouched far around are believed."""

_EDGE = "\0"
"""Stands before and behind a text, in which it never occurs."""


def anchored(before: str, after: str, spans: Sequence[Span]) -> list[Span | None]:
    """For each span of ``before`` the one of the same words in ``after``; None where it is not certain."""
    versions = _Versions(before, after)
    return [versions.place(span) for span in spans]


class _Versions:
    """Two versions of a text, and where words stand in them."""

    def __init__(self, before: str, after: str) -> None:
        self._before = _EDGE + before + _EDGE
        self._after = _EDGE + after + _EDGE
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def place(self, span: Span) -> Span | None:
        """Where all of a span's segments stand, in their order."""
        found: list[tuple[int, int]] = []
        for start, end in span.segments:
            at = self._segment(start + 1, end + 1)
            if at is None or (found and at - 1 <= found[-1][1]):
                return None
            found.append((at - 1, at - 1 + end - start))
        return Span(tuple(found))

    def _segment(self, start: int, end: int) -> int | None:
        quote = self._before[start:end]
        here, there = self._places(quote)
        if not there:
            return None
        if max(len(here), len(there)) > MANY:
            return self._untouched(start, end)
        size = len(quote)
        best = max(there, key=lambda at: sum(self._same(start, at, size)))
        left, right = self._same(start, best, size)
        if left + size + right < ENOUGH or (size < LONG and min(left, right) < BESIDE):
            return None
        if len(here) == len(there) == 1:
            return best
        others = [(start, at) for at in there if at != best]
        others += [(at, best) for at in here if at != start]
        rival = max(sum(self._same(*pair, size)) for pair in others)
        outweighs = WHOLE if min(left, right) >= INTACT else OUTWEIGHS
        is_clear = min(left, right) >= BOTH_SIDES and left + right >= outweighs * rival
        return best if is_clear else None

    def _places(self, quote: str) -> tuple[list[int], list[int]]:
        if quote not in self._known:
            self._known[quote] = _all(self._before, quote), _all(self._after, quote)
        return self._known[quote]

    def _untouched(self, start: int, end: int) -> int | None:
        """The one place of the words with everything around them, where that stands once in each."""
        low = max(0, start - AROUND)
        window = self._before[low : end + AROUND]
        at = _only(self._after, window)
        return None if at < 0 or _only(self._before, window) < 0 else at + start - low

    def _same(self, here: int, there: int, size: int) -> tuple[int, int]:
        """How many characters are the same before and behind the words at two places."""
        a, b = self._before, self._after
        left = _common(
            a[max(0, here - AROUND) : here][::-1], b[max(0, there - AROUND) : there][::-1]
        )
        here, there = here + size, there + size
        right = _common(a[here : here + AROUND], b[there : there + AROUND])
        at_start, at_end = left == here - size, right == len(a) - here
        return left + EDGE * at_start, right + EDGE * at_end


def _only(text: str, words: str) -> int:
    """Where words stand that stand there once; -1 for others."""
    at = text.find(words)
    return at if at == text.rfind(words) else -1


def _all(text: str, quote: str) -> list[int]:
    """Every place where a quote stands, up to one more than ``MANY``."""
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) <= MANY:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _common(a: str, b: str) -> int:
    """How many characters two strings have in common at their beginning."""
    if a == b:
        return len(a)
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
