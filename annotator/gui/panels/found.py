"""How the find panel lists what was found: the model, and the drawing of one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui import theme as themes
from annotator.gui.theme import Theme
from annotator.model.found import Found, Place
from annotator.text.words import is_right_to_left

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
HIGH = 40
EDGE = 14
ARTICLE_DOWN = 10
"""Pixels that an article keeps from the places above it."""
TICK = 13
"""The width of a tick box in pixels."""


class Line(NamedTuple):
    """An article, or one place in it."""

    found: Found
    nth: int = -1
    """Which of its places; -1 is the article itself."""

    @property
    def place(self) -> Place:
        """Where it leads: an article leads to its first place."""
        return self.found.places[max(0, self.nth)]


class FoundModel(QAbstractListModel):
    """Articles with their places below them; while marking each place is ticked or not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.is_marking = False
        self._without: set[tuple[str, Place]] = set()
        """What is not ticked."""

    def clear(self, *, marking: bool) -> None:
        """Show nothing; what comes is all ticked."""
        self.beginResetModel()
        self.lines, self.is_marking, self._without = [], marking, set()
        self.endResetModel()

    def more(self, found: Sequence[Found]) -> None:
        """Show these too."""
        new = [
            line
            for one in found
            for line in (Line(one), *(Line(one, nth) for nth in range(len(one.snippets))))
        ]
        if new:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(new) - 1)
            self.lines += new
            self.endInsertRows()

    def toggle(self, row: int) -> None:
        """Tick a place or no longer; an article stands for all its places."""
        line = self.lines[row]
        keys = set(_keys(line))
        if keys & self._without:
            self._without -= keys
        else:
            self._without |= keys
        first = row if line.nth < 0 else row - line.nth - 1
        last = first + len(line.found.snippets)
        self.dataChanged.emit(self.index(first), self.index(last))

    def ticked(self) -> Iterator[tuple[str, list[Place]]]:
        """The ticked places of each document that has some."""
        for line in self.lines:
            if line.nth < 0:
                id_ = line.found.document_id
                places = [one for one in line.found.places if (id_, one) not in self._without]
                if places:
                    yield id_, places

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A line in words, and whether it is ticked; the delegate draws from `LINE`."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if line.nth < 0:
                return f"{line.found.title}, {len(line.found.places)}"
            return "".join(line.found.snippets[line.nth])
        if role == Qt.ItemDataRole.CheckStateRole and self.is_marking:
            return self._check(line)
        return line if role == LINE else None

    def _check(self, line: Line) -> Qt.CheckState:
        without = sum(key in self._without for key in _keys(line))
        if not without:
            return Qt.CheckState.Checked
        every = 1 if line.nth >= 0 else len(line.found.places)
        return Qt.CheckState.Unchecked if without == every else Qt.CheckState.PartiallyChecked


def _keys(line: Line) -> list[tuple[str, Place]]:
    places = line.found.places if line.nth < 0 else (line.place,)
    return [(line.found.document_id, place) for place in places]


class FoundLine(QStyledItemDelegate):
    """Draws an article with how many places it has, or a place with the words around it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are alike, so that tens of thousands cost nothing."""
        del option, index
        return QSize(100, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        theme = themes.of_application()
        line: Line = index.data(LINE)
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_on or is_under:
            painter.fillRect(area, theme.color("hover"))
        if is_on:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color("focus"))
        inner = area.adjusted(EDGE, 0, -EDGE, 0)
        if check is not None:
            down = ARTICLE_DOWN // 2 if line.nth < 0 else 0
            _draw_tick(painter, inner.translated(0, down), check, theme)
            inner.setLeft(inner.left() + TICK + 9)
        if line.nth < 0:
            _draw_article(painter, inner, line.found, theme)
        else:
            _draw_place(
                painter, inner.adjusted(0 if check is not None else 8, 0, 0, 0), line, theme
            )
        painter.restore()


def _draw_article(painter: QPainter, area: QRect, found: Found, theme: Theme) -> None:
    area = area.adjusted(0, ARTICLE_DOWN, 0, 0)
    count = f"{len(found.places):,}"
    painter.setFont(themes.sans(12))
    painter.setPen(theme.color("soft"))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
    room = area.width() - painter.fontMetrics().horizontalAdvance(count) - 10
    painter.setFont(themes.sans(13, QFont.Weight.DemiBold))
    painter.setPen(theme.color("ink"))
    title = " ".join(found.title.split())
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
    side = Qt.AlignmentFlag.AlignRight if is_right_to_left(title) else Qt.AlignmentFlag.AlignLeft
    painter.drawText(
        QRect(area.left(), area.top(), room, area.height()),
        side | Qt.AlignmentFlag.AlignVCenter,
        shown,
    )


def _draw_place(painter: QPainter, area: QRect, line: Line, theme: Theme) -> None:
    """What stands around a place on two lines, the place itself as the text shows what is found."""
    before, inside, after = line.found.snippets[line.nth]
    layout = QTextLayout(before + inside + after, themes.sans(12))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    hit = QTextLayout.FormatRange()
    hit.start, hit.length = _units(before), _units(inside)  # pyright: ignore
    form = QTextCharFormat()
    form.setBackground(theme.color("found"))
    form.setForeground(theme.color("ink"))
    hit.format = form  # pyright: ignore
    layout.setFormats([hit])
    layout.beginLayout()
    top = 0.0
    for _ in range(2):
        laid = layout.createLine()
        if not laid.isValid():
            break
        laid.setLineWidth(area.width())
        laid.setPosition(QPointF(0, top))
        top += laid.height()
    layout.endLayout()
    painter.setPen(theme.color("soft"))
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - top) / 2))


def _units(words: str) -> int:
    """The length in UTF-16 units, by which Qt counts."""
    return len(words.encode("utf-16-le")) // 2


def _draw_tick(painter: QPainter, area: QRect, check: Qt.CheckState, theme: Theme) -> None:
    box = QRectF(area.left() + 0.5, area.center().y() - TICK / 2 + 0.5, TICK, TICK)
    is_set = check == Qt.CheckState.Checked
    painter.setPen(QPen(theme.color("focus" if is_set else "faint"), 1))
    painter.setBrush(theme.color("focus") if is_set else theme.color("paper"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(theme.color("paper" if is_set else "soft"), 1.8))
    if is_set:
        points = ((0.24, 0.52), (0.43, 0.72), (0.78, 0.3))
        painter.drawPolyline(
            [QPointF(box.left() + x * TICK, box.top() + y * TICK) for x, y in points]
        )
    elif check == Qt.CheckState.PartiallyChecked:
        middle = box.center().y()
        painter.drawLine(QPointF(box.left() + 3.5, middle), QPointF(box.right() - 3.5, middle))
