"""How the page is drawn: dimming, fills and hatches, the words, lines below them, chips, arcs.

A mark never rests on color alone: claims are filled, sources underlined, denials hatched, cues dashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from annotator.gui import theme as themes
from annotator.gui.reading.marks import Piece
from annotator.gui.reading.page import Page, Row
from annotator.gui.theme import Theme
from annotator.model.schema import Label

LANE = 4.0
"""Pixels between one lane and the next, at zoom 1."""


class Shown(NamedTuple):
    """What the person looks at, beside the marks themselves."""

    selection: tuple[int, int]
    held: str | None
    hovered: str | None
    linked: frozenset[str]
    """The other ends of the held mark's links."""
    hints: Mapping[str, str]
    found: tuple[tuple[int, int], ...]
    all_chips: bool
    caret: int | None
    """Where the caret stands; None while it is not shown."""


class Brush:
    """The pens and brushes of one theme and zoom."""

    def __init__(self, theme: Theme, zoom: float) -> None:
        self.theme = theme
        self.zoom = zoom
        self.chip_font = themes.sans(max(11.0, 11 * zoom), QFont.Weight.DemiBold)
        self.chip_metrics = QFontMetricsF(self.chip_font)
        self.selection = theme.color("selection")
        self.found = theme.color("found")
        self._fills: dict[str, QBrush] = {}
        self._hatches: dict[tuple[str, bool], QBrush] = {}
        self._pens: dict[tuple[str, float, Qt.PenStyle], QPen] = {}

    def fill(self, color: str) -> QBrush:
        """The fill of a claim."""
        if color not in self._fills:
            self._fills[color] = QBrush(self.theme.fill(color))
        return self._fills[color]

    def hatch(self, color: str, *, strong: bool) -> QBrush:
        """Slanted stripes: light behind the words, strong in the lane below them."""
        key = (color, strong)
        if key not in self._hatches:
            ink = self.theme.color(color) if strong else self.theme.fill(color)
            self._hatches[key] = QBrush(_stripes(ink, 5 if strong else 8, 2 if strong else 4))
        return self._hatches[key]

    def pen(self, color: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A line of a color."""
        key = (color, width, style)
        if key not in self._pens:
            pen = QPen(self.theme.color(color), width, style)
            if style == Qt.PenStyle.CustomDashLine:
                pen.setDashPattern([2.6, 1.8])
            self._pens[key] = pen
        return self._pens[key]


def row(
    painter: QPainter, page: Page, index: int, pieces: list[Piece], brush: Brush, shown: Shown
) -> None:
    """Draw one laid-out row; the painter's origin is the row's top left corner."""
    it = page.rows[index]
    if it.folded or it.layout is None:
        return
    for piece in pieces:
        _below_words(painter, piece, brush)
    for start, end in shown.found:
        _block_out(painter, page, index, start, end, brush.found)
    _block_out(painter, page, index, *shown.selection, brush.selection)
    painter.setPen(brush.theme.color(it.style.color))
    it.layout.draw(painter, QPointF(0, 0))
    for piece in pieces:
        _over_words(painter, piece, brush)
    for piece in pieces:
        _emphasis(painter, piece, brush, shown)
    _threads(painter, pieces, brush)
    if it.number:
        _number(painter, it, brush)
    elif it.block.dimmed:
        _edge(painter, it, brush)


def _below_words(painter: QPainter, piece: Piece, brush: Brush) -> None:
    style, color = piece.label.style, piece.label.color
    if style == "fill":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.fill(color))
        for rect in piece.rects:
            painter.drawRoundedRect(rect, 3, 3)
    elif style == "hatch":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.hatch(color, strong=False))
        for rect in piece.rects:
            painter.drawRect(rect.adjusted(0, -1, 0, 2))


def _over_words(painter: QPainter, piece: Piece, brush: Brush) -> None:
    style, color, zoom = piece.label.style, piece.label.color, brush.zoom
    if style == "fill":
        return
    drop = piece.lane * LANE * zoom
    if style == "hatch":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.hatch(color, strong=True))
        for rect in piece.rects:
            painter.drawRect(QRectF(rect.left(), rect.bottom() + drop, rect.width(), 3.2 * zoom))
        return
    dashed = style == "dashes"
    line = Qt.PenStyle.CustomDashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(brush.pen(color, (1.9 if dashed else 2.4) * zoom, line))
    for rect in piece.rects:
        y = rect.bottom() - 1.2 * zoom + drop
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def _emphasis(painter: QPainter, piece: Piece, brush: Brush, shown: Shown) -> None:
    """The outline of the held mark and of its links' other ends; chips and letter hints."""
    mark_id = piece.mark.id
    is_held = mark_id == shown.held
    if is_held or mark_id in shown.linked:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(brush.pen(piece.label.color, 1.6 if is_held else 1.0))
        for rect in piece.rects:
            painter.drawRoundedRect(rect.adjusted(-1.5, -1, 1.5, 1), 3, 3)
    if not piece.begins or not piece.rects:
        return
    hint = shown.hints.get(mark_id)
    if hint:
        _keycap(painter, piece.rects[0], hint, brush)
    elif shown.all_chips or is_held or mark_id == shown.hovered:
        _chip(painter, piece, brush)


def chip_rect(first: QRectF, label: Label, brush: Brush) -> QRectF:
    """Where a mark's label name stands, above the first of its rectangles."""
    height = brush.chip_metrics.height()
    width = brush.chip_metrics.horizontalAdvance(label.title.lower()) + 4
    return QRectF(first.left(), first.top() - height + 2, width, height)


def _chip(painter: QPainter, piece: Piece, brush: Brush) -> None:
    area = chip_rect(piece.rects[0], piece.label, brush)
    painter.setFont(brush.chip_font)
    painter.setPen(brush.theme.color(piece.label.color))
    painter.fillRect(area, brush.theme.color("paper"))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, side, piece.label.title.lower())


