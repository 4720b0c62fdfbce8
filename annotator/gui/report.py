"""What became of long work: what was done, and a line for each thing it met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import theme as themes
from annotator.gui.parts import label, plain_tip, row, rule
from annotator.gui.theme import Theme
from annotator.language import tr
from annotator.text.visible import visible


class Line(NamedTuple):
    """One thing, what became of it, and why; ``look`` is good, bad or nothing."""

    what: str
    result: str
    why: str
    look: str = ""


class ReportDialog(QDialog):
    """A head, a sentence or two, and a table; it can be copied."""

    def __init__(
        self,
        title: str,
        head: str,
        sentences: Sequence[str],
        lines: Sequence[Line],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plain = "\n".join([head, *sentences, *("\t".join(one[:3]) for one in lines)])
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 18)
        inside.setSpacing(6)
        heading = label(head, heading=True)
        inside.addWidget(heading)
        for sentence in sentences:
            words = label(sentence, soft=True)
            words.setWordWrap(True)
            inside.addWidget(words)
        if lines:
            inside.addSpacing(8)
            inside.addWidget(_table(lines, themes.of_application()), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(card, 1)
        layout.addWidget(rule())
        layout.addLayout(self._buttons())
        self.resize(820 if lines else 520, min(560, 210 + 32 * len(lines)) if lines else 170)

    def _buttons(self) -> QVBoxLayout:
        close, copy = QPushButton(tr("Close")), QPushButton(tr("Copy report"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._plain))
        buttons = row(1, copy, close, spacing=12)
        buttons.setContentsMargins(24, 14, 24, 14)
        holder = QVBoxLayout()
        holder.addLayout(buttons)
        return holder


def _table(lines: Sequence[Line], theme: Theme) -> QTableWidget:
    table = QTableWidget(len(lines), 3)
    table.setAccessibleName(tr("Report"))
    table.setHorizontalHeaderLabels([tr("file"), tr("result"), tr("why")])
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(32)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    colors = {"good": theme.ok, "bad": theme.warn}
    strong = QFont(QApplication.font())
    strong.setWeight(QFont.Weight.DemiBold)
    for at, line in enumerate(lines):
        for column, words in enumerate(line[:3]):
            item = QTableWidgetItem(visible(words))
            item.setToolTip(plain_tip(words))
            if column == 1 and line.look:
                item.setForeground(QColor(colors[line.look]))
                item.setFont(strong)
            table.setItem(at, column, item)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    header.resizeSection(0, 300)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return table
