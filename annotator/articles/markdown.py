"""Markdown clippings with front matter, by markdown-it's tokens.

Marks of the markup (#, >, *, links' addresses) are not in the text; addresses stand in the metadata.
Whatever else of the source would be missing is put behind the rest as a dimmed block, and said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from annotator.articles import dates
from annotator.articles.base import Piece, decode, finished, laid_out
from annotator.articles.lines import authors_of
from annotator.model.document import Article
from annotator.text.canonical import canonicalize

DEEPEST = 1000
"""The preset's 20 silently drops text in deep quotes and lists."""
LARGEST = 10_000_000

_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"^[\s>]*\d+[.)]\s")
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "site", "publication", "publisher", "source_name", "website"),
    "published": ("published", "date", "date_published", "datepublished", "pubdate"),
    "url": ("url", "source", "link", "canonical"),
    "language": ("language", "lang"),
}
_KINDS = {"blockquote": "quote", "bullet_list": "list_item", "ordered_list": "list_item"}


class MarkdownReader:
    """Reads .md files."""

    name = "markdown/1"
    suffixes = (".md", ".markdown", ".mdown")

    def recognizes(self, beginning: bytes) -> bool:
        """Front matter tells a clipping; other Markdown is read as the text it is."""
        return re.match(rb"(?:\xef\xbb\xbf)?---\r?\n[A-Za-z_-]+:", beginning) is not None

    def read(self, data: bytes, name: str) -> Article:
        """Read an article. Raises ArticleError."""
        raw, _ = decode(data, name)
        source = canonicalize(raw).text
        tokens = _parser().parse(source[:LARGEST])
        walk = _Walk()
        walk.blocks(tokens)
        pieces, warnings = walk.pieces, list(walk.warnings)
        kept = " ".join([*(p.text for p in pieces), str(walk.front), str(walk.links)])
        missing = _missing(source, kept)
        if missing:
            warnings.append("What Markdown would have left out stands at the end, dimmed.")
            pieces.append(Piece(missing, "code", "boilerplate", True))
        metadata = _metadata(walk.front, pieces)
        if walk.links:
            metadata["links"] = walk.links
        text, blocks = laid_out(pieces)
        return finished(
            text,
            blocks,
            metadata=metadata,
            source=data,
            reader=self.name,
            name=name,
            warnings=warnings,
        )


READER = MarkdownReader()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    return (
        parser.enable("table").enable("strikethrough").use(front_matter_plugin).use(footnote_plugin)
    )


class _Walk:
    """Goes through the tokens once and collects pieces, front matter and addresses."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.front: dict[str, Any] = {}
        self.links: list[str] = []
        self.warnings: list[str] = []
        self._inside: list[str] = []
        self._cells: list[str] | None = None

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Take every block-level token."""
        for token in tokens:
            if token.type == "front_matter":
                self._front_matter(token.content)
            elif token.type == "inline":
                self._inline(token)
            elif token.type in ("fence", "code_block", "html_block"):
                self._add(token.content.rstrip("\n"), "code")
                if token.info.strip():
                    self.links.append(token.info.strip())
            elif token.type == "tr_open":
                self._cells = []
            elif token.type == "tr_close":
                self._add("\t".join(self._cells or []), "table_row")
                self._cells = None
            elif token.nesting == 1:
                self._inside.append(token.type.removesuffix("_open"))
            elif token.nesting == -1 and self._inside:
                self._inside.pop()

    def _inline(self, token: Token) -> None:
        words = self._words(token.children or [])
        if self._cells is not None:
            self._cells.append(words)
        elif "heading" in self._inside:
            self._add(words, "heading")
        else:
            kinds = [_KINDS[tag] for tag in self._inside if tag in _KINDS]
            self._add(words, kinds[-1] if kinds else "paragraph")

    def _words(self, tokens: Sequence[Token]) -> str:
        said: list[str] = []
        for token in tokens:
            if token.type == "softbreak":
                said.append(" ")
            elif token.type == "hardbreak":
                said.append("\n")
            elif token.type == "image":
                said.append(token.content)
                self._address(token, "src")
            elif token.type == "footnote_ref":
                said.append(f"[{token.meta.get('label', token.meta.get('id', 0) + 1)}]")
            elif token.type == "link_open":
                self._address(token, "href")
            else:
                said.append(token.content)
        return "".join(said)

    def _address(self, token: Token, key: str) -> None:
        for name in (key, "title"):
            value = token.attrs.get(name)
            if value:
                self.links.append(str(value))

    def _add(self, words: str, kind: str) -> None:
        gap = 1 if kind in ("list_item", "table_row") else 2
        if self.pieces and gap == 2 and self.pieces[-1].gap == 1:
            last = self.pieces[-1]
            self.pieces[-1] = Piece(last.text, last.kind, last.role, last.dimmed, 2)
        self.pieces.append(Piece(words, kind, gap=gap))

    def _front_matter(self, content: str) -> None:
        try:
            loaded = (
                yaml.safe_load(content) if len(content) < 100_000 and "&" not in content else None
            )
        except (yaml.YAMLError, ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, dict):
            self.front = {str(key).lower(): _plain(value) for key, value in loaded.items()}
        else:
            self.warnings.append(
                "The front matter is no YAML that could be read; it stands in the text."
            )
            self._add(content, "code")


def _plain(value: Any) -> Any:
    """A value of YAML as JSON knows it."""
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (int, float, bool)) or value is None else str(value)


def _metadata(front: dict[str, Any], pieces: list[Piece]) -> dict[str, Any]:
    """The known keys under our names, the others as they are; the first heading as a title."""
    left = dict(front)
    metadata: dict[str, Any] = {}
    for ours, theirs in _KEYS.items():
        value = next((left.pop(key) for key in theirs if left.get(key)), None)
        if value:
            metadata[ours] = str(value)
    if metadata.get("published"):
        metadata["published"] = dates.find(metadata["published"]) or metadata["published"]
    people = next(
        (left.pop(key) for key in ("authors", "author", "by", "creator") if key in left), None
    )
    if people:
        listed = people if isinstance(people, list) else authors_of(str(people))
        metadata["authors"] = [str(one).strip(' []"') for one in listed]
    heading = next((n for n, piece in enumerate(pieces) if piece.kind == "heading"), None)
    if heading is not None and pieces[heading].text.strip() == metadata.setdefault(
        "title", pieces[heading].text.strip()
    ):
        piece = pieces[heading]
        pieces[heading] = Piece(piece.text, piece.kind, "headline", gap=piece.gap)
    metadata.update({key: value for key, value in left.items() if key not in metadata})
    return metadata


def _missing(source: str, kept: str) -> str:
    """The lines of the source with a word that is nowhere in what was kept."""
    there = set(_WORD.findall(kept))
    lines: list[str] = []
    for line in source.split("\n"):
        plain = html.unescape(_ORDINAL.sub("", line))
        if not there.issuperset(_WORD.findall(plain)):
            lines.append(line)
    return "\n".join(lines)
