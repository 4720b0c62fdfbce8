"""Two people's marks of one article side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.comparing import CompareDialog
from annotator.project import articles
from tests.gui.conftest import STORY, Driver


@pytest.fixture
def dialog(app: Driver, tmp_path: Path) -> Iterator[CompareDialog]:
    """Mara's marks beside those of another program: one the same, one other edges, one more."""
    app.mark("Harbor officials", "s")
    app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    said = (("Harbor officials", "source"), ("old pier was unsafe", "claim"), ("denied it", "denial"))  # fmt: skip
    spans = [[STORY.index(words), STORY.index(words) + len(words), name] for words, name in said]
    path = tmp_path / "theirs.jsonl"
    path.write_text(json.dumps({"text": STORY, "label": spans}) + "\n", "utf-8")
    app.desk.bridge.run(articles.import_paths, [path])
    app.settle()
    app.desk.do("article.annotators")
    app.settle()
    yield next(one for one in QApplication.topLevelWidgets() if isinstance(one, CompareDialog))
    for one in QApplication.topLevelWidgets():
        if isinstance(one, CompareDialog) and one.isVisible():
            one.reject()


def lines(dialog: CompareDialog) -> list[tuple[str, str, str]]:
    items = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    return [(item.text(0), item.text(1), item.text(2)) for item in items]


def test_each_side_shows_one_person_and_the_list_where_they_differ(
    app: Driver, dialog: CompareDialog
) -> None:
    assert [len(side.view.marks()) for side in dialog.sides] == [2, 3]
    assert lines(dialog) == [
        ("Claim", "the old pier was unsafe", "other edges"),
        ("Denial", "denied it", "only doccano"),
    ]
    assert dialog.said.text().startswith("1 the same, 1 other edges, 1 only doccano.")
    assert "0.40 on the same words, 0.80 on words that overlap" in dialog.said.text()
    dialog.same.click()
    assert len(lines(dialog)) == 3


def test_a_line_holds_the_marks_on_both_sides(app: Driver, dialog: CompareDialog) -> None:
    left, right = (side.view for side in dialog.sides)
    assert left.held is not None
    assert right.held is not None
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert left.held is None
    assert {mark.id: mark.words for mark in right.marks()}[right.held or ""] == "denied it"


def test_what_the_other_has_is_taken_over_and_undo_gives_it_back(
    app: Driver, dialog: CompareDialog
) -> None:
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    dialog.take.click()
    app.settle()
    assert [how for _, _, how in lines(dialog)] == ["other edges"]
    assert [mark.words for mark in app.desk.bench.own_marks()][-1] == "denied it"
    app.desk.do("edit.undo")
    app.settle()
    assert len(lines(dialog)) == 2


def test_other_sets_can_be_chosen(app: Driver, dialog: CompareDialog) -> None:
    menu = dialog.sides[1].chip.menu()
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text().startswith("Mara")).trigger()
    assert lines(dialog) == []
    assert "1.00 on the same words" in dialog.said.text()
    assert not dialog.take.isEnabled()


def test_without_somebody_else_it_says_so(app: Driver) -> None:
    app.mark("Harbor officials", "s")
    app.desk.do("article.annotators")
    app.settle()
    assert "Nobody else has marked this article" in app.said()


@pytest.mark.parametrize("at", [0, 1])
def test_the_sides_scroll_together(app: Driver, dialog: CompareDialog, at: int) -> None:
    bars = [side.view.verticalScrollBar() for side in dialog.sides]
    dialog.resize(900, 240)
    app.settle()
    bars[at].setValue(bars[at].maximum())
    assert bars[1 - at].value() == bars[1 - at].maximum() > 0
