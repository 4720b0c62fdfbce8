"""Small parts that the panels are built of."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)


def label(words: str = "", **look: bool) -> QLabel:
    """A label; ``look`` names what the style sheet knows: soft, small, section, key, ok, warn."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    for name, value in look.items():
        made.setProperty(name, value)
    return made


def keycap(sequence: str) -> QLabel:
    """A key as it is drawn beside what it does."""
    return label(shown_keys(sequence), key=True)


def shown_keys(sequence: str) -> str:
    """A key sequence as this system writes it, with thin blanks."""
    native = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("+", " ").replace("Shift", "⇧")


def flat_button(words: str, name: str = "") -> QPushButton:
    """A button that is only its words."""
    made = QPushButton(words)
    made.setProperty("flat", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(name or words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def plain_tip(words: str) -> str:
    """Words as a tool tip shows them and nothing else: Qt takes an article's words for HTML."""
    return f"<qt>{html.escape(words)}</qt>"


class IconButton(QPushButton):
    """A button that is only an icon, in the color of the words around it."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setProperty("flat", True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(26, 26)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in the colors of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        from annotator.gui.icons import icon

        faint = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        self.setIcon(icon(self._icon, faint, 16))


class ValueButton(QPushButton):
    """A value that is chosen from a list: the value as it reads, and a menu when it is pressed.

    Unlike a combo box it does not change when somebody scrolls over it.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, object]],
        chosen: object,
        choose: Callable[[object], None],
    ) -> None:
        super().__init__(next((words for words, value in choices if value == chosen), str(chosen)))
        self.setProperty("value", True)
        self.setAccessibleName(f"{name}: {self.text()}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        for words, value in choices:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _=False, value=value: choose(value))
            menu.addAction(action)
        self.setMenu(menu)


def rule() -> QFrame:
    """A thin line between parts."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


def row(*parts: QWidget | int, spacing: int = 7) -> QHBoxLayout:
    """Parts beside one another; a number is a stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        else:
            is_key = bool(part.property("key"))
            align = Qt.AlignmentFlag.AlignVCenter if is_key else Qt.AlignmentFlag(0)
            layout.addWidget(part, 0, align)
    return layout


def free_width(widget: QWidget) -> QWidget:
    """Let a widget be as narrow as its neighbors need."""
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
    return widget


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            empty(item.layout())
            item.layout().deleteLater()
