"""Markdown clippings with front matter, by markdown-it's tokens.

Marks of the markup (#, >, *, links' addresses) are not in the text; addresses stand in the metadata.
Whatever else of the source would be missing is put behind the rest as a dimmed block, and said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from msgspec.structs import replace

from annotator.articles import dates, front_matter
from annotator.articles.base import Piece, finished, laid_out, unreadable
from annotator.articles.decoding import decode
from annotator.articles.lines import byline_of
from annotator.model.document import Article
from annotator.text.canonical import canonicalize

DEPTHS = (100, 20)
"""How deep quotes and lists are followed; the second where the first exhausts the stack.

What lies deeper is dropped by markdown-it without a word, and put at the end by us.
"""
LARGEST = 10_000_000
"""Characters; what follows stands at the end as it was written."""
CELLS = 50_000
"""Bars in a source beyond which tables stay lines of text: their tokens would fill the memory."""
TOP = 6
"""How many blocks from the top may be byline or date line."""

_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"^(?:[\s>]|[-+*]\s|\d{1,9}[.)](?:\s|$))*")
_PICTURES = ("image", "softbreak", "hardbreak")
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
        raw, encoding = decode(data, name)
        canonical = canonicalize(raw)
        walk, missing = _walked(canonical.text)
        warnings = [*walk.warnings, *unreadable(raw, canonical, encoding)]
        pieces = walk.pieces
        if missing:
            warnings.append("What Markdown would have left out stands at the end, dimmed.")
            pieces.append(Piece(missing, "code", "boilerplate", True))
        metadata = front_matter.metadata(walk.front)
        _take_title(metadata, pieces, walk.title)
        _take_lines(metadata, pieces)
        text, blocks = laid_out(pieces)
        return finished(
            text,
            blocks,
            metadata={**metadata, "links": walk.links, "code": walk.code},
            source=data,
            reader=self.name,
            name=name,
            warnings=warnings,
        )


READER = MarkdownReader()


@cache
def _parser(tables: bool, depth: int) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": depth})
    # An address is kept as it was written, not as a browser would send it.
    setattr(parser, "normalizeLink", str)  # noqa: B010  (typed as a method)
    rules = ["strikethrough", "table"] if tables else ["strikethrough"]
    return parser.enable(rules).use(front_matter_plugin).use(footnote_plugin)


def _walked(source: str) -> tuple[_Walk, str]:
    """The source gone through, and those of its lines of which a word would be missing."""
    walk, env = _Walk(), {}
    walk.blocks(_tokens(source, env))
    kept = [piece.text for piece in walk.pieces]
    kept += [*_words_of([walk.front, walk.links, walk.code, walk.markup])]
    kept += env.get("references", {})  # labels
    there = set(_WORD.findall(" ".join(kept).casefold()))
    missing = [line for line in source.split("\n") if not _is_kept(line, there)]
    return walk, "\n".join(missing)


def _tokens(source: str, env: dict[str, Any]) -> list[Token]:
    tables = source.count("|") < CELLS
    for depth in DEPTHS:
        try:
            return _parser(tables, depth).parse(source[:LARGEST], env)
        except RecursionError:
            env.clear()
    return []


def _is_kept(line: str, there: set[str]) -> bool:
    plain = html.unescape(_MARKUP.sub("", line)).casefold()
    return there.issuperset(_WORD.findall(plain))


def _words_of(value: Any) -> list[str]:
    """All keys and values of front matter, however deep."""
    if isinstance(value, dict):
        return [words for pair in value.items() for one in pair for words in _words_of(one)]
    if isinstance(value, list):
        return [words for one in value for words in _words_of(one)]
    return [str(value)]


class _Walk:
    """Goes through the tokens once and collects pieces, front matter and addresses."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.front: dict[str, Any] = {}
        self.title: int | None = None
        """Which piece is a heading of the first level, or the first piece and a heading."""
        self.links: list[dict[str, str]] = []
        """Addresses and titles of links and images, in order."""
        self.code: list[str] = []
        """What fences say that they hold."""
        self.markup: list[str] = []
        """Words of the source that only mark something up."""
        self.warnings: list[str] = []
        self._inside: list[str] = []
        self._cells: list[str] | None = None
        self._note = ""

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Take every block-level token."""
        for token in tokens:
            if token.type == "front_matter":
                self._front(front_matter.from_yaml(token.content), token.content)
            elif token.type == "inline":
                self._inline(token)
            elif token.type in ("fence", "code_block", "html_block"):
                self._code(token)
            elif token.type == "tr_open":
                self._cells = []
            elif token.type == "tr_close":
                self._add("\t".join(self._cells or []), "table_row")
                self._cells = None
            elif token.type == "footnote_open":
                self._note = f"[{_label(token)}] "
            elif token.nesting == 1:
                self._inside.append(token.type.removesuffix("_open") + token.tag[1:])
            elif token.nesting == -1 and self._inside and token.type != "footnote_close":
                self._inside.pop()

    def _inline(self, token: Token) -> None:
        words = self._words(token.children or [])
        if self._cells is not None:
            self._cells.append(words)
            return
        if self._inside and self._inside[-1].startswith("heading"):
            is_first = self._inside[-1] == "heading1" or not self.pieces
            if self.title is None and is_first and words.strip():
                self.title = len(self.pieces)
            self._add(words, "heading")
            return
        children = token.children or []
        if any(c.type == "image" for c in children) and all(c.type in _PICTURES for c in children):
            self._add(words, "paragraph", "caption")
            return
        kinds = [
            kind for tag in self._inside for start, kind in _KINDS.items() if tag.startswith(start)
        ]
        self._add(self._note + words, kinds[-1] if kinds else "paragraph")
        self._note = ""

    def _words(self, tokens: Sequence[Token]) -> str:
        said: list[str] = []
        for token in tokens:
            if token.type == "softbreak":
                said.append(" ")
            elif token.type == "hardbreak":
                said.append("\n")
            elif token.type == "footnote_ref":
                said.append(f"[{_label(token)}]")
            else:
                said.append(token.content)
            if token.type in ("link_open", "image"):
                self._link(token)
        return "".join(said)

    def _link(self, token: Token) -> None:
        names = (("url", "href"), ("image", "src"), ("title", "title"))
        kept = {ours: str(token.attrs[theirs]) for ours, theirs in names if token.attrs.get(theirs)}
        if kept:
            self.links.append(kept)

    def _code(self, token: Token) -> None:
        words, info = token.content.rstrip("\n"), token.info.strip()
        preamble = front_matter.from_json(words) if info == "json" and not self.pieces else None
        if preamble is not None:
            self._front(preamble, words)
            self.markup.append(info)
            return
        self._add(words, "code")
        if info:
            self.code.append(info)

    def _front(self, found: dict[str, Any] | None, content: str) -> None:
        if found is not None:
            self.front = found
        elif content.strip():
            self.warnings.append(
                "The front matter could not be read as YAML; it stands in the text."
            )
            self._add(content, "code")

    def _add(self, words: str, kind: str, role: str = "body") -> None:
        self.pieces.append(Piece(words, kind, role))


def _label(token: Token) -> str:
    return str(token.meta.get("label", token.meta.get("id", 0) + 1))


def _take_title(metadata: dict[str, Any], pieces: list[Piece], at: int | None) -> None:
    """The first heading is the headline where nothing else is said, or the same."""
    if at is None:
        return
    words = " ".join(pieces[at].text.split())
    if " ".join(str(metadata.setdefault("title", words)).split()) == words:
        pieces[at] = replace(pieces[at], role="headline")


def _take_lines(metadata: dict[str, Any], pieces: list[Piece]) -> None:
    """A byline and a date line that stand above the text in lines of their own."""
    for n, piece in enumerate(pieces[:TOP]):
        words = piece.text.strip()
        if piece.kind != "paragraph":
            continue
        authors, outlet = byline_of(words)
        if authors:
            metadata.setdefault("authors", authors)
            if outlet:
                metadata.setdefault("outlet", outlet)
            pieces[n] = replace(piece, role="byline")
        elif dates.is_date_line(words):
            metadata.setdefault("published", dates.find(words))
            pieces[n] = replace(piece, role="dateline")
