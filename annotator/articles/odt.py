"""OpenDocument texts (.odt), as LibreOffice writes them."""

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

_BODY = "content.xml"
_LEFT_OUT = {
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "bookmark", "forms", "title", "desc",
    "automatic-styles", "font-face-decls", "scripts",
}  # fmt: skip
_SPOKEN = {"tab": "\t", "line-break": "\n"}
_BLANKS = re.compile(r"[ \t\r\n]+")
MOST_BLANKS = 1000
"""How many blanks one element may stand for."""


class OdtReader:
    """Reads .odt files."""

    name = "odt/1"
    suffixes = (".odt",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """An archive with a content of OpenDocument."""
        return holds(data, name, ".odt", _BODY)

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the article, or those of an export. Raises ArticleError."""
        packed = Packed(data, name)
        pieces = list(_pieces(packed.xml(_BODY)))
        yield from written.articles(
            pieces, about=_about(packed), source=data, reader=self.name, name=name
        )


READER = OdtReader()


def _about(packed: Packed) -> Details:
    about = Details()
    if "meta.xml" not in packed.names:
        return about
    said = {xml.local(node): xml.words(node) for node in packed.xml("meta.xml").iter()}
    about.add("title", said.get("title", ""), "properties", 0.5)
    about.add("authors", authors_of(said.get("initial-creator", "")), "properties", 0.4)
    about.add("saved", dates.find(said.get("creation-date", "")), "properties", 0.5)
    about.add("language", said.get("language", ""), "properties", 0.7)
    return about


def _pieces(root: Any) -> Iterator[Piece]:
    """The paragraphs in order; a row of a table is one piece, notes stand behind their paragraph."""
    stack: list[tuple[Any, str]] = [(root, "paragraph")]
    while stack:
        node, kind = stack.pop()
        tag = xml.local(node)
        if not tag or tag in _LEFT_OUT:
            continue
        if tag == "table-row":
            cells = [_said(cell) for cell in node if xml.local(cell) == "table-cell"]
            yield Piece("\t".join(cells).rstrip("\t"), "table_row")
        elif tag in ("p", "h"):
            yield _piece(node, kind)
            notes = (inner for inner in node.iter() if xml.local(inner) == "note")
            stack += [(note, "paragraph") for note in reversed(list(notes))]
        elif tag == "note":
            words = " ".join(_said(inner) for inner in node if xml.local(inner) == "note-body")
            yield Piece(f"[{xml.words(xml.child(node, 'note-citation'))}] {words}")
        else:
            kind = "list_item" if tag == "list-item" else kind
            stack += [(inner, kind) for inner in reversed(node)]


def _piece(node: Any, kind: str) -> Piece:
    style = next((value for key, value in node.items() if key.endswith("}style-name")), "")
    if style == "Title":
        return Piece(_said(node), "heading", "headline")
    if xml.local(node) == "h":
        return Piece(_said(node), "heading")
    return Piece(_said(node), "quote" if style.startswith("Quot") else kind)


def _said(node: Any) -> str:
    """The words of a paragraph; blanks in a row count once, as the format has it."""
    parts: list[str] = []
    stack: list[Any] = [node]
    while stack:
        inner = stack.pop()
        if isinstance(inner, str):
            parts.append(inner)
            continue
        tag = xml.local(inner)
        if inner is not node and inner.tail:
            stack.append(_BLANKS.sub(" ", inner.tail))
        if not tag or tag in _LEFT_OUT:
            continue
        if tag == "s":
            count = next((value for key, value in inner.items() if key.endswith("}c")), "1")
            parts.append(" " * min(int(count) if count.isdigit() else 1, MOST_BLANKS))
        elif tag in _SPOKEN:
            parts.append(_SPOKEN[tag])
        elif tag == "note":
            parts.append(f"[{xml.words(xml.child(inner, 'note-citation'))}]")
        else:
            stack += reversed(inner)
            if inner.text:
                stack.append(_BLANKS.sub(" ", inner.text))
    return "".join(parts)
