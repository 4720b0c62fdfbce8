"""What of an article a model is taught with: which blocks, which sentences, which tags of which words.

A dimmed block without a mark is not the article's own text and no example of text without marks, so it
is left out; one with a mark stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from annotator.model.dataset import Entry, EntrySpan
from annotator.model.document import Block
from annotator.model.loss import EDGES, NO_WORD, OVERLAPPING, SPLIT, Losses
from annotator.text.tokens import covered, tokens
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


def tokens_of(text: str, blocks: Sequence[Block]) -> Ranges:
    """The tokens of blocks, in order."""
    whole = all(one.end == next_.start for one, next_ in pairwise(blocks))
    if whole and blocks:
        return tokens(text, blocks[0].start, blocks[-1].end)
    return [one for block in blocks for one in tokens(text, block.start, block.end)]


def touching(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> range:
    """Which of some ranges in order share a character with a stretch."""
    first, behind, _ = covered(starts, ends, start, end)
    return range(first, behind)


class Tags:
    """Tags of the IOB2 kind for tokens: B at the first of a mark, I at the others, O at none."""

    def __init__(self, found: Ranges, losses: Losses, *, breaks: Sequence[int] = ()) -> None:
        """``breaks``: tokens (indices) at which whatever goes on begins anew."""
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]
        self._breaks = set(breaks)
        self._losses = losses

    def of(self, spans: Iterable[EntrySpan]) -> list[str]:
        """The tags for marks of which none may lie on another: the first one stays."""
        tags = [OUTSIDE] * len(self._starts)
        for span in spans:
            self._put(span, tags)
        return tags

    def _put(self, span: EntrySpan, tags: list[str]) -> None:
        places: list[tuple[int, int]] = []
        exact = True
        for start, end in span.segments:
            first, behind, fits = covered(self._starts, self._ends, start, end)
            exact &= fits
            if first < behind:
                places.append((first, behind))
        if not places:
            self._losses.add(NO_WORD, (span.id,))
            return
        if any(tags[at] != OUTSIDE for first, behind in places for at in range(first, behind)):
            self._losses.add(OVERLAPPING, (span.id,))
            return
        pieces = 0
        begin, inside = f"B-{span.label}", f"I-{span.label}"
        for first, behind in places:
            for at in range(first, behind):
                new = at == first or at in self._breaks
                pieces += new
                tags[at] = begin if new else inside
        if pieces > 1:
            self._losses.add(SPLIT, (span.id,))
        if not exact:
            self._losses.add(EDGES, (span.id,))
