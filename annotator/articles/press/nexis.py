"""Nexis Uni and Lexis+: a list of contents, then articles, each from its headline to ``End of Document``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.articles import dates
from annotator.articles.base import Piece
from annotator.articles.details import Details
from annotator.articles.press.export import SURE, Export, Item, language_in, length_in
from annotator.articles.press.labels import add_authors

TOP = 60
"""Lines from the top in which the number of articles stands."""
HEAD = 12
"""Lines above the labels among which headline, paper and date stand."""

_ANNOUNCED = re.compile(r"Documents? \((\d{1,6})\)")
_LABEL = re.compile(
    r"(Section|Length|Byline|Dateline|Highlight|Load-Date|Language|Copyright|Body)(?::[\s\u00a0]*(.*))?",
    re.DOTALL,
)
_BEHIND = re.compile(
    r"(?:Load-Date:.*|Classification|Graphic|Notes|Correction|End of Document)", re.DOTALL
)


def found_in(lines: Sequence[str]) -> Export | None:
    """The articles of an export; None where the lines are none."""
    plain = [line.strip() for line in lines]
    ends = [n for n, line in enumerate(plain) if line == "End of Document"]
    if not ends:
        return None
    announced = next(filter(None, (_ANNOUNCED.fullmatch(line) for line in plain[:TOP])), None)
    starts = [0, *(end + 1 for end in ends[:-1])]
    items = [
        _item([line for line in plain[start : end + 1] if line])
        if start
        else _item(_without_contents(plain[start : end + 1]))
        for start, end in zip(starts, ends, strict=True)
    ]
    # What stands behind the last end is nobody's, but it is kept.
    behind = [line for line in plain[ends[-1] + 1 :] if line]
    items[-1].pieces += [Piece(line, role="boilerplate") for line in behind]
    return Export("Nexis Uni", items, int(announced[1]) if announced else 0)


def _without_contents(lines: Sequence[str]) -> list[str]:
    """The lines of the first article, without the list of all of them above it."""
    body = next((n for n, line in enumerate(lines) if line == "Body"), 0)
    dated = (n for n in range(body - 1, max(-1, body - 40), -1) if dates.is_date_line(lines[n]))
    start = next(dated, body)
    while start > 0 and lines[start - 1]:
        start -= 1
    return [line for line in lines[start:] if line]


def _item(lines: Sequence[str]) -> Item:
    item = Item([], Details())
    body = next((n for n, line in enumerate(lines) if line == "Body"), -1)
    labels = next((n for n, line in enumerate(lines) if _LABEL.match(line)), len(lines))
    dated = next((n for n in range(min(labels, HEAD)) if dates.is_date_line(lines[n])), 0)
    _take_head(item, lines[:labels], dated)
    for line in lines[labels : body + 1]:
        item.pieces.append(Piece(line, role=_take_label(item, line)))
    behind = (n for n in range(body + 1, len(lines)) if _BEHIND.fullmatch(lines[n]))
    end = next(behind, len(lines))
    item.pieces += [Piece(line) for line in lines[max(body + 1, labels) : end]]
    for line in lines[end:]:
        _take_label(item, line)
        item.pieces.append(Piece(line, role="boilerplate"))
    return item


def _take_head(item: Item, lines: Sequence[str], dated: int) -> None:
    """Headline (perhaps over several lines), paper, date, edition."""
    titles = lines[: max(1, dated - 1)]
    item.about.add("title", " ".join(titles), "database", SURE)
    item.pieces += [Piece(line, "heading", "headline") for line in titles]
    for n, line in enumerate(lines[len(titles) :], len(titles)):
        if n == dated - 1:
            item.about.add("outlet", line, "database", SURE)
        elif n == dated:
            item.about.add("published", dates.find(line), "database", SURE)
        role = {dated - 1: "section", dated: "dateline"}.get(n, "boilerplate")
        item.pieces.append(Piece(line, role=role))


def _take_label(item: Item, line: str) -> str:
    """Take what a labelled line says; its role."""
    found = _LABEL.match(line)
    label, value = (found[1], " ".join((found[2] or "").split())) if found else ("", "")
    if label == "Length":
        item.words = length_in(value)
    elif label == "Byline":
        add_authors(item.about, value)
        return "byline"
    elif label == "Language":
        item.about.add("language", language_in(value), "database", SURE)
    elif label in ("Section", "Highlight", "Dateline"):
        item.about.keep({label.lower(): value})
        return "dateline" if label == "Dateline" else "section"
    return "boilerplate"
