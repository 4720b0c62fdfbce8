"""Finding in all articles, and marking all that was found, through the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.panels import find as panels_find
from annotator.gui.panels.find import FindPanel
from annotator.gui.window import Window
from annotator.project import articles, open_project
from annotator.settings import Settings
from tests.gui.conftest import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
MORE = (
    "The pier was closed.\n\nA pier 🚢 — the Pier — stood here.\n",
    "Nothing of interest, 🚢 said the mayor.\n",
)


@pytest.fixture
def app(qapp: QApplication, place: Path) -> Iterator[Driver]:
    """The window, open on a project of three articles."""
    with open_project(place, person="Mara", durable=False) as project:
        for n, text in enumerate(MORE):
            articles.import_bytes(project, text.encode(), f"more{n}.txt")
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(place))
    driver = Driver(window)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def look(app: Driver, words: str) -> FindPanel:
    app.control(Qt.Key.Key_F, shift=True)
    panel = app.desk.find_panel
    assert panel.field.hasFocus()
    panel.field.clear()
    QTest.keyClicks(panel.field, words)
    QTest.qWait(60)
    app.settle()
    return panel


def lines(panel: FindPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def test_what_is_typed_is_found_in_all_articles_and_gone_to(app: Driver) -> None:
    panel = look(app, "pier")
    assert panel.summary.text() == "5 places in 2 articles."
    titles = [one.document.title for one in app.desk.bridge.read.library()]
    heads = [one for one in lines(panel) if one.endswith((", 2", ", 3"))]
    assert heads == [f"{titles[0]}, 2", f"{titles[1]}, 3"]
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    for _ in range(4):
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
    app.settle()
    assert app.desk.bench.document is not None
    assert app.desk.bench.document.title == titles[1]
    selected = app.view.selection()
    assert selected is not None
    assert app.desk.bench.text[slice(*selected)] == "pier"
    assert panel.list.hasFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert app.view.hasFocus()


def test_what_is_selected_is_looked_for_as_a_phrase(app: Driver) -> None:
    app.select("the old pier")
    app.control(Qt.Key.Key_F, shift=True)
    app.settle()
    assert app.desk.find_panel.field.text() == '"the old pier"'
    assert app.desk.find_panel.summary.text() == "1 place in 1 article."


def test_everything_found_is_looked_at_ticked_and_marked_as_one_act(app: Driver) -> None:
    panel = look(app, "pier")
    QTest.keyClick(panel.field, Qt.Key.Key_F, CONTROL | ALT)
    app.settle()
    assert panel.marking.button.text() == "Mark 5 places"
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    panel.list.setCurrentIndex(panel.model.index(1))
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.marking.button.text() == "Mark 4 places"
    QTest.keyClicks(panel.list, "s")
    app.settle()
    panel.marking.button.click()
    app.settle()
    assert "4 marks were made in 2 articles" in app.said()
    assert app.desk.bridge.read.labels_in_use() == {"source": 4}
    app.control(Qt.Key.Key_Z)
    assert app.desk.bridge.read.labels_in_use() == {}


def test_an_article_is_ticked_and_unticked_with_all_its_places(app: Driver) -> None:
    panel = look(app, "pier")
    panel.search(marking=True)
    app.settle()
    states = [panel.model.index(row).data(Qt.ItemDataRole.CheckStateRole) for row in (0, 1, 3)]
    assert states == [Qt.CheckState.Checked] * 3
    panel.model.toggle(2)
    assert panel.model.index(0).data(Qt.ItemDataRole.CheckStateRole) == (
        Qt.CheckState.PartiallyChecked
    )
    panel.model.toggle(0)
    panel.model.toggle(0)
    assert [len(places) for _, places in panel.model.ticked()] == [3]


def test_several_words_are_not_marked_one_by_one(app: Driver) -> None:
    panel = look(app, "pier closed")
    panel.search(marking=True)
    app.settle()
    assert "in quotes" in panel.summary.text()
    assert panel.model.rowCount() == 0


def test_what_is_no_expression_and_what_never_ends_is_one_sentence(app: Driver) -> None:
    panel = look(app, "(")
    panel.pattern.setChecked(True)
    app.settle()
    assert "not a regular expression" in panel.summary.text()
    app.desk.bridge.run(articles.import_bytes, ("a" * 60 + " b").encode(), "long.txt")
    app.settle()
    panel.field.setText("(a|aa)+c")
    panel.search()
    app.settle()
    assert "takes too long" in panel.summary.text()
    panel.field.setText("pie[r]")
    panel.search()
    app.settle()
    assert panel.summary.text() == "5 places in 2 articles."


def test_more_is_shown_when_asked_for(app: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels_find, "SHOWN", 1)
    monkeypatch.setattr(panels_find, "SECONDS", 0.0)
    panel = look(app, "the")
    assert panel.summary.text().endswith("in the first 1 article.")
    panel.further.click()
    app.settle()
    assert panel.summary.text().endswith("in the first 2 articles.")


def test_find_bar_takes_an_expression_and_says_what_is_wrong_with_it(app: Driver) -> None:
    app.control(Qt.Key.Key_F)
    bar = app.desk.finder
    bar.pattern.setChecked(True)
    bar.field.setText("pi.r")
    app.settle()
    assert bar.count.text() == "2 found"
    bar.field.setText("pi(")
    app.settle()
    assert "not a regular expression" in bar.count.text()


def test_the_library_comes_back(app: Driver) -> None:
    look(app, "pier")
    app.control(Qt.Key.Key_1)
    assert app.desk.left.currentWidget() is app.desk.library
