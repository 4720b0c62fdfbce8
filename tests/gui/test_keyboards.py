"""Letter keys on keyboards of other languages."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Driver

X11 = 8
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scan codes of X11")


def press(app: Driver, key: int, text: str, scan: int, *, shift: bool = False) -> None:
    """A key press as the system tells of it."""
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    app.view.setFocus()
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, held, scan, 0, 0, text)
        event.ignore()
        QApplication.sendEvent(app.view, event)
    app.settle()


@linux
def test_on_an_urdu_keyboard_the_key_that_lies_where_c_lies_marks_a_claim(app: Driver) -> None:
    app.select("the old pier was unsafe")
    press(app, 0x686, "چ", 46 + X11)
    held = app.desk.bench.held
    assert held is not None
    assert held.label == "claim"


@linux
def test_letters_answer_by_their_place_too(app: Driver) -> None:
    app.mark("Harbor officials", "s")
    app.keys(Qt.Key.Key_Escape)
    app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    app.desk.bench.hold(next(iter(app.desk.bench.marks)))
    press(app, 0x631, "ر", 19 + X11)  # where R lies
    assert app.desk.asking.is_open
    press(app, 0x627, "ا", 30 + X11)  # where A lies
    assert [r.type for r in app.desk.bench.relations] == ["attributed_to"]


@linux
@pytest.mark.parametrize(
    ("key", "text", "scan"), [(Qt.Key.Key_Z, "z", 21), (Qt.Key.Key_A, "a", 16)]
)
def test_a_latin_letter_is_itself_wherever_it_lies(
    app: Driver, key: Qt.Key, text: str, scan: int
) -> None:
    """German Z lies where Y lies elsewhere, French A where Q lies: neither is taken for the other."""
    app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    press(app, key, text, scan + X11)
    assert not next(iter(app.desk.bench.marks.values())).attributes  # Q would have said unsure


@linux
def test_a_figure_of_a_french_keyboard_needs_no_shift(app: Driver) -> None:
    seen: list[str] = []
    app.view.letter_pressed.connect(seen.append)
    press(app, Qt.Key.Key_Eacute, "é", 3 + X11)
    assert seen == ["2"]
