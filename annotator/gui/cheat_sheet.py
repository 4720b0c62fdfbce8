"""Finding an action: the palette (Ctrl+K), and the sheet of all keys (?)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.actions import Action
from annotator.gui.parts import keycap, label, shown_keys
from annotator.text.words import fold


class Palette(QDialog):
    """Every action that can be done now; type a part of its name, Enter does it."""

    def __init__(
        self, actions: Sequence[Action], do: Callable[[Action], None], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("All commands")
        self._actions, self._do = actions, do
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a command")
        self.field.setAccessibleName("Command")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(520, 420)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._take())
        self._filter("")
        around = parent.window().geometry()
        self.move(around.center().x() - 260, around.top() + 90)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter does."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            key = Qt.Key(event.key())
            if key in steps and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + steps[key]) % self.list.count())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        self.list.clear()
        wanted = fold(words).split()
        for action in self._actions:
            name = fold(f"{action.menu} {action.title}")
            if all(word in name for word in wanted):
                keys = f"\t{shown_keys(action.keys[0])}" if action.keys else ""
                item = QListWidgetItem(f"{action.menu.split('/')[0]}:  {action.title}{keys}")
                item.setData(Qt.ItemDataRole.UserRole, action)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        self.close()
        if item:
            self._do(item.data(Qt.ItemDataRole.UserRole))


class CheatSheet(QDialog):
    """Every action that has a key."""

    def __init__(self, actions: Sequence[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.resize(760, 640)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(18, 14, 18, 14)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        line, menu = 0, ""
        for action in (one for one in actions if one.keys):
            if action.menu != menu:
                menu = action.menu
                head = label(menu.upper(), section=True)
                head.setContentsMargins(0, 12 if line else 0, 0, 2)
                grid.addWidget(head, line, 0, 1, 2)
                line += 1
            grid.addWidget(keycap(action.keys[0]), line, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(action.title), line, 1)
            line += 1
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(line, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
