"""Short conversations: a word or two, and what became of long work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
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
        layout.addWidget(label(question))
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


class ReportDialog(QDialog):
    """What became of long work: a sentence or two, and a line for each thing it met."""

    def __init__(
        self,
        title: str,
        sentences: Sequence[str],
        lines: Sequence[tuple[str, str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 440 if lines else 180)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        for sentence in sentences:
            words = label(sentence)
            words.setWordWrap(True)
            layout.addWidget(words)
        if lines:
            layout.addWidget(_table(lines), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        plain = "\n".join([*sentences, *("\t".join(line) for line in lines)])
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(plain))
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def _table(lines: Sequence[tuple[str, str, str]]) -> QTableWidget:
    table = QTableWidget(len(lines), 3)
    table.setAccessibleName("Report")
    table.setHorizontalHeaderLabels(["What", "Result", "Why"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    for at, line in enumerate(lines):
        for column, words in enumerate(line):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            table.setItem(at, column, item)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    header.resizeSection(0, 260)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return table
