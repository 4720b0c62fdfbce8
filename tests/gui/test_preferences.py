"""Choosing looks and keys; coming back to where one was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import settings
from annotator.gui.actions import keymap, table
from annotator.gui.preferences import KeysPage, Preferences
from annotator.gui.window import Window
from annotator.model.schema import builtin
from annotator.settings import Settings
from tests.gui.conftest import Driver


@pytest.fixture
def keys_page(app: Driver) -> KeysPage:
    app.window.show_preferences()
    dialog = app.window.findChild(Preferences)
    assert dialog is not None
    page = dialog.findChild(KeysPage)
    assert page is not None
    return page


def press_for(page: KeysPage, action_id: str, key: Qt.Key, *held: Qt.KeyboardModifier) -> str:
    """Give an action a key as a person does; what was answered."""
    title = next(one.title for one in table(builtin()) if one.id == action_id)
    page.filter.setText(title)
    for at in range(page.tree.topLevelItemCount()):
        item = page.tree.topLevelItem(at)
        if item.text(0).endswith(f": {title}"):
            page.tree.setCurrentItem(item)
    page.edit.setFocus()
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= one
    QTest.keyClick(page.edit, key, modifiers)
    QTest.keyRelease(page.edit, key, modifiers)
    QTest.qWait(10)
    return page.said.text()


def test_a_key_of_ones_own_does_the_work_at_once(app: Driver, keys_page: KeysPage) -> None:
    assert press_for(keys_page, "mark.claim", Qt.Key.Key_Y) == ""
    keys_page.window().close()
    app.select("the old pier was unsafe")
    app.keys("c")
    assert app.desk.bench.marks == {}
    app.keys("y")
    assert [mark.label for mark in app.desk.bench.marks.values()] == ["claim"]
    assert settings.load().keys == {"mark.claim": ("Y",)}


def test_a_key_that_another_action_has_is_refused_by_name(app: Driver, keys_page: KeysPage) -> None:
    assert press_for(keys_page, "mark.claim", Qt.Key.Key_S) == (
        "S is taken by “Source”; give that one another key first."
    )
    assert press_for(keys_page, "mark.claim", Qt.Key.Key_Left).startswith("Left moves in the text")
    assert app.desk.choices.now.keys == {}
    keys_page.window().close()


def test_the_usual_keys_come_back(app: Driver, keys_page: KeysPage) -> None:
    press_for(keys_page, "mark.claim", Qt.Key.Key_Y)
    press_for(keys_page, "go.next_clause", Qt.Key.Key_C)
    press_for(keys_page, "mark.claim", Qt.Key.Key_W)
    keys_page.usual.click()
    assert keys_page.said.text() == "C is taken by “Next clause”; give that one another key first."
    keys_page.all_usual.click()
    assert app.desk.choices.now.keys == {}
    keys_page.window().close()


def test_no_key_means_two_things_whatever_the_settings_say() -> None:
    own = {"mark.claim": ("S", "S"), "mark.source": ("C",), "mark.denial": ("C",), "go.hint": ()}
    seen: dict[str, str] = {}
    for action in keymap.with_own(table(builtin()), own):
        for key in action.keys:
            assert key not in seen, f"{key}: {action.id} and {seen[key]}"
            seen[key] = action.id
    assert seen["S"] == "mark.claim"
    assert seen["C"] == "mark.source"


@pytest.mark.parametrize(
    ("choose", "seen"),
    [
        ({"theme": "dark"}, lambda desk: desk.view.palette().base().color().lightness() < 90),
        ({"zoom": 1.5}, lambda desk: desk.view.zoom == 1.5),
        ({"face": "sans"}, lambda desk: desk.view._canvas.page.reading == "sans"),
    ],
)
def test_what_is_chosen_is_seen_at_once_and_kept(
    app: Driver, choose: dict[str, object], seen: Callable[[object], bool]
) -> None:
    app.desk.choices.keep(**choose)
    app.settle()
    assert seen(app.desk)
    (name,) = choose
    assert getattr(settings.load(), name) == choose[name]


def test_another_name_is_who_marks_from_now_on(
    app: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANNOTATOR_NAME", raising=False)
    app.window._person = None
    app.window.choices.keep(name="Noor")
    app.settle()
    assert app.desk.bridge.person_name == "Noor"


def test_one_comes_back_to_the_article_the_place_and_the_panel(
    qapp: QApplication, app: Driver, place: Path
) -> None:
    QApplication.clipboard().setText("Another article, somebody said, and more.")
    app.desk.files.paste()
    app.settle()
    second = app.desk.bench.document
    assert second is not None
    app.view.set_caret(17)
    app.desk.show_side("History")
    app.window.close()

    window = Window(settings.load(), "Mara")
    window.show()
    window.open_project(str(place))
    again = Driver(window)
    again.settle()
    try:
        assert again.desk.bench.document == second
        assert again.view.caret() == 17
        assert again.desk.side.name == "History"
    finally:
        window.close()
        window.deleteLater()


def test_what_was_open_may_be_gone(app: Driver, place: Path) -> None:
    first = app.desk.bench.document
    assert first is not None
    kept = Settings(sessions={str(place): settings.Session("no-such-document", 5, "Nowhere")})
    window = app.window
    window.close()
    other = Window(kept, "Mara")
    other.show()
    other.open_project(str(place))
    again = Driver(other)
    again.settle()
    try:
        assert again.desk.bench.document == first
    finally:
        other.close()
        other.deleteLater()


def test_keys_are_written_as_the_system_writes_them() -> None:
    assert keymap.portable("ctrl+shift+f") == QKeySequence("Ctrl+Shift+F").toString()
