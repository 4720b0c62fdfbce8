"""What a clipping says of itself above its text: YAML between lines of dashes, or JSON in a fence.

Every value is taken as the words that stand there: YAML would make a number of 12:30 and a truth of
"no". Aliases are refused, because a few of them can unfold to gigabytes.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from annotator.articles import dates
from annotator.articles.bylines import authors_of
from annotator.articles.details import NOTHING, Details

LARGEST = 100_000
"""Characters; what is longer is no front matter and stands in the text."""
NESTED = 100
"""Lists and objects in a preamble; more of them, one in another, would exhaust the stack."""

_LINE = re.compile(r"(?P<key>[^\s:#\-\"'][^:\n]{0,60}?)\s*:(?:\s+(?P<value>.*?))?\s*")
_ITEM = re.compile(r"\s*-\s+(?P<item>.*?)\s*")
_OURS = {
    "title": ("title", "headline", "full title"),
    "outlet": (
        "outlet", "site", "site_name", "publication", "publisher", "source_name", "website",
    ),
    "published": (
        "published", "date_published", "datepublished", "publish_date", "publishedat", "pubdate", "date",
    ),
    "saved": ("saved", "created", "date_saved", "savedat", "clipped", "time_added"),
    "authors": ("authors", "author", "byline", "by", "creator"),
    "url": (
        "url", "source", "link", "canonical", "original_url", "permalink", "baseuri", "clipped_from",
    ),
    "language": ("language", "lang"),
}  # fmt: skip


class _Refused(yaml.YAMLError):
    """An alias stands in the front matter."""


class _Loader(yaml.BaseLoader):
    """All scalars are strings, and nothing unfolds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise _Refused
        return super().compose_node(parent, index)


def from_yaml(content: str) -> dict[str, Any] | None:
    """The keys and values of front matter; None where it is neither YAML nor lines of ``key: value``."""
    if len(content) > LARGEST:
        return None
    try:
        node = yaml.compose(content, Loader=_Loader)
        return _mapping(node) if isinstance(node, yaml.MappingNode) else None
    except _Refused:
        return None
    except (yaml.YAMLError, ValueError, RecursionError):
        return _by_lines(content)


def from_json(content: str) -> dict[str, Any] | None:
    """The keys and values of a JSON preamble; None where it is none that describes an article."""
    if len(content) > LARGEST or content.count("{") + content.count("[") > NESTED:
        return None
    try:
        found = json.loads(content, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    known = {key for keys in _OURS.values() for key in keys}
    if isinstance(found, dict) and "title" in found and known.intersection(found):
        return found
    return None


def details(front: dict[str, Any]) -> Details:
    """The known keys under our names, all others as they are."""
    left = {key: value for key, value in front.items() if value not in NOTHING}
    folded = {key.casefold().strip(): key for key in reversed(left)}
    about = Details()
    for ours, theirs in _OURS.items():
        key = next((folded[key] for key in theirs if folded.get(key) in left), None)
        if key is not None and _fits(ours, left[key]):
            sure = (
                0.6 if key.casefold() == "date" else 0.95
            )  # of publication or of saving, who knows
            about.add(ours, _brought(ours, left.pop(key)), "front matter", sure)
    about.keep(left)
    return about


def _fits(ours: str, value: Any) -> bool:
    if ours == "authors":
        return isinstance(value, (str, list))
    return isinstance(value, str)


def _brought(ours: str, value: Any) -> Any:
    if ours == "authors":
        said = (
            [_plain(one) for one in value] if isinstance(value, list) else authors_of(_plain(value))
        )
        return said or [_plain(value)]
    if ours == "published":
        return dates.find(value) or value
    return _plain(value)


def _plain(value: Any) -> str:
    """A name in one line, without the brackets of a wiki link."""
    unlinked = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", str(value))
    return re.sub(r"\s*[\n\u2028\u2029]\s*", " ", unlinked).strip()


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    """A mapping in which a key that stands twice keeps both values."""
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, value = str(_value(key_node)), _value(value_node)
        found[key] = [found[key], value] if key in found else value
    return found


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(inner) for inner in node.value]
    return str(node.value)


def _by_lines(content: str) -> dict[str, Any] | None:
    """What clippers write without quoting it: ``title: First: second``."""
    found: dict[str, Any] = {}
    last = ""
    for line in content.split("\n"):
        pair, item = _LINE.fullmatch(line), _ITEM.fullmatch(line)
        if item and last and (found[last] == "" or isinstance(found[last], list)):
            found[last] = [*(found[last] or []), item["item"].strip("\"'")]
        elif pair and pair["key"] not in found:
            last = pair["key"]
            found[last] = (pair["value"] or "").strip("\"'")
        elif line.strip():
            return None
    return found or None
