"""The desk around the text: library, find, import, export, saving, themes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from annotator.errors import NotStored
from annotator.gui import theme as themes
from annotator.gui.actions import table
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.report import ReportDialog
from annotator.gui.start_page import StartPage
from annotator.gui.window import Window
from annotator.model.schema import builtin
from annotator.project import Project, articles, exchange, keep, open_project
from annotator.settings import Settings
from tests.gui.conftest import Driver


def close_report(app: Driver) -> list[str]:
    """What the report said, and close it."""
    reports = app.desk.findChildren(ReportDialog)
    titles = [report.windowTitle() for report in reports]
    for report in reports:
        report.close()
    return titles


def drop(app: Driver, path: Path) -> None:
    """Drag a file or folder onto the window and let it go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(app.window, QDragEnterEvent(QPoint(20, 20), copy, data, left, none))
    QApplication.sendEvent(app.window, QDropEvent(QPointF(20, 20), copy, data, left, none))


def colors_of(widget: QWidget) -> set[str]:
    """Every color that a widget is drawn in, as #rrggbb."""
    picture = widget.grab().toImage()
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(0, picture.height(), 2)
    }


def test_dropped_files_are_imported_and_the_report_names_what_was_refused(
    app: Driver, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "one.txt").write_text("One\n\nThe mill closed on Friday, its owner said at noon.\n")
    (folder / "two.md").write_text("# Two\n\nNobody *denied* it.\n")
    (folder / "none.txt").write_bytes(b"")
    drop(app, folder)
    app.settle()
    (dialog,) = app.window.findChildren(ImportDialog)
    assert app.desk.library.model.rowCount() == 1
    dialog.go.click()
    app.settle()
    assert "2 imported, 0 already there, 1 refused" in app.said()
    dialog.go.click()
    app.settle()
    assert app.desk.library.model.rowCount() == 3


def test_a_project_that_is_dropped_is_opened(app: Driver, tmp_path: Path) -> None:
    other = tmp_path / "other.annotator"
    keep.create(other)
    drop(app, other)
    app.settle()
    assert app.desk.bridge.where == str(other)
    assert app.desk.library.model.rowCount() == 0


def test_pasting_in_the_library_makes_an_article(app: Driver) -> None:
    QGuiApplication.clipboard().setText("The ferry sank, the radio said.")
    app.desk.library.list.setFocus()
    QTest.keyClick(app.desk.library.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    app.settle()
    assert app.desk.bench.text == "The ferry sank, the radio said."
    assert app.desk.library.model.rowCount() == 2


def test_the_library_is_searched_while_one_types(app: Driver) -> None:
    app.desk.library.search.setText("fisherman radio")
    app.desk.library.refresh()
    app.settle()
    assert app.desk.library.model.rowCount() == 1
    app.desk.library.search.setText("zeppelin")
    app.desk.library.refresh()
    app.settle()
    assert app.desk.library.model.rowCount() == 0
    assert "zeppelin" in app.desk.library.empty.text()


def test_find_goes_from_place_to_place_and_leaves_the_selection(app: Driver) -> None:
    app.control(Qt.Key.Key_F)
    QTest.keyClicks(app.desk.finder.field, "PIER")
    QTest.keyClick(app.desk.finder.field, Qt.Key.Key_Return)
    QTest.keyClick(app.desk.finder.field, Qt.Key.Key_Return)
    app.settle()
    assert app.desk.finder.count.text() == "2 of 2"
    QTest.keyClick(app.desk.finder.field, Qt.Key.Key_Escape)
    selected = app.view.selection()
    assert selected is not None
    assert app.desk.bench.text[slice(*selected)] == "pier"
    assert app.view.hasFocus()


def test_the_export_can_be_proved(app: Driver, tmp_path: Path) -> None:
    app.mark("the old pier was unsafe", "c")
    app.desk.files.export(tmp_path / "out.jsonl")
    app.settle()
    assert close_report(app) == ["Export"]
    verdict = exchange.verify(tmp_path / "out.jsonl")
    assert (verdict.spans, verdict.count) == (1, 0)
    app.desk.files.verify()
    app.settle()
    assert close_report(app) == ["Verify"]


class Disk:
    """A verb that works once there is room; what the core raises where there is none."""

    def __init__(self) -> None:
        self.is_full = True
        self.tried = 0

    def write(self, project: Project, title: str) -> None:
        self.tried += 1
        if self.is_full:
            raise NotStored("the disk is full")
        document = project.read.library()[0].document
        articles.describe(project, document.id, {**document.metadata, "title": title})


def test_saved_is_said_only_when_everything_is(app: Driver) -> None:
    disk, foot = Disk(), app.desk.foot
    app.desk.bridge.run(disk.write, "Kept")
    assert foot.saved.text() == "Saving…"
    app.settle()
    assert foot.saved.text() == "Not saved: the disk is full"
    app.select("the old pier was unsafe")
    app.keys("c")
    assert foot.saved.text() == "Not saved: the disk is full"
    assert app.desk.bridge.unsaved == 2, "what comes behind waits with it"
    assert app.desk.bench.marks == {}
    disk.is_full = False
    foot.again.click()
    app.settle()
    assert foot.saved.text() == "Saved ✓"
    assert not foot.again.isVisible()
    assert app.desk.bench.document
    assert app.desk.bench.document.title == "Kept"


def test_a_slow_act_is_not_said_to_be_saved_before_it_is(app: Driver) -> None:
    may_end = threading.Event()
    app.desk.bridge.run(lambda _project: may_end.wait(10))
    QTest.qWait(60)
    assert app.desk.foot.saved.text() == "Saving…"
    may_end.set()
    app.settle()
    assert app.desk.foot.saved.text() == "Saved ✓"


@pytest.mark.parametrize("button", ["Stay", "Close and lose them"])
def test_closing_with_unsaved_acts_tries_once_more_and_then_asks(app: Driver, button: str) -> None:
    disk = Disk()
    app.desk.bridge.run(disk.write, "Kept")
    app.settle()

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text() == button).click()

    QTimer.singleShot(50, press)
    assert app.window.close() == (button != "Stay")
    assert disk.tried == 2
    disk.is_full = False
    if button == "Stay":
        app.desk.bridge.try_again()


