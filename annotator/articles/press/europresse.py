"""Europresse: a web page of articles, each below the name of its paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates
from annotator.articles.base import Piece
from annotator.articles.bylines import is_name
from annotator.articles.details import Details
from annotator.articles.page import dom
from annotator.articles.press.export import SURE, Export, Item
from annotator.articles.press.labels import add_authors

_RIGHTS = re.compile(r"©|numéro de document|ce certificat|document number|news·", re.IGNORECASE)
_PAPER = re.compile("docpublicationname", re.IGNORECASE)


def found_in_page(root: Any) -> Export | None:
    """The articles of an export; None where the page is none."""
    papers = [node for node in root.iter("span") if _PAPER.search(node.get("class") or "")]
    items = [_item(_around(node)) for node in papers]
    return Export("Europresse", items) if items else None


def _around(paper: Any) -> Any:
    """The largest element that holds one paper's name, and so its article."""
    found = paper
    for node in paper.iterancestors():
        held = sum(bool(_PAPER.search(one.get("class") or "")) for one in node.iter("span"))
        if held > 1 or node.tag in ("body", "html"):
            break
        found = node
    return found


def _item(node: Any) -> Item:
    item = Item([], Details())
    paper = _said(node, "docpublicationname")
    title = _said(node, "titrearticle")
    day = dates.find(_said(node, "docheader"))
    for key, value in (("outlet", paper), ("title", title), ("published", day)):
        item.about.add(key, value, "database", SURE)
    item.pieces += _pieces(item.about, _lines(node), paper, title)
    return item


def _said(node: Any, name: str) -> str:
    found = [
        one for one in node.iter("span", "p", "div") if name in (one.get("class") or "").lower()
    ]
    return " ".join(" ".join(one.text_content().split()) for one in found)


def _lines(node: Any) -> Iterator[str]:
    for block in dom.outline(node).blocks:
        yield from filter(None, (line.strip() for line in block.text.split("\n")))


def _pieces(about: Details, lines: Iterator[str], paper: str, title: str) -> Iterator[Piece]:
    """Above the headline stand paper and day, below it perhaps the author, then the text."""
    is_over, below = False, -1
    for line in lines:
        is_over = is_over or _RIGHTS.match(line) is not None
        below += below >= 0
        if is_over:
            yield Piece(line, role="boilerplate")
        elif title and line in title and below < 0 and line != paper:
            below = 0 if title.endswith(line) else below
            yield Piece(line, "heading", "headline")
        elif below < 0:
            yield Piece(line, role="dateline" if dates.find(line) else "section")
        elif below == 1 and is_name(line):
            add_authors(about, line)
            yield Piece(line, role="byline")
        else:
            yield Piece(line)
