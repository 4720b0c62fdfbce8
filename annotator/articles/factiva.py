"""Factiva's own XML: articles with all that the database knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.articles import dates, xml
from annotator.articles.base import Piece
from annotator.articles.details import Details
from annotator.articles.press import export
from annotator.articles.press.export import SURE, Export, Item
from annotator.articles.press.labels import add_authors
from annotator.errors import ArticleError
from annotator.model.document import Article

_TEXT = ("leadParagraph", "tailParagraphs")
_AROUND = {
    "byline": "byline",
    "credit": "boilerplate",
    "copyright": "boilerplate",
    "notes": "boilerplate",
}


class FactivaReader:
    """Reads the XML files of Factiva."""

    name = "factiva/1"
    suffixes = (".xml",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """XML whose outermost element is the database's."""
        del name
        return xml.root_of(data) in ("PPSResponse", "ppsArticleResponse", "ppsarticleResultSet")

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the articles in the order of the file."""
        root = xml.parsed(data, name)
        held = next(
            (node for node in root.iter() if xml.local(node) == "ppsarticleResultSet"), root
        )
        items = [_item(node) for node in root.iter() if xml.local(node) == "article"]
        count = held.get("count", "")
        found = Export("Factiva", items, int(count) if count.isdigit() else 0)
        yield from export.articles(found, source=data, reader=self.name, name=name)


READER = FactivaReader()


def _item(node: Any) -> Item:
    item = Item([], Details())
    said = {xml.local(one): xml.words(one) for one in node}
    item.about.add("title", said.get("headline", ""), "database", SURE)
    item.about.add("outlet", said.get("sourceName", ""), "database", SURE)
    item.about.add("published", dates.find(said.get("publicationDate", "")), "database", SURE)
    item.about.add("language", said.get("baseLanguage", "").lower(), "database", SURE)
    add_authors(item.about, said.get("byline", ""))
    item.about.keep({"accession_number": said.get("accessionNo", "")})
    item.words = int(said["wordCount"]) if said.get("wordCount", "").isdigit() else 0
    for one in node:
        name = xml.local(one)
        if name == "headline":
            item.pieces += [Piece(words, "heading", "headline") for words in _paragraphs(one)]
        elif name in _TEXT:
            item.pieces += [Piece(words) for words in _paragraphs(one)]
        elif name in _AROUND:
            item.pieces += [Piece(words, role=_AROUND[name]) for words in _paragraphs(one)]
    # The file names its elements in the order of the alphabet; the headline stands above the text.
    order = {"headline": 0, "byline": 1, "body": 2}
    item.pieces.sort(key=lambda piece: order.get(piece.role, 3))
    return item


def _paragraphs(node: Any) -> Iterator[str]:
    """The paragraphs of an element; without elements of their own, each begins with a deeper line."""
    inner = [one for one in node if xml.local(one) == "paragraph"]
    if inner:
        yield from filter(None, map(xml.words, inner))
        return
    group: list[str] = []
    for line in "".join(node.itertext()).split("\n"):
        is_first = line.startswith("    ") and line.strip()
        if is_first and group:
            yield " ".join(group)
            group = []
        if line.strip():
            group.append(line.strip())
    if group:
        yield " ".join(group)
