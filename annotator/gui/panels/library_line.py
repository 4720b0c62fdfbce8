"""How the library lists a document: the model, and the drawing of one line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
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
from annotator.language import tr
from annotator.model.names import STATUS_NAMES, of_label
from annotator.text.visible import visible
from annotator.text.words import is_right_to_left

if TYPE_CHECKING:
    from annotator.model.document import Listed

Index = QModelIndex | QPersistentModelIndex
EDGE = 16
SIGN = 15
ISOLATED = "\u2068{}\u2069"
"""Keeps an outlet written from right to left from turning the date around."""


PAGE = 50
"""Lines that are read at once."""
KEPT = 4_000
"""Lines that are remembered; a person who scrolls has far fewer in sight."""
Fetch = Callable[[Sequence[str]], Sequence["Listed"]]


class LibraryModel(QAbstractListModel):
    """The documents as a list; what a line says is read when it comes into sight."""

    def __init__(self, fetch: Fetch, parent: QObject) -> None:
        """``fetch`` gives what is to be said of these ids, of those that are still there."""
        super().__init__(parent)
        self._fetch = fetch
        self._ids: Sequence[str] = ()
        self._rows: dict[str, int] = {}
        self._known: dict[str, Listed] = {}

    def show(self, ids: Sequence[str]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._ids = ids
        self._rows = {one: row for row, one in enumerate(ids)}
        self._known.clear()
        self.endResetModel()

    def append(self, listed: Sequence[Listed]) -> None:
        """Show these too, behind all others."""
        first = len(self._ids)
        self.beginInsertRows(QModelIndex(), first, first + len(listed) - 1)
        self._ids = (*self._ids, *(one.document.id for one in listed))
        for row, one in enumerate(listed, first):
            self._rows[one.document.id] = row
            self._known[one.document.id] = one
        self.endInsertRows()

    def last(self) -> Listed | None:
        """What the last line says."""
        return self._at(len(self._ids) - 1) if self._ids else None

    def put(self, listed: Listed) -> None:
        """Show a document that is there as it is now."""
        row = self._rows[listed.document.id]
        self._known[listed.document.id] = listed
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A document's line for screen readers and tool tips; the delegate draws the rest."""
        if role not in _TOLD:
            return None
        listed = self._at(index.row())
        if listed is None:  # it was removed a moment ago; the list is about to be read anew
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(listed)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{listed.document.title} ({STATUS_NAMES[listed.status]})")
        return listed

    def row_of(self, document_id: str) -> int:
        """The row of a document, or -1."""
        return self._rows.get(document_id, -1)

    def id_at(self, row: int) -> str:
        """The id of the document in a row."""
        return self._ids[row]

    def _at(self, row: int) -> Listed | None:
        found = self._known.get(self._ids[row])
        if found is None:
            if len(self._known) > KEPT:
                self._known.clear()
            first = row - row % PAGE
            for one in self._fetch(self._ids[first : first + PAGE]):
                self._known[one.document.id] = one
            found = self._known.get(self._ids[row])
        return found


_TOLD = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.UserRole,
)


class Line(QStyledItemDelegate):
    """Draws a document: title, outlet and date, how far it is, and what is marked in it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.theme: Theme = themes.load("light")
        self.colors: dict[str, str] = {}
        self._small = themes.sans(12)
        self.is_uniform = False
        """Whether every line has room for two lines of title, so that none is read to be measured."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of title where it needs them, and room for the bars."""
        del option
        width = self._view.viewport().width()
        if self.is_uniform:
            high = (
                2 * QFontMetrics(_title_font(False)).height() + QFontMetrics(self._small).height()
            )
            return QSize(width, high + 36)
        listed = index.data(Qt.ItemDataRole.UserRole)
        if listed is None:
            return QSize(width, 60)
        title = title_of(visible(listed.document.title), width - 2 * EDGE)
        high = title.line_height * len(title.lines) + QFontMetrics(self._small).height()
        return QSize(width, high + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one document."""
        listed = index.data(Qt.ItemDataRole.UserRole)
        if listed is None:
            return
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
        title = title_of(visible(document.title), area.width())
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
        said = " · ".join(ISOLATED.format(visible(part)) for part in known) or tr("no date")
        metrics = painter.fontMetrics()
        said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, line.width())
        # What isolates may come from a taller face, which would push the feet of letters out of the line.
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, side | Qt.TextFlag.TextDontClip, said)
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
    counts = [of_label(name, count) for name, count in listed.counts.items() if count]
    return ", ".join([listed.document.title, STATUS_NAMES[listed.status], *counts])


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
