"""Coding an article by keyboard in the real window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.palette import Palette
from annotator.gui.window import Window
from annotator.project import articles, open_project
from annotator.settings import Settings
from tests.gui.conftest import Driver


def test_a_label_key_marks_the_selection(app: Driver) -> None:
    app.mark("the old pier was unsafe", "c")
    mark = next(iter(app.desk.bench.marks.values()))
    assert (mark.label, mark.words) == ("claim", "the old pier was unsafe")
    assert app.desk.bridge.read.annotation(mark.id) == mark


def test_without_a_selection_a_label_takes_what_it_is_for_of_the_clause_under_the_caret(
    app: Driver,
) -> None:
    app.view.set_caret(app.desk.bench.text.index("The mayor") + 2)
    app.keys("d")
    held = app.desk.bench.held
    assert held is not None
    assert held.label == "denial"
    assert held.words == "denied it"


def test_a_label_key_relabels_the_held_mark(app: Driver) -> None:
    mark_id = app.mark("a fisherman", "c")
    app.keys("s")
    assert app.desk.bench.marks[mark_id].label == "source"


def test_the_same_label_on_the_same_words_is_refused_with_a_sentence(app: Driver) -> None:
    app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    app.select("the old pier was unsafe")
    app.keys("c")
    assert len(app.desk.bench.marks) == 1
    assert "already marked as claim" in app.said()


def test_links_go_by_letter_and_undo_takes_them_back(app: Driver) -> None:
    source = app.mark("Harbor officials", "s")
    claim = app.mark("the old pier was unsafe", "c")
    app.keys("r")
    assert app.desk.asking.is_open
    app.keys("a")
    (link,) = app.desk.bench.relations
    assert (link.type, link.from_id, link.to_id) == ("attributed_to", claim, source)
    app.control(Qt.Key.Key_Z)
    assert app.desk.bench.relations == ()
    app.control(Qt.Key.Key_Z, shift=True)
    assert len(app.desk.bench.relations) == 1


def test_two_sources_are_chained_and_the_chain_can_be_turned(app: Driver) -> None:
    outer = app.mark("the Courier", "s")
    inner = app.mark("Harbor officials", "s")
    app.keys("r", "a")
    (link,) = app.desk.bench.relations
    assert (link.type, link.from_id, link.to_id) == ("via", inner, outer)
    QTest.keyClick(app.view, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    app.settle()
    (turned,) = app.desk.bench.relations
    assert (turned.from_id, turned.to_id) == (outer, inner)


def test_dragging_links_as_letters_do(app: Driver) -> None:
    source = app.mark("Harbor officials", "s")
    claim = app.mark("the old pier was unsafe", "c")
    app.view.link_dragged.emit(claim, source)
    app.settle()
    assert [r.type for r in app.desk.bench.relations] == ["attributed_to"]


def test_the_mouse_drags_a_link_from_the_held_marks_chip_to_another_mark(app: Driver) -> None:
    source = app.mark("the Courier", "s")
    claim = app.mark("the old pier was unsafe", "c")
    app.window.grab()
    chip = app.view.chip_rect()
    assert chip is not None
    target = app.desk.bench.marks[source]
    to = app.view.rects_of(target.start, target.end)[0].center().toPoint()
    pane, left = app.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(pane, left, pos=chip.center().toPoint())
    QTest.mouseMove(pane, to)
    app.window.grab()
    QTest.mouseRelease(pane, left, pos=to)
    app.settle()
    (link,) = app.desk.bench.relations
    assert (link.from_id, link.to_id) == (claim, source)


def test_attributes_are_set_and_unset_by_letters(app: Driver) -> None:
    mark_id = app.mark("the old pier was unsafe", "c")
    app.keys("a", "c", "c")
    assert app.desk.bench.marks[mark_id].attributes == {"check_worthiness": "check_worthy"}
    app.keys("a", "c", "0")
    assert app.desk.bench.marks[mark_id].attributes == {}
    app.keys("q")
    assert app.desk.bench.marks[mark_id].attributes == {"unsure": "yes"}


def test_letters_that_answer_a_question_do_not_do_their_own_work(app: Driver) -> None:
    app.mark("the old pier was unsafe", "c")
    app.keys("a", "d", Qt.Key.Key_Escape)
    assert len(app.desk.bench.marks) == 1
    assert not app.desk.asking.is_open


def test_edges_move_by_word_and_are_one_act(app: Driver) -> None:
    mark_id = app.mark("pier was unsafe", "c")
    left = Qt.Key.Key_Left
    app.keys("e", left, left)
    QTest.keyClick(app.view, left, Qt.KeyboardModifier.ShiftModifier)
    app.keys(Qt.Key.Key_Return)
    assert app.desk.bench.marks[mark_id].words == "old pier"
    app.control(Qt.Key.Key_Z)
    assert app.desk.bench.marks[mark_id].words == "pier was unsafe"


def test_a_part_is_added_and_removed(app: Driver) -> None:
    mark_id = app.mark("We heard it", "c")
    app.select("on the radio")
    QTest.keyClick(app.view, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    app.settle()
    assert [s.quote for s in app.desk.bench.marks[mark_id].segments] == [
        "We heard it",
        "on the radio",
    ]
    app.view.set_caret(app.desk.bench.text.index("radio"))
    app.keys(Qt.Key.Key_Backspace)
    assert app.desk.bench.marks[mark_id].words == "We heard it"


def test_delete_removes_the_mark_with_its_links_and_undo_brings_all_back(app: Driver) -> None:
    app.mark("Harbor officials", "s")
    app.mark("the old pier was unsafe", "c")
    app.keys("r", "a")
    app.keys(Qt.Key.Key_Delete)
    assert len(app.desk.bench.marks) == 1
    assert app.desk.bench.relations == ()
    app.control(Qt.Key.Key_Z)
    assert len(app.desk.bench.marks) == 2
    assert len(app.desk.bench.relations) == 1


def test_marks_are_reached_by_keys(app: Driver) -> None:
    source = app.mark("Harbor officials", "s")
    claim = app.mark("the old pier was unsafe", "c")
    app.keys("p")
    assert app.desk.bench.held
    assert app.desk.bench.held.id == source
    app.keys("n")
    assert app.desk.bench.held
    assert app.desk.bench.held.id == claim
    app.keys("g", "a")
    assert app.desk.bench.held
    assert app.desk.bench.held.id == source
    app.keys(Qt.Key.Key_Escape)
    assert app.desk.bench.held is None


def test_a_check_is_reached_by_its_key(app: Driver) -> None:
    claim = app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape, "x")
    assert app.desk.bench.held
    assert app.desk.bench.held.id == claim
    assert "has no source" in app.said()


def test_a_note_is_written_when_its_field_is_left(app: Driver) -> None:
    mark_id = app.mark("the old pier was unsafe", "c")
    app.keys("m")
    note = app.desk.inspector.note
    assert note is not None
    QTest.keyClicks(note, "look at the survey")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    app.settle()
    assert app.desk.bench.marks[mark_id].note == "look at the survey"
    assert app.view.hasFocus()


def test_a_closed_window_leaves_one_plain_file_with_everything_in_it(
    qapp: QApplication, place: Path
) -> None:
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(place))
    driver = Driver(window)
    driver.settle()
    driver.mark("the old pier was unsafe", "c")
    window.close()
    window.deleteLater()
    left = sorted(path.name for path in place.parent.glob("harbor*"))
    assert left == ["harbor.annotator"]
    with open_project(place, person="Mara") as project:
        project.undo()
        assert project.read.labels_in_use() == {}


def test_complete_and_exclude_are_the_persons_own_status(app: Driver) -> None:
    app.control(Qt.Key.Key_Return)
    assert app.desk.bench.status == "complete"
    assert "complete" in app.said()


def test_a_link_between_two_sources_is_turned_by_the_same_key(app: Driver) -> None:
    outer = app.mark("the Courier", "s")
    inner = app.mark("Harbor officials", "s")
    app.keys("r", "a", "r")
    (turned,) = app.desk.bench.relations
    assert (turned.from_id, turned.to_id) == (outer, inner)
    app.keys("n")
    assert not app.desk.tip.isVisible()


def test_a_mark_out_of_sight_is_linked_from_a_list(app: Driver) -> None:
    far = app.mark("Harbor office closes pier", "c")
    source = app.mark("a fisherman", "s")
    app.view.is_in_sight = lambda mark: mark.id != far  # as in an article longer than the window
    app.keys("r")
    palette = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Palette))
    assert palette.list.count() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    app.settle()
    (link,) = app.desk.bench.relations
    assert (link.from_id, link.to_id) == (far, source)


def test_a_line_of_two_megabytes_is_coded_like_any_other(app: Driver) -> None:
    line = "Border officials told the Courier that two posts were shelled overnight. " * 28_000
    app.desk.bridge.run(articles.import_bytes, line.encode(), "long.txt")
    app.settle()
    here = app.desk.bench.document
    document = next(one.document for one in app.desk.bridge.read.library() if one.document != here)
    app.desk.bench.open(document.id)
    app.view.set_caret(1_000_000)
    app.keys("j", "j", "c", Qt.Key.Key_Return)
    assert sorted(mark.words for mark in app.desk.bench.marks.values()) == [
        "Border officials",
        "the Courier",
        "told",
        "two posts were shelled overnight",
    ]
