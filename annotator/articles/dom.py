"""The blocks of a saved page, from its own DOM: every word that a reader of the page could see.

The walk keeps a stack of its own, so that no depth of nesting can exhaust ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

SKIPPED = {
    "script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "embed",
    "select", "option", "canvas", "audio", "video", "map", "datalist", "textarea",
}  # fmt: skip
AROUND = {"nav", "footer", "aside", "form", "button", "menu", "dialog"}
"""Elements that stand around an article, never in its body."""

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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
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


def blocks(root: Any) -> Iterator[Found]:
    """The blocks of a parsed page in reading order; none of them is blank."""
    walk = _Walk()
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            yield from walk.leave(node)
            continue
        if not isinstance(node.tag, str):  # a comment or an instruction
            yield from walk.text(node.tail)
            continue
        if is_hidden(node):
            yield from walk.text(node.tail)
            continue
        yield from walk.enter(node)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from walk.flush()


def is_hidden(node: Any) -> bool:
    """Whether a reader of the page could not see the element."""
    if node.tag in SKIPPED or node.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(node.get("style") or ""))


class _Walk:
    """Collects the words of the block under way."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._open: list[Any] = []
        self._place: tuple[str, tuple[str, ...], str] | None = None

    def enter(self, node: Any) -> Iterator[Found]:
        """An element begins."""
        tag = node.tag
        if tag == "br":
            self._words.append("\n")
        elif tag in ("td", "th"):
            if any(word.strip() for word in self._words):
                self._words.append("\t")
            self._open.append(node)
        elif tag in _INLINE:
            self._open.append(node)
        else:
            yield from self.flush()
            self._open.append(node)
        yield from self.text(node.text)

    def leave(self, node: Any) -> Iterator[Found]:
        """An element ends."""
        if node.tag != "br":
            if node.tag not in _INLINE and node.tag not in ("td", "th"):
                yield from self.flush()
            self._open.pop()
        yield from self.text(node.tail)

    def text(self, words: str | None) -> Iterator[Found]:
        """Words between elements."""
        if not words:
            return
        if self._place is None and words.strip():
            self._place = self._where()
        is_code = any(node.tag == "pre" for node in self._open)
        self._words.append(words if is_code else _SPACE.sub(" ", words))
        yield from ()

    def flush(self) -> Iterator[Found]:
        """The block under way ends."""
        if self._place is not None:
            kind, tags, hints = self._place
            raw = "".join(self._words)
            text = raw.strip("\n") if kind == "code" else _tidy(raw)
            if text.strip():
                yield Found(text, kind, tags, hints)
        self._words, self._place = [], None

    def _where(self) -> tuple[str, tuple[str, ...], str]:
        around = self._open[::-1]
        tags = tuple(node.tag for node in around[:40])
        kind = next((_KINDS[tag] for tag in tags if tag in _KINDS), "paragraph")
        hints = " ".join(
            f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''} "
            f"{node.get('itemprop') or ''} {node.get('rel') or ''}"
            for node in around[:4]
        )
        return kind, tags, _SPACE.sub(" ", hints).strip().lower()


def _tidy(raw: str) -> str:
    """One blank between words; line breaks that the author set stay."""
    lines = [
        re.sub(r" *\t *", "\t", re.sub(" {2,}", " ", line)).strip(" ") for line in raw.split("\n")
    ]
    return "\n".join(lines).strip("\n\t ")
