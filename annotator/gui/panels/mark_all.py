"""Below the places that are found: as which label they are to be marked, and the button that does it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.gui.buttons import ValueButton, flat_button
from annotator.gui.parts import label, row
from annotator.gui.workbench import Workbench
from annotator.language import tr, trn


class MarkAll(QWidget):
    """The label is the one chosen last."""

    asked = Signal(str)
    """Mark what is ticked with this label."""
    cancelled = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._label = bench.schema.current.labels[0].name
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self.button.clicked.connect(lambda: self.asked.emit(self._label))
        cancel = flat_button(tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        self._labels = row(label(tr("Mark as"), soft=True), spacing=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._labels)
        layout.addLayout(row(self.button, cancel, 1))
        bench.schema_changed.connect(self._show_labels)
        self._show_labels()

    def show_count(self, count: int, *, ready: bool) -> None:
        """How many places would be marked, and whether they can be."""
        self.button.setText(trn("Mark {count:,} place", "Mark {count:,} places", count))
        self.button.setEnabled(ready and count > 0)

    def choose_by_key(self, key: str) -> None:
        """Choose the label of this letter, where there is one."""
        labels = self._bench.schema.current.labels
        for one in labels:
            if one.key.upper() == key:
                self._choose(one.name)

    def _choose(self, name: object) -> None:
        self._label = str(name)
        # Not at once: the pressed button itself is made anew.
        QTimer.singleShot(0, self, self._show_labels)

    def _show_labels(self) -> None:
        labels = self._bench.schema.current.labels
        if self._label not in {one.name for one in labels}:
            self._label = labels[0].name
        while self._labels.count() > 1:
            self._labels.takeAt(1).widget().deleteLater()
        choices: list[tuple[str, object]] = [(one.title, one.name) for one in labels]
        self._labels.addWidget(ValueButton(tr("Label"), choices, self._label, self._choose))
