"""What a saved page says of itself: JSON-LD first, then meta elements, then what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates
from annotator.articles.bylines import authors_of
from annotator.articles.details import Details
from annotator.articles.page import linked, stamps, titles
from annotator.text.words import fold

MOST_WORDS = 6
"""Words of a name."""

_BY = re.compile(
    r"^(?:(?:written|posted|published|story)\s+)?(?:by|von|par|por|door)\s+", re.IGNORECASE
)
_HOST = re.compile(r"^https?://(?:www\.)?([^/:?#\s]+)")
_OFFICE = re.compile(
    r"\b(?:writer|editor|reporter|correspondent|staff|contributor|press|agenc(?:y|ies)|redaktion)\b",
    re.IGNORECASE,
)
_PUBLISHED = (
    "article:published_time", "article:published", "datepublished", "og:published_time", "parsely-pub-date",
    "sailthru.date", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "pubdate", "publish-date", "article.published", "og:pubdate", "displaydate",
    "publication_date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author",
)  # fmt: skip


def of_page(root: Any, markup: str) -> Details:
    """Title, outlet, authors, published, modified, saved, url and language, as far as the page says."""
    said, meta = linked.article(root), _metas(root)
    found = stamps.read(root, markup, meta)
    for url, place, confidence in _urls(root, said, meta):
        found.add("url", stamps.original(url), place, confidence)
    host = "".join(_HOST.findall(found.said("url")))
    for outlet, place, confidence in _outlets(said, meta, host):
        found.add("outlet", outlet, place, confidence)
    sites = [found.said("outlet"), meta.get("og:site_name", ""), *host.split(".")[:-1]]
    for title, place, confidence in titles.candidates(root, said, meta, sites):
        found.add("title", title, place, confidence)
    for authors, place, confidence in _authors(root, said, meta):
        found.add("authors", people(authors, found.said("outlet")), place, confidence)
    for date, place, confidence in _dates(root, said, meta, found.said("url")):
        found.add("published", dates.find(date), place, confidence)
    for date in (said.get("dateModified"), *map(meta.get, _MODIFIED)):
        found.add("modified", dates.find(linked.words(date)), "json-ld or meta", 0.9)
    language = linked.words(said.get("inLanguage")) or root.get("lang") or root.get("xml:lang")
    found.add("language", (language or meta.get("og:locale") or "").replace("_", "-"), "page", 0.8)
    return found


def people(said: list[str], outlet: str) -> list[str]:
    """The people among names, each once; offices go where there are others."""
    names = [name for one in said for name in authors_of(_BY.sub("", one))]
    plain = [name for name in names if not _OFFICE.search(name)]
    return list(dict.fromkeys(name for name in plain or names if _is_person(name, outlet)))


def _is_person(name: str, outlet: str) -> bool:
    is_outlet = fold(name) in (fold(outlet), fold(outlet.split(".")[0]))
    is_address = re.search(r"http|\w\.\w{2,}|^@", name)
    return not is_outlet and not is_address and len(name.split()) <= MOST_WORDS


def _urls(
    root: Any, said: dict[str, Any], meta: dict[str, str]
) -> Iterator[tuple[str, str, float]]:
    canonical = root.xpath('//link[@rel="canonical"]/@href')
    entity = said.get("mainEntityOfPage")
    places = (
        (linked.words(said.get("url")), "json-ld", 0.94),
        (str(canonical[0]) if canonical else "", "canonical link", 0.93),
        (meta.get("og:url", ""), "og", 0.92),
        (linked.words(entity.get("@id") if isinstance(entity, dict) else entity), "json-ld", 0.8),
    )
    for url, place, confidence in places:
        if url.startswith("http"):
            yield url, place, confidence


def _outlets(
    said: dict[str, Any], meta: dict[str, str], host: str
) -> Iterator[tuple[str, str, float]]:
    yield from ((name, "json-ld", 0.95) for name in linked.names(said.get("publisher"))[:1])
    yield meta.get("og:site_name", ""), "og", 0.9
    yield meta.get("application-name", ""), "meta", 0.7
    yield meta.get("dc.publisher", ""), "meta", 0.7
    yield host, "address", 0.5


def _authors(
    root: Any, said: dict[str, Any], meta: dict[str, str]
) -> Iterator[tuple[list[str], str, float]]:
    yield linked.names(said.get("author")), "json-ld", 0.95
    for key in _AUTHOR:
        yield [linked.words(meta.get(key))], "meta", 0.9 - 0.01 * _AUTHOR.index(key)
    for path in ('@itemprop="author"', '@rel="author"'):
        marked = root.xpath(f"//*[{path}]")[:3]
        yield [_name_in(node) for node in marked], "markup", 0.8


def _name_in(node: Any) -> str:
    named = next(iter(node.xpath('.//*[@itemprop="name"]')), node)
    return " ".join((named.get("content") or named.text_content()).split())


def _dates(
    root: Any, said: dict[str, Any], meta: dict[str, str], url: str
) -> Iterator[tuple[str, str, float]]:
    yield linked.words(said.get("datePublished")), "json-ld", 0.97
    for key in _PUBLISHED:
        yield meta.get(key, ""), "meta", 0.93 - 0.01 * _PUBLISHED.index(key)
    marked = root.xpath('//*[@itemprop="datePublished" or @pubdate]')
    yield from ((_time(node), "markup", 0.9) for node in marked[:1])
    yield from ((_time(node), "markup", 0.7) for node in _times(root))
    in_address = re.search(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)", url)
    yield "-".join(in_address.groups()) if in_address else "", "address", 0.65


def _times(root: Any) -> Iterator[Any]:
    """The first element that holds a time of the page's own, not one in a list of other articles."""
    for node in root.iter("time"):
        around = [node, *node.iterancestors()][:6]
        if not any(one.tag in ("nav", "aside", "footer", "li", "blockquote") for one in around):
            yield node
            return


def _time(node: Any) -> str:
    return node.get("datetime") or node.get("content") or node.text_content()


def _metas(root: Any) -> dict[str, str]:
    """The first content of each meta element, by its name in lower case."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if key and content:
            found.setdefault(key.lower(), content)
    return found
