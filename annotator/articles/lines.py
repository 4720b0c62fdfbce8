"""What the lines of a page that was copied as text are: headline, byline, body, or what stood around.

Nothing is dropped: what is not the article's own text is dimmed, and the analyst may say otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from annotator.articles import dates, headlines
from annotator.articles.bylines import (
    authors_of,
    byline_of,
    employer_in,
    is_bio,
    is_byline,
    is_name,
)
from annotator.articles.phrases import is_around, is_caption, is_promo, opens_comments

LONG = 100
"""Characters from which a line is taken for a paragraph."""
FULL = 400
"""Characters beyond which a paragraph weighs no more."""
COST = 0.5
"""What a line that is no paragraph takes from the stretch of the text that it lies in."""
ITEM = 0.3
"""What an item of a list adds to it."""
LISTED = 2
"""How many other items stand among so many lines before an item and behind it."""
BEFORE_COMMENTS = 3
"""Paragraphs before what readers wrote."""
DECK = 40
"""Characters from which a line below the headline that is no sentence says what the article is about."""
LATE = 3
"""Lines from the last paragraph among which the author may be introduced."""
LEAST_REPEATED = 12
"""Characters of a line that is not there twice by chance."""
SHORT_BYLINE = 80
NEAR = 4
"""Lines above the headline that may say which section it stands in."""
TOP = 40
"""Lines above the text that may be headline, byline and the like."""

_ITEM = re.compile(
    r"\d{1,3}\s?[.):]\s|[•*▪●·–-]\s|[^\t]*\S\t+\S|https?://\S+$|(?:\d{1,2}[./ ])?[^\W\d_]{3,9}\.? \d{1,2}\s*[–—-]|\d{1,3}\w{1,2} \w+:"
)
_SENTENCE_END = re.compile(r"[.!?…。！？۔؟][\"'”’»)\]]*$")


class Role(msgspec.Struct, frozen=True):
    """What a line is."""

    role: str = "body"
    dimmed: bool = False
    kind: str = "paragraph"


def roles(lines: Sequence[str]) -> tuple[list[Role], dict[str, Any]]:
    """What each line is (none of them blank), and the metadata that is plain to see in them."""
    words = [line.strip() for line in lines]
    repeated = _repeated(words)
    stretch = _stretch(words, repeated)
    # A text without paragraphs, such as a list or a poem, has nothing above it and nothing below.
    first, last = stretch or (min(TOP, len(words)), len(words))
    metadata: dict[str, Any] = {}
    top = max(0, first - TOP)
    above = words[top:first] if stretch else words[: len(words) > 1]
    headline = headlines.find(above, words[first : last + 1] if stretch else [])
    found = [Role("boilerplate", dimmed=True)] * top
    for n, line in enumerate(words[top:first]):
        if n == headline:
            metadata["title"] = line
            found.append(Role("headline", kind="heading"))
        else:
            role = _above(words[top:first], n, metadata)
            is_text = _is_paragraph(line) and len(line) >= 2 * LONG
            found.append(role if is_text else _before(role, (headline or 0) - n))
    found += (
        _plain(line, n >= last - LATE, repeated)
        for n, line in enumerate(words[first : last + 1], first)
    )
    if headline is not None and headline >= len(above):
        metadata["title"] = words[top + headline]
        found[top + headline] = Role("headline", kind="heading")
    found += _below(words[last + 1 :])
    return (found if stretch else [_unsectioned(role) for role in found]), metadata


def _stretch(words: Sequence[str], repeated: Collection[str]) -> tuple[int, int] | None:
    """From which line to which paragraphs most outweigh what is none; None without paragraphs.

    The first and the last of these lines are paragraphs.
    """
    best, at = 0.0, None
    total, start = 0.0, 0
    listed = _listed(words)
    for n, line in enumerate(words[: _comments(words)]):
        if total <= 0:
            total, start = 0.0, n
        if line not in repeated and _is_paragraph(line):
            total += 1 + min(len(line), FULL) / LONG
        elif total > 0 and listed[n]:
            total += ITEM
        else:
            total -= COST
        if total > best:
            best, at = total, (start, n)
    return at


def _listed(words: Sequence[str]) -> list[bool]:
    """Which lines are items of a list or rows of a table: several of them near each other."""
    items = [_ITEM.match(line) is not None for line in words]
    return [
        item and sum(items[max(0, n - LISTED) : n + LISTED + 1]) > LISTED
        for n, item in enumerate(items)
    ]


def _comments(words: Sequence[str]) -> int:
    """From which line on readers speak; the number of lines where they do not.

    One such line may be a button in the middle of the page; two are not, behind some of the text.
    """
    paragraphs = 0
    for n, line in enumerate(words):
        if paragraphs >= BEFORE_COMMENTS and opens_comments(line):
            behind = words[n + 1 :]
            if not any(map(_is_paragraph, behind)) or any(map(opens_comments, behind)):
                return n
        paragraphs += _is_paragraph(line)
    return len(words)


def _is_paragraph(words: str) -> bool:
    is_long = len(words) >= LONG or (len(words) >= 40 and bool(_SENTENCE_END.search(words)))
    if not is_long or is_bio(words) or is_around(words) or is_caption(words) or is_promo(words):
        return False
    return not (is_byline(words) or dates.is_date_line(words))


def _above(lines: Sequence[str], n: int, metadata: dict[str, Any]) -> Role:
    words = lines[n]
    authors, outlet = byline_of(words)
    if dates.is_date_line(words):
        metadata.setdefault("published", dates.find(words))
        return Role("dateline")
    if authors:
        metadata.setdefault("authors", authors)
        if outlet:
            metadata.setdefault("outlet", outlet)
        return Role("byline")
    if is_name(words) and words in (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2]):
        is_again = words in lines[max(0, n - 1) : n]  # a name that the page prints twice
        metadata.setdefault("authors", authors_of(words))
        return Role("byline", dimmed=is_again)
    if is_bio(words):
        if employer_in(words):
            metadata.setdefault("outlet", employer_in(words))
        return Role("bio", dimmed=True)
    if is_caption(words):
        return Role("caption")
    if is_around(words):
        return Role("boilerplate", dimmed=True)
    is_sentence = _SENTENCE_END.search(words) is not None
    if not is_sentence and (len(words.split()) <= 4 or len(words) >= DECK):
        return Role("section")
    return Role("boilerplate", dimmed=True) if is_promo(words) else Role()


def _before(role: Role, lines: int) -> Role:
    """What a line is that stands so many lines before the headline: hardly a part of the article."""
    is_far = lines > NEAR and role.role in ("section", "body")
    return Role("boilerplate", dimmed=True) if is_far else role


def _repeated(words: Sequence[str]) -> set[str]:
    """Lines that stand there twice: captions, and what a page says of others, are printed again.

    A sentence may be said again; but not at once.
    """
    counted = Counter(words)
    again = {
        line for line, count in counted.items() if count > 1 and not _SENTENCE_END.search(line)
    }
    if len(again) > max(3, len(words) // 20):  # a list whose items say the same in turn
        again = set()
    at_once = {line for line, following in pairwise(words) if line == following}
    return {line for line in again | at_once if len(line) >= LEAST_REPEATED}


def _plain(words: str, is_late: bool, repeated: Collection[str]) -> Role:
    """A line among paragraphs; ``is_late``: hardly any follows."""
    if is_around(words) or is_promo(words):
        return Role("boilerplate", dimmed=True)
    if is_caption(words) or words in repeated:
        return Role("caption")
    if byline_of(words)[0] and len(words) < SHORT_BYLINE and not _SENTENCE_END.search(words):
        return Role("byline")
    if dates.is_date_line(words):
        return Role("dateline")
    if is_late and is_bio(words):
        return Role("bio", dimmed=True)
    return Role(kind="paragraph" if re.search(r"\w", words) else "rule")


def _below(words: Sequence[str]) -> Iterator[Role]:
    """What follows the last paragraph: a last short sentence or two, then what stands around."""
    is_over = False
    for line in words:
        if is_bio(line):
            yield Role("bio", dimmed=True)
            continue
        # What a page asks for at its end is seldom a statement.
        least = 6 if line.endswith(("!", "?")) else 3
        is_sentence = bool(_SENTENCE_END.search(line)) and len(line.split()) >= least
        is_over = is_over or not is_sentence or is_around(line) or is_promo(line)
        yield Role("boilerplate", dimmed=True) if is_over else Role()


def _unsectioned(role: Role) -> Role:
    return Role() if role.role == "section" else role
