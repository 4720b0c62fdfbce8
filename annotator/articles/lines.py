"""What the lines of a page that was copied as text are: headline, byline, body, or what stood around.

Nothing is dropped: what is not the article's own text is dimmed, and the analyst may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec

from annotator.articles import dates, headlines, stretch
from annotator.articles.bylines import (
    authors_of,
    byline_of,
    employer_in,
    introduces,
    is_bio,
    is_byline,
    is_name,
)
from annotator.articles.phrases import (
    ends_text,
    is_around,
    is_caption,
    is_promo,
    opens_comments,
    opens_others,
)
from annotator.articles.stretch import LONG, is_paragraph, is_sentence
from annotator.articles.telling import share, told_in

DECK = 40
"""Characters from which a line below the headline that is no sentence says what the article is about."""
LATE = 3
"""Lines from the last paragraph among which the author may be introduced."""
SIGNED = 3
"""Lines below a headline in which byline or date stand."""
OPEN = (":", "：")
"""How a line ends that the next one goes on with."""
TEASER = 160
"""Characters that a line has at most that tells of another article."""
LABEL = 20
"""Characters of a line that only says that a credit follows."""
TOLD = 0.5
"""Which part of what a line behind the text says is told in it, where it belongs to it."""
SHORT_BYLINE = 80
NEAR = 4
"""Lines above the headline that may say which section it stands in."""
TOP = 40
"""Lines above the text that may be headline, byline and the like."""


class Role(msgspec.Struct, frozen=True):
    """What a line is."""

    role: str = "body"
    dimmed: bool = False
    kind: str = "paragraph"


def roles(lines: Sequence[str]) -> tuple[list[Role], dict[str, Any]]:
    """What each line is (none of them blank), and the metadata that is plain to see in them."""
    words = [line.strip() for line in lines]
    repeated = stretch.repeated(words)
    place = stretch.find(words, repeated)
    # A text without paragraphs, such as a list or a poem, has nothing above it and nothing below.
    first, last = place or (min(TOP, len(words)), len(words))
    metadata: dict[str, Any] = {}
    top = max(0, first - TOP)
    above = words[top:first] if place else words[: len(words) > 1]
    headline = headlines.find(above, words[first : last + 1] if place else [])
    found = [Role("boilerplate", dimmed=True)] * top
    in_list = stretch.listed(words[top:first])
    for n, line in enumerate(words[top:first]):
        if n == headline:
            metadata["title"] = line
            found.append(Role("headline", kind="heading"))
        else:
            role = _above(words[top:first], n, in_list[n], metadata)
            is_text = is_paragraph(line) and len(line) >= 2 * LONG
            found.append(role if is_text else _before(role, (headline or 0) - n))
    _unsign(found, top + (headline or 0))
    found += _between(words[first : last + 1], list(_inside(words[first : last + 1], repeated)))
    if headline is not None and headline >= len(above):
        _set_headline(words, found, first, top + headline)
        metadata["title"] = words[top + headline]
    found += _below(words[first : last + 1], words[last + 1 :], repeated)
    if "published" not in metadata and place and (day := _day_beside(words, found, first)):
        metadata["published"] = day
    return (found if place else [_unsectioned(role) for role in found]), metadata


def _day_beside(words: Sequence[str], found: list[Role], first: int) -> str:
    """The day of an article that no line above its text says alone; empty where there is none.

    It stands beside a name or a section below the headline, or where the page says that it was published.
    """
    title = next((n for n, role in enumerate(found) if role.role == "headline"), first)
    for n in range(title + 1, min(title + 1 + SIGNED, first)):
        day = dates.find(words[n]) if len(words[n]) < SHORT_BYLINE else ""
        if day and found[n].role != "caption":
            found[n] = Role("dateline")
            return day
    return next(filter(None, map(dates.published, words)), "")


def _unsign(found: list[Role], headline: int) -> None:
    """No text stands above byline and date: below the headline it says what the article is about."""
    signed = [n for n, role in enumerate(found) if role.role in ("byline", "dateline")]
    for n in range(max(signed, default=0)):
        if found[n].role == "body" and not found[n].dimmed:
            found[n] = Role("section") if n > headline else Role("boilerplate", dimmed=True)


def _set_headline(words: Sequence[str], found: list[Role], first: int, at: int) -> None:
    """The headline stands in what was taken for text; what stands above it is none, where it is signed."""
    found[at] = Role("headline", kind="heading")
    if any(is_byline(line) or dates.is_stamp(line) for line in words[at + 1 : at + 1 + SIGNED]):
        for n in range(first, at):
            if len(words[n]) < 2 * LONG:
                found[n] = Role("boilerplate", dimmed=True)


def _above(lines: Sequence[str], n: int, in_list: bool, metadata: dict[str, Any]) -> Role:
    words = lines[n]
    authors, outlet = byline_of(words)
    if dates.is_stamp(words):
        if dates.find(words):
            metadata.setdefault("published", dates.find(words))
        if not authors:
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
    is_open = is_sentence(words) or words.endswith(OPEN)
    if not is_open and (len(words.split()) <= 4 or len(words) >= DECK):
        return Role() if in_list else Role("section")
    return Role("boilerplate", dimmed=True) if is_promo(words) else Role()


def _before(role: Role, lines: int) -> Role:
    """What a line is that stands so many lines before the headline: hardly a part of the article."""
    is_far = (lines > 0 and role.role == "body") or (lines > NEAR and role.role == "section")
    return Role("boilerplate", dimmed=True) if is_far else role


def _inside(words: Sequence[str], repeated: Collection[str]) -> Iterator[Role]:
    """The lines from the first paragraph to the last one."""
    is_list = False
    for n, line in enumerate(words):
        is_said = is_sentence(line) and not stretch.is_cut(line) and not line.endswith(("?", "？"))
        is_teaser = len(line) < TEASER and not is_said
        is_list = opens_others(line) or (is_list and is_teaser)
        if is_list:
            yield Role("boilerplate", dimmed=True)
        elif n and _is_credit(words[n - 1], line):
            yield Role("caption")
        else:
            yield _plain(line, n >= len(words) - 1 - LATE, repeated)


def _is_credit(label: str, line: str) -> bool:
    """Whether a line says who took a picture, below a line that says only that this follows."""
    is_short = len(line) < SHORT_BYLINE and not is_sentence(line)
    return is_short and len(label) < LABEL and label.endswith(":") and is_caption(label)


def _plain(words: str, is_late: bool, repeated: Collection[str]) -> Role:
    """A line among paragraphs; ``is_late``: hardly any follows."""
    if is_around(words) or is_promo(words):
        return Role("boilerplate", dimmed=True)
    if is_caption(words) or words in repeated:
        return Role("caption")
    if byline_of(words)[0] and len(words) < SHORT_BYLINE and not is_sentence(words):
        return Role("byline")
    if dates.is_stamp(words):
        return Role("dateline")
    if is_late and introduces(words):
        return Role("bio", dimmed=True)
    return Role(kind="paragraph" if re.search(r"\w", words) else "rule")


def _between(words: Sequence[str], found: list[Role]) -> Iterator[Role]:
    """The roles of lines among paragraphs: one between two that stand around is no heading either."""
    is_around = [role.dimmed or role.role != "body" for role in found]
    for n, (line, role) in enumerate(zip(words, found, strict=True)):
        is_within = 0 < n < len(words) - 1 and is_around[n - 1] and is_around[n + 1]
        is_label = role.kind != "rule" and len(line) < LONG and not is_sentence(line)
        is_open = line.endswith(OPEN) or stretch.is_item(line)
        yield Role("boilerplate", dimmed=True) if is_within and is_label and not is_open else role


def _below(text: Sequence[str], words: Sequence[str], repeated: Collection[str]) -> Iterator[Role]:
    """What follows the last paragraph: a last short sentence or two, then what stands around.

    A line that says what the text told belongs to it, as the last items of a list do.
    """
    told: set[str] | None = None
    is_over = False
    for line in words:
        if introduces(line):
            yield Role("bio", dimmed=True)
            continue
        # What a page asks for at its end is seldom a statement.
        least = 6 if line.endswith(("!", "?")) else 3
        is_statement = is_sentence(line) and len(line.split()) >= least
        is_over = is_over or is_around(line) or is_promo(line)
        if not (is_over or is_statement):
            if told is None:
                told = told_in(line for line in text if is_sentence(line))
            is_over = share(line, told) < TOLD or line in repeated or _is_other(line)
        yield Role("boilerplate", dimmed=True) if is_over else Role()


def _is_other(line: str) -> bool:
    """Whether a line says by its words that it is no text."""
    return (
        is_caption(line)
        or opens_comments(line)
        or opens_others(line)
        or ends_text(line)
        or dates.is_stamp(line)
        or is_byline(line)
    )


def _unsectioned(role: Role) -> Role:
    return Role() if role.role == "section" else role
