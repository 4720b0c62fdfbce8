"""Lists beside the text: the marks of the article, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.parts import plain_tip, row
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model.annotation import Annotation
from annotator.model.names import of_op
from annotator.text.words import fold

if TYPE_CHECKING:
    from annotator.project import Queries

ID = Qt.ItemDataRole.UserRole
UNSURE = "?"
"""In place of a label: what is unsure, wherever it is."""


class MarksList(QWidget):
    """Every mark of the open article, or what is unsure in all of them: filter, sort, jump."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter marks"))
        self.filter.setAccessibleName(tr("Filter marks"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Label"))
        self._fill_kinds()
        self.tree = _tree(tr("Marks of this article"), (tr("Label"), tr("Words")))
        self.tree.setSortingEnabled(True)
        self.tree.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addLayout(row(self.filter, self.kind))
        layout.addWidget(self.tree, 1)
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self.refresh)
        self.filter.textChanged.connect(lambda _: self._soon.start())
        self.kind.currentIndexChanged.connect(lambda _: self._soon.start())
        bench.schema_changed.connect(self._fill_kinds)
        bench.opened.connect(self._soon.start)
        bench.marks_changed.connect(lambda _: self._soon.start())
        bench.held_changed.connect(self._show_held)
        self.tree.itemSelectionChanged.connect(self._hold)
        self.refresh()

    def _fill_kinds(self) -> None:
        """Every label of the schema; the chosen one stays chosen where it is still there."""
        chosen = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(tr("all"), "")
        for one in self._bench.schema.labels:
            self.kind.addItem(one.name, one.name)
        self.kind.addItem(tr("unsure, in all articles"), UNSURE)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))

    def refresh(self) -> None:
        """List the marks anew."""
        if not self.isVisible():
            return
        kind = self.kind.currentData()
        if kind == UNSURE:
            self._bench.bridge.look(_unsure, then=self._list)
            return
        marks = self._bench.in_order()
        self._list([mark for mark in marks if not kind or mark.label == kind])

    def _list(self, marks: Sequence[Annotation]) -> None:
        words = fold(self.filter.text())
        self.tree.blockSignals(True)
        self.tree.setSortingEnabled(False)
        self.tree.clear()
        for mark in marks:
            if words in fold(mark.words + " " + mark.note):
                item = QTreeWidgetItem([mark.label, " ".join(mark.words.split())])
                item.setData(0, ID, mark.id)
                item.setToolTip(1, plain_tip(mark.words))
                self.tree.addTopLevelItem(item)
        self.tree.setSortingEnabled(True)
        self.tree.blockSignals(False)
        self._show_held()

    def showEvent(self, event: object) -> None:
        """List what changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _hold(self) -> None:
        chosen = self.tree.selectedItems()
        if chosen:
            self._bench.show(chosen[0].data(0, ID))

    def _show_held(self) -> None:
        held = self._bench.held
        self.tree.blockSignals(True)
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            item.setSelected(held is not None and item.data(0, ID) == held.id)
            if item.isSelected():
                self.tree.scrollToItem(item)
        self.tree.blockSignals(False)


def _unsure(read: Queries) -> tuple[Annotation, ...]:
    return read.unsure()


class History(QWidget):
    """Every act, newest first."""

    asked_back = Signal(int)
    """Take back this many of the person's newest acts."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.tree = _tree(tr("History"), (tr("When"), tr("Who"), tr("What")))
        self.tree.setToolTip(tr("Double click: undo your acts down to this one"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.tree)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.refresh)
        bench.library_changed.connect(lambda _: self._soon.start())
        self.tree.itemDoubleClicked.connect(self._ask_back)

    def refresh(self) -> None:
        """Read the history anew."""
        if not self.isVisible():
            return
        self.tree.clear()
        for entry in self._bench.bridge.read.history(limit=500):
            at = entry.at[:16].replace("T", " ")
            item = QTreeWidgetItem([at, entry.by, of_op(entry.kind, entry.title)])
            is_own = entry.by == self._bench.bridge.person_name
            item.setData(0, ID, entry.in_force and is_own and entry.kind == "do")
            item.setDisabled(entry.kind == "do" and not entry.in_force)
            self.tree.addTopLevelItem(item)

    def showEvent(self, event: object) -> None:
        """Show what happened meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _ask_back(self, chosen: QTreeWidgetItem) -> None:
        last = self.tree.indexOfTopLevelItem(chosen)
        count = sum(bool(self.tree.topLevelItem(at).data(0, ID)) for at in range(last + 1))
        if count and chosen.data(0, ID):
            self.asked_back.emit(count)


def _tree(name: str, columns: tuple[str, ...]) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setHeaderLabels(columns)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    return tree
