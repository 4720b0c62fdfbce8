"""Saved web pages: our own blocks from the DOM; trafilatura's result says which of them are body.

Extractors select, they never supply the text: trafilatura drops joiners and no-break spaces, and what
it leaves out could never be marked. What has no vote is kept, dimmed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from annotator.articles import dates, dom, metadata
from annotator.articles.base import Piece, decode, finished, laid_out, refuse_other_things, said
from annotator.articles.dom import Found
from annotator.errors import ArticleError
from annotator.model.document import Article
from annotator.text.words import fold, search_words

SHARE = 0.6
"""Of a block's four-word shingles, how many must stand in the vote for the block to be body."""
SHORT = 1000
"""Characters below which a strict vote is doubted."""

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
_AROUND = re.compile(
    r"\b(?:nav|menu|footer|sidebar|related|share|social|comment|cookie|newsletter|promo|advert|banner|breadcrumb)"
)


class HtmlReader:
    """Reads .html files and pasted HTML."""

    name = "html/1"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def recognizes(self, beginning: bytes) -> bool:
        """A page, or a fragment as the clipboard holds it."""
        return bool(_PAGE.match(beginning) or _FRAGMENT.match(beginning))

    def read(self, data: bytes, name: str) -> Article:
        """Read an article. Raises ArticleError."""
        refuse_other_things(data, name)
        declared = _DECLARED.search(data[:4096])
        markup, _ = decode(data, name, declared[1].decode("ascii") if declared else None)
        root = _parsed(markup, name)
        about = metadata.of_page(root)
        found = list(dom.blocks(root))
        votes = _votes(found, _vote(markup))
        pieces = [_piece(block, vote, about) for block, vote in zip(found, votes, strict=True)]
        _fill_in(about, pieces)
        text, blocks = laid_out(pieces)
        warnings = () if any(votes) else ("No body text was found; nothing is dimmed.",)
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


def _parsed(markup: str, name: str) -> Any:
    import lxml.html
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    try:
        # libxml2 would stop at a declaration that no longer fits the decoded text.
        plain = re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup).replace("\0", "\ufffd")
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=False, huge_tree=False)
        root = lxml.html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        reason = str(error).splitlines()[0][:100] if str(error) else "it has no elements"
        raise ArticleError(f"{said(name)} cannot be read as HTML ({reason}).") from None
    return root


def _vote(markup: str) -> list[str]:
    """The folded words of what trafilatura takes for the article; empty where it finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    options: dict[str, Any] = {"include_comments": False, "include_tables": True}
    try:
        strict = trafilatura.extract(markup, favor_precision=True, fast=True, **options) or ""
        if len(strict) >= SHORT:
            return search_words(strict)
        # So little is most often a notice at the edge of the page, taken for the article.
        loose = trafilatura.extract(markup, **options) or ""
    except (RecursionError, ValueError, TypeError, AttributeError):  # its troubles are not ours
        return []
    return search_words(loose if len(loose) > 2 * len(strict) else strict)


def _votes(found: list[Found], vote: list[str]) -> list[bool]:
    """Which blocks are body; all that do not stand around, where there is no vote."""
    if not vote:
        return [not _stands_around(block) for block in found]
    shingles = Counter(zip(vote, vote[1:], vote[2:], vote[3:], strict=False))
    joined = f" {' '.join(vote)} "
    votes: list[bool] = []
    for block in found:
        words = search_words(block.text)
        own = list(zip(words, words[1:], words[2:], words[3:], strict=False))
        if own:
            votes.append(sum(shingle in shingles for shingle in own) >= SHARE * len(own))
        else:
            votes.append(
                bool(words) and f" {' '.join(words)} " in joined and not _is_link_like(block)
            )
    return votes


def _is_link_like(block: Found) -> bool:
    return "a" in block.tags[:3] or _stands_around(block)


def _stands_around(block: Found) -> bool:
    return not dom.AROUND.isdisjoint(block.tags) or bool(_AROUND.search(block.hints))


def _piece(block: Found, voted: bool, about: dict[str, Any]) -> Piece:
    role = _role(block, voted, about)
    gap = 1 if block.kind in ("list_item", "table_row") else 2
    return Piece(block.text, block.kind, role, role == "boilerplate", gap)


def _role(block: Found, voted: bool, about: dict[str, Any]) -> str:
    words = " ".join(block.text.split())
    if block.kind == "heading" and about["title"] and _is_title(words, about["title"]):
        return "headline"
    if len(words) < 200 and not _stands_around(block):
        if _BYLINE.search(block.hints) and _names(words, about):
            return "byline"
        if ("time" in block.tags[:3] or dates.is_date_line(words)) and dates.find(words):
            return "dateline"
        if "figcaption" in block.tags or ("figure" in block.tags and _CAPTION.search(block.hints)):
            return "caption"
    return "body" if voted else "boilerplate"


def _is_title(words: str, title: str) -> bool:
    ours, theirs = fold(words), fold(title)
    return ours == theirs or (len(ours) > 15 and (ours in theirs or theirs in ours))


def _names(words: str, about: dict[str, Any]) -> bool:
    folded = fold(words)
    return any(fold(author) in folded for author in about["authors"]) or folded.startswith("by ")


def _fill_in(about: dict[str, Any], pieces: list[Piece]) -> None:
    """What the page does not say of itself but prints."""
    for piece in pieces:
        if piece.role == "dateline" and not about["published"]:
            about["published"] = dates.find(piece.text)
    if not about["title"]:
        headings = [piece.text for piece in pieces if piece.kind == "heading" and not piece.dimmed]
        about["title"] = " ".join(headings[0].split()) if headings else ""
