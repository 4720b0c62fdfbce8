"""Finding by typing: actions (Ctrl+K), marks that are out of sight, and the sheet of all keys (?)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import theme as themes
from annotator.gui.actions import Action
from annotator.gui.actions.base import ARTICLE, EDIT, FILE, GO, HELP, MARK, VIEW
from annotator.gui.parts import keycap, label, shown_keys
from annotator.language import tr
from annotator.model.annotation import Annotation
from annotator.model.schema import Schema
from annotator.text.words import fold

CHOICE = Qt.ItemDataRole.UserRole


class Found(NamedTuple):
    """One thing that can be chosen: what kind it is, how it reads, its keys, and what it is."""

    kind: str
    words: str
    keys: str
    value: object


HEIGHT, MOST = 30, 12
"""Pixels of a line, and lines that are in sight at once."""


class Palette(QDialog):
    """A list that grows shorter as one types; Enter takes what is chosen, Esc nothing."""

    def __init__(
        self,
        question: str,
        found: Sequence[Found],
        take: Callable[[object], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(question)
        self._found, self._take = found, take
        self.field = QLineEdit()
        self.field.setPlaceholderText(question)
        self.field.setAccessibleName(question)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Choices"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(11, 11, 11, 11)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.nothing = label(tr("Nothing here is called that."), soft=True)
        self.nothing.setContentsMargins(10, 4, 10, 6)
        layout.addWidget(self.nothing)
        self.setFixedWidth(560)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._choose())
        self._filter("")
        around = parent.window().geometry()
        self.move(around.center().x() - self.width() // 2, around.top() + 90)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter chooses."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            key = Qt.Key(event.key())
            if key in steps and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + steps[key]) % self.list.count())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        self.list.clear()
        wanted = fold(words).split()
        for one in self._found:
            name = fold(f"{one.kind} {one.words}")
            if all(word in name for word in wanted):
                item = QListWidgetItem(one.words)
                item.setData(CHOICE, one)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """As high as what is left needs; the top stays where it is."""
        count = self.list.count()
        self.list.setFixedHeight(min(count, MOST) * HEIGHT + 2)
        self.list.setVisible(count > 0)
        self.nothing.setVisible(count == 0)
        self.layout().activate()
        self.resize(self.width(), self.layout().sizeHint().height())

    def _choose(self) -> None:
        chosen = self.list.selectedItems()
        self.close()
        if chosen:
            self._take(chosen[0].data(CHOICE).value)


class Row(QStyledItemDelegate):
    """Draws the kind softly, the words, and the keys on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """One line with room around it."""
        del option, index
        return QSize(100, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one choice."""
        theme = themes.of_application()
        one: Found = index.data(CHOICE)
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("hover"))
        inner = area.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(themes.sans(12))
        painter.setPen(theme.color("soft"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, one.keys)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, one.kind)
        painter.setFont(themes.sans(13))
        painter.setPen(theme.color("ink"))
        words = inner.adjusted(70, 0, -90 if one.keys else 0, 0)
        shown = painter.fontMetrics().elidedText(
            one.words, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, shown)


def of_actions(actions: Sequence[Action]) -> list[Found]:
    """Actions as a palette shows them."""
    return [
        Found(
            action.menu.split("/")[0],
            action.title,
            shown_keys(action.keys[0]) if action.keys else "",
            action,
        )
        for action in actions
    ]


def of_mark(mark: Annotation, schema: Schema) -> Found:
    """A mark as a palette shows it."""
    titles = {one.name: one.title for one in schema.labels}
    return Found(titles.get(mark.label, mark.label), " ".join(mark.words.split()), "", mark.id)


class CheatSheet(QDialog):
    """Every action that has a key, all on one page where the screen is large enough."""

    def __init__(self, actions: Sequence[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(28, 22, 28, 22)
        columns.setSpacing(44)
        with_keys = [action for action in actions if action.keys]
        for menus in ((MARK, VIEW), (GO,), (FILE, EDIT, ARTICLE, HELP)):
            columns.addWidget(_column([one for one in with_keys if one.menu in menus]), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        room = parent.window().size()
        self.resize(
            min(1000, room.width() - 40), min(body.sizeHint().height() + 8, room.height() - 80)
        )


def _column(actions: Sequence[Action]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    line, menu = 0, ""
    for action in sorted(actions, key=lambda one: one.menu):
        if action.menu != menu:
            menu = action.menu
            head = label(menu.upper(), section=True)
            head.setContentsMargins(0, 14 if line else 0, 0, 2)
            grid.addWidget(head, line, 0, 1, 2)
            line += 1
        grid.addWidget(keycap(action.keys[0]), line, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(action.title), line, 1)
        line += 1
    grid.setColumnMinimumWidth(0, 84)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(line, 1)
    return holder
