"""The stretches of a text that a reader sees: words, clauses, sentences, paragraphs.

All offsets are code points of the canonical text; all ranges are half-open and trimmed of white
space. The rules are light on purpose: they place a caret or propose an extent, and the analyst
decides. Better ones per language can take their place behind the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.text.span import trimmed

LONGEST = 20_000
"""Code points of a line up to which it is one paragraph; a longer one is cut into several."""
CUT_WITHIN = 2_000
"""Code points in which a good place for such a cut is looked for."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_STOP = "[.!?…۔؟。！？]"
# The first of them stands alone: a search for one sign is several times as fast.
_SENTENCE_END = re.compile(rf"{_STOP}{_STOP}*[\"'”’»)\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Rev|Prof|Sen|Rep|Gov|vs|etc|No|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\b[a-z]\.[a-z])\.$"
)
_SENTENCE_BREAK = re.compile(rf"({_SENTENCE_END.pattern})\s*+(?![a-zà-ÿα-ωа-я])")
"""With the white space behind it; none where it goes on in small letters: “Is it?” she asked."""
_BLANK = re.compile(r"\s")
_CLAUSE_BREAK = re.compile(
    r"[;:—–،؛](?=\s)|,(?=\s)|[“”«»]|\s(?=(?:but|while|despite|although|whereas)\b)"
    r"|\bthat\b(?=\s)"
)

_QUOTATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        "[“„”]([^“”„]+)[”“]",
        "«([^«»]+)»",
        "»([^«»]+)«",
        r'"([^"]+)"',
        r"(?<!\w)‘(.+?)’(?!\w)",
    )
)


def word_at(text: str, offset: int) -> tuple[int, int] | None:
    """The word that holds or touches ``offset``."""
    start, end = paragraph_at(text, offset)
    for match in _WORD.finditer(text, start, end):
        if match.start() <= offset <= match.end():
            return match.span()
    return None


def paragraph_at(text: str, offset: int) -> tuple[int, int]:
    """The line that holds ``offset``, of a very long one a part; empty on a blank line."""
    return trimmed(text, *_line_at(text, offset))


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, in order."""
    begin, end = trimmed(text, start, end)
    for match in _SENTENCE_BREAK.finditer(text, begin, end):
        if not _ABBREVIATION.search(text, max(begin, match.start() - 4), match.start() + 1):
            yield begin, match.end(1)
            begin = match.end()
    if begin < end:
        yield begin, end


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of one sentence, in order, without the punctuation that parts them."""
    begin = start
    for match in _CLAUSE_BREAK.finditer(text, start, end):
        low, high = _bare(text, begin, match.start())
        if high - low > 1:
            yield low, high
        begin = match.end()
    low, high = _bare(text, begin, end)
    if high - low > 1:
        yield low, high


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """The sentence that holds ``offset``; the paragraph where none does."""
    start, end = paragraph_at(text, offset)
    return _holding(sentences(text, start, end), offset, (start, end))


def clause_at(text: str, offset: int) -> tuple[int, int]:
    """The clause that holds ``offset``; the sentence where none does."""
    start, end = sentence_at(text, offset)
    return _holding(clauses(text, start, end), offset, (start, end))


def quotation_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words between quotation marks that hold start..end, the innermost; without the marks."""
    low, high = paragraph_at(text, start)
    found = [
        trimmed(text, match.start(1), match.end(1))
        for pattern in _QUOTATIONS
        for match in pattern.finditer(text, low, high)
        if match.start(1) <= start and end <= match.end(1)
    ]
    return min(found, key=lambda one: one[1] - one[0], default=None)


def paragraphs(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """The paragraph that holds ``offset`` and those behind it, in order; blank lines are none."""
    at = offset
    while at < len(text):
        start, end = _line_at(text, at)
        low, high = trimmed(text, start, end)
        if low < high:
            yield low, high
        at = end + 1 if text[end : end + 1] == "\n" else end


def paragraphs_back(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """The paragraph that holds ``offset`` and those before it, the nearest first."""
    at = offset
    while at >= 0:
        start, end = _line_at(text, at)
        low, high = trimmed(text, start, end)
        if low < high:
            yield low, high
        at = start - 1


def all_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every clause of a range of paragraphs, in order."""
    for low, high in paragraphs(text, start):
        if low >= end:
            return
        for sentence in sentences(text, low, high):
            yield from clauses(text, *sentence)


def _line_at(text: str, offset: int) -> tuple[int, int]:
    """The line that holds ``offset`` without its line break, or the part of a very long one."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if end - start <= LONGEST:
        return start, end
    number = (offset - start) // LONGEST
    low = _cut(text, start, end, number)
    if number and (offset < low or low == end):
        number -= 1
        low = _cut(text, start, end, number)
    return low, _cut(text, start, end, number + 1)


def _cut(text: str, start: int, end: int, number: int) -> int:
    """Where the part of that number of a long line begins: behind a sentence, else a word."""
    at = start + number * LONGEST
    if number == 0 or at >= end:
        return min(at, end)
    within = min(end, at + CUT_WITHIN)
    found = _SENTENCE_END.search(text, at, within) or _BLANK.search(text, at, within)
    return found.end() if found else at


def _holding(
    ranges: Iterator[tuple[int, int]], offset: int, otherwise: tuple[int, int]
) -> tuple[int, int]:
    """The first range that does not end before ``offset``, or ``otherwise``."""
    return next((r for r in ranges if offset <= r[1]), otherwise)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space and closing punctuation at its edges."""
    start, end = trimmed(text, start, end)
    while start < end and text[end - 1] in ".,;:!?…۔،؛؟":
        end -= 1
    return trimmed(text, start, end)
