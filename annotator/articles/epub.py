"""Books of articles (.epub), as read-later services make them: one article for each chapter."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from annotator.articles import dates, xml
from annotator.articles.bylines import authors_of
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.packed import Packed, holds
from annotator.articles.page import reading
from annotator.errors import ArticleError, NoText
from annotator.language import tr
from annotator.model.document import Article

_CONTAINER = "META-INF/container.xml"
_LEFT_OUT = ("nav", "toc", "cover", "titlepage")


class EpubReader:
    """Reads .epub files."""

    name = "epub/1"
    suffixes = (".epub",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """An archive with a book's container."""
        return holds(data, name, ".epub", _CONTAINER)

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the chapters that hold words, in the order of the book."""
        packed = Packed(data, name)
        about, chapters = _book(packed, name)
        for part, chapter in enumerate(chapters, 1):
            try:
                markup, _ = decode(packed.read(chapter), name, "utf-8")
                yield reading.read(
                    markup,
                    source=data,
                    reader=self.name,
                    name=name,
                    about=about,
                    part=part,
                    whole=True,
                )
            except NoText:
                continue
            except ArticleError as error:
                yield ArticleError(tr("Chapter {part}: {error}", part=part, error=error))


READER = EpubReader()


def _book(packed: Packed, name: str) -> tuple[Details, list[str]]:
    """What the book says of itself, and the names of its chapters in order."""
    rootfile = next((n for n in packed.xml(_CONTAINER).iter() if xml.local(n) == "rootfile"), None)
    path = "" if rootfile is None else rootfile.get("full-path", "")
    package = packed.xml(path)
    folder = posixpath.dirname(path)
    items = {node.get("id"): node for node in package.iter() if xml.local(node) == "item"}
    chapters: list[str] = []
    for reference in (node for node in package.iter() if xml.local(node) == "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or _is_left_out(item.get("id", ""), item.get("properties", "")):
            continue
        member = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if member not in packed.names:
            raise ArticleError(
                tr(
                    "{name} is broken ({member} is missing in it); it was not imported.",
                    name=name,
                    member=member,
                )
            )
        chapters.append(member)
    return _about(package, alone=len(chapters) == 1), chapters


def _is_left_out(id_: str, properties: str) -> bool:
    return "nav" in properties.split() or id_.casefold() in _LEFT_OUT


def _about(package: Any, *, alone: bool) -> Details:
    about = Details()
    said = {xml.local(node): xml.words(node) for node in package.iter()}
    about.add("language", said.get("language", ""), "book", 0.6)
    if alone:
        about.add("title", said.get("title", ""), "book", 0.9)
        about.add("authors", authors_of(said.get("creator", "")), "book", 0.7)
        about.add("published", dates.find(said.get("date", "")), "book", 0.5)
        source = said.get("source", "")
        about.add("url", source if source.startswith("http") else "", "book", 0.8)
    return about
