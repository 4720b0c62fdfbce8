"""Which of the lines above a text is its headline: the one whose words the text takes up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.articles import dates
from annotator.articles.bylines import is_bio, is_byline
from annotator.articles.phrases import is_around, is_caption, is_promo
from annotator.articles.telling import telling, told_in

LONGEST = 150
"""Characters of a headline."""
TAKEN_UP = 8.0
"""What a headline weighs whose words all stand in the text, beside the number of its words."""
FAR = 0.3
"""What it loses for each line between it and the text."""
LOOKED_AT = 8
"""Paragraphs of the text in which its words are looked for."""
FIRST = 4.5
SECTION = 6
"""Characters of a first line that hardly says more than a section."""
SIGNED = 4.0
NEXT = 2
"""Lines below a headline in which byline or date stand."""
EXPLAINED = 4.0
"""What it gains where a longer line stands below it and above the text."""
DECK = 40
LATE = 5.0
"""What it loses where it stands below the beginning of the text."""
WITHIN = 5
"""Lines of the text among which the headline may stand."""
SHORT = 90
LETTERED = 0.6
"""Which part of a headline are letters and figures at least."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Letters of scripts that put no blanks between words."""
_ENDS = re.compile(r"(?:[.…。۔:;,]|[.!?]\d{1,2})[\"'”’»)\]]*$|[^\W\d_A-Z]{2}\.\s+[A-Z]")
_SENTENCE = re.compile(r"[.!?…。！？۔؟:;,][\"'”’»)\]]*$")
_ASIDE = re.compile(
    r"^(?:posted|published|updated|last updated|written|signed in|you are|home ?\S|by\b)|\bmin(?:ute)?s? read\b|\bago$"
    r"|\d{1,2}:\d{2}|^[@#]|\s[»>]\s|https?://",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[\w\"'“‘«„¿¡(\[$€£#]")
_LETTER = re.compile(r"[^\W_]")


def find(above: Sequence[str], text: Sequence[str]) -> int | None:
    """The number of the headline, counted from the first line above the text; None where there is none.

    It may stand among the first lines of the text too, where a caption or a teaser stands above it.
    """
    taken_up = told_in(text[:LOOKED_AT])
    lines = [*above, *text[:WITHIN]]
    weights = [
        (_weight(line, taken_up) + _placed(lines, n, len(above)), -n)
        for n, line in enumerate(lines)
        if _may_be(line, is_first=n == 0)
        and (n < len(above) or (_stands_out(line) and _is_signed(lines, n)))
    ]
    return -max(weights)[1] if weights else None


def _placed(lines: Sequence[str], n: int, above: int) -> float:
    """What the place of a line says for it: the first of all, or above a byline or the date."""
    is_signed = _is_signed(lines, n)
    place = -FAR * (above - n) if n < above else -LATE
    is_first = n == 0 and len(lines[0]) > SECTION
    is_explained = n + 1 < above and DECK <= len(lines[n + 1]) > len(lines[n])
    return place + FIRST * is_first + SIGNED * is_signed + EXPLAINED * is_explained


def _is_signed(lines: Sequence[str], n: int) -> bool:
    """Whether a byline or the date stands below a line."""
    below = [one for one in lines[n + 1 : n + 1 + NEXT] if len(one) <= LONGEST]
    return any(is_byline(one) or dates.find(one) for one in below)


def _stands_out(line: str) -> bool:
    """Whether a line among paragraphs is so short that it is hardly one of them."""
    return len(line) <= SHORT and _SENTENCE.search(line) is None


def _may_be(line: str, *, is_first: bool) -> bool:
    length = len(line.split()) + len(_UNSPACED.findall(line)) // 2
    if not _BEGINS.match(line) or len(_LETTER.findall(line)) < LETTERED * len(line):
        return False
    if length < (1 if is_first else 3) or len(line) > LONGEST or _ENDS.search(line):
        return False
    return not (
        dates.is_stamp(line)
        or is_byline(line)
        or is_bio(line)
        or is_around(line)
        or is_caption(line)
        or is_promo(line)
    )


def _weight(line: str, taken_up: set[str]) -> float:
    words = telling(line)
    length = min(len(line.split()) + len(_UNSPACED.findall(line)) // 2, 12)
    shared = sum(word in taken_up for word in words) / len(words) if words else 0.0
    aside = TAKEN_UP if _ASIDE.search(line) or dates.find(line) else 0.0
    return length + TAKEN_UP * shared - aside
