"""What can be done at a place of the text, in a menu at the pointer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from annotator.gui.actions import Action

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

OF_MARK = (
    "link.to",
    "mark.attribute",
    "mark.behind",
    "mark.note",
    "mark.edges",
    "mark.unsure",
    "mark.remove",
)
"""What the menu offers below the labels where a mark is held."""
HERE = ("block.dim", "block.role", "edit.copy")
"""What it offers everywhere."""


class ContextMenu(QObject):
    """Opens on a right click, or with the menu key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        desk.view.customContextMenuRequested.connect(self.open)

    def open(self, point: QPoint) -> None:
        """Show what can be done at a point of the view: to a selection there, else to the innermost mark."""
        desk = self._desk
        if desk.bench.document is None:
            return
        at = desk.view.offset_at(QPointF(point))
        selected = desk.view.selection()
        if not (selected and selected[0] <= at < selected[1]):
            desk.view.set_caret(at)
            if under := desk.view.marks_at(at):
                desk.bench.hold(under[0])
        menu = QMenu(desk.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_id = {action.id: action for action in desk.actions_now}
        for label in desk.bench.schema.labels:
            self._add(menu, by_id.get(f"mark.{label.name}"))
        for names in (OF_MARK, HERE):
            menu.addSeparator()
            for name in names:
                self._add(menu, by_id.get(name))
        menu.popup(desk.view.viewport().mapToGlobal(point))

    def _add(self, menu: QMenu, action: Action | None) -> None:
        if action is None or not action.when(self._desk):
            return
        made = QAction(action.title, menu)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.triggered.connect(partial(self._do, action))
        menu.addAction(made)

    def _do(self, action: Action, _checked: bool = False) -> None:
        self._desk.do(action.id)
