"""Which blocks of a page are the article's body.

trafilatura votes by what it extracts; the page's own build then corrects the vote: a paragraph that
stands as the body's paragraphs stand belongs to them, a line of links or of the shop's does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from annotator.articles.page import density
from annotator.articles.page.dom import Found, Outline, stands_around
from annotator.articles.phrases import is_around
from annotator.text.words import search_words

SHARE = 0.6
"""Of a block's four-word shingles, how many must stand in the vote for the block to be body."""
SHORT = 1000
"""Characters below which a strict vote is doubted."""
OUTWEIGHS = 0.5
"""How many times the words left out at a place those voted for must be, to take the rest in."""
LONG = 20
"""Words from which a paragraph that was not voted for may still belong to the body."""
NEARLY_ALL = 0.85
"""Which part of the body's words an element must hold for the rest to be doubted."""
BETWEEN = 8
"""How many blocks may lie between two of the body for quotations among them to be taken in."""
ENOUGH = 80
"""Words of an article by which the others on the page are others."""
LINKED = 0.3
"""Above this part of links a block is rather a list of other articles than text."""


AGREED, ALONE, ALIKE = 0.95, 0.6, 0.8
"""How sure it is where both votes say the same, where they do not, and where a short line has one."""


class Vote(NamedTuple):
    """For each block whether it is body, and from 0 to 1 how sure that is."""

    is_body: list[bool]
    confidence: list[float]


def body(outline: Outline, markup: str) -> Vote | None:
    """Which blocks are body; None where nothing on the page is."""
    words = [search_words(block.text) for block in outline.blocks]
    dense = density.body(outline, words)
    vote = _extracted(markup)
    if not vote:
        return Vote(dense, [ALONE] * len(dense)) if any(dense) else None
    votes = _voted(outline.blocks, words, vote)
    _take_in(outline.blocks, words, votes)
    _take_between(outline.blocks, votes)
    _drop_outsiders(outline, words, votes)
    _drop_other_articles(outline, words, votes)
    _send_out(outline.blocks, words, votes)
    return Vote(votes, [_sure(*one) for one in zip(votes, dense, words, strict=True)])


def _sure(voted: bool, is_dense: bool, own: Sequence[str]) -> float:
    if voted == is_dense:
        return AGREED
    return ALONE if len(own) >= LONG else ALIKE if not voted else ALONE


def _extracted(markup: str) -> list[str]:
    """The folded words of what trafilatura takes for the article; empty where it finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    options: dict[str, Any] = {"include_comments": False, "include_tables": True}
    try:
        strict = trafilatura.extract(markup, favor_precision=True, fast=True, **options) or ""
        # So little is most often a notice at the edge of the page, taken for the article.
        is_enough = len(strict) >= SHORT
        return search_words(strict if is_enough else trafilatura.extract(markup, **options) or "")
    except Exception:  # its troubles with a page are not ours: then there is no vote
        return []


def _voted(found: Sequence[Found], words: Sequence[list[str]], vote: list[str]) -> list[bool]:
    shingles = set(zip(vote, vote[1:], vote[2:], vote[3:], strict=False))
    joined = f" {' '.join(vote)} "
    votes: list[bool] = []
    for block, own in zip(found, words, strict=True):
        fours = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        if fours:
            votes.append(sum(four in shingles for four in fours) >= SHARE * len(fours))
        else:
            is_link_like = "a" in block.tags[:3] or stands_around(block)
            votes.append(bool(own) and not is_link_like and f" {' '.join(own)} " in joined)
    return votes


def _take_in(found: Sequence[Found], words: Sequence[list[str]], votes: list[bool]) -> None:
    """Long paragraphs that stand where most of the body's stand, and few others do."""
    voted: Counter[str] = Counter()
    left: dict[str, list[int]] = defaultdict(list)
    for n, block in enumerate(found):
        if not block.place or len(words[n]) < LONG:
            continue
        if votes[n]:
            voted[block.place] += len(words[n])
        elif block.linked < LINKED and not stands_around(block):
            left[block.place].append(n)
    for place, missed in left.items():
        if voted[place] > sum(len(words[n]) for n in missed) * OUTWEIGHS:
            for n in missed:
                votes[n] = True


def _take_between(found: Sequence[Found], votes: list[bool]) -> None:
    """Quotations and headings with the body on both sides."""
    last = -1
    for n in [n for n, voted in enumerate(votes) if voted]:
        between = range(last + 1, n) if last >= 0 else range(0)
        last = n
        if len(between) > BETWEEN:
            continue
        for m in between:
            block = found[m]
            if (
                block.kind in ("quote", "heading")
                and block.linked < 0.9
                and not stands_around(block)
            ):
                votes[m] = True


def _drop_outsiders(outline: Outline, words: Sequence[list[str]], votes: list[bool]) -> None:
    """What lies outside of the smallest element that holds nearly all of the body."""
    held = [0] * len(outline.above)
    total = 0
    for block, own, voted in zip(outline.blocks, words, votes, strict=True):
        if voted:
            held[block.element] += len(own)
            total += len(own)
    for element in range(len(held) - 1, 0, -1):  # inner elements have the higher numbers
        held[outline.above[element]] += held[element]
    enough = total * NEARLY_ALL
    smallest = max((n for n, words_held in enumerate(held) if words_held >= enough), default=0)
    inside = [n == smallest for n in range(len(held))]
    for element in range(smallest + 1, len(held)):
        inside[element] = inside[outline.above[element]]
    for n, block in enumerate(outline.blocks):
        votes[n] = votes[n] and inside[block.element]


def _drop_other_articles(outline: Outline, words: Sequence[list[str]], votes: list[bool]) -> None:
    """Articles that a page shows below the one that it is about, where each has an element of its own."""
    within = [_article_around(outline, block.element) for block in outline.blocks]
    found = [(n, own) for n, (own, voted) in enumerate(zip(within, votes, strict=True)) if voted]
    others = {own for _, own in found}
    if len(others) < 2 or 0 in others:  # something of the body stands in no article
        return
    first = found[0][1]
    held = sum(len(words[n]) for n, own in found if own == first)
    if held < ENOUGH:
        return
    inside = [n == first for n in range(len(outline.above))]
    for element in range(first + 1, len(inside)):
        inside[element] = inside[outline.above[element]]
    for n, block in enumerate(outline.blocks):
        votes[n] = votes[n] and inside[block.element]


def _article_around(outline: Outline, element: int) -> int:
    """The number of the innermost article element around; 0 where there is none."""
    while element and outline.tags[element] != "article":
        element = outline.above[element]
    return element


def _send_out(found: Sequence[Found], words: Sequence[list[str]], votes: list[bool]) -> None:
    """Lines that name other articles, or say what such lines always say."""
    for n, block in enumerate(found):
        if not votes[n]:
            continue
        is_link = (
            block.linked > 0.9 and block.kind in ("heading", "paragraph") and len(words[n]) > 3
        )
        if is_link or is_around(block.text):
            votes[n] = False
