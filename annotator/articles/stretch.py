"""Where among the lines of a copied page the text of the article lies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from annotator.articles import dates
from annotator.articles.bylines import is_bio, is_byline, is_signed
from annotator.articles.phrases import (
    ends_text,
    is_around,
    is_caption,
    is_promo,
    opens_comments,
    opens_others,
    surely_opens_comments,
)

LONG = 100
"""Characters from which a line is taken for a paragraph."""
SHORT = 40
"""Characters from which a sentence is taken for one."""
UNPOINTED = 3
"""Paragraphs without a sign at their end from which one may say that a text has none."""
DENSE = 2
"""How many characters more each of them is worth in Chinese and Japanese."""
SAID = 4
"""Words of a short sentence that may be part of the text or not."""
LONGEST_DECK = 200
"""Characters of a line above the text that sums it up."""
FULL = 400
"""Characters beyond which a paragraph weighs no more."""
COST = 0.5
"""What a line that is no paragraph takes from the stretch of the text that it lies in."""
GAP, WIDE = 4.0, 24.0
"""How much lines between two paragraphs take; what is more than that counts only in a gap that is wide."""
AROUND = 1.0
"""What a line takes from it that says what stands around articles."""
BARRIER = 3.0
"""What a line takes from it behind which there is seldom more of the text."""
ITEM = 0.3
"""What an item of a list adds to it."""
OTHER = 3.0
"""How many times as much a stretch below a list of other articles weighs than one above it, to be the text."""
SIGNED = 10
"""Lines from the first paragraph among which byline or date may stand, below what sums up the article."""
TOGETHER = 4
"""Lines in which they stand together."""
BELOW = 3
"""How many times as many paragraphs stand below them than above."""
ENOUGH = 6.0
"""What a stretch weighs at least for that."""
APART = 2.0
"""What the lines between it and the last paragraph have taken, where it adds nothing."""
LISTED = 2
"""How many other items stand among so many lines before an item and behind it."""
LONGEST_CODE = 200
"""Characters of a line of a program."""
BEFORE_COMMENTS = 3
"""Paragraphs before what readers wrote."""
END = 20
"""Characters of a line in which the end of a sentence is looked for."""
LEAST_REPEATED = 12
"""Characters of a line that is not there twice by chance."""

_ITEM = re.compile(
    r"\d{1,3}\s?[.):]\s|[•*▪●·–-]\s|[^\t]*\S\t+\S|https?://\S+$|(?:\d{1,2}[./ ])?[^\W\d_]{3,9}\.? \d{1,2}\s*[–—-]|\d{1,3}\w{1,2} \w+:|[^:]{3,40}: \S.{0,60}$"
)
_CODE = re.compile(
    r"(?://|/\*|#!|#include\b|import [\w.]+$|from [\w.]+ import |(?:var|let|const) \w+ =|(?:def|class|fn|func|function) \w.*[:({]$)"
)
_CODE_ENDS = ("{", "}", ";")
"""How a line of a program ends; with a semicolon where more of its signs stand in it."""
_CODE_SIGN = re.compile(r"[=(\[\"'<{}]")
_SENTENCE_END = re.compile(
    r"(?:[.!?…。！？۔؟][\"'”’»)\]]*|[^\W\d][.!?][\"'”’»)\]]*(?:\d{1,2}|\[\d{1,3}\]))$"
)
"""Perhaps the number of a note stands behind it."""
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w")


def find(words: Sequence[str], repeated: Collection[str]) -> tuple[int, int] | None:
    """From which line to which paragraphs most outweigh what is none; None without paragraphs.

    The first and the last of these lines are paragraphs.
    """
    whole = [is_paragraph(line) for line in words]
    at = _heaviest(words, whole, repeated)
    if at and _is_unpointed(words[at[0] : at[1] + 1]):
        whole = [is_paragraph(line, least=SHORT) for line in words]
        at = _heaviest(words, whole, repeated)
    if at is None:
        return None
    first = _below_signature(words, whole, *at)
    return _without_deck(words, whole, first, at[1]), at[1]


def _below_signature(words: Sequence[str], whole: Sequence[bool], first: int, last: int) -> int:
    """The first paragraph below byline or date, where these stand behind a paragraph or two.

    What stands above them only tells what the article is about, or of other articles. Where more dates follow
    among the text, they are its headings.
    """
    for n in range(first, min(first + SIGNED, last)):
        if whole[n] or not is_signature(words[n]):
            continue
        above, below = sum(whole[first:n]), sum(whole[n : last + 1])
        is_told_by_date = any(map(dates.is_stamp, words[n + TOGETHER : last + 1]))
        if below < BELOW * above or is_told_by_date:
            return first
        return n + whole[n:].index(True)
    return first


def _is_unpointed(text: Sequence[str]) -> bool:
    """Whether most paragraphs of a text end without a sign: its writer, or its script, puts none."""
    ends = [is_sentence(line) for line in text if _size(line) >= LONG]
    return len(ends) >= UNPOINTED and 2 * sum(ends) < len(ends)


def _heaviest(
    words: Sequence[str], whole: Sequence[bool], repeated: Collection[str]
) -> tuple[int, int] | None:
    """From which line to which, where ``whole`` says of each whether it is a paragraph."""
    best, at = 0.0, None
    total, start, gap, opener = 0.0, 0, 0.0, -1
    in_list = listed(words)
    for n, line in enumerate(words[: _comments(words, whole)]):
        if total <= 0:
            total, start = 0.0, n
        opener = n if opens_others(line) else opener
        if whole[n] and line not in repeated and not is_cut(line):
            total += 1 + min(len(line), FULL) / LONG
            gap = 0.0
        elif total > 0 and in_list[n] and gap < APART:
            total += ITEM
        else:
            cost = _cost(line)
            gap += cost if cost < BARRIER else 0.0
            if cost == BARRIER:
                cost = min(cost, max(COST, total / 2))
            elif GAP < gap <= WIDE:
                cost = 0.0
            total -= cost
        is_other = at is not None and at[0] < opener < start and best > ENOUGH
        if total > best * (OTHER if is_other else 1):
            best, at = total, (start, n)
    return at


def _without_deck(words: Sequence[str], whole: Sequence[bool], first: int, last: int) -> int:
    """The first line of the text, where what was taken for it only tells what the article is about."""
    n = first
    while n < last and _is_deck(words[n]) and not whole[n + 1]:
        n = next(m for m in range(n + 1, last + 1) if m == last or whole[m])
    return n


def _is_deck(words: str) -> bool:
    return len(words) < LONGEST_DECK and not is_sentence(words) and not words.endswith((":", "："))


def _cost(line: str) -> float:
    """What a line that is no paragraph takes from the stretch."""
    if ends_text(line) or opens_others(line):
        return BARRIER
    if is_around(line):
        return AROUND
    is_neutral = not _WORD.search(line) or (is_sentence(line) and len(line.split()) >= SAID)
    return 0.0 if is_neutral else COST


def listed(words: Sequence[str]) -> list[bool]:
    """Which lines are of a program, or items of a list or rows of a table: several near each other."""
    items = [is_item(line) for line in words]
    return [
        (item and sum(items[max(0, n - LISTED) : n + LISTED + 1]) > LISTED) or _is_code(words[n])
        for n, item in enumerate(items)
    ]


def is_item(line: str) -> bool:
    """Whether a line looks like an item of a list or a row of a table."""
    return _ITEM.match(line) is not None


def _is_code(line: str) -> bool:
    if len(line) >= LONGEST_CODE:
        return False
    if line.endswith(_CODE_ENDS):
        return _CODE_SIGN.search(line) is not None
    return _CODE.match(line) is not None


def _comments(words: Sequence[str], whole: Sequence[bool]) -> int:
    """From which line on readers speak; the number of lines where they do not.

    ``whole``: which of the lines are paragraphs.

    One such line may be a button in the middle of the page; two are not, behind some of the text.
    """
    paragraphs = 0
    for n, line in enumerate(words):
        if paragraphs >= BEFORE_COMMENTS and opens_comments(line):
            is_sure = surely_opens_comments(line) or any(map(opens_comments, words[n + 1 :]))
            if is_sure or not any(whole[n + 1 :]):
                return n
        paragraphs += whole[n]
    return len(words)


def _size(words: str) -> int:
    """Characters; those of scripts without blanks say more, each. No address is a paragraph."""
    if words.isascii():
        return len(words) if " " in words else 0
    return len(words) + DENSE * len(_DENSE.findall(words))


def is_sentence(words: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(words[-END:]) is not None


def is_signature(words: str) -> bool:
    """Whether a line says who wrote an article or when, and is none of its sentences."""
    return dates.is_stamp(words) or (is_signed(words) and not is_sentence(words))


def is_cut(words: str) -> bool:
    """Whether a line breaks off."""
    return words.endswith(("…", "..."))


def is_paragraph(words: str, least: int = LONG) -> bool:
    """Whether a line is a paragraph of some article, taken by itself.

    ``least``: characters from which it needs not end as a sentence.
    """
    size = _size(words)
    if size < SHORT or (size < least and not is_sentence(words)):
        return False
    if is_bio(words) or is_around(words) or is_caption(words) or is_promo(words):
        return False
    return not (is_byline(words) or dates.is_stamp(words))


def repeated(words: Sequence[str]) -> set[str]:
    """Lines that stand there twice: captions, and what a page says of others, are printed again.

    A sentence may be said again; but not at once.
    """
    counted = Counter(words)
    again = {
        line
        for line, count in counted.items()
        if count > 1 and not is_sentence(line) and "\t" not in line
    }
    if len(again) > max(3, len(words) // 20):  # a list whose items say the same in turn
        again = set()
    at_once = {
        line for line, following in pairwise(words) if line == following and "\t" not in line
    }
    return {line for line in again | at_once if len(line) >= LEAST_REPEATED}
