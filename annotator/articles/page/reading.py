"""From the markup of a saved page to an article: our own blocks, a role and a vote for each.

Extractors select, they never supply the text: trafilatura drops joiners and no-break spaces, and what
it leaves out could never be marked. What has no vote is kept, dimmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.articles import dates
from annotator.articles.base import Piece, assembled
from annotator.articles.bylines import authors_of, byline_of, is_name
from annotator.articles.details import Details
from annotator.articles.naming import PASTED
from annotator.articles.page import dom, metadata, voting
from annotator.articles.page.dom import Found, Outline, stands_around
from annotator.articles.page.tree import parsed
from annotator.articles.page.voting import Vote
from annotator.language import tr
from annotator.model.document import Article
from annotator.text.words import fold

NO_BODY = tr("It was not found which part of the page is the article; see what is dimmed.")
PLAIN, NAMED = 0.9, 0.9
"""How sure it is where nobody voted, and where a block is called what it is."""
NEAR = 5
"""How many blocks below the headline may hold the date."""

_BYLINE = re.compile(r"\b(?:byline|author)\b|\bauthor-name\b")
_CAPTION = re.compile(r"caption|credit")


def read(
    markup: str,
    *,
    source: bytes,
    reader: str,
    name: str,
    about: Details | None = None,
    warnings: Iterable[str] = (),
    part: int = 0,
    whole: bool = False,
) -> Article:
    """The article of a page. ``about`` is what whoever saved it said beside it.

    ``whole``: the markup is the article and nothing else, such as a feed's or a mail's; where it does
    not hold the headline, that is put above it. Raises ArticleError.
    """
    root, markup = parsed(markup, name)
    found = metadata.of_page(root, markup)
    if about is not None:
        found.merge(about)
    outline = dom.outline(root)
    found.add("authors", _printed_authors(outline), "text", 0.6)
    vote = None if whole else voting.body(outline, markup)
    pieces = _pieces(outline, vote, found)
    _fill_in(found, pieces)
    if whole and found.said("title") and not any(piece.role == "headline" for piece in pieces):
        pieces.insert(0, Piece(found.said("title"), "heading", "headline"))
    is_doubtful = not whole and name not in PASTED and (vote is None or not any(vote.is_body))
    return assembled(
        pieces,
        about=found,
        source=source,
        reader=reader,
        name=name,
        warnings=[*warnings, NO_BODY] if is_doubtful else warnings,
        part=part,
    )


def _pieces(outline: Outline, vote: Vote | None, about: Details) -> list[Piece]:
    pieces: list[Piece] = []
    has_headline = False
    for n, block in enumerate(outline.blocks):
        voted = not stands_around(block) if vote is None else vote.is_body[n]
        sure = PLAIN if vote is None else vote.confidence[n]
        role = _role(block, voted, about)
        if role == "headline" and has_headline:  # a page prints it again where it offers more
            role = "body" if voted else "boilerplate"
        has_headline = has_headline or role == "headline"
        is_named = role not in ("body", "boilerplate")
        pieces.append(
            Piece(block.text, block.kind, role, confidence=max(sure, NAMED) if is_named else sure)
        )
    return pieces


def _role(block: Found, voted: bool, about: Details) -> str:
    words = " ".join(block.text.split())
    if block.kind == "heading" and about.said("title") and _is_title(words, about.said("title")):
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


def _names(words: str, about: Details) -> bool:
    """Whether a line names the authors and says little else."""
    folded = fold(words)
    named = sum(len(author) for author in map(fold, about.people()) if author in folded)
    return len(words) < 120 and (named > 0.4 * len(folded) or folded.startswith("by "))


def _fill_in(about: Details, pieces: list[Piece]) -> None:
    """What the page does not say of itself but prints."""
    headings = [piece.text for piece in pieces if piece.kind == "heading" and not piece.dimmed]
    about.add("title", " ".join(headings[0].split()) if headings else "", "text", 0.4)
    lines = [piece.text for piece in pieces if piece.role == "dateline"] or _below_headline(pieces)
    about.add("published", next(filter(None, map(dates.find, lines)), ""), "text", 0.6)


def _below_headline(pieces: list[Piece]) -> list[str]:
    """The short lines next to the headline, where a date stands among other things."""
    at = next((n for n, piece in enumerate(pieces) if piece.role == "headline"), None)
    near = [] if at is None else pieces[max(0, at - 2) : at + NEAR]
    return [piece.text for piece in near if len(piece.text) < 100]
