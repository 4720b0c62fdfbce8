"""The rows of a text and how each looks: one row is one line of the canonical text.

A line too long to be laid out at once without a halt is cut into several rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtGui import QTextLayout, QTextLine

from annotator.language import trn
from annotator.model.document import Block
from annotator.text.offsets import Utf16Map

TEXT_PIXELS = 17.5
LINE_HEIGHT = 1.85
"""Of the text's size: room for lanes below the words and chips above them."""
LONGEST = 4000
"""Code points of a row; Qt lays out a line of this length in some 5 ms."""
_HEAD = ("headline", "byline", "dateline", "section")
_AFTER_HEAD = 12.0
_GOOD_CUT = re.compile(r"[.!?…۔؟。][\"'”’»)]*\s+(?=\S)")
_BLANK = re.compile(r"\s+(?=\S)")
_CAN_CUT = re.compile("[^\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u0300-\u036f\\W]")


class RowStyle(NamedTuple):
    """How the rows of one kind of block look; lengths in pixels at zoom 1."""

    pixels: float = TEXT_PIXELS
    before: float = 15.0
    indent: float = 0.0
    face: str = "serif"
    is_bold: bool = False
    is_italic: bool = False
    color: str = "ink"
    line_height: float = LINE_HEIGHT
    beside: str = ""
    """What is drawn with the words: bullet, bar, ground or rule."""


_BY_ROLE = {
    "headline": RowStyle(27, 10, is_bold=True, line_height=1.34),
    "byline": RowStyle(12.5, 6, face="sans", color="soft", line_height=1.7),
    "dateline": RowStyle(12.5, 1, face="sans", color="soft", line_height=1.7),
    "section": RowStyle(12.5, 4, face="sans", color="soft", line_height=1.7),
    "caption": RowStyle(14.5, 12, is_italic=True, color="soft", line_height=1.7),
    "bio": RowStyle(13, 8, face="sans", color="faint", line_height=1.7),
    "boilerplate": RowStyle(13, 6, 12, face="sans", color="faint", line_height=1.7, beside="bar"),
}
_BY_KIND = {
    "heading": RowStyle(20, 26, is_bold=True, line_height=1.5),
    "quote": RowStyle(indent=24, is_italic=True, beside="bar"),
    "list_item": RowStyle(before=4, indent=26, beside="bullet"),
    "table_row": RowStyle(14.5, 0, face="sans", line_height=2.1, beside="rule"),
    "code": RowStyle(13.5, 0, 14, face="mono", line_height=1.6, beside="ground"),
    "rule": RowStyle(13, 10, color="faint", line_height=1.4),
}
_PLAIN = RowStyle()
DIMMED = _BY_ROLE["boilerplate"]
_FAINT = ("bio", "boilerplate")
"""Roles that look like any text where somebody said that it is body."""
_APART = {"list_item": 8.0, "table_row": 12.0, "code": 12.0}
"""Before the first of several blocks of one kind."""
_NUMBERED = ("paragraph", "quote", "list_item")


class Row:
    """One line of the text: where it is in the text and on the page."""

    __slots__ = (
        "before", "block", "cuts_in", "end", "folded", "height", "is_mixed", "is_rtl", "laid",
        "layout", "lines", "map", "number", "opens", "start", "style", "summary",
    )  # fmt: skip

    def __init__(self, start: int, end: int, block: Block, style: RowStyle, before: float) -> None:
        self.start = start
        self.end = end
        self.block = block
        self.style = style
        self.before = before
        self.number = 0
        """Of the paragraph, from 1; 0 where none is shown."""
        self.opens = False
        """Whether it is the first row of its block."""
        self.cuts_in = False
        """Whether it goes on with the line of the row before it."""
        self.folded = False
        self.summary = ""
        """What stands in place of a run of folded rows; only their first has it."""
        self.height = 0.0
        self.laid = False
        self.layout: QTextLayout | None = None
        self.lines: tuple[QTextLine, ...] = ()
        self.map: Utf16Map | None = None
        self.is_mixed = False
        """Whether some of it runs from right to left."""
        self.is_rtl = False

    def forget(self) -> None:
        """Lay it out anew when it is next seen."""
        self.lines, self.layout, self.laid = (), None, False


def style_of(block: Block) -> RowStyle:
    """How a block looks: what has a look of its own keeps it, also beside the body."""
    if block.stands_back and block.role == "body":
        return DIMMED
    own = None if block.role in _FAINT and not block.dimmed else _BY_ROLE.get(block.role)
    return own or _BY_KIND.get(block.kind) or _PLAIN


def rows_of(text: str, blocks: Sequence[Block]) -> list[Row]:
    """The rows of a text; lines of blanks alone are none."""
    rows: list[Row] = []
    number = 0
    for block in blocks:
        before = _before(block, rows[-1].block if rows else None)
        opens = True
        for start, end, cuts_in in _lines(text, block):
            row = Row(start, end, block, style_of(block), before)
            row.opens, row.cuts_in = opens, cuts_in
            if opens and block.role == "body" and block.kind in _NUMBERED and not block.dimmed:
                number += 1
                row.number = number
            rows.append(row)
            before, opens = 0.0, False
    return rows


def fold(rows: Sequence[Row], text: str, *, folded: bool) -> None:
    """Put one quiet line in place of each run of dimmed rows, or show them again."""
    if folded and all(row.block.stands_back for row in rows):
        folded = False
    run: list[Row] = []
    for row in [*rows, None]:
        if row is not None and folded and row.block.stands_back:
            run.append(row)
            continue
        if run:
            run[0].summary = _summary(run, text)
            run.clear()
    for row in rows:
        is_folded = folded and row.block.stands_back
        if not is_folded:
            row.summary = ""
        if row.folded != is_folded:
            row.folded = is_folded
            row.forget()


def _summary(run: Sequence[Row], text: str) -> str:
    words = text[run[0].start : run[0].end].strip()
    first = words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0] + " …"
    more = len(run) - 1
    if not more:
        return first
    return trn(
        "{first}  ·  {count} more dimmed line",
        "{first}  ·  {count} more dimmed lines",
        more,
        first=first,
    )


def _before(block: Block, last: Block | None) -> float:
    style = style_of(block)
    if last is None:
        return 0.0
    if last.role in _HEAD and block.role not in _HEAD:
        return style.before + _AFTER_HEAD
    if style.before < 10 and last.kind != block.kind:
        return _APART.get(block.kind, style.before)
    return style.before


def _lines(text: str, block: Block) -> Iterator[tuple[int, int, bool]]:
    """The lines of a block: start, end, and whether it goes on with the line before."""
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        end = at + len(line)
        if line.strip():
            start, cuts_in = at, False
            while end - start > LONGEST:
                cut = _cut(text, start, start + LONGEST)
                yield start, cut, cuts_in
                start, cuts_in = cut, True
            yield start, end, cuts_in
        at = end + 1


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut a line that is too long: behind a sentence, a word, or a whole character."""
    for pattern, low in ((_GOOD_CUT, end - 1200), (_BLANK, end - 600), (_CAN_CUT, end - 60)):
        places = [match.end() for match in pattern.finditer(text, max(start + 1, low), end)]
        if places:
            return places[-1] if pattern is not _CAN_CUT else places[-1] - 1
    return end
