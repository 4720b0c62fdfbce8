"""Factiva: fields under codes of two letters where it was asked for them, otherwise in a fixed order.

A text ends with its number, such as ``Document LEMONDE020111229e7ct0001r``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from annotator.articles import dates
from annotator.articles.base import Piece
from annotator.articles.details import Details
from annotator.articles.press.export import SURE, Export, Item, language_in, length_in
from annotator.articles.press.labels import add_authors

_CODES = (
    "HD", "SE", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP",
    "TD", "CT", "RF", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "RST",
)  # fmt: skip
_CODE = re.compile(rf"[ \t]*({'|'.join(_CODES)})(?:[ \t\u00a0]+(\S.*)|[ \t\u00a0]*)")
_NUMBER = re.compile(r"(?:AN[\s\u00a0]+)?Document[\s\u00a0]+([a-zA-Z]\w{9,40})")
_SOURCE_CODE = re.compile(r"[A-Z0-9]{3,8}")
_RIGHTS = re.compile(r"(?:\([cC]\)|©|copyright)", re.IGNORECASE)
_LANGUAGE = {
    "english", "german", "deutsch", "french", "français", "spanish", "español", "italian", "italiano", "dutch",
    "nederlands", "portuguese", "português", "russian", "arabic", "chinese", "japanese", "swedish", "danish",
    "norwegian", "polish", "turkish",
}  # fmt: skip
_ROLES = {"BY": "byline", "PD": "dateline", "ET": "dateline", "SN": "section", "SE": "section"}
_TEXT = ("LP", "TD")

Fields = list[tuple[str, list[str]]]
"""Code and paragraphs, in the order of the page."""


def found_in(lines: Sequence[str]) -> Export | None:
    """The articles of an export as text; None where the lines are none."""
    ends = [n for n, line in enumerate(lines) if _NUMBER.fullmatch(line.strip())]
    if not ends:
        return None
    starts = [0, *(end + 1 for end in ends[:-1])]
    items = [
        _item(_fields(lines[start : end + 1])) for start, end in zip(starts, ends, strict=True)
    ]
    return Export("Factiva", items)


def found_in_page(root: Any) -> Export | None:
    """The articles of an export as a web page; None where the page is none."""
    nodes = root.xpath('//div[starts-with(@class, "article ")]')
    items = [_item(_fields_of_node(node)) for node in nodes]
    return Export("Factiva", items) if items else None


def _fields(lines: Sequence[str]) -> Fields:
    """The fields of one article; a code stands before its value, or alone on a line above it."""
    codes = [(n, found) for n, line in enumerate(lines) if (found := _CODE.fullmatch(line))]
    first = next((at for at, (_, found) in enumerate(codes) if found[1] in ("HD", "SE")), None)
    if first is None or not any(found[1] in ("PD", "WC", "SN") for _, found in codes):
        return _in_order([line.strip() for line in lines])
    fields: Fields = []
    bounds = [*(n for n, _ in codes[first:]), len(lines)]
    for at, (n, found) in enumerate(codes[first:]):
        rest = [line.strip() for line in lines[n + 1 : bounds[at + 1]]]
        fields.append((found[1], [line for line in [found[2] or "", *rest] if line]))
    return fields


def _fields_of_node(node: Any) -> Fields:
    rows = [row for row in node.iter("tr") if len(row) >= 2 and _CODE.fullmatch(_words(row[0]))]
    if rows:
        return [(_words(row[0]), list(_paragraphs(row[1]))) for row in rows]
    return _in_order(list(_paragraphs(node)))


def _paragraphs(node: Any) -> Iterator[str]:
    """The paragraphs in an element: its innermost blocks, or all of it where it has none."""
    blocks = [one for one in node.iter("p", "div", "td", "pre") if one is not node]
    inner = [
        one
        for one in blocks
        if not any(True for _ in one.iter("p", "div", "pre", "td") if _ is not one)
    ]
    yield from filter(None, map(_words, inner or [node]))


def _in_order(lines: Sequence[str]) -> Fields:
    """The fields of an article without codes: what stands between headline and text comes in order."""
    lines = [line for line in lines if line]
    counted = next((n for n, line in enumerate(lines) if length_in(line) and len(line) < 20), None)
    if counted is None:
        return [("HD", lines[:1]), ("TD", lines[1:-1]), ("AN", lines[-1:])]
    dated = next((n for n in range(counted + 1, len(lines)) if dates.find(lines[n])), counted)
    start = max(0, counted - 3)
    heads = list(range(start, counted))
    by = counted - 1 if len(heads) > 1 else None
    fields: Fields = [("HD", [lines[n] for n in heads if n != by])]
    fields += [("BY", [lines[by]])] if by is not None else []
    fields += [("WC", [lines[counted]]), ("PD", lines[counted + 1 : dated + 1])]
    at = dated + 1
    if at < len(lines) and re.fullmatch(r"\d{1,2}:\d{2}", lines[at]):
        fields.append(("ET", [lines[at]]))
        at += 1
    fields.append(("SN", lines[at : at + 1]))
    body = next(
        (n + 1 for n in range(at, min(at + 9, len(lines))) if _RIGHTS.match(lines[n])), None
    )
    if body is None:  # behind the last line that is a code, a page or a language
        body = at + 1
        while body < len(lines) and _is_small(lines[body]):
            body += 1
    for line in lines[at + 1 : body]:
        fields.append(("LA" if line.casefold() in _LANGUAGE else "SC", [line]))
    end = len(lines) - 1 if _NUMBER.fullmatch(lines[-1]) else len(lines)
    return [*fields, ("TD", lines[body:end]), ("AN", lines[end:])]


def _is_small(line: str) -> bool:
    is_code = _SOURCE_CODE.fullmatch(line) or re.fullmatch(r"[\w.-]{1,5}", line)
    return bool(is_code) or line.casefold() in _LANGUAGE


def _item(fields: Fields) -> Item:
    item = Item([], Details())
    for code, paragraphs in fields:
        value = " ".join(paragraphs)
        if code == "HD":
            item.about.add("title", value, "database", SURE)
            item.pieces += [Piece(words, "heading", "headline") for words in paragraphs]
        elif code in _TEXT:
            item.pieces += [Piece(words) for words in paragraphs]
        else:
            _take(item, code, value)
            role = _ROLES.get(code, "boilerplate")
            item.pieces += [Piece(words, role=role) for words in paragraphs]
    return item


def _take(item: Item, code: str, value: str) -> None:
    keys = {"SN": "outlet", "PD": "published", "LA": "language"}
    if code in keys:
        found = {"SN": str, "PD": dates.find, "LA": language_in}[code](value)
        item.about.add(keys[code], found, "database", SURE)
    elif code == "WC":
        item.words = length_in(value)
    elif code == "BY":
        add_authors(item.about, value.replace("&softReturn;", ", ").replace("softReturn", ", "))
    elif code == "AN":
        number = _NUMBER.fullmatch(value)
        item.about.keep({"accession_number": number[1] if number else value})
    elif code == "SE":
        item.about.keep({"section": value})


def _words(node: Any) -> str:
    return " ".join(node.text_content().split())
