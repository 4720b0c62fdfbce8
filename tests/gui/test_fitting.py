"""A dataset is shown before it comes in, and its names are called as the person says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from annotator.gui.buttons import Chip
from annotator.gui.fitting import FittingDialog
from annotator.gui.report import ReportDialog
from annotator.project.importing import Way
from tests.gui.conftest import STORY, Driver


@pytest.fixture
def asking(app: Driver, tmp_path: Path) -> FittingDialog:
    """The dialog, over marks of another program on the article that is open."""
    spans = [[STORY.index(w), STORY.index(w) + len(w), label] for w, label in (("pier", "Thing"), ("the radio", "Thing"), ("The mayor", "SOURCE"))]  # fmt: skip
    path = tmp_path / "theirs.jsonl"
    path.write_text(json.dumps({"text": STORY, "label": spans}) + "\n", "utf-8")
    app.desk.files.take_in([path])
    app.settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, FittingDialog))


def choose(chip: Chip, words: str) -> None:
    chip.menu().aboutToShow.emit()
    next(one for one in chip.menu().actions() if one.text() == words).trigger()


def finish(app: Driver, asking: FittingDialog) -> None:
    QTest.keyClick(asking, Qt.Key.Key_Return)
    app.settle()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, ReportDialog):
            one.accept()


def test_it_shows_what_is_in_the_file_and_what_names_become(
    app: Driver, asking: FittingDialog
) -> None:
    said = " ".join(one.text() for one in asking.findChildren(QLabel))
    assert "1 article, 1 annotation set by doccano, 3 marks" in said
    assert "1 of the articles is here already" in said
    assert asking.chips["Thing"].answer.startswith("New: Thing")
    assert asking.chips["SOURCE"].answer.startswith("source")
    assert app.desk.bench.marks == {}
    asking.reject()


def test_names_are_mapped_and_left_out_as_the_person_says(
    app: Driver, asking: FittingDialog
) -> None:
    choose(asking.chips["Thing"], "claim")
    choose(asking.chips["SOURCE"], "Leave out")
    finish(app, asking)
    assert [(m.label, m.words) for m in app.desk.bench.in_order()] == [
        ("claim", "pier"),
        ("claim", "the radio"),
    ]
    app.desk.do("edit.undo")
    app.settle()
    assert app.desk.bench.marks == {}


def test_a_new_label_comes_into_the_schema(app: Driver, asking: FittingDialog) -> None:
    choose(asking.chips["Thing"], "claim")
    choose(asking.chips["Thing"], "New: Thing")
    assert asking.names == {}
    finish(app, asking)
    assert "Thing" in {label.name for label in app.desk.bench.schema.labels}
    app.window.activateWindow()
    app.settle()
    app.control(Qt.Key.Key_Z)  # the keys are made anew for the new label, and none is there twice
    assert "Thing" not in {label.name for label in app.desk.bench.schema.labels}


def test_cancel_stores_nothing(app: Driver, asking: FittingDialog) -> None:
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    app.settle()
    assert app.desk.bench.marks == {}


def test_only_some_people_s_sets_come_in_where_that_is_asked_for(app: Driver, asking: FittingDialog) -> None:  # fmt: skip
    asking.reject()
    survey = replace(asking.survey, people=("Jon", "Mara"))
    dialog = FittingDialog(survey, app.desk.bench.schema, app.desk)
    ways: list[Way] = []
    dialog.wanted.connect(lambda _, way: ways.append(way))
    assert dialog.whose.text().startswith("Marks of everybody")
    choose(dialog.whose, "Jon")
    assert dialog.whose.text().startswith("Marks of Jon")
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [way.people for way in ways] == [("Jon",)]
