"""What of an article a model is taught with: which blocks, which sentences, which tags of which words.

A dimmed block without a mark is not the article's own text and no example of text without marks, so it
is left out; one with a mark stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.model.dataset import Entry, EntrySpan
from annotator.model.document import Block
from annotator.model.loss import EDGES, NO_WORD, OVERLAPPING, SPLIT, Losses
from annotator.text.tokens import Tokens, covered, joined, tokens
from annotator.text.units import sentences

OUTSIDE = "O"
Ranges = list[tuple[int, int]]


def shown(entry: Entry, *, only_body: bool = False) -> list[Block]:
    """The blocks that are the article's own text, and those with a mark in them.

    ``only_body`` leaves out headlines, captions and the like that have no mark.
    """
    kept = [not b.dimmed and (not only_body or b.role == "body") for b in entry.blocks]
    if not all(kept):
        starts = [block.start for block in entry.blocks]
        for span in entry.spans:
            for start, end in span.segments:
                first = max(0, bisect_right(starts, start) - 1)
                for at in range(first, bisect_left(starts, end)):
                    kept[at] = True
    return [block for block, stays in zip(entry.blocks, kept, strict=True) if stays]


def sentences_of(text: str, blocks: Iterable[Block]) -> Ranges:
    """The sentences of blocks, in order."""
    return [one for block in blocks for one in sentences(text, block.start, block.end)]


def tokens_of(text: str, blocks: Sequence[Block]) -> Tokens:
    """The tokens of blocks, in order."""
    whole = all(one.end == next_.start for one, next_ in pairwise(blocks))
    if whole and blocks:
        return tokens(text, blocks[0].start, blocks[-1].end)
    return joined(tokens(text, block.start, block.end) for block in blocks)


def touching(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> range:
    """Which of some ranges in order share a character with a stretch."""
    return range(bisect_right(ends, start), bisect_left(starts, end))


class Tagged(NamedTuple):
    """A tag for each token, and which tokens (half-open indices) each piece of a mark has."""

    tags: list[str]
    pieces: Ranges


class Tags:
    """Tags of the IOB2 kind for tokens: B at the first of a mark, I at the others, O at none."""

    def __init__(self, found: Tokens, losses: Losses, *, breaks: Sequence[int] = ()) -> None:
        """``breaks``: tokens (indices, in order) at which whatever goes on begins anew."""
        self._found = found
        self._breaks = breaks
        self._losses = losses

    def of(self, spans: Iterable[EntrySpan]) -> Tagged:
        """The tags for marks of which none may lie on another: the first one stays."""
        tagged = Tagged([OUTSIDE] * len(self._found.words), [])
        for span in spans:
            self._put(span, *tagged)
        return tagged

    def _put(self, span: EntrySpan, tags: list[str], pieces: Ranges) -> None:
        places: Ranges = []
        free = True
        for start, end in span.segments:
            first, behind = covered(self._found, start, end)
            if first < behind:
                places.append((first, behind))
                free = free and tags[first:behind].count(OUTSIDE) == behind - first
        if not places:
            self._losses.add(NO_WORD, (span.id,))
            return
        if not free:
            self._losses.add(OVERLAPPING, (span.id,))
            return
        begin, inside = f"B-{span.label}", f"I-{span.label}"
        begun = 0
        for first, behind in places:
            tags[first:behind] = [inside] * (behind - first)
            anew = self._breaks[
                bisect_right(self._breaks, first) : bisect_left(self._breaks, behind)
            ]
            for at in (first, *anew):
                tags[at] = begin
            begun += 1 + len(anew)
        pieces += places
        if begun > 1:
            self._losses.add(SPLIT, (span.id,))
        if span.segments != tuple([self._found.extent(*one) for one in places]):
            self._losses.add(EDGES, (span.id,))
