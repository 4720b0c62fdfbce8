"""The page: the text as rows, each laid out when it is first seen.

A row is one line of the canonical text (up to a line break); Qt wraps it into lines on the screen.
Everything given and taken is in code points of the canonical text; UTF-16 stays inside this file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGlyphRun, QTextLayout, QTextLine, QTextOption

from annotator.gui import theme as themes
from annotator.model.document import Block
from annotator.text.offsets import Utf16Map
from annotator.text.words import is_right_to_left

TEXT_PIXELS = 17.5
COLUMN_CHARACTERS = 64
"""Of average width as the font tells it, which is about 72 characters of running text."""
LINE_HEIGHT = 1.85
"""Of the text's size: room for lanes below the words and chips above them."""

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u202a-\u202e\u2066-\u2069]")


class RowStyle(NamedTuple):
    """How the rows of one kind of block look; lengths in pixels at zoom 1."""

    pixels: float = TEXT_PIXELS
    before: float = 15.0
    indent: float = 0.0
    is_serif: bool = True
    is_bold: bool = False
    is_italic: bool = False
    color: str = "ink"
    line_height: float = LINE_HEIGHT


_BY_ROLE = {
    "headline": RowStyle(27, 10, is_bold=True, line_height=1.32),
    "byline": RowStyle(12.5, 4, is_serif=False, color="soft", line_height=1.7),
    "dateline": RowStyle(12.5, 4, is_serif=False, color="soft", line_height=1.7),
    "section": RowStyle(12.5, 4, is_serif=False, color="soft", line_height=1.7),
    "caption": RowStyle(14, 12, is_italic=True, color="soft", line_height=1.7),
    "bio": RowStyle(13, 6, is_serif=False, color="faint", line_height=1.7),
    "boilerplate": RowStyle(13, 6, 12, is_serif=False, color="faint", line_height=1.7),
}
_BY_KIND = {
    "heading": RowStyle(20, 24, is_bold=True, line_height=1.5),
    "quote": RowStyle(indent=26, is_italic=True),
    "list_item": RowStyle(before=5, indent=26),
    "table_row": RowStyle(15, 4, is_serif=False),
    "code": RowStyle(14.5, 10, 12, is_serif=False, color="soft", line_height=1.6),
}
_PLAIN = RowStyle()
_DIMMED = _BY_ROLE["boilerplate"]


def style_of(block: Block) -> RowStyle:
    """How a block looks."""
    if block.dimmed:
        return _DIMMED
    return _BY_ROLE.get(block.role) or _BY_KIND.get(block.kind) or _PLAIN


class Row:
    """One line of the text: where it is in the text and on the page."""

    __slots__ = (
        "before", "block", "end", "folded", "height", "is_mixed", "laid", "layout", "map",
        "number", "start", "style",
    )  # fmt: skip

    def __init__(self, start: int, end: int, block: Block, style: RowStyle, before: float) -> None:
        self.start = start
        self.end = end
        self.block = block
        self.style = style
        self.before = before
        self.number = 0
        self.folded = False
        self.height = 0.0
        self.laid = False
        self.layout: QTextLayout | None = None
        self.map: Utf16Map | None = None
        self.is_mixed = False


