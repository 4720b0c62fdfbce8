"""The blocks of a saved page, from its own DOM: every word that a reader of the page could see.

The walk keeps a stack of its own, so that no depth of nesting can exhaust ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

SKIPPED = {
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "embed", "select",
    "option", "canvas", "audio", "video", "map", "datalist", "textarea", "annotation",
    "annotation-xml",
}  # fmt: skip
AROUND = {"nav", "footer", "aside", "button", "menu", "dialog"}
"""Elements that stand around an article, never in its body; a form may hold the whole page."""
AROUND_HINTS = re.compile(
    r"\b(?:nav|menu|footer|sidebar|related|share|social|comment|cookie|newsletter|promo|advert|banner"
    r"|breadcrumb|modal|popup|overlay|paywall|copyright|outbrain|taboola|recommend|trending|subscri|sign-?up|log-?in)"
)
"""The same, said by a class, an id or a role."""

_KINDS = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "li": "list_item", "dt": "list_item", "dd": "list_item",
    "blockquote": "quote", "pre": "code", "tr": "table_row", "figcaption": "paragraph",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr",
}  # fmt: skip
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HINTS = ("class", "id", "role", "itemprop", "rel")
# NBSP and its kin are the author's and stay; the source's own layout does not.
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Found(msgspec.Struct, frozen=True):
    """The text of one block and where it stands in the page."""

    text: str
    kind: str
    tags: tuple[str, ...]
    """The element's tag and those around it, innermost first."""
    hints: str
    """Classes, ids and roles of the element and its nearest parents, lower case."""
    place: str
    """The tags and classes of its nearest block-level elements, where one of them has a class."""
    element: int
    """The number of the innermost block-level element; ``Outline.above`` goes on from there."""
    linked: float
    """Which part of its characters are links, from 0 to 1."""


class Outline(msgspec.Struct, frozen=True):
    """The blocks of a page in reading order, none of them blank."""

    blocks: tuple[Found, ...]
    above: tuple[int, ...]
    """For each numbered element the number of the one around it; the outermost is its own."""
    tags: tuple[str, ...]
    """What each numbered element is."""


def outline(root: Any) -> Outline:
    """The blocks of a parsed page; those that are hidden only where there are no others."""
    seen = _walked(root, hidden=False)
    return seen if seen.blocks else _walked(root, hidden=True)


def stands_around(block: Found) -> bool:
    """Whether the page itself calls the block navigation, sharing, comments or the like."""
    return not AROUND.isdisjoint(block.tags) or bool(AROUND_HINTS.search(block.hints))


def _walked(root: Any, *, hidden: bool) -> Outline:
    walk = _Walk()
    found: list[Found] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            found += walk.leave(node)
        elif _is_left_out(node, hidden):
            walk.text(node.tail)
        else:
            found += walk.enter(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
    found += walk.flush()
    return Outline(tuple(found), tuple(walk.above), tuple(walk.tags))


def _is_left_out(node: Any, hidden: bool) -> bool:
    """Whether a reader of the page could not see the element; ``hidden`` lets what is hidden in."""
    if not isinstance(node.tag, str) or node.tag in SKIPPED:  # comments have no name
        return True
    if hidden:
        return False
    # What React sends late lies hidden under this id, and is moved into place by a script.
    if node.get("hidden") is not None and not (node.get("id") or "").startswith("S:"):
        return True
    return bool(_HIDDEN.search(node.get("style") or ""))


class _Walk:
    """Collects the words of the block under way."""

    def __init__(self) -> None:
        self.above: list[int] = [0]
        self.tags: list[str] = [""]
        self._words: list[str] = []
        self._linked = 0
        self._open: list[Any] = []
        self._holders: list[int] = [0]
        self._links = 0
        self._codes = 0
        self._place: Found | None = None

    def enter(self, node: Any) -> Iterator[Found]:
        """An element begins."""
        tag = node.tag
        if tag == "br":
            self._words.append("\n")
        elif tag in ("td", "th"):
            if any(word.strip() for word in self._words):
                self._words.append("\t")
        elif tag not in _INLINE:
            yield from self.flush()
            self.above.append(self._holders[-1])
            self.tags.append(tag)
            self._holders.append(len(self.above) - 1)
        self._open.append(node)
        self._links += tag == "a"
        self._codes += tag == "pre"
        self.text(node.text)

    def leave(self, node: Any) -> Iterator[Found]:
        """An element ends."""
        tag = node.tag
        if tag not in _INLINE and tag not in ("br", "td", "th"):
            yield from self.flush()
            self._holders.pop()
        self._open.pop()
        self._links -= tag == "a"
        self._codes -= tag == "pre"
        self.text(node.tail)

    def text(self, words: str | None) -> None:
        """Words between elements."""
        if not words:
            return
        if self._place is None and words.strip():
            self._place = self._where()
        self._words.append(words if self._codes else _SPACE.sub(" ", words))
        if self._links:
            self._linked += len(words.strip())

    def flush(self) -> Iterator[Found]:
        """The block under way ends."""
        place, raw, linked = self._place, "".join(self._words), self._linked
        self._words, self._linked, self._place = [], 0, None
        if place is None:
            return
        text = raw.strip("\n") if place.kind == "code" else _tidy(raw)
        if text.strip():
            yield replace(place, text=text, linked=min(1.0, linked / len(text)))

    def _where(self) -> Found:
        """The block that begins with the words at hand, its text to come."""
        around = self._open[:-41:-1]
        tags = tuple(node.tag for node in around)
        kind = next((_KINDS[tag] for tag in tags if tag in _KINDS), "paragraph")
        hints = " ".join(node.get(name) or "" for node in around[:4] for name in _HINTS)
        holders = [node for node in around if node.tag not in _INLINE][:3]
        place = "<".join(f"{node.tag}.{node.get('class') or ''}" for node in holders)
        return Found(
            text="",
            kind=kind,
            tags=tags,
            hints=_SPACE.sub(" ", hints).strip().lower(),
            place=place if any(node.get("class") for node in holders) else "",
            element=self._holders[-1],
            linked=0.0,
        )


def _tidy(raw: str) -> str:
    """One blank between words; line breaks that the author set stay."""
    lines = [
        re.sub(r" *\t *", "\t", re.sub(" {2,}", " ", line)).strip(" ") for line in raw.split("\n")
    ]
    return "\n".join(lines).strip("\n\t ")
