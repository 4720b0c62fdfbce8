"""Saved web pages: our own blocks from the DOM; trafilatura's result says which of them are body.

Extractors select, they never supply the text: trafilatura drops joiners and no-break spaces, and what
it leaves out could never be marked. What has no vote is kept, dimmed.
"""

from __future__ import annotations

import re
from typing import Any

from annotator.articles import dates, dom, metadata, voting
from annotator.articles.base import Piece, finished, laid_out
from annotator.articles.decoding import decode
from annotator.articles.dom import Found, Outline
from annotator.articles.lines import authors_of, byline_of, is_name
from annotator.articles.naming import PASTED, suffix_of
from annotator.articles.page import parsed
from annotator.articles.voting import stands_around
from annotator.model.document import Article
from annotator.text.words import fold

NO_BODY = "It was not found which part of the page is the article; see what is dimmed."
BEGINNING = 4096
"""Bytes by which a page is recognized, and in which it says its encoding."""
FRAGMENTS = ("", ".txt")
"""How what may be a fragment of a page is called; Markdown too may begin with an element."""
NEAR = 5
"""How many blocks below the headline may hold the date."""

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\s*(?:<!--.{0,200}?-->\s*)*<(?:p|div|article|main|section|h[1-6]|span|meta|ul|ol|table|blockquote"
    rb"|figure|pre|b|i|em|strong|a|br)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE = re.compile(r"\b(?:byline|author)\b|\bauthor-name\b")
_CAPTION = re.compile(r"caption|credit")


class HtmlReader:
    """Reads .html files and pasted HTML."""

    name = "html/1"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def recognizes(self, data: bytes, name: str) -> bool:
        """A page, or a fragment as the clipboard holds it, or whatever is called one."""
        suffix, beginning = suffix_of(name), data[:BEGINNING]
        if suffix in self.suffixes or _PAGE.match(beginning):
            return True
        return suffix in FRAGMENTS and _FRAGMENT.match(beginning) is not None

    def read(self, data: bytes, name: str) -> Article:
        """Read an article. Raises ArticleError."""
        declared = _DECLARED.search(data[:BEGINNING])
        markup, _ = decode(data, name, declared[1].decode("ascii") if declared else None)
        root, markup = parsed(markup, name)
        about = metadata.of_page(root, markup)
        outline = dom.outline(root)
        about["authors"] = about["authors"] or _printed_authors(outline)
        votes = voting.body(outline, markup)
        pieces = _pieces(outline, votes, about)
        _fill_in(about, pieces)
        text, blocks = laid_out(pieces)
        is_doubtful = name not in PASTED and not any(votes or ())
        return finished(
            text,
            blocks,
            metadata=about,
            source=data,
            reader=self.name,
            name=name,
            warnings=[NO_BODY] if is_doubtful else [],
        )


READER = HtmlReader()


def _pieces(outline: Outline, votes: list[bool] | None, about: dict[str, Any]) -> list[Piece]:
    pieces: list[Piece] = []
    has_headline = False
    for n, block in enumerate(outline.blocks):
        voted = not stands_around(block) if votes is None else votes[n]
        role = _role(block, voted, about)
        if role == "headline" and has_headline:  # a page prints it again where it offers more
            role = "body" if voted else "boilerplate"
        has_headline = has_headline or role == "headline"
        pieces.append(Piece(block.text, block.kind, role, role == "boilerplate"))
    return pieces


def _role(block: Found, voted: bool, about: dict[str, Any]) -> str:
    words = " ".join(block.text.split())
    if block.kind == "heading" and about["title"] and _is_title(words, about["title"]):
        return "headline"
    if len(words) < 200 and not stands_around(block):
        if _BYLINE.search(block.hints) and _names(words, about):
            return "byline"
        is_time = "time" in block.tags[:3] and not voted and dates.find(words)
        if block.kind != "quote" and (is_time or dates.is_date_line(words)):
            return "dateline"
        if "figcaption" in block.tags or _CAPTION.search(block.hints):
            return "caption"
    return "body" if voted else "boilerplate"


def _printed_authors(outline: Outline) -> list[str]:
    """The names in the first line that is a byline by its words or its class."""
    for block in outline.blocks:
        words = " ".join(block.text.split())
        if len(words) > 120 or stands_around(block):
            continue
        authors, _ = byline_of(words)
        if not authors and _BYLINE.search(block.hints):
            authors = [name for name in authors_of(words) if is_name(name)]
        if authors:
            return authors
    return []


def _is_title(words: str, title: str) -> bool:
    ours, theirs = fold(words), fold(title)
    return ours == theirs or (len(ours) > 15 and (ours in theirs or theirs in ours))


def _names(words: str, about: dict[str, Any]) -> bool:
    """Whether a line names the authors and says little else."""
    folded = fold(words)
    named = sum(len(author) for author in map(fold, about["authors"]) if author in folded)
    return len(words) < 120 and (named > 0.4 * len(folded) or folded.startswith("by "))


def _fill_in(about: dict[str, Any], pieces: list[Piece]) -> None:
    """What the page does not say of itself but prints."""
    if not about["title"]:
        headings = [piece.text for piece in pieces if piece.kind == "heading" and not piece.dimmed]
        about["title"] = " ".join(headings[0].split()) if headings else ""
    if about["published"]:
        return
    said = [piece.text for piece in pieces if piece.role == "dateline"] or _below_headline(pieces)
    about["published"] = next(filter(None, map(dates.find, said)), "")


def _below_headline(pieces: list[Piece]) -> list[str]:
    """The short lines next to the headline, where a date stands among other things."""
    at = next((n for n, piece in enumerate(pieces) if piece.role == "headline"), None)
    near = [] if at is None else pieces[max(0, at - 2) : at + NEAR]
    return [piece.text for piece in near if len(piece.text) < 100]