class Page:
    """All rows of a document at one width and zoom."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.rows = _rows(text, blocks)
        self.starts = [row.start for row in self.rows]
        self.zoom = 1.0
        self.width = 600.0
        self._tops: list[float] | None = None
        self._fonts: dict[RowStyle, QFont] = {}
        self._leading: dict[RowStyle, tuple[float, float]] = {}

    def set_geometry(self, width: float, zoom: float) -> None:
        """Lay everything out anew for this width (pixels) and zoom."""
        if (width, zoom) == (self.width, self.zoom) and self._fonts:
            return
        if zoom != self.zoom:
            self._fonts.clear()
            self._leading.clear()
        self.width, self.zoom = width, zoom
        for row in self.rows:
            row.layout, row.laid = None, False
            row.height = self._estimate(row)
        self._tops = None

    def column_width(self, zoom: float) -> float:
        """The width of a line of about 72 characters of the reading font."""
        font = themes.serif(TEXT_PIXELS * zoom)
        return QFontMetricsF(font).averageCharWidth() * COLUMN_CHARACTERS

    def fold(self, folded: bool) -> None:
        """Fold runs of dimmed rows into one line each, or show them."""
        previous = False
        for row in self.rows:
            is_dimmed = row.block.dimmed and folded
            before, row.folded = row.folded, is_dimmed and previous
            previous = is_dimmed
            if row.folded != before:
                row.laid = False
                row.height = self._estimate(row)
        self._tops = None

    @property
    def height(self) -> float:
        """The height of the whole page, as far as rows not yet seen can be told."""
        tops = self.tops()
        return tops[-1] if tops else 0.0

    def tops(self) -> list[float]:
        """Where each row begins, and behind them where the page ends."""
        if self._tops is None:
            self._tops = [0.0, *accumulate(row.height for row in self.rows)]
        return self._tops

    def row_at(self, offset: int) -> int:
        """The index of the row that holds a code point offset, or the one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def row_at_y(self, y: float) -> int:
        """The index of the row at a height of the page."""
        return min(max(0, bisect_right(self.tops(), y) - 1), len(self.rows) - 1)

    def lay_out(self, index: int) -> float:
        """Lay out a row that is seen; gives by how much its height was told wrong."""
        row = self.rows[index]
        if row.laid:
            return 0.0
        before = row.height
        row.height = 0.0 if row.folded else self._laid_out(row)
        row.laid = True
        if row.height != before:
            self._tops = None
        return row.height - before

    def lines(self, row: Row) -> list[QTextLine]:
        """The lines on the screen of a laid-out row."""
        layout = row.layout
        return [layout.lineAt(n) for n in range(layout.lineCount())] if layout else []

    def font(self, style: RowStyle) -> QFont:
        """The font of a style at the present zoom."""
        if style not in self._fonts:
            make = themes.serif if style.is_serif else themes.sans
            font = make(style.pixels * self.zoom)
            font.setBold(style.is_bold)
            font.setItalic(style.is_italic)
            self._fonts[style] = font
        return self._fonts[style]

    def rects(self, index: int, start: int, end: int) -> list[QRectF]:
        """Where the code points start..end of a laid-out row stand, in the row's coordinates.

        One rectangle for each piece on the screen: several lines, or several runs of direction.
        """
        row = self.rows[index]
        if row.layout is None or row.map is None:
            return []
        low = row.map.to_utf16(max(start, row.start) - row.start)
        high = row.map.to_utf16(min(end, row.end) - row.start)
        found: list[QRectF] = []
        for line in self.lines(row):
            first, last = line.textStart(), line.textStart() + line.textLength()
            if first < high and low < last:
                found += _pieces(line, max(low, first), min(high, last), row)
        return found

    def offset_at(self, x: float, y: float) -> int:
        """The code point offset nearest to a point of the page."""
        if not self.rows:
            return 0
        index = self.row_at_y(y)
        self.lay_out(index)
        while self.rows[index].folded and index > 0:
            index -= 1
        row = self.rows[index]
        lines = self.lines(row)
        if not lines or row.map is None:
            return row.start
        inside = y - self.tops()[index]
        line = next((one for one in lines if inside < self._bottom(one, row)), lines[-1])
        at = _whole(row, line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))
        at = at if row.is_mixed else _nearest(row, line, at, x)
        if at == line.textStart() + line.textLength() and line is not lines[-1]:
            at = row.layout.previousCursorPosition(at)  # type: ignore[union-attr]
        return row.start + row.map.to_code_points(at)

    def caret_rect(self, offset: int) -> QRectF:
        """Where the caret stands before a code point, in the page's coordinates."""
        index = self.row_at(offset)
        self.lay_out(index)
        row = self.rows[index]
        if row.layout is None or row.map is None:
            return QRectF(0, self.tops()[index], 2, 20)
        at = row.map.to_utf16(min(offset, row.end) - row.start)
        line = row.layout.lineForTextPosition(at)
        return QRectF(_x(line, at) - 1, self.tops()[index] + line.y(), 2, line.height())

    def step(self, offset: int, *, visual_right: bool, by_word: bool) -> int:
        """The next place for the caret to the right or left, whole characters as a reader sees them."""
        index = self.row_at(offset)
        self.lay_out(index)
        row = self.rows[index]
        if row.layout is None or row.map is None:
            return self._over(index, visual_right)
        at = row.map.to_utf16(min(offset, row.end) - row.start)
        rtl = is_right_to_left(self.text[row.start : row.end])
        if by_word:
            mode = QTextLayout.CursorMode.SkipWords
            forward = visual_right != rtl
            move = row.layout.nextCursorPosition if forward else row.layout.previousCursorPosition
            to = move(at, mode)
        else:
            move_by = (
                row.layout.rightCursorPosition if visual_right else row.layout.leftCursorPosition
            )
            to = _whole(row, move_by(at), away_from=at)
        if to == at:
            return self._over(index, visual_right != rtl)
        return row.start + row.map.to_code_points(to)

    def vertical(self, offset: int, x: float, lines: int) -> int:
        """The place ``lines`` lines further down (or up), nearest to ``x``."""
        rect = self.caret_rect(offset)
        y = rect.center().y()
        direction = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            y = self._next_line_y(y, direction)
        return self.offset_at(x, y)

    def _next_line_y(self, y: float, direction: int) -> float:
        index = self.row_at_y(y)
        self.lay_out(index)
        top = self.tops()[index]
        centers = [top + line.y() + line.height() / 2 for line in self.lines(self.rows[index])]
        ahead = [c for c in centers if (c - y) * direction > 1]
        if ahead:
            return min(ahead) if direction > 0 else max(ahead)
        other = index + direction
        while 0 <= other < len(self.rows):
            self.lay_out(other)
            lines = self.lines(self.rows[other])
            if lines and not self.rows[other].folded:
                line = lines[0] if direction > 0 else lines[-1]
                return self.tops()[other] + line.y() + line.height() / 2
            other += direction
        return y

    def _over(self, index: int, forward: bool) -> int:
        """Into the next or the previous row that is shown."""
        other = index + (1 if forward else -1)
        while 0 <= other < len(self.rows) and self.rows[other].folded:
            other += 1 if forward else -1
        if not 0 <= other < len(self.rows):
            row = self.rows[index]
            return row.end if forward else row.start
        return self.rows[other].start if forward else self.rows[other].end

    def _laid_out(self, row: Row) -> float:
        style = row.style
        text = self.text[row.start : row.end]
        row.map = Utf16Map(text)
        row.is_mixed = not text.isascii() and _RTL.search(text) is not None
        layout = QTextLayout(text, self.font(style))
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if row.is_mixed and is_right_to_left(text):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        else:
            option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(90 * self.zoom)
        layout.setTextOption(option)
        width = max(80.0, self.width - style.indent * self.zoom)
        step = style.pixels * style.line_height * self.zoom
        at = row.before * self.zoom
        indent = 0.0 if is_right_to_left(text[:200]) else style.indent * self.zoom
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(indent, at + max(0.0, (step - line.height()) / 2)))
            at += max(step, line.height())
        layout.endLayout()
        row.layout = layout
        return at

    def _estimate(self, row: Row) -> float:
        if row.folded:
            return 0.0
        style = row.style
        if style not in self._leading:
            character = QFontMetricsF(self.font(style)).averageCharWidth() or 8.0
            self._leading[style] = (character * 0.98, style.pixels * style.line_height * self.zoom)
        character, step = self._leading[style]
        width = max(80.0, self.width - style.indent * self.zoom)
        lines = 1 + int((row.end - row.start) * character / width)
        return row.before * self.zoom + lines * step

    def _bottom(self, line: QTextLine, row: Row) -> float:
        step = row.style.pixels * row.style.line_height * self.zoom
        return line.y() + line.height() / 2 + max(step, line.height()) / 2


