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
from annotator.articles.naming import said
from annotator.articles.dom import Found
from annotator.articles.page import parsed
from annotator.articles.voting import stands_around
from annotator.errors import ArticleError
from annotator.model.document import Article
from annotator.text.words import fold

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\s*<(?:p|div|article|section|h1|h2|span|meta|ul|table)\b[^>]*>", re.IGNORECASE
)
_BYLINE = re.compile(r"\b(?:byline|author)\b|\bauthor-name\b")
_CAPTION = re.compile(r"caption|credit")


class HtmlReader:
    """Reads .html files and pasted HTML."""

    name = "html/1"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def recognizes(self, beginning: bytes) -> bool:
        """A page, or a fragment as the clipboard holds it."""
        return bool(_PAGE.match(beginning) or _FRAGMENT.match(beginning))

    def read(self, data: bytes, name: str) -> Article:
        """Read an article. Raises ArticleError."""
        declared = _DECLARED.search(data[:4096])
        markup, _ = decode(data, name, declared[1].decode("ascii") if declared else None)
        root, markup = parsed(markup, name)
        about = metadata.of_page(root)
        outline = dom.outline(root)
        votes = voting.body(outline, markup)
        pieces = [
            _piece(block, not stands_around(block) if votes is None else votes[n], about)
            for n, block in enumerate(outline.blocks)
        ]
        _fill_in(about, pieces)
        text, blocks = laid_out(pieces)
        warnings = () if votes and any(votes) else ("No body text was found; nothing is dimmed.",)
        return finished(
            text,
            blocks,
            metadata=about,
            source=data,
            reader=self.name,
            name=name,
            warnings=warnings,
        )


READER = HtmlReader()


def _piece(block: Found, voted: bool, about: dict[str, Any]) -> Piece:
    role = _role(block, voted, about)
    gap = 1 if block.kind in ("list_item", "table_row") else 2
    return Piece(block.text, block.kind, role, role == "boilerplate", gap)


def _role(block: Found, voted: bool, about: dict[str, Any]) -> str:
    words = " ".join(block.text.split())
    if block.kind == "heading" and about["title"] and _is_title(words, about["title"]):
        return "headline"
    if len(words) < 200 and not stands_around(block):
        if _BYLINE.search(block.hints) and _names(words, about):
            return "byline"
        if block.kind != "quote" and dates.is_date_line(words):
            return "dateline"
        if "figcaption" in block.tags or _CAPTION.search(block.hints):
            return "caption"
    return "body" if voted else "boilerplate"


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
    for piece in pieces:
        if piece.role == "dateline" and not about["published"]:
            about["published"] = dates.find(piece.text)
    if not about["title"]:
        headings = [piece.text for piece in pieces if piece.kind == "heading" and not piece.dimmed]
        about["title"] = " ".join(headings[0].split()) if headings else ""
