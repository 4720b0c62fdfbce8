"""How a row is drawn: fills and hatches, what was found and selected, the words, lines below them.

A mark never rests on color alone: claims are filled, sources underlined, denials hatched, cues dashed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.gui.reading.brush import Brush
from annotator.gui.reading.marks import NO_LANE, Piece
from annotator.gui.reading.page import Page
from annotator.gui.reading.rows import Row

__all__ = ["Box", "Brush", "Shown", "row"]

LANE = 4.0
"""Pixels between one lane and the next, at zoom 1."""
LANES_ROOM = 12.0
"""Pixels that all lanes of a line have together, before they reach the words below."""
NUMBER_WIDTH = 30.0
NUMBER_GAP = 22.0


class Box(NamedTuple):
    """Words that are offered as a mark, and what they would be to the one that was made."""

    start: int
    end: int
    color: str
    words: str
    """How the link reads; empty on all but the first of several parts."""


class Shown(NamedTuple):
    """What the person looks at, beside the marks themselves."""

    selection: tuple[int, int]
    held: str | None
    hovered: str | None
    linked: frozenset[str]
    """The other ends of the held mark's links."""
    hints: Mapping[str, str]
    found: tuple[tuple[int, int], ...]
    """In order."""
    all_chips: bool
    all_arcs: bool
    caret: int | None
    """Where the caret stands; None while it is not shown."""
    offered: tuple[Box, ...] = ()


def row(
    painter: QPainter, page: Page, index: int, pieces: list[Piece], brush: Brush, shown: Shown
) -> None:
    """Draw one laid-out row; the painter's origin is the row's top left corner."""
    it = page.rows[index]
    if it.folded:
        _summary(painter, page, it, brush)
    if it.layout is None:
        return
    _beside(painter, page, it, brush)
    for piece in pieces:
        _below_words(painter, piece, brush)
    at = bisect_left(shown.found, (it.start,))
    for start, end in shown.found[max(0, at - 1) : bisect_left(shown.found, (it.end,))]:
        _block_out(painter, page, index, start, end, brush.found)
    _block_out(painter, page, index, *shown.selection, brush.selection)
    painter.setPen(brush.theme.color(it.style.color))
    it.layout.draw(painter, QPointF(0, 0))
    for piece in pieces:
        _over_words(painter, piece, brush)
    for piece in pieces:
        _outline(painter, piece, brush, shown)
    _threads(painter, page, index, pieces, brush)
    for box in shown.offered:
        _offer(painter, page, index, box, brush)
    if it.number:
        _number(painter, page, it, brush)


def _below_words(painter: QPainter, piece: Piece, brush: Brush) -> None:
    style, color = piece.label.style, piece.label.color
    if style not in ("fill", "hatch"):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    if style == "fill":
        painter.setBrush(brush.fill(color))
        for rect in piece.rects:
            painter.drawRoundedRect(rect, 3, 3)
        return
    painter.setBrush(brush.hatch(color, strong=False))
    for rect in piece.rects:
        painter.drawRect(rect.adjusted(0, -1, 0, 1))


def _over_words(painter: QPainter, piece: Piece, brush: Brush) -> None:
    if piece.lane == NO_LANE:
        return
    style, color, zoom = piece.label.style, piece.label.color, brush.zoom
    apart = min(LANE, LANES_ROOM / max(1, piece.lanes)) * zoom
    drop = piece.lane * apart
    if style == "hatch":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.hatch(color, strong=True))
        for rect in piece.rects:
            strip = QRectF(rect.left(), rect.bottom() + drop, rect.width(), apart * 0.8)
            painter.drawRect(strip)
        return
    width = {"dashes": 1.9, "fill": 1.6}.get(style, 2.4) * zoom
    line = Qt.PenStyle.CustomDashLine if style == "dashes" else Qt.PenStyle.SolidLine
    painter.setPen(brush.pen(color, min(width, apart * 0.7), line))
    for rect in piece.rects:
        y = rect.bottom() - 1.2 * zoom + drop
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def _outline(painter: QPainter, piece: Piece, brush: Brush, shown: Shown) -> None:
    """Around the held mark and, thinner, around the other ends of its links."""
    is_held = piece.mark.id == shown.held
    if not is_held and piece.mark.id not in shown.linked:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(brush.pen(piece.label.color, 1.8 if is_held else 1.0))
    for rect in piece.rects:
        painter.drawRoundedRect(rect.adjusted(-1.5, -1, 1.5, 1), 3.5, 3.5)


