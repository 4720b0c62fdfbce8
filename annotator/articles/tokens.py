"""From markdown-it's tokens to pieces of text, and to what is said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from annotator.articles import front_matter
from annotator.articles.base import Piece
from annotator.language import tr

_KINDS = {"blockquote": "quote", "bullet_list": "list_item", "ordered_list": "list_item"}
_PICTURES = ("image", "softbreak", "hardbreak")


class Walk:
    """Goes through the tokens once and collects pieces, front matter and addresses."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.front: dict[str, Any] = {}
        self.title: int | None = None
        """Which piece is a heading of the first level, or the first piece and a heading."""
        self.links: list[dict[str, str]] = []
        """Addresses and titles of links and images, in order."""
        self.code: list[str] = []
        """What fences say that they hold."""
        self.markup: list[str] = []
        """Words of the source that only mark something up."""
        self.warnings: list[str] = []
        self._inside: list[str] = []
        self._cells: list[str] | None = None
        self._note = ""

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Take every block-level token."""
        for token in tokens:
            if token.type == "front_matter":
                self._front(front_matter.from_yaml(token.content), token.content)
            elif token.type == "inline":
                self._inline(token)
            elif token.type in ("fence", "code_block", "html_block"):
                self._code(token)
            elif token.type == "tr_open":
                self._cells = []
            elif token.type == "tr_close":
                self._add("\t".join(self._cells or []), "table_row")
                self._cells = None
            elif token.type == "footnote_open":
                self._note = f"[{_label(token)}] "
            elif token.nesting == 1:
                self._inside.append(token.type.removesuffix("_open") + token.tag[1:])
            elif token.nesting == -1 and self._inside and token.type != "footnote_close":
                self._inside.pop()

    def _inline(self, token: Token) -> None:
        words = self._words(token.children or [])
        if self._cells is not None:
            self._cells.append(words)
            return
        if self._inside and self._inside[-1].startswith("heading"):
            is_first = self._inside[-1] == "heading1" or not self.pieces
            if self.title is None and is_first and words.strip():
                self.title = len(self.pieces)
            self._add(words, "heading")
            return
        children = token.children or []
        if any(c.type == "image" for c in children) and all(c.type in _PICTURES for c in children):
            self._add(words, "paragraph", "caption")
            return
        kinds = [
            kind for tag in self._inside for start, kind in _KINDS.items() if tag.startswith(start)
        ]
        self._add(self._note + words, kinds[-1] if kinds else "paragraph")
        self._note = ""

    def _words(self, tokens: Sequence[Token]) -> str:
        said: list[str] = []
        for token in tokens:
            if token.type == "softbreak":
                said.append(" ")
            elif token.type == "hardbreak":
                said.append("\n")
            elif token.type == "footnote_ref":
                said.append(f"[{_label(token)}]")
            else:
                said.append(token.content)
            if token.type in ("link_open", "image"):
                self._link(token)
        return "".join(said)

    def _link(self, token: Token) -> None:
        names = (("url", "href"), ("image", "src"), ("title", "title"))
        kept = {ours: str(token.attrs[theirs]) for ours, theirs in names if token.attrs.get(theirs)}
        if kept:
            self.links.append(kept)

    def _code(self, token: Token) -> None:
        words, info = token.content.rstrip("\n"), token.info.strip()
        preamble = front_matter.from_json(words) if info == "json" and not self.pieces else None
        if preamble is not None:
            self._front(preamble, words)
            self.markup.append(info)
            return
        self._add(words, "code")
        if info:
            self.code.append(info)

    def _front(self, found: dict[str, Any] | None, content: str) -> None:
        if found is not None:
            self.front = found
        elif content.strip():
            self.warnings.append(
                tr("The front matter could not be read as YAML; it stands in the text.")
            )
            self._add(content, "code")

    def _add(self, words: str, kind: str, role: str = "body") -> None:
        self.pieces.append(Piece(words, kind, role))


def _label(token: Token) -> str:
    return str(token.meta.get("label", token.meta.get("id", 0) + 1))
