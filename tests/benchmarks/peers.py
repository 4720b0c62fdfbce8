"""What single libraries find in the same pages: those that are installed, and nothing of them in the product."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Peer(NamedTuple):
    """A library: from markup to the text of the article, and to its details."""

    name: str
    body: Callable[[str], str]
    details: Callable[[str], tuple[str, str, str]] | None = None
    """Title, authors (parted by semicolons), date."""


def installed() -> Iterator[Peer]:
    """Those that are here: trafilatura always, the others where somebody put them."""
    logging.disable(logging.CRITICAL)
    for make in (_trafilatura, _precise, _readability, _resiliparse, _newspaper, _goose):
        try:
            yield make()
        except ImportError:
            continue


def _trafilatura() -> Peer:
    import trafilatura

    def details(markup: str) -> tuple[str, str, str]:
        found: Any = trafilatura.bare_extraction(markup, with_metadata=True)
        if found is None:
            return "", "", ""
        return found.title or "", found.author or "", found.date or ""

    return Peer("trafilatura", lambda markup: trafilatura.extract(markup) or "", details)


def _precise() -> Peer:
    import trafilatura

    return Peer(
        "trafilatura, precise",
        lambda markup: trafilatura.extract(markup, favor_precision=True) or "",
    )


def _readability() -> Peer:
    import lxml.html
    from readability import Document  # type: ignore[import-not-found]

    def body(markup: str) -> str:
        summary = lxml.html.fromstring(Document(markup).summary())
        return "\n".join(summary.itertext())

    return Peer(
        "readability-lxml", _safe(body), lambda markup: (Document(markup).short_title(), "", "")
    )


def _resiliparse() -> Peer:
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found]

    return Peer("resiliparse", lambda markup: extract_plain_text(markup, main_content=True))


def _newspaper() -> Peer:
    import newspaper  # type: ignore[import-not-found]

    def read(markup: str) -> Any:
        article = newspaper.Article("https://a.example/", language="en")
        article.download(input_html=markup)
        article.parse()
        return article

    def details(markup: str) -> tuple[str, str, str]:
        article = read(markup)
        return article.title, ";".join(article.authors), str(article.publish_date or "")[:10]

    return Peer("newspaper4k", _safe(lambda markup: read(markup).text), details)


def _goose() -> Peer:
    from goose3 import Goose  # type: ignore[import-not-found]

    goose = Goose()

    def details(markup: str) -> tuple[str, str, str]:
        article = goose.extract(raw_html=markup)
        return article.title, ";".join(article.authors), str(article.publish_date or "")[:10]

    return Peer(
        "goose3", _safe(lambda markup: goose.extract(raw_html=markup).cleaned_text), details
    )


def _safe(body: Callable[[str], str]) -> Callable[[str], str]:
    """A page that a library stumbles over counts as one in which it found nothing."""

    def tried(markup: str) -> str:
        try:
            return body(markup)
        except Exception:
            return ""

    return tried
