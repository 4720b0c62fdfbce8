"""The window's menus and keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.gui.actions import MENUS, TEXT, Action
from annotator.gui.actions.base import EDIT
from annotator.gui.desk import Desk


class Menus(QObject):
    """Every action in its menu; letter keys act only while the text has the focus."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._made: list[tuple[Action, QAction]] = []

    def show(self, place: Desk | QWidget, actions: Sequence[Action]) -> None:
        """Fill the menus for a project's desk, or for the window without one."""
        self._forget()
        used = {action.menu.partition("/")[0] for action in actions}
        menus = {name: self._bar.addMenu(name) for name in MENUS if name in used}
        groups: dict[str, str] = {}
        for action in actions:
            menu = self._menu(menus, action.menu)
            group = action.id.partition(".")[0]
            if groups.setdefault(action.menu, group) != group:
                menu.addSeparator()
                groups[action.menu] = group
            self._add(menu, action, place)
        if isinstance(place, Desk):
            menus[EDIT].aboutToShow.connect(partial(self._name_moves, place))

    def enable(self, desk: Desk) -> None:
        """Show what can be done now."""
        for action, made in self._made:
            can = bool(action.when(desk))
            made.setEnabled(can)
            desk.bar.enable(action.id, can)
            if action.checked is not None:
                made.setChecked(bool(action.checked(desk)))

    def _forget(self) -> None:
        """Let go of what was made before: two actions with one key would both be deaf."""
        self._bar.clear()
        for _, made in self._made:
            made.setShortcuts([])
            made.deleteLater()
        for menu in self._bar.findChildren(
            QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            menu.deleteLater()
        self._made.clear()

    def _add(self, menu: QMenu, action: Action, place: Desk | QWidget) -> None:
        made = QAction(action.title, menu)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setCheckable(action.checked is not None)
        if isinstance(place, Desk):
            if action.scope == TEXT:
                made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            (place.view if action.scope == TEXT else place).addAction(made)
        made.triggered.connect(partial(self._triggered, place, action))
        menu.addAction(made)
        self._made.append((action, made))

    def _triggered(self, place: Desk | QWidget, action: Action, _checked: bool = False) -> None:
        do(place, action)
        if isinstance(place, Desk):
            self.enable(place)

    def _name_moves(self, desk: Desk) -> None:
        """Say in the menu what undo and redo would do."""
        read, person = desk.bridge.read, desk.bridge.person
        titles = {"edit.undo": read.undo_title(person), "edit.redo": read.redo_title(person)}
        for action, made in self._made:
            if action.id in titles:
                title = titles[action.id]
                made.setText(f"{action.title}: {title}" if title else action.title)

    def _menu(self, menus: dict[str, QMenu], name: str) -> QMenu:
        if name not in menus:
            above, _, title = name.partition("/")
            menus[name] = menus[above].addMenu(title)
        return menus[name]


def do(place: QWidget, action: Action) -> None:
    """Do an action, where it can be done now."""
    if action.when(place):
        action.do(place)
