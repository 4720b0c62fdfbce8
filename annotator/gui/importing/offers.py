"""What can still be said of what was read: which column holds what, and lines that repeat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.articles.columns import Table
from annotator.gui.bridge import Bridge
from annotator.gui.importing.columns import what_is_strange
from annotator.gui.parts import label, row, shortened
from annotator.language import tr, trn
from annotator.project.frames import Repeated, dim, repeating


class Offers(QWidget):
    """One line under the progress: a sentence, and the button that does something about it."""

    asked_columns = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.repeated = Repeated()
        """The lines that were found to repeat, once all is stored."""
        self.is_over = False
        """Whether the dialog is closing: nothing is shown any more."""
        self.said = label("", soft=True)
        self.said.setAccessibleName(tr("Columns that are not known"))
        self.columns = _button(
            tr("&Columns…"), tr("Say which column of a table holds what"), self.asked_columns.emit
        )
        self.dim = _button(
            tr("&Dim them"),
            tr("They stay in the text, and are no part of the body any more"),
            self._dim,
        )
        self.dim.hide()
        line: QHBoxLayout = row(self.columns, self.dim, self.said, 1, spacing=10)
        self.setLayout(line)

    def show_tables(
        self, tables: Mapping[str, Table], *, is_reading: bool, is_busy: bool, is_done: bool
    ) -> None:
        """Say what nobody knows of the columns of these tables."""
        self.columns.setVisible(bool(tables) and not is_done)
        self.columns.setEnabled(not is_busy)
        self._say("" if is_done or is_reading else what_is_strange(tables))

    def look_for_lines(self, documents: Collection[str]) -> None:
        """Look beside the window for lines that these new documents have in common with others."""
        self._bridge.start_job(repeating, documents, then=self._offer_dimming)

    def _offer_dimming(self, found: Repeated) -> None:
        self.repeated = found
        if self.is_over or not found.lines:
            return
        shown = " · ".join(f"“{shortened(words, 40)}”" for words, _ in found.lines[:2])
        self._say(f"{found.sentence()} {shown}")
        self.dim.setVisible(True)

    def _dim(self) -> None:
        self.dim.setEnabled(False)
        self._bridge.run(dim, self.repeated, then=self._tell_dimmed)

    def _tell_dimmed(self, articles: int) -> None:
        if self.is_over:
            return
        self.dim.setVisible(False)
        self._say(
            trn(
                "Dimmed in {count} article. Ctrl+Z takes it back.",
                "Dimmed in {count} articles. Ctrl+Z takes it back.",
                articles,
            )
        )

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))


def _button(words: str, tip: str, do: Callable[[], object]) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("small", True)
    made.setAutoDefault(False)
    made.setToolTip(tip)
    made.clicked.connect(lambda: do())
    return made
