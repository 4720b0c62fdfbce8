"""The stretches of an article that can be coded: claims and denials where they are found, else clauses.

They are what J and K step over and what a label takes where nothing is selected. Code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from annotator.suggest import phrases
from annotator.suggest.attributions import Attribution, attributions
from annotator.suggest.denials import Denying, denials
from annotator.suggest.language import language
from annotator.suggest.phrases import Part
from annotator.suggest.tokens import Range, Sentence, open_quote
from annotator.text import units
from annotator.text.span import Span

REMEMBERED = 256
"""Sentences whose reading is kept; a person works in a few at a time."""
LONGEST = 3_000
"""Code points of a sentence up to which the rules read it; what is longer is a list or no prose."""
FEW = 4
"""Words and signs of a sentence without a verb up to which there is nothing in it to code."""


class Claimed(msgspec.Struct, frozen=True):
    """A claim that could be denied by itself, and the attribution that tells it."""

    span: Span
    told: Attribution


class Read(msgspec.Struct, frozen=True):
    """A sentence as it was read."""

    sentence: Sentence
    claims: tuple[Claimed, ...]
    """In the order of the text, the outer before the inner."""
    told: tuple[Attribution, ...]
    denials: tuple[Denying, ...]

    def span(self, parts: Part | tuple[Part, ...]) -> Span:
        """Parts of the sentence as a span of the text."""
        several = parts if parts and isinstance(parts[0], tuple) else (parts,)
        return Span.of(self.sentence.span(*part) for part in several)  # pyright: ignore


class Stretches:
    """The stretches of one text, read as far as they are asked for."""

    def __init__(
        self, text: str, code: str | None = None, passed_over: Sequence[Range] = ()
    ) -> None:
        """``code``: of the language whose rules are used; None knows clauses alone.

        ``passed_over``: ranges in order that hold nothing to be coded, such as dimmed blocks.
        """
        self.text = text
        self._passed_over = passed_over
        self._language = language(code) if code else None
        self._read = lru_cache(REMEMBERED)(self._read_anew)

    def after(self, low: int, high: int) -> Range | None:
        """The next stretch behind low..high; from a caret (low == high) the one it stands in or before."""
        for one in self._from(low):
            if low == high and one[1] > low:
                return one
            if low < high and (one[0], -one[1]) > (low, -high) and one != (low, high):
                return one
        return None

    def before(self, low: int, high: int) -> Range | None:
        """The stretch before low..high."""
        for paragraph in units.paragraphs_back(self.text, low):
            found = [
                one for one in self._of_paragraph(*paragraph) if (one[0], -one[1]) < (low, -high)
            ]
            if low == high:
                found = [one for one in found if one[1] <= low or one[0] < low]
            if found:
                return found[-1]
        return None

    def at(self, offset: int) -> Read | None:
        """The sentence that holds a code point, read; None without rules for the language."""
        if self._language is None:
            return None
        start, end = units.sentence_at(self.text, offset)
        return self._read(start, end) if 0 < end - start <= LONGEST else None

    def extent(self, offset: int, label: str) -> Span | None:
        """What a label takes where only the caret says where."""
        read = self.at(offset)
        found = _of_label(read, label) if read else []
        near = [one for one in found if one.start <= offset <= one.end]
        if near:
            return min(near, key=lambda one: one.end - one.start)
        ahead = [one for one in found if one.start >= offset] or found
        if ahead and label != "claim":
            return ahead[0]
        start, end = units.clause_at(self.text, offset)
        if label == "claim" and ahead and not _has_claim(read, start, end):
            return ahead[0]
        return Span.of([(start, end)]) if start < end else None

    def _from(self, offset: int) -> Iterator[Range]:
        for paragraph in units.paragraphs(self.text, offset):
            yield from self._of_paragraph(*paragraph, offset)

    def _of_paragraph(self, start: int, end: int, offset: int = 0) -> Iterator[Range]:
        """The stretches of a paragraph, without its sentences that end before ``offset``."""
        if not self._is_passed_over(start):
            for low, high in units.sentences(self.text, start, end):
                if high >= offset:
                    yield from self._of_sentence(low, high)

    def _is_passed_over(self, offset: int) -> bool:
        at = bisect_right(self._passed_over, (offset, len(self.text))) - 1
        return at >= 0 and offset < self._passed_over[at][1]

    def _of_sentence(self, start: int, end: int) -> list[Range]:
        if self._language is None or end - start > LONGEST:
            return list(units.clauses(self.text, start, end))
        read = self._read(start, end)
        told = [(one.span.start, one.span.end) for one in read.claims]
        told += [read.sentence.span(*one.predicate) for one in read.denials]
        plain = [
            one
            for one in self._whole_clauses(read, start, end)
            if not any(a < one[1] and one[0] < b for a, b in _used(read))
        ]
        return sorted({*told, *plain}, key=lambda one: (one[0], -one[1]))

    def _whole_clauses(self, read: Read, start: int, end: int) -> list[Range]:
        """Clauses with a verb; what has none belongs to the one before, at the head to nothing."""
        sentence, found = read.sentence, list[Range]()
        clauses = list(units.clauses(self.text, start, end))
        for low, high in clauses:
            first, behind = sentence.index_at(low), sentence.index_at(high)
            if sentence.is_finite(first, behind):
                found.append((low, high))
            elif found:
                found[-1] = (found[-1][0], high)
        if found or len(sentence) < FEW:
            return found
        return [(clauses[0][0], clauses[-1][1])] if clauses else []

    def _read_anew(self, start: int, end: int) -> Read:
        assert self._language is not None
        paragraph, _ = units.paragraph_at(self.text, start)
        quoted = open_quote(self.text, paragraph, start)
        sentence = Sentence(self.text, start, end, self._language, in_quote=quoted)
        told = attributions(sentence)
        claims = [one for attribution in told for one in _claims(sentence, attribution)]
        claims.sort(key=lambda one: (one.span.start, -one.span.end))
        return Read(sentence, tuple(claims), tuple(told), tuple(denials(sentence)))


def _claims(sentence: Sentence, told: Attribution) -> Iterator[Claimed]:
    if told.passes_on:
        return
    groups = [[part] for part in told.content] if _are_apart(sentence, told) else [[*told.content]]
    for parts in groups:
        if len(parts) == 1:
            for piece in phrases.pieces(sentence, *parts[0]):
                yield Claimed(Span.of([sentence.span(*piece)]), told)
        else:
            yield Claimed(Span.of(sentence.span(*part) for part in parts), told)


def _are_apart(sentence: Sentence, told: Attribution) -> bool:
    """Whether two quoted parts are claims of their own: “The cups fell,” she said, “and the roof went.”"""
    return told.rule == "quoted" and all(_is_whole(sentence, part) for part in told.content)


def _is_whole(sentence: Sentence, part: Part) -> bool:
    return part[1] - part[0] > 2 and sentence.is_clause(*part)


def _of_label(read: Read, label: str) -> list[Span]:
    """Where a label of the built-in schema could stand in a sentence."""
    if label == "claim":
        return [one.span for one in read.claims]
    if label == "denial":
        return [read.span(one.predicate) for one in read.denials]
    acts = [*read.told, *read.denials]
    if label == "source":
        chained = [part for one in read.told for part in one.relays]
        return [read.span(part) for part in [*(one.source for one in acts), *chained] if part]
    if label == "cue":
        return [read.span(one.cue) for one in acts if one.cue[0] < one.cue[1]]
    return []


def _has_claim(read: Read | None, start: int, end: int) -> bool:
    """Whether the clause is one that nobody is said to tell."""
    return read is None or not any(a < end and start < b for a, b in _used(read))


def _used(read: Read) -> list[Range]:
    """What the attributions and denials of a sentence take up, from end to end."""
    used: list[Range] = []
    for one in read.told:
        parts = [one.cue, *one.content, *([one.source] if one.source else [])]
        used += [read.sentence.span(*part) for part in parts if part[0] < part[1]]
    for one in read.denials:
        parts = [one.predicate, *([one.source] if one.source else [])]
        used += [read.sentence.span(*part) for part in parts]
    return used
