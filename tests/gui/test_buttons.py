"""Every button that is shown does something without fail, wherever it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QWidget
from shiboken6 import isValid

from annotator.gui.window import Window
from annotator.project import relations
from tests.gui.conftest import Driver

DIALOGS = {
    "file.export": {"Card…", "Change where to", "Export"},
    "edit.schema": {"New label", "New attribute", "New link", "Write the schema to a file"},
    "app.preferences": {"Fold dimmed text", "Close"},
    "file.backups": {"Back up now", "Close"},
    "see.statistics": {"Count refusals and non-denials among the denials"},
}
"""An action that opens a dialog, and some of the buttons that must be there."""


@pytest.fixture
def marked(app: Driver) -> Driver:
    """A held denial that denies a claim, and a claim that nobody makes."""
    app.mark("Harbor officials", "s")
    claim = app.mark("the old pier was unsafe", "c")
    app.keys("\x1b")
    app.mark("denied it", "d")
    app.keys("\x1b")
    denial = app.desk.bench.held
    assert denial is not None
    app.desk.bridge.run(relations.link, "denies", denial.id, claim)
    app.settle()
    return app


def press_all(app: Driver, root: QWidget, pressed: set[str]) -> None:
    """Press each button once, by its name, also those that come by pressing; what it asks is left."""

    def leave() -> None:
        for asking in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if asking is not None and asking is not root:
                asking.close()

    watch = QTimer(interval=5)
    watch.timeout.connect(leave)
    while isValid(root) and root.isVisible():
        shown = [one for one in root.findChildren(QAbstractButton) if one.isVisible()]
        free = [one for one in shown if one.isEnabled() and not has_menu(one)]
        button = next((one for one in free if name(one) not in pressed), None)
        if button is None:
            return
        pressed.add(name(button))
        watch.start()
        button.click()
        app.settle()
        watch.stop()
        leave()


def has_menu(button: QAbstractButton) -> bool:
    return isinstance(button, QPushButton) and button.menu() is not None


def name(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text()


def test_every_button_of_the_desk_can_be_pressed(marked: Driver) -> None:
    pressed: set[str] = set()
    for panel in ("Inspector", "Marks", "History", "Guidelines", "Actors"):
        marked.desk.show_side(panel)
        marked.settle()
        press_all(marked, marked.window, pressed)
    assert {"Link…", "Undo", "All commands", "Only those in progress: 1"} <= pressed


@pytest.mark.parametrize("action", DIALOGS)
def test_every_button_of_a_dialog_can_be_pressed(
    marked: Driver, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed: set[str] = set()
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_, **__: ("", ""))
    for _ in range(9):  # some buttons close it
        known = len(pressed)
        marked.desk.do(action)
        marked.settle()
        dialog = next(one for one in QApplication.topLevelWidgets() if is_dialog(one))
        press_all(marked, dialog, pressed)
        if isValid(dialog):
            dialog.close()
        marked.settle()
        if len(pressed) == known:
            break
    assert DIALOGS[action] <= pressed


def is_dialog(widget: QWidget) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible() and not isinstance(widget, Window)
