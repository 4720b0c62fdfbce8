"""The page: all rows of a document one below the other, each laid out when it is first seen.

Everything given and taken is in code points of the canonical text and in pixels of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLine

from annotator.gui import theme as themes
from annotator.gui.reading import rows as kinds
from annotator.gui.reading import shaping
from annotator.gui.reading.rows import DIMMED, TEXT_PIXELS, Row, RowStyle
from annotator.gui.reading.shaping import Face
from annotator.model.document import Block
from annotator.text.words import is_right_to_left

COLUMN_CHARACTERS = 59
"""Of average width as the font tells it, which is about 70 characters of running text."""
_TABLE_ROWS = 200
"""Of a table, whose cells are measured for its columns."""


class Page:
    """All rows of a document at one width and zoom."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.rows = kinds.rows_of(text, blocks)
        self.starts = [row.start for row in self.rows]
        self.zoom = 0.0
        self.width = 0.0
        self.reading = ""
        self.is_mirrored = self._runs_rtl()
        """Whether most of it runs from right to left, so that its margins change sides."""
        self._tops: list[float] | None = None
        self._faces: dict[tuple[RowStyle, bool], Face] = {}
        self._tabs: dict[int, list[float]] = {}

    def set_geometry(self, width: float, zoom: float, reading: str = "serif") -> None:
        """Lay everything out anew for this width (pixels), zoom and face for reading."""
        if (width, zoom, reading) == (self.width, self.zoom, self.reading):
            return
        if (zoom, reading) != (self.zoom, self.reading):
            self._faces.clear()
        self._tabs.clear()
        self.width, self.zoom, self.reading = width, zoom, reading
        for row in self.rows:
            row.forget()
            row.height = self._estimate(row)
        self._tops = None

    def first_own_row(self) -> int:
        """The first row that does not stand back; 0 where all do."""
        own = (at for at, row in enumerate(self.rows) if not kinds.stands_back(row.block))
        return next(own, 0)

    def fold(self, folded: bool) -> None:
        """Put one quiet line in place of each run of dimmed rows, or show them."""
        kinds.fold(self.rows, self.text, folded=folded)
        for row in self.rows:
            if not row.laid:
                row.height = self._estimate(row)
        self._tops = None

    @property
    def height(self) -> float:
        """The height of the whole page, as far as rows not yet seen can be told."""
        return self.tops()[-1]

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
        row.height = self._estimate(row) if row.folded else self._shape(row, index)
        row.laid = True
        if row.height != before:
            self._tops = None
        return row.height - before

    def face(self, row: Row) -> Face:
        """The font of a row at the present zoom; Arabic and Hebrew have faces of their own."""
        key = (row.style, row.is_rtl)
        if key not in self._faces:
            style = row.style
            larger = 1.14 if row.is_rtl and style.face == "serif" else 1.0
            face = self.reading if style.face == "serif" else style.face
            font = themes.face(face, style.pixels * self.zoom * larger)
            if row.is_rtl:
                font.setFamilies([*themes.rtl_families(), *font.families()])
            font.setBold(style.is_bold)
            font.setItalic(style.is_italic and not row.is_rtl)
            self._faces[key] = Face.of(font)
        return self._faces[key]

    def rects(self, index: int, start: int, end: int) -> list[QRectF]:
        """Where the code points start..end of a laid-out row stand, in the row's coordinates.

        One rectangle for each piece on the screen: several lines, or several runs of direction.
        """
        row = self.rows[index]
        if row.map is None or not row.lines:
            return []
        low = row.map.to_utf16(max(start, row.start) - row.start)
        high = row.map.to_utf16(min(end, row.end) - row.start)
        found: list[QRectF] = []
        face = self.face(row)
        for line in row.lines:
            first, last = line.textStart(), line.textStart() + line.textLength()
            if first < high and low < last:
                found += shaping.pieces(row, line, max(low, first), min(high, last), face)
        return found

    def offset_at(self, x: float, y: float) -> int:
        """The code point offset nearest to a point of the page."""
        if not self.rows:
            return 0
        index = self.row_at_y(y)
        self.lay_out(index)
        while self.rows[index].folded and index > 0:
            index -= 1
            self.lay_out(index)
        row = self.rows[index]
        if row.map is None or row.layout is None or not row.lines:
            return row.start
        line = self._line_at(row, y - self.tops()[index])
        at = whole(row, line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))
        at = at if row.is_mixed else _nearest(row, line, at, x)
        if at == line.textStart() + line.textLength() and line is not row.lines[-1]:
            at = row.layout.previousCursorPosition(at)
        return row.start + row.map.to_code_points(at)

    def caret_rect(self, offset: int) -> QRectF:
        """Where the caret stands before a code point, in the page's coordinates."""
        if not self.rows:
            return QRectF(0, 0, 2, TEXT_PIXELS)
        index = self.row_at(offset)
        self.lay_out(index)
        row, top = self.rows[index], self.tops()[index]
        if row.map is None or row.layout is None or not row.lines:
            return QRectF(0, top, 2, TEXT_PIXELS)
        at = row.map.to_utf16(min(offset, row.end) - row.start)
        line = row.layout.lineForTextPosition(at)
        x = shaping.x_of(line, at)
        return shaping.box(line, x - 1, x + 1, self.face(row)).translated(QPointF(0, top))

    def column_width(self, zoom: float, reading: str) -> float:
        """The width of a line of about 70 characters of the face for reading."""
        font = themes.face(reading, TEXT_PIXELS * zoom)
        return QFontMetricsF(font).averageCharWidth() * COLUMN_CHARACTERS

    def _line_at(self, row: Row, y: float) -> QTextLine:
        """The line of a row at a height of the row; between two, the one whose words are nearer."""
        middles = [line.y() + line.height() / 2 for line in row.lines]
        nearest = min(range(len(middles)), key=lambda n: abs(middles[n] - y))
        return row.lines[nearest]

    def _shape(self, row: Row, index: int) -> float:
        text = self.text[row.start : row.end]
        row.is_mixed = shaping.is_mixed(text)
        row.is_rtl = self._is_rtl(row, index, text)
        tabs = self._columns(index) if row.block.kind == "table_row" else []
        return shaping.shape(row, text, self.face(row), self.width, self.zoom, tabs)

    def _is_rtl(self, row: Row, index: int, text: str) -> bool:
        """As the first letter with a direction says; figures alone go with the document."""
        while row.cuts_in and index > 0:
            index -= 1
            row = self.rows[index]
            text = self.text[row.start : row.end]
        if is_right_to_left(text):
            return True
        return self.is_mirrored and not any(letter.isalpha() for letter in text)

    def _runs_rtl(self) -> bool:
        if self.text.isascii():
            return False
        seen = [self.text[row.start : row.end] for row in self.rows[:40]]
        rtl = sum(len(words) for words in seen if is_right_to_left(words))
        return rtl * 2 > sum(map(len, seen))

    def _columns(self, index: int) -> list[float]:
        """Where the columns of a table begin, so that no cell runs into the next."""
        first = index
        while first > 0 and self.rows[first - 1].block.kind == "table_row":
            first -= 1
        if first not in self._tabs:
            self._tabs[first] = self._measured(first)
        return self._tabs[first]

    def _measured(self, first: int) -> list[float]:
        metrics = QFontMetricsF(self.face(self.rows[first]).font)
        widths: list[float] = []
        for row in self.rows[first : first + _TABLE_ROWS]:
            if row.block.kind != "table_row":
                break
            for n, cell in enumerate(self.text[row.start : row.end].split("\t")[:40]):
                widths += [0.0] * (n + 1 - len(widths))
                widths[n] = max(widths[n], metrics.horizontalAdvance(cell[:200]))
        gap = 26 * self.zoom
        stops = list(accumulate(width + gap for width in widths))
        return stops[:-1] if stops and stops[-1] - gap <= self.width else []

    def _estimate(self, row: Row) -> float:
        """The height of a row not yet laid out."""
        style = DIMMED if row.folded else row.style
        step = style.pixels * style.line_height * self.zoom
        if row.folded:
            return row.before * self.zoom + step if row.summary else 0.0
        width = max(shaping.LEAST_WIDTH, self.width - style.indent * self.zoom)
        lines = 1 + int((row.end - row.start) * self.face(row).character * 0.98 / width)
        return row.before * self.zoom + lines * step


def _nearest(row: Row, line: QTextLine, at: int, x: float) -> int:
    """The UTF-16 position nearest to x, going from one that Qt holds for it.

    Where a font draws one character as several glyphs, Qt's own answer may be some too far.
    """
    layout = row.layout
    if layout is None:
        return at
    first, last = line.textStart(), line.textStart() + line.textLength()
    away = abs(shaping.x_of(line, at) - x)
    for step in (layout.previousCursorPosition, layout.nextCursorPosition):
        while first <= (other := step(at)) <= last and abs(shaping.x_of(line, other) - x) < away:
            at, away = other, abs(shaping.x_of(line, other) - x)
    return at


def whole(row: Row, at: int, away_from: int | None = None) -> int:
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
