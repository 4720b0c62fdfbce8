"""What a saved page says of itself: JSON-LD first, then meta elements, then what is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates
from annotator.articles.lines import authors_of

_ARTICLE = re.compile("Article|BlogPosting|Report|Review|LiveBlog", re.IGNORECASE)
_CUT = re.compile(r"\s+(?:\||-|–|—|::|»|·)\s+")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
LARGEST_JSON = 1_000_000


def of_page(root: Any) -> dict[str, Any]:
    """Title, outlet, authors, published, url and language, as far as the page says so."""
    linked = next(_articles(root), {})
    meta = _metas(root)
    title = _text(linked.get("headline")) or meta.get("og:title") or _heading(root) or _title(root)
    outlet = (
        _name(linked.get("publisher")) or meta.get("og:site_name") or meta.get("application-name")
    )
    said = (
        _text(linked.get("datePublished"))
        or meta.get("article:published_time")
        or next((meta[key] for key in _DATES if meta.get(key)), "")
        or _time(root)
    )
    return {
        "title": _without_outlet(title or "", outlet or ""),
        "outlet": outlet or "",
        "authors": _authors(linked, meta, root, outlet or ""),
        "published": dates.find(said),
        "url": _text(linked.get("url")) or _canonical(root) or meta.get("og:url") or "",
        "language": (root.get("lang") or meta.get("og:locale") or "").replace("_", "-"),
    }


_DATES = ("datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "parsely-pub-date",
          "sailthru.date", "publish-date", "article.published", "dcterms.created")  # fmt: skip


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found = json.loads((script.text or "")[:LARGEST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [found]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                if _ARTICLE.search(str(thing.get("@type", ""))) and thing.get("headline"):
                    yield thing
                waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if key and content:
            found.setdefault(key.lower(), content)
    return found


def _authors(linked: dict[str, Any], meta: dict[str, str], root: Any, outlet: str) -> list[str]:
    people = linked.get("author") or []
    said = [_name(one) for one in (people if isinstance(people, list) else [people])]
    if not any(said):
        said = [meta.get(key, "") for key in ("author", "article:author", "byl", "dc.creator")]
    if not any(said):
        marked = root.xpath('//*[@rel="author" or @itemprop="author"]')[:3]
        said = [" ".join(node.text_content().split()) for node in marked]
    names: list[str] = []
    for one in said:
        for name in authors_of(_BY.sub("", one)):
            if (
                name.casefold() != outlet.casefold()
                and len(name.split()) <= 6
                and "http" not in name
            ):
                names.append(name)
    return list(dict.fromkeys(names))


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _heading(root: Any) -> str:
    headings = [" ".join(node.text_content().split()) for node in root.iter("h1")]
    title = _title(root)
    return next((h for h in headings if h and title.startswith(h)), "")


def _title(root: Any) -> str:
    node = root.find(".//title")
    return "" if node is None else " ".join(node.text_content().split())


def _without_outlet(title: str, outlet: str) -> str:
    """The title without the site's name behind it."""
    parts = _CUT.split(title)
    if len(parts) > 1 and (
        parts[-1].casefold() == outlet.casefold() or len(parts[-1].split()) <= 3
    ):
        cut = title[: title.rindex(parts[-1])]
        return _CUT.sub("", cut) if len(parts) == 2 else re.sub(r"\s+\S{1,2}\s+$", "", cut)
    return title


def _time(root: Any) -> str:
    node = next(iter(root.iter("time")), None)
    return "" if node is None else (node.get("datetime") or node.text_content())


def _canonical(root: Any) -> str:
    found = root.xpath('//link[@rel="canonical"]/@href')
    return str(found[0]) if found else ""
