"""Actors and propositions of all articles, with the marks behind which they stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.buttons import flat_button
from annotator.gui.dialogs import ask_words
from annotator.gui.parts import label, plain_tip, row
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model.annotation import Annotation, Standing
from annotator.text.words import fold

if TYPE_CHECKING:
    from annotator.project import Queries

ID, MARK = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MOST = 500
"""Lines that are shown at once; typing finds the others."""


class Words(NamedTuple):
    """What is said of one kind of what stands behind marks."""

    title: str
    of_all: str
    teach: str
    ask_name: str
    ask_own: str


WORDS = {
    "actor": Words(
        tr("Actors"),
        tr("Actors of all articles"),
        tr("Nobody has named an actor yet. T names that of a held source."),
        tr("What is this actor called?"),
        tr("What is their own actor called?"),
    ),
    "proposition": Words(
        tr("Propositions"),
        tr("Propositions of all articles"),
        tr("Nobody has named a proposition yet. T names that of a held claim."),
        tr("What is this proposition called?"),
        tr("What is their own proposition called?"),
    ),
}


class StandingPanel(QWidget):
    """Filter, open to the marks, go to them, rename, merge, split."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.kind = "actor"
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setAccessibleName(tr("Filter"))
        self._kinds = {kind: flat_button(words.title) for kind, words in WORDS.items()}
        self.tree = _tree()
        self.empty = label("", small=True)
        self.empty.setWordWrap(True)
        self.rename = flat_button(tr("Rename"), tr("Rename (F2)"))
        self.merge = flat_button(tr("Merge"), tr("Merge those selected into the first of them"))
        self.split = flat_button(tr("Split"), tr("Give the selected marks one of their own"))
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.refresh)
        bench.library_changed.connect(lambda _: self._soon.start())
        self.filter.textChanged.connect(lambda _: self._soon.start())
        self.setFocusProxy(self.filter)
        self._choose("actor")

    def _build(self) -> None:
        for kind, button in self._kinds.items():
            button.setCheckable(True)
            button.setChecked(kind == self.kind)
            button.clicked.connect(partial(self._choose, kind))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addLayout(row(*self._kinds.values(), 1, spacing=2))
        layout.addWidget(self.filter)
        layout.addWidget(self.empty)
        layout.addWidget(self.tree, 1)
        layout.addLayout(row(self.rename, self.merge, self.split, 1, spacing=2))
        self.tree.itemExpanded.connect(self._open)
        self.tree.itemActivated.connect(self._go)
        self.tree.itemSelectionChanged.connect(self._enable)
        self.rename.clicked.connect(self._rename)
        self.merge.clicked.connect(self._merge)
        self.split.clicked.connect(self._split)
        again = QShortcut(QKeySequence(Qt.Key.Key_F2), self.tree, self._rename)
        again.setContext(Qt.ShortcutContext.WidgetShortcut)

    def refresh(self) -> None:
        """Read all of them anew, beside the acts."""
        if self.isVisible():
            look = partial(_read, kind=self.kind)
            self._bench.bridge.look(look, then=partial(self._take, self.kind))

    def showEvent(self, event: object) -> None:
        """Show what changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _choose(self, kind: str, _checked: bool = True) -> None:
        self.kind = kind
        for name, button in self._kinds.items():
            button.setChecked(name == kind)
        self.tree.setAccessibleName(WORDS[kind].of_all)
        self.refresh()

    def _take(self, kind: str, found: tuple[Standing, ...]) -> None:
        if kind != self.kind:
            return
        opened = {item.data(0, ID) for item in self._lines() if item.isExpanded()}
        chosen = {item.data(0, ID) for item in self._lines() if item.isSelected()}
        wanted = fold(self.filter.text())
        shown = [one for one in found if wanted in fold(one.words)][:MOST]
        self.tree.clear()
        for one in shown:
            item = QTreeWidgetItem(
                [" ".join(one.words.split()), str(one.marks), str(one.documents)]
            )
            item.setData(0, ID, one.id)
            item.setToolTip(0, plain_tip(one.words))
            for column in (1, 2):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            policy = QTreeWidgetItem.ChildIndicatorPolicy
            item.setChildIndicatorPolicy(
                policy.ShowIndicator if one.marks else policy.DontShowIndicator
            )
            self.tree.addTopLevelItem(item)
            item.setExpanded(one.id in opened)
            item.setSelected(one.id in chosen)
        self.empty.setText(tr("Nothing is called so.") if found else WORDS[self.kind].teach)
        self.empty.setVisible(not shown)
        self._enable()

    def _lines(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [one for one in found if one is not None]

    def _open(self, item: QTreeWidgetItem) -> None:
        its_id = item.data(0, ID)
        look = partial(_marks, kind=self.kind, its_id=its_id)
        self._bench.bridge.look(look, then=partial(self._show_marks, its_id))

    def _show_marks(self, its_id: str, found: tuple[Annotation, ...]) -> None:
        item = next((one for one in self._lines() if one.data(0, ID) == its_id), None)
        if item is None:
            return
        item.takeChildren()
        for mark in found[:MOST]:
            child = QTreeWidgetItem([" ".join(mark.words.split())])
            child.setData(0, MARK, mark.id)
            child.setToolTip(0, plain_tip(mark.words))
            item.addChild(child)

    # What is done with them

    def _chosen(self) -> list[str]:
        return [i.data(0, ID) for i in self.tree.selectedItems() if i.data(0, ID)]

    def _chosen_marks(self) -> list[str]:
        return [i.data(0, MARK) for i in self.tree.selectedItems() if i.data(0, MARK)]

    def _enable(self) -> None:
        self.rename.setEnabled(len(self._chosen()) == 1)
        self.merge.setEnabled(len(self._chosen()) > 1)
        self.split.setEnabled(bool(self._chosen_marks()))

    def _go(self, item: QTreeWidgetItem) -> None:
        if item.data(0, MARK):
            self._bench.show(item.data(0, MARK))
        else:
            item.setExpanded(not item.isExpanded())

    def _rename(self) -> None:
        from annotator.project import behind

        chosen = [item for item in self.tree.selectedItems() if item.data(0, ID)]
        if len(chosen) == 1:
            before = chosen[0].text(0)
            said = ask_words(tr("Rename"), WORDS[self.kind].ask_name, [], before, self)
            if said and said != before:
                self._bench.bridge.run(behind.rename, self.kind, chosen[0].data(0, ID), said)

    def _merge(self) -> None:
        from annotator.project import behind

        chosen = self._chosen()
        if len(chosen) > 1:
            self._bench.bridge.run(behind.merge, self.kind, chosen[0], chosen[1:])

    def _split(self) -> None:
        from annotator.project import behind

        marks = self._chosen_marks()
        if marks:
            proposed = self.tree.selectedItems()[0].text(0)
            said = ask_words(tr("Split"), WORDS[self.kind].ask_own, [], proposed, self)
            if said:
                self._bench.bridge.run(behind.split, self.kind, marks, said)


def _read(read: Queries, *, kind: str) -> tuple[Standing, ...]:
    return read.standing(kind)


def _marks(read: Queries, *, kind: str, its_id: str) -> tuple[Annotation, ...]:
    return read.marks_behind(kind, its_id)


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderLabels((tr("Name"), tr("Marks"), tr("Articles")))
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, tree.header().ResizeMode.Stretch)
    for column in (1, 2):
        tree.header().setSectionResizeMode(column, tree.header().ResizeMode.ResizeToContents)
    return tree