def _nearest(row: Row, line: QTextLine, at: int, x: float) -> int:
    """The UTF-16 position nearest to x, going from one that Qt holds for it.

    Where a font draws one character as several glyphs, Qt's own answer may be some too far.
    """
    layout = row.layout
    if layout is None:
        return at
    first, last = line.textStart(), line.textStart() + line.textLength()
    away = abs(_x(line, at) - x)
    for step in (layout.previousCursorPosition, layout.nextCursorPosition):
        while first <= (other := step(at)) <= last and abs(_x(line, other) - x) < away:
            at, away = other, abs(_x(line, other) - x)
    return at


def _whole(row: Row, at: int, away_from: int | None = None) -> int:
    """A UTF-16 position of a row, moved out of the middle of a whole character.

    Qt steps by what a font draws, which may be less than what Unicode calls one character.
    """
    layout = row.layout
    if layout is None or layout.isValidCursorPosition(at):
        return at
    before, after = layout.previousCursorPosition(at), layout.nextCursorPosition(at)
    if away_from is None:
        return before if at - before <= after - at else after
    return after if at > away_from else before


def _rows(text: str, blocks: Sequence[Block]) -> list[Row]:
    rows: list[Row] = []
    number = 0
    for block in blocks:
        style = style_of(block)
        before = style.before
        at = block.start
        for line in text[block.start : block.end].split("\n"):
            if line.strip():
                row = Row(at, at + len(line), block, style, before if rows else 0.0)
                if not block.dimmed and block.role == "body" and before:
                    number += 1
                    row.number = number
                rows.append(row)
                before = 0.0
            at += len(line) + 1
    return rows


def _pieces(line: QTextLine, low: int, high: int, row: Row) -> list[QRectF]:
    """The rectangles of one line between two UTF-16 positions of the row."""
    if not row.is_mixed:
        # A blank at which the line was broken has a width that nobody sees.
        left, right = _x(line, low), min(_x(line, high), line.naturalTextRect().right())
        return [QRectF(left, line.y(), right - left, line.height())]
    rects = [_run_rect(run, line) for run in line.glyphRuns(low, high - low)]
    return _merged([rect for rect in rects if rect.width() > 0])


def _x(line: QTextLine, at: int) -> float:
    found: Any = line.cursorToX(at)  # a pair, whatever its stub says
    return float(found[0] if isinstance(found, tuple) else found)


def _run_rect(run: QGlyphRun, line: QTextLine) -> QRectF:
    rect = run.boundingRect()
    return QRectF(rect.x(), line.y(), rect.width(), line.height())


def _merged(rects: list[QRectF]) -> list[QRectF]:
    """Neighbors that touch, as one."""
    merged: list[QRectF] = []
    for rect in sorted(rects, key=QRectF.x):
        if merged and rect.left() <= merged[-1].right() + 6:
            merged[-1] = merged[-1].united(rect)
        else:
            merged.append(rect)
    return merged
