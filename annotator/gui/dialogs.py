"""Short conversations: a few words, with those said before at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.parts import label


class Words(QDialog):
    """Asks for a few words, proposing those that were said before."""

    def __init__(
        self, title: str, question: str, known: Sequence[str], proposed: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.field = QLineEdit(proposed)
        self.field.setAccessibleName(question)
        self.field.selectAll()
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        asked = label(question)
        asked.setWordWrap(True)
        layout.addWidget(asked)
        layout.addWidget(self.field)
        layout.addWidget(buttons)


def ask_words(
    title: str, question: str, known: Sequence[str], proposed: str, parent: QWidget
) -> str | None:
    """What the person wrote, or None where they did not want to."""
    dialog = Words(title, question, known, proposed, parent)
    try:
        said = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.field.text().strip() if said else None
    finally:
        dialog.deleteLater()
