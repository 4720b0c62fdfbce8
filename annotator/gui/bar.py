"""The bar above the desk: the project, the labels with their keys, what is needed most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.gui import theme as themes
from annotator.gui.actions import Action
from annotator.gui.buttons import flat_button
from annotator.gui.parts import empty, keycap, label, plain_tip, row
from annotator.gui.reading.paint import Brush
from annotator.gui.theme import Theme
from annotator.language import tr
from annotator.model.schema import Label, Schema

NEEDED = {"link.to": tr("Link"), "edit.undo": tr("Undo")}


class Bar(QWidget):
    """Each label's name is a button that does what its key does."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        name = label(tr("Project") if "://" in where else Path(where).stem)
        name.setStyleSheet("font-weight: 600;")
        name.setToolTip(plain_tip(where))
        self.size_label = label("", soft=True)
        self._legend, self._hints = QHBoxLayout(), QHBoxLayout()
        self._swatches: list[tuple[QLabel, Label]] = []
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(name)
        layout.addWidget(self.size_label)
        layout.addStretch(1)
        for part, gap in ((self._legend, 10), (self._hints, 2)):
            part.setSpacing(gap)
            layout.addLayout(part)
            if part is self._legend:
                layout.addStretch(1)

    def fill(self, schema: Schema, actions: Sequence[Action], do: Callable[[Action], None]) -> None:
        """Show this schema's labels and the most needed of these actions."""
        empty(self._legend)
        empty(self._hints)
        self._swatches.clear()
        self._buttons.clear()
        by_id = {action.id: action for action in actions}
        for one in schema.current.labels:
            action = by_id[f"mark.{one.name}"]
            picture = QLabel()
            self._swatches.append((picture, one))
            button = self._button(action, one.title, do)
            button.setToolTip(plain_tip(one.guideline.split("\n")[0]))
            self._legend.addWidget(_together(picture, button, action))
        for action_id in (*NEEDED, "help.commands"):
            action = by_id.get(action_id)
            if action is not None:
                button = self._button(action, NEEDED.get(action_id, action.title), do)
                self._hints.addWidget(_together(None, button, action))
        self._paint_swatches()

    def enable(self, action_id: str, can: bool, tip: str = "") -> None:
        """Show whether an action can be done now."""
        if action_id in self._buttons:
            self._buttons[action_id].setEnabled(can)
            if tip:
                self._buttons[action_id].setToolTip(plain_tip(tip))

    def changeEvent(self, event: QEvent) -> None:
        """Paint the swatches anew in the colors of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_swatches()

    def _button(self, action: Action, words: str, do: Callable[[Action], None]) -> QPushButton:
        button = flat_button(words, action.title)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the text keeps its keys
        button.clicked.connect(partial(_do, do, action))
        self._buttons[action.id] = button
        return button

    def _paint_swatches(self) -> None:
        theme = themes.of_application()
        for picture, one in self._swatches:
            picture.setPixmap(swatch(one.style, one.color, theme))


def _do(do: Callable[[Action], None], action: Action, _checked: bool = False) -> None:
    do(action)


def _together(swatch: QLabel | None, button: QPushButton, action: Action) -> QWidget:
    button.setStyleSheet("padding: 4px 5px;")
    parts = [button, *([keycap(action.keys[0])] if action.keys else [])]
    holder = QWidget()
    holder.setLayout(row(*([swatch, *parts] if swatch else parts), spacing=2))
    return holder


def swatch(style: str, color: str, theme: Theme) -> QPixmap:
    """A label as it looks in the text."""
    picture = QPixmap(44, 28)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    brush = Brush(theme, 1.0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style == "fill":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.fill(color))
        painter.drawRoundedRect(0, 0, 22, 13, 3, 3)
    elif style == "hatch":
        painter.fillRect(0, 0, 22, 10, brush.hatch(color, strong=False))
        painter.fillRect(0, 10, 22, 3, brush.hatch(color, strong=True))
    else:
        kind = Qt.PenStyle.CustomDashLine if style == "dashes" else Qt.PenStyle.SolidLine
        painter.setPen(brush.pen(color, 2.4, kind))
        painter.drawLine(0, 10, 22, 10)
    painter.end()
    return picture