def test_undo_of_an_act_in_another_article_opens_it(app: Driver) -> None:
    first = app.desk.bench.document
    app.mark("the old pier was unsafe", "c")
    QGuiApplication.clipboard().setText("Another article, somebody said.")
    app.desk.files.paste()
    app.settle()
    assert first is not None
    app.control(Qt.Key.Key_Z)
    app.control(Qt.Key.Key_Z)
    assert app.desk.bench.document is not None
    assert app.desk.bench.document.id == first.id
    assert app.desk.bench.marks == {}


def test_what_undo_would_do_in_another_article_is_shown_first_and_enter_does_it(
    app: Driver,
) -> None:
    first = app.desk.bench.document
    assert first is not None
    QGuiApplication.clipboard().setText("Another article, somebody said.")
    app.desk.files.paste()
    app.settle()
    second = app.desk.bench.document
    assert second is not None
    app.desk.bench.open(first.id)
    app.settle()
    mark = app.mark("the old pier was unsafe", "c")
    app.desk.bench.open(second.id)
    app.settle()

    app.control(Qt.Key.Key_Z)
    assert app.desk.bench.document == second
    assert [held.id for held in app.desk.bridge.read.annotations(first.id)] == [mark]
    app.keys("j", Qt.Key.Key_Return)  # another key ends the question
    assert [held.id for held in app.desk.bridge.read.annotations(first.id)] == [mark]

    app.control(Qt.Key.Key_Z)
    app.keys(Qt.Key.Key_Return)
    assert app.desk.bench.document.id == first.id
    assert app.desk.bench.marks == {}


def test_a_project_that_is_open_elsewhere_is_not_opened_and_says_who_has_it(
    qapp: QApplication, place: Path
) -> None:
    with open_project(place, person="Else", program="the other one"):
        window = Window(Settings(), "Mara")
        window.show()
        window.open_project(str(place))
        qapp.processEvents()
        assert isinstance(window.centralWidget(), StartPage)
        (box,) = [child for child in window.children() if child.inherits("QMessageBox")]
        assert "the other one" in box.text()
        box.close()
        window.close()
        window.deleteLater()


def test_every_action_has_a_name_and_no_key_means_two_things() -> None:
    actions = table(builtin())
    assert all(action.title and action.id for action in actions)
    assert len({action.id for action in actions}) == len(actions)
    keys = [key for action in actions for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_desk_is_drawn_in_every_theme(app: Driver, theme: str) -> None:
    app.mark("the old pier was unsafe", "c")
    app.desk.choices.keep(theme=theme)
    app.desk.apply_theme()
    there = colors_of(app.view)
    wanted = themes.load(theme)
    assert {wanted.paper, wanted.claim_fill, wanted.claim} <= there
    assert wanted.panel in colors_of(app.desk.library)


def test_lists_show_marks_and_history_and_guidelines(app: Driver) -> None:
    app.mark("the old pier was unsafe", "c")
    for side in ("Marks", "History", "Guidelines"):
        app.desk.show_side(side)
        app.settle()
        QTest.qWait(80)
    assert app.desk.marks_list.tree.topLevelItemCount() == 1
    assert app.desk.history.tree.topLevelItem(0).text(2) == "Add claim"
    assert "smallest stretch" in app.desk.guidelines.toPlainText()


def test_the_palette_does_what_is_typed(app: Driver) -> None:
    from annotator.gui.palette import CheatSheet, Palette, of_actions

    actions = app.desk.actions_now
    done: list[str] = []
    palette = Palette("Do", of_actions(actions), lambda one: done.append(one.id), app.window)
    palette.show()
    QTest.keyClicks(palette.field, "next clause")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["go.next_clause"]
    sheet = CheatSheet(actions, app.window)
    sheet.show()
    words = [one.text() for one in sheet.findChildren(QLabel)]
    assert "Larger" in words
    assert "Ctrl +" in words
    sheet.close()
