"""The window's menus and keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from annotator.gui.actions import TEXT, Action
from annotator.gui.desk import Desk

NAMES = ("File", "Edit", "Mark", "Go", "View", "Article", "Help")
Plain = tuple[str, str, Callable[[], None]]
"""A title, its keys, and what it does: for what needs no project."""


class Menus(QObject):
    """Every action in its menu; letter keys act only while the text has the focus."""

    def __init__(self, bar: QMenuBar, first: Sequence[Plain], last: Sequence[Plain]) -> None:
        super().__init__(bar)
        self._bar, self._first, self._last = bar, first, last
        self._made: list[tuple[Action, QAction]] = []

    def show(self, desk: Desk | None, actions: Sequence[Action] = ()) -> None:
        """Fill the menus for a project, or for none."""
        self._bar.clear()
        self._made.clear()
        menus = {
            name: self._bar.addMenu(name) for name in NAMES if desk or name in (NAMES[0], NAMES[-1])
        }
        self._add_plain(menus[NAMES[0]], self._first)
        menus[NAMES[0]].addSeparator()
        for action in actions:
            if desk is not None:
                self._add(self._menu(menus, action.menu), action, desk)
        menus[NAMES[0]].addSeparator()
        self._add_plain(menus[NAMES[0]], self._last)
        about = QAction("About Qt", menus[NAMES[-1]])
        about.triggered.connect(QApplication.aboutQt)
        menus[NAMES[-1]].addAction(about)
        if desk is not None:
            menus["Edit"].aboutToShow.connect(partial(self._name_moves, desk))

    def enable(self, desk: Desk) -> None:
        """Show what can be done now."""
        for action, made in self._made:
            can = bool(action.when(desk))
            made.setEnabled(can)
            desk.bar.enable(action.id, can)
            if action.checked is not None:
                made.setChecked(bool(action.checked(desk)))

    def _add(self, menu: QMenu, action: Action, desk: Desk) -> None:
        made = QAction(action.title, menu)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setCheckable(action.checked is not None)
        if action.scope == TEXT:
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            desk.view.addAction(made)
        else:
            desk.addAction(made)
        made.triggered.connect(partial(self._triggered, desk, action))
        menu.addAction(made)
        self._made.append((action, made))

    def _triggered(self, desk: Desk, action: Action, _checked: bool = False) -> None:
        do(desk, action)
        self.enable(desk)

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

    def _add_plain(self, menu: QMenu, plain: Sequence[Plain]) -> None:
        for title, keys, what in plain:
            made = QAction(title, menu)
            if keys:
                made.setShortcut(QKeySequence(keys))
            made.triggered.connect(partial(_call, what))
            menu.addAction(made)


def do(desk: QWidget, action: Action) -> None:
    """Do an action, where it can be done now."""
    if action.when(desk):
        action.do(desk)


def _call(what: Callable[[], None], _checked: bool = False) -> None:
    what()
