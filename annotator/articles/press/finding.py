"""Whether a file is an export of a press database, and of which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.articles.page import dom
from annotator.articles.page.tree import parsed
from annotator.articles.press import europresse, factiva, lexisnexis, nexis, proquest
from annotator.articles.press.export import Export

_IN_LINES = (nexis.found_in, lexisnexis.found_in, proquest.found_in, factiva.found_in)
_IN_PAGE = (factiva.found_in_page, europresse.found_in_page)
_SIGNS = ("DOCFULL", "Factiva", "factiva", "DocPublicationName")
"""One of these stands in the markup of every database's page."""


def in_lines(lines: Sequence[str]) -> Export | None:
    """The export that lines of text are, in whatever file they stood; or None."""
    return next(filter(None, (found_in(lines) for found_in in _IN_LINES)), None)


def in_page(markup: str, name: str) -> Export | None:
    """The export that a web page is; or None. Raises ArticleError for what cannot be parsed."""
    if not any(sign in markup for sign in _SIGNS):
        return None
    root, _ = parsed(markup, name)
    found = next(filter(None, (found_in(root) for found_in in _IN_PAGE)), None)
    return found or lexisnexis.found_in(list(_lines(root)))


def _lines(root: object) -> Iterator[str]:
    """The blocks of a page, a blank line between them."""
    for block in dom.outline(root).blocks:
        yield from (*block.text.split("\n"), "")
