"""The headline of a saved page: several places give it, most of them with the site's name behind it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from annotator.articles.page import linked
from annotator.text.words import fold

SHORT = 3
"""Words of a last part that is most often the site's name."""

_CUT = re.compile(r"\s+(?:\||-|–|—|::|»|«|·|•)\s+")
_UNREAD = re.compile(r"^\(\d{1,4}\)\s+")
_SECTION = re.compile(r"\bsite-?(?:title|name)\b|\blogo\b|\bvisually-hidden\b", re.IGNORECASE)


def candidates(
    root: Any, said: dict[str, Any], meta: dict[str, str], sites: Collection[str]
) -> Iterator[tuple[str, str, float]]:
    """Headline, place and confidence, from each place that gives one.

    ``sites`` are the names under which the page's site is known.
    """
    folded = {fold(site).replace(" ", "") for site in sites if site}
    own, headings = _own_title(root), list(_headings(root))
    whole = [
        (linked.words(said.get("headline")), "json-ld", 0.95),
        (linked.words(meta.get("og:title")), "og", 0.9),
        (linked.words(meta.get("twitter:title")), "meta", 0.85),
        (linked.words(meta.get("citation_title")), "meta", 0.92),
        (_marked(root), "microdata", 0.8),
    ]
    for words, place, confidence in whole:
        title = without_site(words, folded)
        if title and fold(title).replace(" ", "") not in folded:
            yield title, place, confidence
    for heading in headings:
        if _continues(heading, own):
            yield heading, "heading", 0.75
    title = _without_short_end(without_site(own, folded))
    if title and fold(title).replace(" ", "") not in folded:
        yield title, "title", 0.7
    if len(headings) == 1:
        yield headings[0], "heading", 0.6
    if own:
        yield own, "title", 0.3


def without_site(title: str, folded: Collection[str]) -> str:
    """A title without the site's name at its end or beginning; other words behind a dash stay."""
    parts = list(_CUT.finditer(title))
    while parts and _names_site(title[parts[-1].end() :], folded):
        title = title[: parts.pop().start()]
    if parts and _names_site(title[: parts[0].start()], folded):
        title = title[parts[0].end() :]
    return title


def _names_site(words: str, folded: Collection[str]) -> bool:
    """Whether words are the site's name, perhaps with a word or two about a part of it."""
    plain = fold(words).replace(" ", "")
    if not plain:
        return False
    is_short = len(words.split()) <= SHORT
    return any(plain == site or (is_short and len(site) > 3 and site in plain) for site in folded)


def _without_short_end(title: str) -> str:
    parts = list(_CUT.finditer(title))
    is_short = bool(parts) and len(title[parts[-1].end() :].split()) <= SHORT
    return title[: parts[-1].start()] if is_short else title


def _continues(heading: str, title: str) -> bool:
    """Whether a page's title is the heading, perhaps with something behind or before a dash."""
    if title == heading:
        return True
    if title.startswith(heading):
        return _CUT.match(title[len(heading) :]) is not None
    return (
        title.endswith(heading) and re.search(r"[:|»–—-]\s+$", title[: -len(heading)]) is not None
    )


def _headings(root: Any) -> Iterator[str]:
    """The headings of the first level, without the one that holds the site's name."""
    for node in root.iter("h1"):
        words = " ".join(node.text_content().split())
        if words and not _SECTION.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            yield words


def _own_title(root: Any) -> str:
    node = root.find(".//head/title")
    node = root.find(".//title") if node is None else node
    return "" if node is None else _UNREAD.sub("", " ".join(node.text_content().split()))


def _marked(root: Any) -> str:
    node = next(iter(root.xpath('//*[@itemprop="headline"]')), None)
    return "" if node is None else " ".join((node.get("content") or node.text_content()).split())