def _keycap(painter: QPainter, at: QRectF, letters: str, brush: Brush) -> None:
    painter.setFont(brush.chip_font)
    width = brush.chip_metrics.horizontalAdvance(letters.upper()) + 10
    height = brush.chip_metrics.height() + 3
    area = QRectF(at.left() - 3, at.top() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush.theme.color("ink"))
    painter.drawRoundedRect(area, 4, 4)
    painter.setPen(brush.theme.color("paper"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters.upper())


def _threads(painter: QPainter, pieces: list[Piece], brush: Brush) -> None:
    """A dotted thread over the gap between the parts of one mark on one line."""
    by_mark: dict[str, list[Piece]] = {}
    for piece in pieces:
        if len(piece.mark.segments) > 1 and piece.rects:
            by_mark.setdefault(piece.mark.id, []).append(piece)
    for parts in by_mark.values():
        parts.sort(key=lambda piece: piece.start)
        painter.setPen(brush.pen(parts[0].label.color, 1.2, Qt.PenStyle.DotLine))
        for one, other in pairwise(parts):
            a, b = one.rects[-1], other.rects[0]
            if abs(a.top() - b.top()) < 1:
                y = a.top() + 2
                painter.drawLine(QPointF(a.right(), y), QPointF(b.left(), y))


def _block_out(
    painter: QPainter, page: Page, index: int, start: int, end: int, color: QColor
) -> None:
    it = page.rows[index]
    if start < it.end and it.start < end:
        for rect in page.rects(index, start, end):
            painter.fillRect(rect.adjusted(0, -2, 0, 3), color)


def _number(painter: QPainter, it: Row, brush: Brush) -> None:
    assert it.layout is not None
    line = it.layout.lineAt(0)
    painter.setFont(themes.sans(11 * brush.zoom))
    painter.setPen(brush.theme.color("faint"))
    area = QRectF(-52 * brush.zoom, line.y(), 30 * brush.zoom, line.height())
    painter.drawText(
        area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(it.number)
    )


def _edge(painter: QPainter, it: Row, brush: Brush) -> None:
    """The quiet bar beside what is dimmed."""
    top = it.before * brush.zoom
    painter.fillRect(QRectF(0, top, 2, it.height - top), brush.theme.color("line"))


def caret(painter: QPainter, rect: QRectF, brush: Brush) -> None:
    """Draw the caret."""
    painter.fillRect(rect, brush.theme.color("ink"))


def arc(
    painter: QPainter,
    start: QPointF,
    end: QPointF,
    reach: float,
    color: str,
    words: str,
    brush: Brush,
    lower: float = 0.0,
) -> None:
    """A link in the margin, from a point to a point with an arrow; its words ``lower`` than half."""
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(reach, 0), end + QPointF(reach, 0), end + QPointF(2, 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(brush.pen(color, 1.6))
    painter.drawPath(path)
    _arrow(painter, end + QPointF(2, 0))
    painter.setBrush(brush.theme.color(color))
    painter.drawEllipse(start, 2.4, 2.4)
    painter.setFont(brush.chip_font)
    middle = QPointF(start.x() + reach * 0.75 + 5, (start.y() + end.y()) / 2 + 4 + lower)
    _words(painter, middle, words, brush)


def hop(
    painter: QPainter, start: QPointF, end: QPointF, color: str, words: str, brush: Brush
) -> None:
    """A link above the words of one line."""
    lift = 15.0 * brush.zoom
    lean = 10.0 if end.x() > start.x() else -10.0
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(lean, -lift), end + QPointF(-lean, -lift), end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(brush.pen(color, 1.4))
    painter.drawPath(path)
    _arrow(painter, end, down=True)
    painter.setFont(brush.chip_font)
    width = brush.chip_metrics.horizontalAdvance(words)
    middle = QPointF((start.x() + end.x() - width) / 2, min(start.y(), end.y()) - lift + 3)
    _words(painter, middle, words, brush)


def _words(painter: QPainter, at: QPointF, words: str, brush: Brush) -> None:
    """A link's name on a ground of its own, so that lines do not run through it."""
    width = brush.chip_metrics.horizontalAdvance(words)
    height = brush.chip_metrics.height() - 3
    area = QRectF(at.x() - 2, at.y() - brush.chip_metrics.ascent() + 1, width + 4, height)
    painter.fillRect(area, brush.theme.color("paper"))
    painter.drawText(at, words)


def _arrow(painter: QPainter, tip: QPointF, *, down: bool = False) -> None:
    if down:
        arms = (QPointF(-4, -6), QPointF(5, -5))
    else:
        arms = (QPointF(8, -4), QPointF(8, 4))
    for arm in arms:
        painter.drawLine(tip, tip + arm)


def minimap(size: QSizeF, ticks: Mapping[str, Iterable[int]], brush: Brush) -> QPixmap:
    """All marks of the article, to stand beside the scroll bar: by color, each at its ‰ of the text."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap((size * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(brush.theme.color("paper"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush.theme.color("hover"))
    painter.drawRoundedRect(QRectF(QPointF(0, 0), size), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    scale, width = (size.height() - 3) / 1000, size.width() - 2
    for color, shares in ticks.items():
        painter.setBrush(brush.theme.color(color))
        painter.drawRects([QRectF(1, share * scale, width, 3) for share in shares])
    painter.end()
    return picture


def _stripes(ink: QColor, period: int, width: int) -> QPixmap:
    """A tile of slanted stripes that joins with itself on all sides."""
    tile = QPixmap(period * 4, period * 4)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, width * 0.75))
    side = tile.width()
    for at in range(-side, 2 * side, period):
        painter.drawLine(at, side, at + side, 0)
    painter.end()
    return tile
