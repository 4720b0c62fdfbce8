"""What a page says of its article in JSON-LD: the article's own object, with what it refers to."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

LARGEST = 1_000_000
"""Characters of one script that are read."""
MOST = 5_000
"""Objects of one script that are looked at."""

_ARTICLE = re.compile("Article|BlogPosting|Report|Review|LiveBlog|Posting", re.IGNORECASE)


def article(root: Any) -> dict[str, Any]:
    """The object that describes the article, references to authors and publisher followed; or empty."""
    things = [thing for script in root.iter("script") for thing in _things(script)]
    named = {str(thing["@id"]): thing for thing in things if "@id" in thing and "name" in thing}
    for thing in things:
        if _ARTICLE.search(str(thing.get("@type", ""))) and thing.get("headline"):
            return {
                **thing,
                "author": [_referred(one, named) for one in listed(thing.get("author"))],
                "publisher": _referred(thing.get("publisher"), named),
            }
    return {}


def names(value: Any) -> list[str]:
    """The names of people or organisations, whichever of the usual shapes they have."""
    return [name for one in listed(value) if (name := _name(one))]


def words(value: Any) -> str:
    """The value on one line where it is words, or an empty string."""
    # Some pages escape twice, or in JSON, where nothing unescapes.
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def listed(value: Any) -> list[Any]:
    """A list as it is, one value as a list of it, nothing as an empty one."""
    return value if isinstance(value, list) else [value] if value else []


def _things(script: Any) -> Iterator[dict[str, Any]]:
    """The objects on the upper levels of one script's JSON-LD."""
    if "ld+json" not in (script.get("type") or ""):
        return
    try:
        found = json.loads((script.text or "")[:LARGEST], strict=False)
    except (ValueError, RecursionError):
        return
    waiting, seen = [found], 0
    while waiting and seen < MOST:
        thing = waiting.pop(0)
        seen += 1
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]


def _referred(value: Any, named: dict[str, Any]) -> Any:
    """What a reference by ``@id`` leads to, where the page has it; the value itself otherwise."""
    is_reference = isinstance(value, dict) and "name" not in value
    return named.get(str(value.get("@id")), value) if is_reference else value


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return words(value)
