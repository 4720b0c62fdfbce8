"""How many articles there are of each status, on one line; a press shows only those."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.gui.buttons import ChoiceButton
from annotator.gui.icons import icon
from annotator.gui.parts import empty
from annotator.language import tr
from annotator.model.annotation import STATUSES
from annotator.model.names import STATUS_NAMES

WORDS = {**STATUS_NAMES, "complete": tr("done")}
ORDER = ("in_progress", *STATUSES)
BESIDE = 10
"""Pixels left and right of them."""


class Statuses(QWidget):
    """A button for each status that there is: in words where they fit, else an icon with its number."""

    chosen_anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""
        """The status that is shown alone, or all of them."""
        self._tally: dict[str, int] = {}
        self._color = QColor()
        self._buttons: dict[str, ChoiceButton] = {}
        self._wide = 0
        """Pixels that all of them need in words."""
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(BESIDE, 0, BESIDE, 0)
        self._line.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_tally(self, tally: Mapping[str, int], color: QColor) -> None:
        """Show how many there are of each, icons in that color."""
        self._tally, self._color = dict(tally), color
        empty(self._line)
        there = [one for one in STATUSES if tally.get(one) or one == self.chosen]
        self._buttons = {one: self._button(one) for one in sorted(there, key=ORDER.index)}
        self._wide = sum(button.sizeHint().width() for button in self._buttons.values())
        for button in self._buttons.values():
            self._line.addWidget(button)
        self._line.addStretch(1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in words what there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        in_words = self._wide + 2 * BESIDE <= self.width()
        for status, button in self._buttons.items():
            tally = self._tally.get(status, 0)
            button.setText(f"{tally} {WORDS[status]}" if in_words else str(tally))
            button.setIcon(QIcon() if in_words else icon(status, self._color, 14))

    def _button(self, status: str) -> ChoiceButton:
        """A button in words."""
        tally, name = self._tally.get(status, 0), WORDS[status]
        heard = tr("Only those {name}: {tally}", name=name, tally=tally)
        button = ChoiceButton(f"{tally} {name}", heard)
        button.setToolTip(tr("Show only what is {name}", name=name))
        button.setChecked(status == self.chosen)
        button.toggled.connect(partial(self._choose, status))
        return button

    def _choose(self, status: str, is_on: bool) -> None:
        self.chosen = status if is_on else ""
        # Not at once: the pressed button itself is made anew.
        QTimer.singleShot(0, self, self.chosen_anew.emit)
