"""The library: however many there are, a line is read when it is seen, and the counts are right."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator import settings as settings_file
from annotator.gui.panels import library, library_line
from annotator.gui.window import Window
from annotator.project import articles, keep, open_project
from annotator.settings import Settings
from tests.gui.conftest import Driver

COUNT = 130


@pytest.fixture
def many(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """A window on more articles than one page of lines, all lines equally high."""
    monkeypatch.setattr(library, "UNIFORM", 100)
    monkeypatch.setattr(library_line, "KEPT", 60)
    where = tmp_path / "many.annotator"
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(COUNT):
        even = "lighthouse" if n % 2 else "harbor"
        (folder / f"{n:03}.txt").write_text(
            f"Story {n:03}\n\nThe {even} office said so, number {n}."
        )
    keep.create(where)
    with open_project(where, person="Mara", durable=False) as project:
        articles.import_paths(project, [folder])
        order = [one.document.id for one in project.read.library()]
        articles.set_status(project, order[90], "in_progress")
        articles.set_status(project, order[3], "complete")
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(where))
    driver = Driver(window)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def title(app: Driver, row: int) -> str:
    model = app.desk.library.model
    return model.index(row).data(Qt.ItemDataRole.UserRole).document.title


def statuses(app: Driver) -> list[str]:
    buttons = app.desk.library.findChildren(QPushButton)
    return [b.text() for b in buttons if b.isCheckable() and b.isVisible()]


def press(app: Driver, words: str) -> None:
    """Press the button of a status, as often as a person would: one made anew each time."""
    buttons = app.desk.library.findChildren(QPushButton)
    next(b for b in buttons if b.isCheckable() and b.isVisible() and words in b.text()).click()
    app.settle()


def test_statuses_are_numbers_with_icons_where_their_words_have_no_room(many: Driver) -> None:
    strip = many.desk.library.statuses
    strip.resize(120, strip.height())
    assert statuses(many) == ["1", "128", "1"]
    assert not any(b.icon().isNull() for b in strip.findChildren(QPushButton))
    strip.resize(400, strip.height())
    assert statuses(many) == ["1 in progress", "128 new", "1 done"]


def test_every_line_is_there_wherever_one_scrolls(many: Driver) -> None:
    panel = many.desk.library
    assert panel.model.rowCount() == COUNT
    assert [title(many, row) for row in (0, 129, 64, 1, 128)] == [
        f"Story {n:03}" for n in (0, 129, 64, 1, 128)
    ]
    heights = {panel.line.sizeHint(None, panel.model.index(row)).height() for row in (0, 70)}  # pyright: ignore
    assert len(heights) == 1
    panel.list.scrollToBottom()
    many.settle()
    assert panel.list.indexAt(panel.list.viewport().rect().center()).row() > 100


def test_work_begins_where_it_was_left(many: Driver) -> None:
    assert many.desk.bench.document is not None
    assert many.desk.bench.document.title == "Story 090"
    assert many.desk.library.list.currentIndex().row() == 90


def test_the_counts_follow_each_act(many: Driver) -> None:
    assert statuses(many) == ["1 in progress", "128 new", "1 done"]
    many.desk.do("finish.complete")
    many.settle()
    assert statuses(many)[-2:] == ["128 new", "2 done"]
    many.mark("The harbor office", "s") if "harbor" in many.desk.bench.text else many.mark(
        "The lighthouse office", "s"
    )
    assert statuses(many) == ["1 in progress", "127 new", "2 done"]
    many.desk.bridge.undo()
    many.settle()
    assert statuses(many)[-2:] == ["128 new", "2 done"]


def test_one_status_and_a_search_are_shown_alone(many: Driver) -> None:
    panel = many.desk.library
    press(many, "done")
    assert [title(many, row) for row in range(panel.model.rowCount())] == ["Story 003"]
    press(many, "done")
    panel.search.setText("lighthouse")
    panel.refresh()
    many.settle()
    assert panel.model.rowCount() == COUNT // 2
    assert panel.total == COUNT
    panel.search.setText("")
    panel.refresh()
    many.settle()
    assert panel.model.rowCount() == COUNT


def test_an_article_that_goes_is_gone_from_the_list(many: Driver) -> None:
    many.desk.do("file.remove")
    many.settle()
    assert many.desk.library.model.rowCount() == COUNT - 1
    many.desk.bridge.undo()
    many.settle()
    assert many.desk.library.model.rowCount() == COUNT


def test_what_is_imported_comes_behind_the_others(many: Driver, tmp_path: Path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    for n in range(40):
        (later / f"{n:02}.txt").write_text(
            f"Later {n:02}\n\nSomebody said that it rains, {n} times."
        )
    many.desk.library.list.scrollToBottom()
    many.desk.bridge.start_job(articles.import_paths, [later])
    assert many.desk.bridge.idle(60)
    until = time.monotonic() + 10  # lines that come one after the other are shown once a second
    while many.desk.library.model.rowCount() < COUNT + 40 and time.monotonic() < until:
        QTest.qWait(50)
    model = many.desk.library.model
    assert model.rowCount() == COUNT + 40
    assert [title(many, row) for row in (129, 130, 169)] == ["Story 129", "Later 00", "Later 39"]
    assert many.desk.library.total == COUNT + 40
    assert statuses(many) == ["1 in progress", "168 new", "1 done"]
    assert many.desk.bar.size_label.text() == "170 articles"


def test_a_later_list_is_the_same_as_one_read_anew(many: Driver) -> None:
    ids = [many.desk.library.model.id_at(row) for row in range(COUNT)]
    read = many.desk.bridge.read
    assert tuple(ids) == read.shelf(many.desk.bridge.person).ids
    assert ids == [one.document.id for one in read.library()]
    assert read.shelf("nobody").tally() == {"new": COUNT}
    assert set(read.shelf(search_for="lighthouse").ids) == {
        one.document.id for one in read.library(search_for="lighthouse")
    }


def test_the_order_is_kept_for_the_next_time(many: Driver) -> None:
    many.desk.do("order.status")
    many.settle()
    assert title(many, 0) == "Story 000"
    assert title(many, COUNT - 1) == "Story 003"
    assert settings_file.load().order == "status"
    again = Window(settings_file.load(), "Mara")
    again.open_project(many.desk.bridge.where, write=False)
    driver = Driver(again)
    driver.settle()
    assert title(driver, COUNT - 1) == "Story 003"
    again.close()
    again.deleteLater()
