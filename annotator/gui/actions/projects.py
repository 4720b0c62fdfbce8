"""Projects and the app itself: what can be done with no project open, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.actions.base import EDIT, FILE, HELP, WINDOW, Action
from annotator.language import tr

if TYPE_CHECKING:
    from annotator.gui.window import Window


def actions() -> list[Action]:
    """What begins or opens a project; each is done with the window that holds what it is called with."""
    return [
        Action("project.new", tr("New project…"), ("Ctrl+N",), FILE, _window(lambda w: w.new_project()), WINDOW),
        Action("project.open", tr("Open project…"), ("Ctrl+Alt+O",), FILE, _window(lambda w: w.ask_open()), WINDOW),
        Action("project.recent", tr("Open recent…"), ("Ctrl+R",), FILE, _window(lambda w: w.ask_recent()), WINDOW),
        Action("project.sample", tr("Open the sample"), ("Ctrl+Shift+N",), FILE, _window(lambda w: w.open_sample()), WINDOW),
    ]  # fmt: skip


def ending() -> list[Action]:
    """What stands at the end of the menus."""
    return [
        Action(
            "app.preferences", tr("Preferences…"), ("Ctrl+Alt+P",), EDIT,
            _window(lambda w: w.show_preferences()), WINDOW,
        ),
        Action("help.pages", tr("Help"), ("F1",), HELP, _window(lambda w: w.show_help()), WINDOW),
        Action("help.walk", tr("First article, step by step"), ("Shift+F1",), HELP, _window(lambda w: w.walk()), WINDOW),
        Action("help.about_qt", tr("About Qt"), (), HELP, _about_qt, WINDOW),
        Action("app.quit", tr("Quit"), ("Ctrl+Q",), FILE, _window(lambda w: w.close()), WINDOW),
    ]  # fmt: skip


def _window(do: Callable[[Window], object]) -> Callable[[QWidget], None]:
    return lambda place: void(do(cast("Window", place.window())))


def void(_: object) -> None:
    """Nothing comes back."""


def _about_qt(_: QWidget) -> None:
    QApplication.aboutQt()
