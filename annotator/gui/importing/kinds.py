"""What is found, by what becomes of it, on one line: a press shows only those, a word only what has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from annotator.gui.buttons import ChoiceButton
from annotator.gui.importing.table import EVERYTHING, SAME_STORY
from annotator.gui.parts import row
from annotator.language import tr
from annotator.project.outcomes import ALREADY_THERE, IMPORTED, REFUSED

NAMES = {
    EVERYTHING: tr("everything"),
    IMPORTED: tr("imported"),
    SAME_STORY: tr("same story"),
    ALREADY_THERE: tr("already there"),
    REFUSED: tr("refused"),
}


class Kinds(QWidget):
    """A button for each kind that was met, and a field for words."""

    chosen = Signal(str)
    """The kind that is to be shown alone."""
    searched = Signal(str)
    """Words that what is shown must hold."""

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ChoiceButton] = {}
        for kind, name in NAMES.items():
            button = ChoiceButton("", name)
            button.clicked.connect(partial(self._choose, kind))
            self._group.addButton(button)
            self.buttons[kind] = button
        self.buttons[EVERYTHING].setChecked(True)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Filter"))
        self.words.setAccessibleName(tr("Filter by words"))
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(170)
        self.words.textChanged.connect(self.searched)
        self.setLayout(row(*self.buttons.values(), self.words, spacing=8))

    def tell(self, count: Callable[[str], int], *, done: bool) -> None:
        """Say how many there are of each; ``done``: it is stored."""
        for kind, button in self.buttons.items():
            n = count(kind)
            button.setText(_said(kind, n, done=done))
            button.setVisible(n > 0 or kind == EVERYTHING)

    def _choose(self, kind: str, _checked: bool = False) -> None:
        self.chosen.emit(kind)


def _said(kind: str, n: int, *, done: bool) -> str:
    if kind == EVERYTHING:
        return tr("{n} found", n=n)
    if kind == SAME_STORY:
        return tr("{n} of them the same story", n=n)
    if kind == ALREADY_THERE:
        return tr("{n} already there", n=n)
    if kind == REFUSED:
        return tr("{n} refused", n=n)
    return tr("{n} imported", n=n) if done else tr("{n} to import", n=n)
