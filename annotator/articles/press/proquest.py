"""ProQuest: articles between lines of underscores, each field under its label, the text under one too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from annotator.articles import dates
from annotator.articles.base import Piece
from annotator.articles.details import Details
from annotator.articles.press.export import SURE, Export, Item, language_in, length_in
from annotator.articles.press.labels import add_authors

_BETWEEN = re.compile(r"\s*_{40,}\s*")
_LABEL = re.compile(
    r"(Title|Author|Publication title|Publication date|Publication year|Section|Abstract|Links|Full text|Language"
    r" of publication|Language|Document URL|ProQuest document ID|Source type|Document type|Subject|Location|Pages?"
    r"|First page|Place of publication|Country of publication|Publisher|ISSN|Copyright|Database|Last updated|Volume"
    r"|Issue|Identifier / keyword|People|Company / organization|Publication subject|Column|Dateline|Word count"
    r"|Publication info|Credit|Notes|Edition|Start page):(?:\s+(.*))?"
)
_ROLES = {"Title": "headline", "Author": "byline", "Publication date": "dateline"}


def found_in(lines: Sequence[str]) -> Export | None:
    """The articles of an export; None where the lines are none."""
    bounds = [-1, *(n for n, line in enumerate(lines) if _BETWEEN.fullmatch(line)), len(lines)]
    parts = [lines[a + 1 : b] for a, b in pairwise(bounds)]
    items = [_item(part) for part in parts if _is_article(part)]
    return Export("ProQuest", items) if items and len(bounds) > 2 else None


def _is_article(lines: Sequence[str]) -> bool:
    labels = {found[1] for line in lines if (found := _LABEL.fullmatch(line.strip()))}
    return "ProQuest document ID" in labels and bool(labels & {"Title", "Full text"})


def _item(lines: Sequence[str]) -> Item:
    item = Item([], Details())
    label = ""
    for line in filter(None, (line.strip() for line in lines)):
        found = _LABEL.fullmatch(line)
        if found is None:
            is_text = label == "Full text"
            item.pieces.append(Piece(line, role="body" if is_text else "boilerplate"))
            continue
        label, value = found[1], found[2] or ""
        _take(item.about, label, value)
        item.words = item.words or (length_in(f"{value} words") if label == "Word count" else 0)
        if label == "Full text":
            item.pieces.append(Piece("Full text:", role="boilerplate"))
            has_text = value and not value.lower().startswith("not available")
            item.pieces.append(Piece(value, role="body" if has_text else "boilerplate"))
        else:
            kind = "heading" if label == "Title" else "paragraph"
            item.pieces.append(Piece(line, kind, _ROLES.get(label, "boilerplate")))
    return item


def _take(about: Details, label: str, value: str) -> None:
    keys = {
        "Title": "title", "Publication title": "outlet", "Document URL": "url", "Publication date": "published",
        "Language of publication": "language", "Language": "language",
    }  # fmt: skip
    key = keys.get(label)
    if label == "Author":
        add_authors(about, re.sub(r"(\w+), (\w[\w. ]*)", r"\2 \1", value))
    elif key:
        brought = {"published": dates.find, "language": language_in}.get(key, str)
        about.add(key, brought(value), "database", SURE)
