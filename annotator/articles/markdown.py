"""Markdown clippings with front matter, by markdown-it's tokens.

Marks of the markup (#, >, *, links' addresses) are not in the text; addresses stand in the metadata.
Whatever else of the source would be missing is put behind the rest as a dimmed block, and said.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from msgspec.structs import replace

from annotator.articles import dates, front_matter
from annotator.articles.base import Piece, assembled, unreadable
from annotator.articles.bylines import byline_of
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.naming import suffix_of
from annotator.articles.tokens import Walk
from annotator.language import tr
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
SEARCHED = 1_000_000
"""Characters of a text up to which words are looked for inside other words."""
TOP = 6
"""How many blocks from the top may be byline or date line."""

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---\r?\n[A-Za-z_-]+:")
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"^(?:[\s>]|[-+*]\s|\d{1,9}[.)](?:\s|$))*")


class MarkdownReader:
    """Reads .md files."""

    name = "markdown/1"
    suffixes = (".md", ".markdown", ".mdown")

    def recognizes(self, data: bytes, name: str) -> bool:
        """Front matter tells a clipping; other Markdown without its name is read as the text it is."""
        return suffix_of(name) in self.suffixes or _FRONT.match(data) is not None

    def read(self, data: bytes, name: str) -> Article:
        """Read an article. Raises ArticleError."""
        raw, encoding = decode(data, name)
        canonical = canonicalize(raw)
        walk, missing = _walked(canonical.text)
        warnings = [*walk.warnings, *unreadable(raw, canonical, encoding)]
        pieces = walk.pieces
        if missing:
            warnings.append(tr("What Markdown would have left out stands at the end, dimmed."))
            pieces.append(Piece(missing, "code", "boilerplate", True))
        about = front_matter.details(walk.front)
        _take_title(about, pieces, walk.title)
        _take_lines(about, pieces)
        about.keep({"links": walk.links, "code": walk.code})
        return assembled(
            pieces,
            about=about,
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


def _walked(source: str) -> tuple[Walk, str]:
    """The source gone through, and those of its lines of which a word would be missing."""
    walk, env = Walk(), {}
    walk.blocks(_tokens(source, env))
    kept = [piece.text for piece in walk.pieces]
    kept += [*_words_of([walk.front, walk.links, walk.code, walk.markup])]
    kept += env.get("references", {})  # labels
    joined = " ".join(kept).casefold()
    there = set(_WORD.findall(joined))
    missing = [line for line in source.split("\n") if not _is_kept(line, there, joined)]
    return walk, "\n".join(missing)


def _tokens(source: str, env: dict[str, Any]) -> list[Token]:
    tables = source.count("|") < CELLS
    for depth in DEPTHS:
        try:
            return _parser(tables, depth).parse(source[:LARGEST], env)
        except RecursionError:
            env.clear()
    return []


def _is_kept(line: str, there: set[str], joined: str) -> bool:
    """Whether all words of a line are there, or inside others: *Un*heard is one word in the text."""
    plain = html.unescape(_MARKUP.sub("", line)).casefold()
    missing = set(_WORD.findall(plain)) - there
    if len(joined) > SEARCHED:
        return not missing
    return all(word in joined for word in missing)


def _words_of(value: Any) -> list[str]:
    """All keys and values of front matter, however deep."""
    if isinstance(value, dict):
        return [words for pair in value.items() for one in pair for words in _words_of(one)]
    if isinstance(value, list):
        return [words for one in value for words in _words_of(one)]
    return [str(value)]


def _take_title(about: Details, pieces: list[Piece], at: int | None) -> None:
    """The first heading is the headline where nothing else is said, or the same."""
    if at is None:
        return
    words = " ".join(pieces[at].text.split())
    about.add("title", words, "heading", 0.8)
    if " ".join(about.said("title").split()) == words:
        pieces[at] = replace(pieces[at], role="headline")


def _take_lines(about: Details, pieces: list[Piece]) -> None:
    """A byline and a date line that stand above the text in lines of their own."""
    for n, piece in enumerate(pieces[:TOP]):
        words = piece.text.strip()
        if piece.kind != "paragraph":
            continue
        authors, outlet = byline_of(words)
        if authors:
            about.add("authors", authors, "text", 0.7)
            about.add("outlet", outlet, "text", 0.6)
            pieces[n] = replace(piece, role="byline")
        elif dates.is_date_line(words):
            about.add("published", dates.find(words), "text", 0.7)
            pieces[n] = replace(piece, role="dateline")
