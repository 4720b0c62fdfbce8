"""Word documents (.docx), by our own walk: the usual library leaves out text boxes, changes and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates, written, xml
from annotator.articles.base import Piece
from annotator.articles.bylines import authors_of
from annotator.articles.details import Details
from annotator.articles.packed import Packed, holds
from annotator.errors import ArticleError
from annotator.model.document import Article

_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_HEADING = re.compile(r"heading|überschrift|titre\d|titolo|encabezado|kop\d", re.IGNORECASE)
_TITLE = re.compile(r"title|titel|titre|título|titolo", re.IGNORECASE)
_QUOTE = re.compile(r"quote|zitat|citation|cita", re.IGNORECASE)
_SPOKEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_LEFT_OUT = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "Fallback",
    "pPr",
    "rPr",
    "sectPr",
    "fldData",
}
"""What is struck out, says how something looks, or stands there for older programs."""


class DocxReader:
    """Reads .docx files, also those that press databases make."""

    name = "docx/1"
    suffixes = (".docx",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """An archive that holds a document of Word."""
        return holds(data, name, ".docx", _BODY)

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the article, or those of an export. Raises ArticleError."""
        packed = Packed(data, name)
        pieces = list(_pieces(packed.xml(_BODY)))
        for member in _NOTES:
            if member in packed.names:
                pieces += _notes(packed.xml(member))
        yield from written.articles(
            pieces, about=_about(packed), source=data, reader=self.name, name=name
        )


READER = DocxReader()


def _about(packed: Packed) -> Details:
    """Title, author and the day it was written, as far as the document says."""
    about = Details()
    if "docProps/core.xml" not in packed.names:
        return about
    root = packed.xml("docProps/core.xml")
    said = {xml.local(node): xml.words(node) for node in root}
    about.add("title", said.get("title", ""), "properties", 0.5)
    about.add("authors", authors_of(said.get("creator", "")), "properties", 0.4)
    about.add("saved", dates.find(said.get("created", "")), "properties", 0.5)
    about.add("language", said.get("language", ""), "properties", 0.7)
    return about


def _pieces(root: Any) -> Iterator[Piece]:
    """The paragraphs in order, also those in boxes; a row of a table is one piece."""
    stack = [root]
    while stack:
        node = stack.pop()
        tag = xml.local(node)
        if tag == "tr":
            cells = [_said(cell) for cell in node if xml.local(cell) == "tc"]
            if sum(bool(cell.strip()) for cell in cells) > 1:
                yield Piece("\t".join(cells), "table_row")
                continue
        if tag == "p":
            yield _piece(node)
            stack += reversed(list(_boxes(node)))
        elif tag not in _LEFT_OUT:
            stack += reversed(node)


def _boxes(node: Any) -> Iterator[Any]:
    """Text boxes that hang on a paragraph."""
    stack = list(reversed(node))
    while stack:
        inner = stack.pop()
        if xml.local(inner) == "txbxContent":
            yield inner
        elif xml.local(inner) not in _LEFT_OUT:
            stack += reversed(inner)


def _piece(node: Any) -> Piece:
    look = xml.child(node, "pPr")
    style = None if look is None else xml.child(look, "pStyle")
    named = _attribute(style, "val") if style is not None else ""
    text = _said(node)
    if _TITLE.fullmatch(named):
        return Piece(text, "heading", "headline")
    if _HEADING.match(named):
        return Piece(text, "heading")
    if look is not None and xml.child(look, "numPr") is not None:
        return Piece(text, "list_item")
    return Piece(text, "quote" if _QUOTE.search(named) else "paragraph")


def _said(node: Any) -> str:
    """The words of a paragraph or a cell, without those of boxes that hang on it."""
    parts: list[str] = []
    stack = list(reversed(node))
    while stack:
        inner = stack.pop()
        tag = xml.local(inner)
        if tag == "t":
            parts.append(inner.text or "")
        elif tag in _SPOKEN:
            parts.append(_SPOKEN[tag])
        elif tag in ("footnoteReference", "endnoteReference"):
            parts.append(f"[{_attribute(inner, 'id')}]")
        elif tag == "p" and parts:
            parts.append("\n")
            stack += reversed(inner)
        elif tag not in _LEFT_OUT and tag != "txbxContent":
            stack += reversed(inner)
    return "".join(parts)


def _notes(root: Any) -> Iterator[Piece]:
    """Foot notes, each with its mark before it; those that only draw a line have no words."""
    for note in root:
        words = _said(note)
        if words.strip():
            yield Piece(f"[{_attribute(note, 'id')}] {words.strip()}", role="body")


def _attribute(node: Any, name: str) -> str:
    found = (value for key, value in node.items() if _NAMESPACE.sub("", key) == name)
    return next(found, "")
