"""Articles that are edited while every character remembers where it came from."""

from __future__ import annotations

import random
from itertools import count
from typing import NamedTuple

from annotator.text.span import Span

# Few words, so that the same ones stand at many places.
_SAID = (
    "the ministry said officials denied that the report was false and the posts were shelled "
    "overnight a spokeswoman told the Courier on Friday the road is closed residents heard guns near "
    "the pass it had no comment according to the governor who was not there 🚢 دریا کے پل"
)
WORDS = _SAID.split()
BESIDE = 16
"""Characters next to marked words."""
_ids = count()
_copied: dict[int, int] = {}
"""Of a copied character, which one it was copied from first."""


class Tracked(NamedTuple):
    """A text and for each character who it is; a copy is somebody new."""

    text: str
    who: tuple[int, ...]

    @classmethod
    def new(cls, text: str) -> Tracked:
        """A text that came from nowhere."""
        return cls(text, tuple(next(_ids) for _ in text))

    @classmethod
    def article(cls, chosen: random.Random) -> Tracked:
        """Some paragraphs of sentences."""
        paragraphs = [
            " ".join(sentence(chosen) for _ in range(chosen.randint(1, 5)))
            for _ in range(chosen.randint(3, 9))
        ]
        return cls.new("\n\n".join(paragraphs))

    def edited(self, chosen: random.Random, times: int) -> Tracked:
        """The text after some edits as a desk makes them."""
        now = self
        for _ in range(times):
            now = chosen.choice(EDITS)(now, chosen)
        return now

    def part(self, start: int, end: int) -> Tracked:
        return Tracked(self.text[start:end], self.who[start:end])

    def __add__(self, other: Tracked) -> Tracked:  # type: ignore[override]
        return Tracked(self.text + other.text, self.who + other.who)

    def origins(self, span: Span) -> tuple[int, ...]:
        """Who the characters of a span are."""
        return tuple(who for start, end in span.segments for who in self.who[start:end])

    def is_place_of(self, found: Span, before: Tracked, span: Span) -> bool:
        """Whether a span of this text is where a span of an earlier one went.

        Most of its characters that are still somewhere are there; where all of them were written
        anew, some of what is next to it is the same. A copy is the place only once the words
        themselves, with what is next to them, are gone.
        """
        own, there = before.origins(span), self.origins(found)
        beside, beside_there = before._beside(span), self._beside(found)
        left = set(own) & set(self.who)
        if not self._holds(beside[0] + own + beside[1]):
            own, there = _first(own), _first(there)
            left = set(own) & set(_first(self.who))
        if left:
            same = sum(a == b for a, b in zip(own, there, strict=True) if a in left)
            return 2 * same > len(left)
        return bool({*_first(beside[0] + beside[1])} & {*_first(beside_there[0] + beside_there[1])})

    def holds(self, before: Tracked, span: Span) -> bool:
        """Whether a span of an earlier text is still here, word for word."""
        return self._holds(before.origins(span))

    def _holds(self, who: tuple[int, ...]) -> bool:
        at = self.who.index(who[0]) if who[0] in self.who else None
        return at is not None and self.who[at : at + len(who)] == who

    def _beside(self, span: Span) -> tuple[tuple[int, ...], tuple[int, ...]]:
        before = self.who[max(0, span.start - BESIDE) : span.start]
        return before, self.who[span.end : span.end + BESIDE]

    def spans(self, chosen: random.Random, number: int) -> list[Span]:
        """Marks of any length, some of them in parts."""
        found: list[Span] = []
        while len(found) < number:
            ranges: list[tuple[int, int]] = []
            for _ in range(chosen.choice((1, 1, 1, 2))):
                start = chosen.randrange(len(self.text))
                ranges.append((start, start + chosen.choice((3, 8, 20, 60, 150))))
            span = Span.of((s, min(e, len(self.text))) for s, e in ranges)
            found.append(span)
        return found


def sentence(chosen: random.Random) -> str:
    """Some words with a capital and a stop."""
    words = " ".join(chosen.choices(WORDS, k=chosen.randint(4, 16)))
    return words[0].upper() + words[1:] + "."


def _first(who: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(_copied.get(one, one) for one in who)


def _place(now: Tracked, chosen: random.Random) -> int:
    """Where a word begins."""
    at = chosen.randrange(len(now.text) + 1)
    return now.text.rfind(" ", 0, at) + 1


def _range(now: Tracked, chosen: random.Random) -> tuple[int, int]:
    start = _place(now, chosen)
    end = start + chosen.choice((2, 9, 40, 120))
    following = now.text.find(" ", end)
    return start, len(now.text) if following < 0 else following + 1


def insert(now: Tracked, chosen: random.Random) -> Tracked:
    at = _place(now, chosen)
    words = Tracked.new(chosen.choice((chosen.choice(WORDS), sentence(chosen))) + " ")
    return now.part(0, at) + words + now.part(at, len(now.text))


def delete(now: Tracked, chosen: random.Random) -> Tracked:
    start, end = _range(now, chosen)
    return now.part(0, start) + now.part(end, len(now.text))


def replace(now: Tracked, chosen: random.Random) -> Tracked:
    start, end = _range(now, chosen)
    words = Tracked.new(" ".join(chosen.choices(WORDS, k=chosen.randint(1, 6))) + " ")
    return now.part(0, start) + words + now.part(end, len(now.text))


def move(now: Tracked, chosen: random.Random) -> Tracked:
    start, end = _range(now, chosen)
    moved, rest = now.part(start, end), now.part(0, start) + now.part(end, len(now.text))
    at = _place(rest, chosen) if rest.text else 0
    return rest.part(0, at) + moved + rest.part(at, len(rest.text))


def copy(now: Tracked, chosen: random.Random) -> Tracked:
    start, end = _range(now, chosen)
    at = chosen.choice((start, end, _place(now, chosen)))
    made = Tracked.new(now.text[start:end])
    _copied.update(zip(made.who, _first(now.who[start:end]), strict=True))
    return now.part(0, at) + made + now.part(at, len(now.text))


def retype(now: Tracked, chosen: random.Random) -> Tracked:
    at = chosen.randrange(len(now.text) + 1)
    return (
        now.part(0, at) + Tracked.new(chosen.choice("abc 🚢,.")) + now.part(at + 1, len(now.text))
    )


EDITS = (insert, insert, delete, delete, replace, replace, move, copy, retype)
