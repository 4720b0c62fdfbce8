"""One row as lines on the screen, and where its letters stand. Qt's UTF-16 stays in here and in moves."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGlyphRun, QTextLayout, QTextLine, QTextOption

from annotator.gui.reading.rows import Row
from annotator.text.offsets import Utf16Map

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u202a-\u202e\u2066-\u2069]")
_UNBROKEN = re.compile(r"\S{400}")
LEAST_WIDTH = 80.0


class Face(NamedTuple):
    """A font and what is to be known of it, in pixels."""

    font: QFont
    ascent: float
    descent: float
    character: float
    """The width of a middling letter."""

    @classmethod
    def of(cls, font: QFont) -> Face:
        """Measure a font."""
        metrics = QFontMetricsF(font)
        return cls(
            font,
            metrics.ascent(),
            metrics.descent(),
            metrics.averageCharWidth() or font.pixelSize(),
        )


def is_mixed(text: str) -> bool:
    """Whether something in it may run from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def shape(row: Row, text: str, face: Face, width: float, zoom: float, tabs: list[float]) -> float:
    """Lay out a row with the words ``text``; gives its height."""
    row.map = Utf16Map(text)
    layout = QTextLayout(text, face.font)
    layout.setCacheEnabled(True)
    layout.setTextOption(_option(row, text, zoom, tabs))
    indent = row.style.indent * zoom
    inside = max(LEAST_WIDTH, width - indent)
    left = 0.0 if row.is_rtl else indent
    step = row.style.pixels * row.style.line_height * zoom
    at = row.before * zoom
    lines: list[QTextLine] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(inside)
        at = _place(line, left, at, step, face)
        lines.append(line)
    layout.endLayout()
    row.layout, row.lines = layout, tuple(lines)
    return at


def box(line: QTextLine, left: float, right: float, face: Face) -> QRectF:
    """From the top of the letters to their foot, between two places of a line."""
    baseline = line.y() + line.ascent()
    return QRectF(left, baseline - face.ascent, right - left, face.ascent + face.descent)


def pieces(row: Row, line: QTextLine, low: int, high: int, face: Face) -> list[QRectF]:
    """The rectangles of one line between two UTF-16 positions of its row."""
    if row.is_mixed:
        runs = [_extent(run) for run in line.glyphRuns(low, high - low)]
        return [box(line, *extent, face) for extent in _joined([r for r in runs if r])]
    # A blank at which the line was broken has a width that nobody sees.
    left, right = x_of(line, low), min(x_of(line, high), line.naturalTextRect().right())
    return [box(line, left, right, face)]


def x_of(line: QTextLine, at: int) -> float:
    """Where the caret stands before a UTF-16 position."""
    found: Any = line.cursorToX(at)  # a pair, whatever its stub says
    return float(found[0] if isinstance(found, tuple) else found)


def _option(row: Row, text: str, zoom: float, tabs: list[float]) -> QTextOption:
    option = QTextOption()
    # Looking for a place to break in a run without blanks takes Qt time that grows as its square.
    anywhere = _UNBROKEN.search(text) is not None
    modes = QTextOption.WrapMode
    option.setWrapMode(modes.WrapAnywhere if anywhere else modes.WrapAtWordBoundaryOrAnywhere)
    if row.is_rtl:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    else:
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    if tabs:
        option.setTabArray(tabs)
    option.setTabStopDistance(36 * zoom)
    return option


def _place(line: QTextLine, left: float, top: float, step: float, face: Face) -> float:
    """Put a line with its baseline where the row's font wants it; gives where the next begins."""
    baseline = top + (step - face.ascent - face.descent) / 2 + face.ascent
    baseline += max(0.0, line.ascent() - (baseline - top))
    line.setPosition(QPointF(left, baseline - line.ascent()))
    return max(top + step, baseline + line.descent())


def _extent(run: QGlyphRun) -> tuple[float, float] | None:
    """From where to where the letters of a run stand, blanks included."""
    places = run.positions()
    if not places:
        return None
    widths = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
    left = min(place.x() for place in places)
    right = max(place.x() + width.x() for place, width in zip(places, widths, strict=True))
    return (left, right) if right > left else None


def _joined(extents: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Neighbors that touch, as one."""
    joined: list[tuple[float, float]] = []
    for left, right in sorted(extents):
        if joined and left <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
