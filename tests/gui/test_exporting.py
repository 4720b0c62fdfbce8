"""The export dialog: every choice is shown worked out before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.buttons import Chip
from annotator.gui.exporting import choices, place, presets
from annotator.gui.exporting.about import About
from annotator.gui.exporting.dialog import ExportDialog
from annotator.gui.exporting.record import glance
from annotator.gui.report import ReportDialog
from annotator.project import articles
from annotator.project.exchange import verify
from tests.gui.conftest import Driver


@pytest.fixture
def asking(app: Driver) -> Iterator[ExportDialog]:
    """The dialog, over a project with one article in progress and two that are complete."""
    for n in range(2):
        text = f"Mill {n}\n\nThe mayor said mill {n} burned.\n".encode()
        app.desk.bridge.run(
            articles.import_bytes, text, f"{n}.txt", then=lambda done: _finish(app, done)
        )
    app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    app.settle()
    app.control(Qt.Key.Key_E)
    asking = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog))
    wait(app)
    yield asking
    for one in QApplication.topLevelWidgets():
        if isinstance(one, ExportDialog) and one.isVisible():
            one.reject()


def _finish(app: Driver, done: articles.Outcome) -> None:
    app.desk.bridge.run(articles.set_status, done.documents[0], "complete")


def wait(app: Driver) -> None:
    """Let what was asked for be worked out."""
    QTest.qWait(40)
    app.settle()


def pick(app: Driver, chip: Chip, words: str) -> None:
    """Choose from a button's menu."""
    chip.menu().aboutToShow.emit()
    actions: list[QAction] = chip.menu().actions()
    next(one for one in actions if one.text().startswith(words)).trigger()
    wait(app)


def cells(asking: ExportDialog) -> list[list[str]]:
    table = asking.balance.table
    return [
        [table.item(at, column).text() for column in range(table.columnCount())]
        for at in range(table.rowCount())
    ]


def test_it_says_what_goes_out_how_it_begins_and_what_is_lost(
    app: Driver, asking: ExportDialog
) -> None:
    assert asking.said.text() == "3 of 3 articles."
    assert '"label": "claim"' in asking.beginning.toPlainText()
    assert asking.losses.text() == "Nothing is lost: 1 mark and 0 links are written."
    assert cells(asking) == [["all", "3", "1", "2"]]


def test_the_title_of_every_format_stands_whole(asking: ExportDialog) -> None:
    wanted = asking.catalog.sizeHintForColumn(0)
    assert 0 < wanted <= asking.catalog.viewport().width()


def test_a_split_takes_what_is_finished_and_the_rest_can_be_included(
    app: Driver, asking: ExportDialog
) -> None:
    pick(app, asking.choices.split, "80 / 10 / 10")
    assert asking.said.text() == "2 of 3 articles. 1 is left out: 1 in progress."
    assert sum(int(row[1]) for row in cells(asking)) == 2
    asking.include.click()
    wait(app)
    assert asking.said.text() == "3 of 3 articles."


def test_what_cannot_be_split_so_is_said_in_the_dialog(
    app: Driver, asking: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asking.recipe
    monkeypatch.setattr(choices, "ask_words", lambda *_: "eighty")
    pick(app, asking.choices.split, "Other shares…")
    assert asking.said.text().startswith("“eighty” are not shares")
    assert asking.recipe == before


def test_people_labels_outlets_and_dates_select(
    app: Driver, asking: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(app, asking.choices.labels, "Denial")
    assert cells(asking) == [["all", "3", "3"]]
    pick(app, asking.choices.labels, "All labels")
    pick(app, asking.choices.people, "Mara")
    assert asking.recipe.selection.annotators == ("Mara",)
    monkeypatch.setattr(choices, "ask_words", lambda *_: "2020-01-01..")
    pick(app, asking.choices.where, "Published")
    assert asking.said.text() == "0 of 3 articles. 3 are left out: 3 of another date."
    assert not asking.export.isEnabled()


def test_return_writes_a_folder_that_can_be_proved(app: Driver, asking: ExportDialog) -> None:
    pick(app, asking.choices.split, "80 / 20")
    path = asking.place.path
    assert "manifest" in asking.place.words.text()
    QTest.keyClick(asking, Qt.Key.Key_Return)
    wait(app)
    assert app.said() == f"Exported to {path.name}."
    assert verify(path).problems == ()
    report = next(x for x in QApplication.topLevelWidgets() if isinstance(x, ReportDialog))
    assert "2 articles" in report._plain
    report.accept()


def test_what_only_its_makers_know_stands_on_the_card(
    app: Driver, asking: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"title": "Mills", "about": "To learn", "licence": "CC BY 4.0"}

    def write(about: About) -> int:
        for name, words in said.items():
            about.fields[name].setText(words)
        return About.DialogCode.Accepted

    monkeypatch.setattr(About, "exec", write)
    asking.about.click()
    wait(app)
    path = asking.place.path
    QTest.keyClick(asking, Qt.Key.Key_Return)
    wait(app)
    card = (path / "README.md").read_text("utf-8")
    assert all(words in card for words in said.values())
    next(x for x in QApplication.topLevelWidgets() if isinstance(x, ReportDialog)).accept()


def test_a_format_whose_library_is_missing_says_so_and_cannot_be_exported(
    app: Driver, asking: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    asking.catalog.choose(("parquet",))
    wait(app)
    assert "pyarrow" in asking.losses.text()
    assert not asking.export.isEnabled()
    asking.catalog.choose(("jsonl",))
    wait(app)
    assert asking.export.isEnabled()


def test_what_is_there_is_told_before_it_is_replaced(
    app: Driver, asking: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("Dear")
    answers = iter([str(tmp_path / "mine"), str(tmp_path / "new"), str(tmp_path / "one.jsonl")])
    monkeypatch.setattr(place.QFileDialog, "getSaveFileName", lambda *_, **__: (next(answers), ""))
    asking.place.change.click()
    assert asking.place.words.text() == "mine is there and is no dataset; choose another name"
    assert not asking.export.isEnabled()
    asking.place.change.click()
    assert asking.export.isEnabled()
    asking.place.change.click()
    assert asking.place.words.text() == "one.jsonl  ·  a file"
    pick(app, asking.choices.split, "80 / 20")
    assert "needs a folder" in asking.place.words.text()
    assert not asking.export.isEnabled()


def test_choices_are_kept_in_the_project_and_come_back(
    app: Driver, asking: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(app, asking.choices.split, "70 / 15 / 15")
    recipe = asking.recipe
    monkeypatch.setattr(presets, "ask_words", lambda *_: "For training")
    pick(app, asking.presets, "Keep this as…")
    pick(app, asking.choices.split, "No split")
    assert asking.recipe != recipe
    pick(app, asking.presets, "For training")
    assert asking.recipe == recipe
    assert asking.choices.split.answer.startswith("70 / 15 / 15")


def test_an_answer_that_comes_after_closing_is_dropped(app: Driver, asking: ExportDialog) -> None:
    asking.choices.asked.emit(asking.recipe)
    QTest.qWait(31)
    asking.reject()
    app.settle()


def test_a_long_record_is_cut_and_what_is_no_json_is_shown_as_it_is() -> None:
    said = glance('{"text":"' + "word " * 40 + '","spans":[{"a":1},{"a":2}],"tags":[1,2]}\n{"x":1}')
    assert said.splitlines()[1:] == [' "spans": [{"a": 1}, …],', ' "tags": [1, 2]}']
    assert said.endswith("]}")
    assert len(said.splitlines()[0]) < 70
    assert glance("a,b\n1,2") == "a,b\n1,2"
    assert glance("12") == "12"
