"""The import dialog in a real window: what is found is shown, and stored when it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from annotator.gui.importing.columns import ColumnsDialog, with_these
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.importing.table import ARTICLE, DATE, RESULT
from tests.gui.conftest import STORY, Driver

PAGE = """<html><head><title>Bridge opened</title><meta property="og:site_name" content="Courier">
<meta property="article:published_time" content="2026-03-04"></head><body><nav>Home Sport</nav>
<article><h1>Bridge opened</h1><p>The bridge over the river was opened on Monday, the office
said, after two years of work.</p><p>A spokeswoman denied that it had cost more than was
planned, and said that the road was free.</p></article><footer>Imprint</footer></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page, a copy of the project's story, the story itself, and an empty file."""
    place = tmp_path / "june-saved"
    place.mkdir()
    (place / "a.html").write_text(PAGE)
    (place / "b.txt").write_text(f"From our own desk\n\n{STORY}\nMore of it.\n")
    (place / "c.txt").write_text(STORY)
    (place / "d.txt").write_bytes(b"")
    return place


def opened(app: Driver, *paths: Path) -> ImportDialog:
    """The dialog when everything is read."""
    app.desk.files.take_in(paths)
    (dialog,) = [one for one in app.window.findChildren(ImportDialog) if one.isVisible()]
    app.settle()
    return dialog


def words(dialog: ImportDialog, column: int = RESULT) -> list[str]:
    model = dialog.shown
    return [model.index(n, column).data() for n in range(model.rowCount())]


def titles(app: Driver) -> list[str]:
    return [one.document.title for one in app.desk.bridge.read.library()]


def test_what_is_found_is_shown_and_nothing_is_stored(app: Driver, folder: Path) -> None:
    dialog = opened(app, folder)
    assert words(dialog) == ["imported", "imported · same story 100%", "already there", "refused"]
    assert words(dialog, ARTICLE)[0] == "Bridge opened"
    assert words(dialog, DATE)[0] == "4 Mar 2026"
    assert dialog.go.text() == "Import 2"
    assert "4 files" in dialog.whence.text()
    shown = dialog.preview.toPlainText()
    assert "Courier" in shown
    assert "The bridge over the river was opened" in shown
    dialog.reject()
    app.settle()
    assert len(titles(app)) == 1


def test_it_is_stored_when_it_is_said_and_the_report_stays(app: Driver, folder: Path) -> None:
    dialog = opened(app, folder)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    app.settle()
    assert "Bridge opened" in titles(app)
    assert dialog.isVisible()
    assert dialog.heading.text() == "Imported"
    assert dialog.kinds.buttons["imported"].text() == "2 imported"
    dialog.go.click()
    app.settle()
    assert not app.window.findChildren(ImportDialog)
    app.window.activateWindow()
    app.settle()
    app.control(Qt.Key.Key_Z)
    assert len(titles(app)) == 1


def test_what_is_left_out_is_not_stored(app: Driver, folder: Path) -> None:
    dialog = opened(app, folder)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert words(dialog)[0] == "left out"
    assert dialog.go.text() == "Import 1"
    dialog.go.click()
    app.settle()
    assert "Bridge opened" not in titles(app)
    assert len(titles(app)) == 2
    dialog.go.click()
    app.settle()


def test_the_table_is_filtered_and_sorted(app: Driver, folder: Path) -> None:
    dialog = opened(app, folder)
    dialog.kinds.buttons["refused"].click()
    assert words(dialog) == ["refused"]
    dialog.kinds.buttons["everything"].click()
    dialog.kinds.words.setText("bridge")
    assert words(dialog, ARTICLE) == ["Bridge opened"]
    dialog.kinds.words.clear()
    dialog.table.sortByColumn(RESULT, Qt.SortOrder.AscendingOrder)
    assert [one.split(" ")[0] for one in words(dialog)] == [
        "refused",
        "imported",
        "imported",
        "already",
    ]
    dialog.reject()
    app.settle()


def test_the_report_is_saved_as_table_and_as_json(
    app: Driver, folder: Path, tmp_path: Path
) -> None:
    dialog = opened(app, folder)
    dialog.save_report(tmp_path / "r.json", as_json=True)
    dialog.save_report(tmp_path / "r.csv", as_json=False)
    found = json.loads((tmp_path / "r.json").read_text())
    assert (found["imported"], found["already_there"], found["refused"]) == (2, 1, 1)
    assert (tmp_path / "r.csv").read_text().count("\n") == 5
    dialog.save_report(tmp_path / "nowhere" / "r.csv", as_json=False)
    assert "there is no report" in dialog.said.text()
    dialog.reject()
    app.settle()


def test_closing_it_while_it_reads_stops_the_reading(app: Driver, tmp_path: Path) -> None:
    for n in range(300):
        (tmp_path / f"{n}.html").write_text(PAGE.replace("Bridge", f"Bridge {n}"))
    app.desk.files.take_in([tmp_path])
    (dialog,) = app.window.findChildren(ImportDialog)
    QTest.qWait(50)
    dialog.reject()
    app.settle()
    assert len(titles(app)) == 1
    QApplication.processEvents()


