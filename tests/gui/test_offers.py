"""The attribution in one gesture: what is offered around a new mark, taken, passed through, left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.window import Window
from annotator.project import articles, keep, open_project
from annotator.settings import Settings
from tests.gui.conftest import Driver
from tests.gui.presses import Presses

SENTENCE = (
    "Border officials told the Daily Courier that two posts were shelled overnight; "
    "the ministry denied it."
)


@pytest.fixture
def count(qapp: QApplication) -> Iterator[Presses]:
    counting = Presses(qapp)
    yield counting
    qapp.removeEventFilter(counting)


@pytest.fixture
def border(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    where = tmp_path / "border.annotator"
    keep.create(where)
    with open_project(where, person="Mara", durable=False) as project:
        articles.import_bytes(project, SENTENCE.encode(), "border.txt")
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(where))
    driver = Driver(window)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def coded(app: Driver) -> tuple[set[tuple[str, str]], set[tuple[str, str, str]]]:
    """What is marked and linked, in words."""
    bench = app.desk.bench
    words = {mark.id: mark.words for mark in bench.marks.values()}
    links = {(r.type, words[r.from_id], words[r.to_id]) for r in bench.relations}
    return {(mark.label, mark.words) for mark in bench.marks.values()}, links


def test_sentence_by_keyboard(
    border: Driver, count: Presses, capsys: pytest.CaptureFixture[str]
) -> None:
    border.view.set_caret(0)
    border.keys("j", "c", Qt.Key.Key_Return, "j", "d", Qt.Key.Key_Return)
    marks, links = coded(border)
    assert marks == {
        ("claim", "two posts were shelled overnight"),
        ("source", "Border officials"),
        ("source", "the Daily Courier"),
        ("cue", "told"),
        ("denial", "denied it"),
        ("source", "the ministry"),
        ("cue", "denied"),
    }
    assert links == {
        ("attributed_to", "two posts were shelled overnight", "Border officials"),
        ("via", "Border officials", "the Daily Courier"),
        ("cued_by", "two posts were shelled overnight", "told"),
        ("denies", "denied it", "two posts were shelled overnight"),
        ("issued_by", "denied it", "the ministry"),
        ("cued_by", "denied it", "denied"),
    }
    with capsys.disabled():
        print(f"\nkey presses: {count.keys}")
    assert count.keys <= 10
    assert count.mouse == 0


def test_what_is_taken_is_one_act_and_known_as_suggested(border: Driver) -> None:
    border.keys("j", "c", Qt.Key.Key_Return)
    by_label = {mark.label: mark for mark in border.desk.bench.marks.values()}
    assert by_label["claim"].origin == "manual"
    assert by_label["source"].origin == by_label["cue"].origin == "suggested"
    assert by_label["cue"].offered
    assert by_label["cue"].offered.rule == "that"
    border.control(Qt.Key.Key_Z)
    assert [mark.label for mark in border.desk.bench.marks.values()] == ["claim"]
    border.control(Qt.Key.Key_Z, shift=True)
    assert len(border.desk.bench.relations) == 3


def test_any_other_key_keeps_the_plain_mark_and_does_its_own_work(border: Driver) -> None:
    border.keys("j", "c")
    assert border.desk.offering.is_open
    border.keys("q")
    assert not border.desk.offering.is_open
    (mark,) = border.desk.bench.marks.values()
    assert mark.attributes == {"unsure": "yes"}


def test_escape_leaves_the_plain_mark(border: Driver) -> None:
    border.keys("j", "c", Qt.Key.Key_Escape)
    assert not border.desk.offering.is_open
    assert not border.desk.tip.isVisible()
    assert len(border.desk.bench.marks) == 1
    assert border.desk.bench.held


def test_h_hides_what_is_offered_while_it_is_held(border: Driver) -> None:
    border.keys("j", "c")
    QTest.keyPress(border.view, Qt.Key.Key_H)
    assert border.view.offered == ()
    QTest.keyRelease(border.view, Qt.Key.Key_H)
    assert border.view.offered
    assert border.desk.offering.is_open


def test_tab_goes_through_the_claims_that_may_be_denied(app: Driver) -> None:
    near = app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    far = app.mark("Harbor office closes pier", "c")
    app.keys(Qt.Key.Key_Escape)
    app.view.set_caret(app.desk.bench.text.index("denied it"))
    app.keys("d", Qt.Key.Key_Tab, Qt.Key.Key_Return)
    denied = {r.to_id for r in app.desk.bench.relations if r.type == "denies"}
    assert denied == {far} != {near}


def test_a_mark_that_is_there_is_linked_not_made_again(border: Driver) -> None:
    officials = border.mark("Border officials", "s")
    border.keys(Qt.Key.Key_Escape)
    border.view.set_caret(0)
    border.keys("j", "c", Qt.Key.Key_Return)
    (told,) = (r for r in border.desk.bench.relations if r.type == "attributed_to")
    assert told.to_id == officials


def test_nothing_is_offered_twice(border: Driver) -> None:
    border.keys("j", "c", Qt.Key.Key_Return)
    claim = border.desk.bench.held
    assert claim is not None
    border.desk.offering.begin(claim)
    assert not border.desk.offering.is_open