def _offer(painter: QPainter, page: Page, index: int, box: Box, brush: Brush) -> None:
    """An open dotted box around what is only offered."""
    it = page.rows[index]
    if box.start >= it.end or it.start >= box.end:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(brush.pen(box.color, 1.7, Qt.PenStyle.DotLine))
    for rect in page.rects(index, box.start, box.end):
        painter.drawRoundedRect(rect.adjusted(-2.5, -2, 2.5, 2), 4, 4)


def _threads(painter: QPainter, page: Page, index: int, pieces: list[Piece], brush: Brush) -> None:
    """A dotted thread over the gaps between the parts of one mark."""
    drawn: set[str] = set()
    for piece in pieces:
        segments = piece.mark.segments
        if len(segments) < 2 or piece.mark.id in drawn:
            continue
        drawn.add(piece.mark.id)
        painter.setPen(brush.pen(piece.label.color, 1.5, Qt.PenStyle.DotLine))
        for one, other in pairwise(segments):
            for gap in page.rects(index, one.end, other.start):
                y = gap.top() + 0.5
                painter.drawLine(QPointF(gap.left() + 1, y), QPointF(gap.right() - 1, y))


def _block_out(
    painter: QPainter, page: Page, index: int, start: int, end: int, color: QColor
) -> None:
    it = page.rows[index]
    if start < it.end and it.start < end:
        for rect in page.rects(index, start, end):
            painter.fillRect(rect.adjusted(0, -2, 0, 2), color)


def _beside(painter: QPainter, page: Page, it: Row, brush: Brush) -> None:
    """What a kind of block has beside its words."""
    beside, zoom = it.style.beside, brush.zoom
    top, indent = it.before * zoom, it.style.indent * zoom
    body = QRectF(0, top, page.width, it.height - top)
    if beside == "bar":
        left = page.width - 2.5 if it.is_rtl else 0.0
        painter.fillRect(QRectF(left, top + 2, 2.5, body.height() - 4), brush.theme.color("line"))
    elif beside == "ground":
        painter.fillRect(body, brush.theme.color("panel"))
        left = page.width - 2.5 if it.is_rtl else 0.0
        painter.fillRect(QRectF(left, top, 2.5, body.height()), brush.theme.color("line"))
    elif beside == "rule":
        painter.fillRect(QRectF(0, it.height - 1, page.width, 1), brush.theme.color("line"))
    elif beside == "bullet" and it.opens:
        line = it.lines[0]
        x = page.width - indent * 0.45 if it.is_rtl else indent * 0.45
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.theme.color("soft"))
        middle = line.y() + line.ascent() - it.style.pixels * 0.27 * zoom
        painter.drawEllipse(QPointF(x, middle), 2.3 * zoom, 2.3 * zoom)


def _number(painter: QPainter, page: Page, it: Row, brush: Brush) -> None:
    """The paragraph's number in the margin where its lines begin, on their baseline."""
    line = it.lines[0]
    painter.setFont(brush.number)
    painter.setPen(brush.theme.color("faint"))
    words, gap = str(it.number), NUMBER_GAP * brush.zoom
    x = page.width + gap if it.is_rtl else -gap - NUMBER_WIDTH
    baseline = line.y() + line.ascent()
    side = Qt.AlignmentFlag.AlignLeft if it.is_rtl else Qt.AlignmentFlag.AlignRight
    area = QRectF(x, baseline - 30, NUMBER_WIDTH, 30)
    # The figures' foot, not their box, stands on the baseline of the words.
    area.translate(0, brush.small_metrics.descent() - 0.5)
    painter.drawText(area, side | Qt.AlignmentFlag.AlignBottom, words)


def _summary(painter: QPainter, page: Page, it: Row, brush: Brush) -> None:
    """One quiet line in place of dimmed rows."""
    if not it.summary:
        return
    top = it.before * brush.zoom
    body = QRectF(0, top, page.width, it.height - top)
    left = page.width - 2.5 if page.is_mirrored else 0.0
    painter.fillRect(QRectF(left, top, 2.5, body.height()), brush.theme.color("line"))
    painter.setFont(brush.quiet)
    painter.setPen(brush.theme.color("faint"))
    side = Qt.AlignmentFlag.AlignRight if page.is_mirrored else Qt.AlignmentFlag.AlignLeft
    inside = body.adjusted(12, 0, -12, 0)
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(inside, int(flags), it.summary)
