"""Label names and letter hints on marks, each where it hides no other."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from annotator.gui.reading.brush import Brush
from annotator.gui.reading.marks import Piece
from annotator.gui.reading.page import Page
from annotator.gui.reading.paint import Shown
from annotator.model.schema import Label

_APART = 3.0


class Tag(NamedTuple):
    """A label's name or a letter, and where it stands in the row's coordinates."""

    area: QRectF
    words: str
    color: str
    is_hint: bool


def chip_rect(first: QRectF, label: Label, brush: Brush, *, is_rtl: bool = False) -> QRectF:
    """Where a mark's label name stands: on the upper edge of the first of its rectangles."""
    height = 13.0 * brush.zoom
    width = brush.width(label.title.lower()) + 8
    left = first.right() - width if is_rtl else first.left()
    return QRectF(left, first.top() - height * 0.72, width, height)


def first_rect(rects: tuple[QRectF, ...] | list[QRectF], *, is_rtl: bool) -> QRectF:
    """Where a mark begins to a reader: on its first line, at the side where lines begin."""
    line = [rect for rect in rects if abs(rect.top() - rects[0].top()) < 1]
    return max(line, key=QRectF.right) if is_rtl else min(line, key=QRectF.left)


def of_row(pieces: list[Piece], shown: Shown, brush: Brush, *, is_rtl: bool) -> list[Tag]:
    """The tags of one row. What is held or has a letter is always told, the rest where there is room."""
    placed: list[Tag] = []
    for piece in sorted(pieces, key=lambda one: _rank(one, shown)):
        if not piece.begins or not piece.rects:
            continue
        hint = shown.hints.get(piece.mark.id)
        rank = _rank(piece, shown)
        if not hint and rank > 1 and not shown.all_chips:
            continue
        tag = _tag(piece, hint, brush, is_rtl=is_rtl)
        moved = _clear_of(tag, placed, brush, is_rtl=is_rtl)
        if rank <= 1 or abs(moved.area.left() - tag.area.left()) <= piece.rects[0].width():
            placed.append(moved)
    return placed


def of_offers(page: Page, index: int, shown: Shown, brush: Brush, placed: list[Tag]) -> list[Tag]:
    """What each offered box of a row would be, clear of the tags placed before."""
    row, found = page.rows[index], list[Tag]()
    for box in shown.offered:
        rects = page.rects(index, box.start, box.end) if row.start <= box.start < row.end else []
        if not rects or not box.words:
            continue
        first = first_rect(rects, is_rtl=row.is_rtl)
        height, width = 13.0 * brush.zoom, brush.width(box.words) + 8
        left = first.right() - width if row.is_rtl else first.left()
        area = QRectF(left, first.top() - height * 0.95, width, height)
        tag = Tag(area, box.words, box.color, False)
        found.append(_clear_of(tag, [*placed, *found], brush, is_rtl=row.is_rtl))
    return found


def draw(painter: QPainter, tag: Tag, brush: Brush) -> None:
    """Draw one; a letter is a dark key, a name stands on paper."""
    painter.setFont(brush.small)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush.theme.color("ink" if tag.is_hint else "paper"))
    painter.drawRoundedRect(tag.area, 4, 4)
    painter.setPen(brush.theme.color("paper" if tag.is_hint else tag.color))
    painter.drawText(tag.area, Qt.AlignmentFlag.AlignCenter, tag.words)


def _rank(piece: Piece, shown: Shown) -> int:
    mark_id = piece.mark.id
    if mark_id in shown.hints or mark_id == shown.held:
        return 0
    return 1 if mark_id == shown.hovered else 2


def _tag(piece: Piece, hint: str | None, brush: Brush, *, is_rtl: bool) -> Tag:
    first = first_rect(piece.rects, is_rtl=is_rtl)
    if not hint:
        area = chip_rect(first, piece.label, brush, is_rtl=is_rtl)
        return Tag(area, piece.label.title.lower(), piece.label.color, False)
    height = 16.0 * brush.zoom
    width = max(height, brush.width(hint.upper()) + 8)
    left = first.right() - width + 3 if is_rtl else first.left() - 3
    area = QRectF(left, first.top() - height * 0.6, width, height)
    return Tag(area, hint.upper(), piece.label.color, True)


def _clear_of(tag: Tag, placed: list[Tag], brush: Brush, *, is_rtl: bool) -> Tag:
    """The tag moved along the line until it hides none of those placed before."""
    area = QRectF(tag.area)
    for _ in placed:
        hidden = next((one.area for one in placed if one.area.intersects(area)), None)
        if hidden is None:
            break
        if is_rtl:
            area.moveRight(hidden.left() - _APART * brush.zoom)
        else:
            area.moveLeft(hidden.right() + _APART * brush.zoom)
    return tag._replace(area=area)
