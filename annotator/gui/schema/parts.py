"""What the forms of the schema editor are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import theme as themes
from annotator.gui.buttons import ChoiceButton, flat_button
from annotator.gui.parts import label, row
from annotator.gui.written import Written
from annotator.language import tr
from annotator.model.draft import COLORS

NAMED = {
    "claim": tr("amber"),
    "source": tr("blue"),
    "denial": tr("vermilion"),
    "cue": tr("green"),
}


class Colors(QWidget):
    """Colors side by side, one of them chosen; another one from the whole range."""

    chosen = Signal(str)

    def __init__(self, color: str) -> None:
        super().__init__()
        self.setAccessibleName(tr("Color"))
        known = list(COLORS) if color in COLORS or not color else [*COLORS, color]
        group = QButtonGroup(self)
        buttons: list[QWidget | int] = []
        for one in known:
            button = QPushButton()
            button.setAutoDefault(False)
            button.setProperty("swatch", True)
            button.setCheckable(True)
            button.setChecked(one == color)
            button.setFixedSize(26, 26)
            button.setIconSize(QSize(16, 16))
            button.setIcon(_dot(one))
            button.setAccessibleName(NAMED.get(one, one))
            button.setToolTip(NAMED.get(one, one))
            button.clicked.connect(partial(self._choose, one))
            group.addButton(button)
            buttons.append(button)
        other = flat_button(tr("Other…"), tr("Another color"))
        other.clicked.connect(lambda: self._ask(color))
        self.setLayout(row(*buttons, other, 1, spacing=2))

    def _choose(self, color: str, _checked: bool = True) -> None:
        self.chosen.emit(color)

    def _ask(self, color: str) -> None:
        first = themes.of_application().color(color or COLORS[0])
        found = QColorDialog.getColor(first, self, tr("Color"))
        if found.isValid():
            self.chosen.emit(found.name())


def _dot(color: str) -> QIcon:
    picture = QPixmap(32, 32)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(themes.of_application().color(color))
    painter.drawEllipse(1, 1, 14, 14)
    painter.end()
    return QIcon(picture)


class OneOf(QWidget):
    """A few words side by side, one of them chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, values: Mapping[str, str], value: str) -> None:
        """``values`` says of each how it reads."""
        super().__init__()
        self.setAccessibleName(name)
        group = QButtonGroup(self)
        buttons: list[QWidget | int] = []
        for one, words in values.items():
            button = ChoiceButton(words, f"{name}: {words}")
            button.setChecked(one == value)
            button.clicked.connect(partial(self._choose, one))
            group.addButton(button)
            buttons.append(button)
        self.setLayout(row(*buttons, 1, spacing=2))

    def _choose(self, value: str, _checked: bool = True) -> None:
        self.chosen.emit(value)


class SomeOf(QWidget):
    """Words that are each on or off, in as many lines as they need."""

    chosen = Signal(object)
    """The names that are on, in their order."""

    ACROSS = 5

    def __init__(self, name: str, things: Sequence[tuple[str, str]], on: Sequence[str]) -> None:
        """``things`` are pairs of a name and how it reads."""
        super().__init__()
        self.setAccessibleName(name)
        self._things, self._on = things, set(on)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        for at, (one, words) in enumerate(things):
            button = ChoiceButton(words, f"{name}: {words}")
            button.setChecked(one in self._on)
            button.toggled.connect(partial(self._toggle, one))
            grid.addWidget(button, at // self.ACROSS, at % self.ACROSS)
        grid.setColumnStretch(self.ACROSS, 1)

    def _toggle(self, name: str, on: bool) -> None:
        if on:
            self._on.add(name)
        else:
            self._on.discard(name)
        self.chosen.emit(tuple(one for one, _ in self._things if one in self._on))


class Guideline(QWidget):
    """A guideline as it is written, or as it will be read."""

    def __init__(self, written: str, write: Callable[[str], None]) -> None:
        super().__init__()
        self.field = QPlainTextEdit(written)
        self.field.setAccessibleName(tr("Guideline, in Markdown"))
        self.field.setPlaceholderText(
            tr(
                "The rule in a sentence.\n\nWhat belongs to it and what does not.\n\n"
                "- An example with *the marked words* in it."
            )
        )
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(lambda: write(self.field.toPlainText().strip()))
        self._read = Written(tr("Guideline as it is read"))
        both = QWidget()
        self._both = QStackedLayout(both)
        self._both.addWidget(self.field)
        self._both.addWidget(self._read)
        self._reads = ChoiceButton(tr("As it reads"), tr("Show the guideline as it reads"))
        self._reads.toggled.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(label(tr("GUIDELINE"), section=True), 1, self._reads))
        layout.addWidget(both, 1)
        if written:
            self._reads.setChecked(True)

    def _turn(self, reads: bool) -> None:
        if reads:
            self._read.write(self.field.toPlainText().replace("\n*", "\n\n*"))
        self._both.setCurrentIndex(int(reads))
