"""The balance of a split: a bar of its parts and a table of what is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.datasets.counts import WHOLE, Counts
from annotator.gui import theme as themes
from annotator.language import tr

HEIGHT = 22
ROW = 30
MOST = 11
"""Columns that there is room for; more of them scroll."""
_SHADES = (1.0, 0.72, 0.42)
"""How much of the soft color each part of the bar has."""


class Balance(QWidget):
    """Both; where nothing is split the table alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = SplitBar()
        self.table = QTableWidget()
        self.table.setObjectName("balance")
        self.table.setAccessibleName(tr("What is in each split"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        self.table.setShowGrid(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.table)

    def show_counts(self, counts: Mapping[str, Counts], labels: Sequence[tuple[str, str]]) -> None:
        """Counts by split; ``labels`` are names and titles, in the order of the columns."""
        is_split = any(name != WHOLE for name in counts)
        self.bar.setVisible(is_split)
        self.bar.show_parts([(name, one.documents) for name, one in counts.items()])
        used = [(name, title) for name, title in labels if _used(counts, name)]
        heads = ["", tr("articles"), *(title.lower() for _, title in used), tr("unmarked")]
        self.table.clear()
        self.table.setColumnCount(len(heads))
        self.table.setRowCount(len(counts))
        self.table.setHorizontalHeaderLabels(heads)
        for at, (name, one) in enumerate(counts.items()):
            cells = [one.documents, *(one.marks.get(label, 0) for label, _ in used), one.empty]
            self.table.setItem(at, 0, QTableWidgetItem(name or tr("all")))
            for column, n in enumerate(cells, 1):
                item = QTableWidgetItem(f"{n:,}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(at, column, item)
        self._fit(len(heads))

    def _fit(self, columns: int) -> None:
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if columns > MOST:
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        scroll = 12 if columns > MOST else 0
        self.table.setFixedHeight(
            header.sizeHint().height() + ROW * self.table.rowCount() + 2 + scroll
        )


class SplitBar(QWidget):
    """The parts beside each other, as long as they are large, each with its name and number."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, HEIGHT)

    def show_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Names with how many articles."""
        self._parts = [part for part in parts if part[1]]
        said = ", ".join(f"{name} {n}" for name, n in self._parts)
        self.setAccessibleName(tr("Split: {said}", said=said))
        self.setToolTip(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The parts from the left to the right."""
        total = sum(n for _, n in self._parts)
        if not total:
            return
        theme = themes.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setClipPath(clip)
        font = QFont(QApplication.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        left = 0.0
        for at, (name, n) in enumerate(self._parts):
            part = QRectF(left, 0, self.width() * n / total, HEIGHT)
            left = part.right()
            shade = _SHADES[min(at, 2)]
            fill = theme.color("soft")
            fill.setAlphaF(shade)
            painter.fillRect(part, theme.color("paper"))
            painter.fillRect(part, fill)
            painter.setPen(theme.color("paper" if shade > 0.6 else "ink"))
            words = f"{name} {n:,}"
            if painter.fontMetrics().horizontalAdvance(words) + 12 < part.width():
                painter.drawText(part.adjusted(9, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


def _used(counts: Mapping[str, Counts], label: str) -> bool:
    return any(one.marks.get(label) for one in counts.values())
