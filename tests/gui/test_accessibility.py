"""What a screen reader finds: names everywhere, the text, the marks as a list, an order of the focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from annotator.project import relations
from tests.gui.conftest import Driver

SPOKEN = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.PageTab,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
}
"""What does not speak for itself and needs a name."""


def everything(at: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """All that is to be seen below, and itself."""
    yield at
    if depth < 24:
        for number in range(min(at.childCount(), 200)):
            child = at.child(number)
            if child is not None and child.isValid() and not child.state().invisible:
                yield from everything(child, depth + 1)


def nameless(widget: QWidget) -> list[str]:
    """What has no name and needs one."""
    top = QAccessible.queryAccessibleInterface(widget)
    found = []
    for one in everything(top):
        if one.role() in SPOKEN and not one.text(QAccessible.Text.Name).strip():
            thing = one.object()
            found.append(f"{one.role().name} {type(thing).__name__} {thing and thing.objectName()}")
    return found


def open_dialogs(app: Driver) -> list[QDialog]:
    return [one for one in app.window.findChildren(QDialog) if one.isVisible()]


@pytest.mark.parametrize("panel", ["Inspector", "Marks", "History", "Guidelines", "Actors"])
def test_everything_on_the_desk_has_a_name(app: Driver, panel: str) -> None:
    app.mark("the old pier was unsafe", "c")
    app.desk.show_side(panel)
    app.settle()
    QTest.qWait(60)
    assert nameless(app.window) == []


@pytest.mark.parametrize(
    "action", ["help.commands", "help.keys", "help.pages", "app.preferences", "go.find"]
)
def test_everything_in_a_dialog_has_a_name(app: Driver, action: str) -> None:
    app.desk.do(action)
    app.settle()
    shown: list[QWidget] = [*open_dialogs(app)] or [app.window]
    assert [nameless(one) for one in shown] == [[] for _ in shown]
    for one in open_dialogs(app):
        one.close()


def test_the_start_page_has_names(qapp: QApplication, app: Driver) -> None:
    app.window._put_away()
    app.window.show_start()
    qapp.processEvents()
    assert nameless(app.window) == []


def test_a_screen_reader_reads_the_text_and_walks_the_marks(app: Driver) -> None:
    claim = app.mark("the old pier was unsafe", "c")
    source = app.mark("Harbor officials", "s")
    app.desk.bridge.run(relations.link, "attributed_to", claim, source)
    app.settle()
    view = QAccessible.queryAccessibleInterface(app.view)
    assert "Harbor office closes pier" in view.text(QAccessible.Text.Name)
    told = [
        one.text(QAccessible.Text.Name)
        for one in everything(view)
        if one.role() == QAccessible.Role.Note
    ]
    assert len(told) == 2
    assert told == [
        "Source: Harbor officials; says: the old pier was unsafe",
        "Claim: the old pier was unsafe; said by: Harbor officials",
    ]


def test_the_library_says_in_words_what_it_draws(app: Driver) -> None:
    app.mark("the old pier was unsafe", "c")
    app.settle()
    at = app.desk.library.model.index(0)
    assert at.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Harbor office closes pier, in progress, 1 claim"
    )


def test_tab_goes_through_the_desk_and_comes_back(app: Driver) -> None:
    app.window.activateWindow()
    app.desk.library.list.setFocus()
    begun = QApplication.focusWidget()
    assert begun is not None
    gone: list[QWidget] = []
    for _ in range(40):
        here = QApplication.focusWidget()
        assert here is not None
        if here is app.view:
            break
        gone.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is app.view, [type(one).__name__ for one in gone]
    assert all(one.accessibleName() or isinstance(one, QAbstractButton) for one in gone)
