"""What a saved page says of itself: JSON-LD first, then meta elements, then what is printed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates
from annotator.articles.lines import authors_of
from annotator.text.words import fold

_ARTICLE = re.compile("Article|BlogPosting|Report|Review|LiveBlog", re.IGNORECASE)
_CUT = re.compile(r"\s+(?:\||-|–|—|::|»|·)\s+")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
_STAMP = re.compile(r"<!--[^>]{0,200}?(?:saved from url=\(\d+\)|\burl:\s*)(https?://[^\s>]+)")
"""What browsers and SingleFile write above a page that they save."""
_HOST = re.compile(r"^https?://(?:www\.)?([^/:?#\s]+)")
_SAVED = re.compile(r"<!--[^>]{0,2000}?\bsaved date:\s*\w{3} (\w{3} \d{1,2} \d{4})")
_OFFICE = re.compile(
    r"\b(?:writer|editor|reporter|correspondent|staff|contributor|press)\b", re.IGNORECASE
)
_DATES = (
    "article:published_time", "article:published", "datepublished", "date", "dc.date", "dc.date.issued",
    "pubdate", "parsely-pub-date", "sailthru.date", "publish-date", "article.published",
    "dcterms.created", "citation_publication_date", "og:pubdate", "displaydate",
)  # fmt: skip
LARGEST_JSON = 1_000_000
STAMPED = 4096
"""How far from the top a stamp stands."""


def of_page(root: Any, markup: str) -> dict[str, Any]:
    """Title, outlet, authors, published, url, language, and saved: what the page says, or empty."""
    linked = _linked(root)
    meta = _metas(root)
    stamp, saved = _STAMP.search(markup[:STAMPED]), _SAVED.search(markup[:STAMPED])
    urls = [_text(linked.get("url")), _canonical(root), meta.get("og:url", "")]
    urls += [stamp[1]] if stamp else []
    url = next((url for url in urls if url.startswith("http")), "")
    outlet = (
        _name(linked.get("publisher"))
        or meta.get("og:site_name")
        or meta.get("application-name")
        or "".join(_HOST.findall(url))
    )
    title = _text(linked.get("headline")) or _text(meta.get("og:title")) or _heading(root)
    return {
        "title": _without_outlet(title, outlet) if title else _own_title(root, outlet),
        "outlet": outlet,
        "authors": _authors(linked, meta, root, outlet),
        "published": _published(linked, meta, root, url),
        "url": url,
        "language": (root.get("lang") or meta.get("og:locale") or "").replace("_", "-"),
        "saved": dates.find(saved[1]) if saved else "",
    }


def _published(linked: dict[str, Any], meta: dict[str, str], root: Any, url: str) -> str:
    said = [_text(linked.get("datePublished")), *(meta.get(key, "") for key in _DATES)]
    in_address = re.search(r"/(\d{4}/\d{2}/\d{2})/", url)
    said += [_time(root), in_address[1] if in_address else ""]
    return next(filter(None, map(dates.find, said)), "")


def _linked(root: Any) -> dict[str, Any]:
    """The JSON-LD object that describes the article, with what it refers to; or an empty one."""
    things = [thing for script in root.iter("script") for thing in _things(script)]
    named = {str(thing["@id"]): thing for thing in things if "@id" in thing and "name" in thing}
    for thing in things:
        if _ARTICLE.search(str(thing.get("@type", ""))) and thing.get("headline"):
            people = thing.get("author")
            return {
                **thing,
                "author": [_referred(one, named) for one in _listed(people)],
                "publisher": _referred(thing.get("publisher"), named),
            }
    return {}


def _things(script: Any) -> Iterator[dict[str, Any]]:
    """All objects on the upper levels of one script's JSON-LD."""
    if "ld+json" not in (script.get("type") or ""):
        return
    try:
        found = json.loads((script.text or "")[:LARGEST_JSON], strict=False)
    except (ValueError, RecursionError):
        return
    waiting = [found]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]


def _referred(value: Any, named: dict[str, Any]) -> Any:
    """What a reference by ``@id`` leads to, where the page has it; the value itself otherwise."""
    is_reference = isinstance(value, dict) and "name" not in value
    return named.get(str(value.get("@id")), value) if is_reference else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if key and content:
            found.setdefault(key.lower(), content)
    return found


def _authors(linked: dict[str, Any], meta: dict[str, str], root: Any, outlet: str) -> list[str]:
    said = [_name(one) for one in linked.get("author", [])]
    if not any(said):
        said = [meta.get(key, "") for key in ("author", "article:author", "byl", "dc.creator")]
    if not any(said):
        marked = root.xpath('//*[@rel="author" or @itemprop="author"]')[:3]
        said = [" ".join(node.text_content().split()) for node in marked]
    names = [name for one in said for name in authors_of(_BY.sub("", _text(one)))]
    people_only = [name for name in names if not _OFFICE.search(name)]
    return list(dict.fromkeys(n for n in people_only or names if _is_person(n, outlet)))


def _is_person(name: str, outlet: str) -> bool:
    is_outlet = fold(name) in (fold(outlet), fold(outlet.split(".")[0]))
    return not is_outlet and len(name.split()) <= 6 and not re.search(r"http|\w\.\w{2,}", name)


def _text(value: Any) -> str:
    # Some pages escape twice, or in JSON, where nothing unescapes.
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _heading(root: Any) -> str:
    """The heading of the first level that the page's title repeats, or the only one."""
    headings = [" ".join(node.text_content().split()) for node in root.iter("h1")]
    title = _title(root)
    repeated = next((h for h in headings if h and title.startswith(h)), "")
    return repeated or (headings[0] if len(headings) == 1 and not title else "")


def _title(root: Any) -> str:
    node = root.find(".//title")
    return "" if node is None else " ".join(node.text_content().split())


def _own_title(root: Any, outlet: str) -> str:
    """The page's title element, without a short last part that is most often the site's name."""
    title = _without_outlet(_title(root), outlet)
    parts = list(_CUT.finditer(title))
    is_short = bool(parts) and len(title[parts[-1].end() :].split()) <= 3
    return title[: parts[-1].start()] if is_short else title


def _without_outlet(title: str, outlet: str) -> str:
    """A title without the site's name behind it; other words behind a dash are the headline's."""
    parts = list(_CUT.finditer(title))
    if parts and fold(title[parts[-1].end() :]) == fold(outlet):
        return title[: parts[-1].start()]
    return title


def _time(root: Any) -> str:
    node = next(iter(root.iter("time")), None)
    return "" if node is None else (node.get("datetime") or node.text_content())


def _canonical(root: Any) -> str:
    found = root.xpath('//link[@rel="canonical"]/@href')
    return str(found[0]) if found else ""