def test_a_short_text_is_imported_at_once(app: Driver, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Another headline\n\nAnother sentence of some length.\n")
    app.desk.files.take_in([tmp_path / "one.txt"])
    app.settle()
    assert "Another headline" in titles(app)
    assert not [one for one in app.window.findChildren(QDialog) if one.isVisible()]


TABLE = (
    "Kopf,Inhalt,Tag,Ressort\n"
    "Who tested the brakes?,There was no test of the brakes on Monday.,2024-06-21,Politics\n"
    "Pier closed,The harbour office said that the pier was closed.,2024-06-22,Local\n"
)


def asked(dialog: ImportDialog) -> ColumnsDialog:
    """The question about columns, asked by its key."""
    dialog.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(150)  # the button is seen to go down first
    (found,) = dialog.findChildren(ColumnsDialog)
    return found


def test_the_person_says_which_column_holds_what(app: Driver, tmp_path: Path) -> None:
    (tmp_path / "press.csv").write_text(TABLE)
    dialog = opened(app, tmp_path / "press.csv")
    assert words(dialog) == ["refused"]
    assert dialog.offers.said.text().startswith("press.csv: no column is known to hold the text")
    assert dialog.offers.columns.hasFocus()
    question = asked(dialog)
    columns = ("Kopf", "Inhalt", "Tag", "Ressort")
    assert not question.take.isEnabled()
    for column, thing in (
        ("Kopf", "text"),
        ("Kopf", "title"),
        ("Inhalt", "text"),
        ("Tag", "published"),
    ):
        question.call(columns, column, thing)
    assert question.becomes(columns, "Kopf") == "title"
    assert question.becomes(columns, "Ressort") == ""
    question.take.click()
    app.settle()
    assert words(dialog, ARTICLE) == ["Who tested the brakes?", "Pier closed"]
    assert words(dialog, DATE) == ["21 Jun 2024", "22 Jun 2024"]
    assert dialog.offers.said.text() == "press.csv: not known, kept as details: Ressort."
    dialog.go.click()
    app.settle()
    assert "Pier closed" in titles(app)
    assert not dialog.offers.columns.isVisible()
    dialog.go.click()
    app.settle()


def test_what_was_said_of_columns_holds_for_the_next_table_like_it(
    app: Driver, tmp_path: Path
) -> None:
    (tmp_path / "press.csv").write_text(TABLE)
    said = {
        ("Kopf", "Inhalt", "Tag", "Ressort"): {"text": "Inhalt", "title": "Tag", "published": ""}
    }
    app.desk.choices.keep(tables=with_these({}, said))
    dialog = opened(app, tmp_path / "press.csv")
    assert words(dialog, ARTICLE) == ["2024-06-21", "2024-06-22"]
    question = asked(dialog)
    assert question.becomes(("Kopf", "Inhalt", "Tag", "Ressort"), "Tag") == "title"
    question.reject()
    dialog.reject()
    app.settle()


def test_what_columns_hold_is_chosen_by_keys(app: Driver, tmp_path: Path) -> None:
    (tmp_path / "press.csv").write_text(TABLE)
    dialog = opened(app, tmp_path / "press.csv")
    question = asked(dialog)
    columns = ("Kopf", "Inhalt", "Tag", "Ressort")
    chip = question.chips[columns, "Kopf"]
    seen = {chip}
    for _ in range(len(columns) + 4):
        question.focusNextChild()
        seen.add(question.focusWidget())
    assert set(question.chips.values()) <= seen
    question.reject()
    dialog.reject()
    app.settle()


def test_lines_that_repeat_on_a_site_are_dimmed_when_it_is_said(
    app: Driver, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    frame = "Our reporters are on the road for you every day of the year."
    for n in range(3):
        (folder / f"{n}.md").write_text(
            f"---\ntitle: Story {n}\nurl: https://harborpost.example/{n}\n---\n\nThe office said that ferry {n} "
            f"had lost its brakes in a night of storm, and that nobody knew of it.\n\n{frame}\n\nThe line "
            f"denied on day {n} that it had been told of anything by anybody before the accident.\n"
        )
    dialog = opened(app, folder)
    dialog.go.click()
    app.settle()
    assert dialog.offers.said.text().startswith(
        "1 line repeats in 3 articles of the same site. “Our"
    )
    dialog.save_report(tmp_path / "r.json", as_json=True)
    assert json.loads((tmp_path / "r.json").read_text())["repeated"] == {"lines": 1, "articles": 3}
    dialog.offers.dim.click()
    app.settle()
    assert dialog.offers.said.text() == "Dimmed in 3 articles. Ctrl+Z takes it back."
    assert app.desk.bridge.read.history()[0].title == "Dim lines that repeat"
    dialog.go.click()
    app.settle()


def test_articles_are_looked_for_where_the_last_ones_lay(
    app: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def choose(_parent: object, _title: str, place: str, *_: object) -> tuple[list[str], str]:
        begun.append(place)
        return ([str(folder / "a.html")], "") if len(begun) == 1 else ([], "")

    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames", choose)
    app.desk.do("file.import")
    (dialog,) = [one for one in app.window.findChildren(ImportDialog) if one.isVisible()]
    app.settle()
    dialog.reject()
    app.settle()
    app.desk.do("file.import")
    assert begun == ["", str(folder)]
