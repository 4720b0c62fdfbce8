"""How the library lists a document: the model, and the drawing of one line."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui import theme as themes
from annotator.gui.icons import pixmap
from annotator.gui.parts import plain_tip
from annotator.gui.theme import Theme
from annotator.gui.times import day
from annotator.text.words import is_right_to_left

if TYPE_CHECKING:
    from annotator.model.document import Listed

Index = QModelIndex | QPersistentModelIndex
EDGE = 16
SIGN = 15
ISOLATED = "\u2068{}\u2069"
"""Keeps an outlet written from right to left from turning the date around."""


class LibraryModel(QAbstractListModel):
    """The documents as a list, each with its counts and the person's own status."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.listed: list[Listed] = []
        self._rows: dict[str, int] = {}

    def show(self, listed: list[Listed]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.listed = listed
        self._rows = {one.document.id: row for row, one in enumerate(listed)}
        self.endResetModel()

    def put(self, listed: Listed) -> None:
        """Show a document that is there as it is now."""
        row = self._rows[listed.document.id]
        self.listed[row] = listed
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A document's line for screen readers and tool tips; the delegate draws the rest."""
        listed = self.listed[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(listed)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{listed.document.title} ({listed.status.replace('_', ' ')})")
        if role == Qt.ItemDataRole.UserRole:
            return listed
        return None

    def row_of(self, document_id: str) -> int:
        """The row of a document, or -1."""
        return self._rows.get(document_id, -1)


class Line(QStyledItemDelegate):
    """Draws a document: title, outlet and date, how far it is, and what is marked in it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.theme: Theme = themes.load("light")
        self.colors: dict[str, str] = {}
        self._small = themes.sans(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of title where it needs them, and room for the bars."""
        del option
        listed = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        title = title_of(listed.document.title, width - 2 * EDGE)
        high = title.line_height * len(title.lines) + QFontMetrics(self._small).height()
        return QSize(width, high + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one document."""
        listed = index.data(Qt.ItemDataRole.UserRole)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_on or is_under:
            painter.fillRect(area, self.theme.color("hover"))
        if is_on:
            edge = QRect(area.left(), area.top(), 3, area.height())
            painter.fillRect(edge, self.theme.color("focus"))
        self._words(painter, area.adjusted(EDGE, 10, -EDGE, 0), listed)
        painter.restore()

    def _words(self, painter: QPainter, area: QRect, listed: Listed) -> None:
        document = listed.document
        title = title_of(document.title, area.width())
        painter.setFont(_title_font(title.is_rtl))
        painter.setPen(self.theme.color("ink"))
        side = Qt.AlignmentFlag.AlignRight if title.is_rtl else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignVCenter
        at = area.top()
        for words in title.lines:
            painter.drawText(QRect(area.left(), at, area.width(), title.line_height), side, words)
            at += title.line_height
        painter.setFont(self._small)
        painter.setPen(self.theme.color("soft"))
        line = QRect(area.left(), at + 3, area.width() - 24, painter.fontMetrics().height())
        known = [part for part in (document.outlet, day(document.published)) if part]
        said = " · ".join(ISOLATED.format(part) for part in known) or "no date"
        metrics = painter.fontMetrics()
        said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, said)
        sign = pixmap(listed.status, self.theme.soft, SIGN)
        painter.drawPixmap(QPointF(area.right() - SIGN, line.top()), sign)
        self._bars(painter, area.left(), line.bottom() + 6, area.width(), listed.counts)

    def _bars(
        self, painter: QPainter, left: float, top: int, width: int, counts: dict[str, int]
    ) -> None:
        total = sum(counts.values())
        if not total:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        room = min(width, 24 + total * 5)
        for name, color in self.colors.items():
            share = room * counts.get(name, 0) / total
            if share:
                painter.setBrush(self.theme.color(color))
                painter.drawRoundedRect(QRect(round(left), top, max(3, round(share) - 2), 4), 2, 2)
                left += max(5.0, share)


def _spoken(listed: Listed) -> str:
    counts = [
        f"{count} {name}" + ("" if count == 1 else "s")
        for name, count in listed.counts.items()
        if count
    ]
    return ", ".join([listed.document.title, listed.status.replace("_", " "), *counts])


class Title(NamedTuple):
    """A title as it is drawn."""

    lines: tuple[str, ...]
    line_height: int
    """Pixels; letters of other scripts may be taller than those of the interface's face."""
    is_rtl: bool


@lru_cache(maxsize=20_000)
def title_of(title: str, width: int) -> Title:
    """A title in one or two lines of a width in pixels; what does not fit ends in an ellipsis."""
    is_rtl = is_right_to_left(title)
    font = _title_font(is_rtl)
    metrics = QFontMetrics(font)
    if title.isascii() and metrics.horizontalAdvance(title) <= width:
        return Title((title,), metrics.height(), is_rtl)
    flat = " ".join(title.split())
    layout = QTextLayout(flat, font)
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    height = max(metrics.height(), math.ceil(line.height()))
    # Qt counts UTF-16 units; cut there, not at code points.
    units = flat.encode("utf-16-le")
    first = units[: line.textLength() * 2].decode("utf-16-le", "ignore").rstrip()
    rest = units[line.textLength() * 2 :].decode("utf-16-le", "ignore").strip()
    if not rest:
        return Title((first,), height, is_rtl)
    rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return Title((first, rest), height, is_rtl)


@cache
def _title_font(is_rtl: bool) -> QFont:
    font = themes.sans(13, QFont.Weight.DemiBold)
    if is_rtl:
        font.setFamilies([*themes.rtl_families(), *font.families()])
    return font
