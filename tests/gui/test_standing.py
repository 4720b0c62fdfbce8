"""The panel of actors and propositions, and what is unsure in all articles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.panels import standing
from annotator.gui.panels.lists import UNSURE
from annotator.gui.panels.standing import StandingPanel
from annotator.project import marks
from tests.gui.conftest import Driver


@pytest.fixture
def panel(app: Driver) -> StandingPanel:
    """With two actors of one mark each."""
    for words, actor in (("Harbor officials", "Port"), ("a fisherman", "Fisher")):
        app.desk.bridge.run(marks.set_actor, app.mark(words, "s"), actor)
        app.keys(Qt.Key.Key_Escape)
    app.control(Qt.Key.Key_7)
    return app.desk.standing


def names(panel: StandingPanel) -> list[tuple[str, str]]:
    return [(item.text(0), item.text(1)) for item in panel._lines()]


def test_it_lists_and_a_mark_of_one_is_gone_to(app: Driver, panel: StandingPanel) -> None:
    assert names(panel) == [("Fisher", "1"), ("Port", "1")]
    panel._lines()[1].setExpanded(True)
    app.settle()
    QTest.qWait(90)
    app.settle()
    panel.tree.setCurrentItem(panel._lines()[1].child(0))
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert app.desk.bench.held
    assert app.desk.bench.held.words == "Harbor officials"


def test_two_are_merged_and_undo_parts_them(app: Driver, panel: StandingPanel) -> None:
    panel.tree.selectAll()
    panel.merge.click()
    app.settle()
    QTest.qWait(90)
    app.settle()
    assert names(panel) == [("Fisher", "2")]
    app.control(Qt.Key.Key_Z)
    QTest.qWait(90)
    app.settle()
    assert names(panel) == [("Fisher", "1"), ("Port", "1")]


def test_f2_renames(app: Driver, panel: StandingPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "ask_words", lambda *_: "Port authority")
    panel.tree.setCurrentItem(panel._lines()[1])
    panel.tree.setFocus()
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    app.settle()
    QTest.qWait(90)
    app.settle()
    assert names(panel) == [("Fisher", "1"), ("Port authority", "1")]


def test_what_is_unsure_in_all_articles_is_listed_among_the_marks(app: Driver) -> None:
    app.mark("Harbor officials", "s")
    app.keys("q")
    app.mark("a fisherman", "s")
    app.control(Qt.Key.Key_4)
    found = app.desk.marks_list
    found.kind.setCurrentIndex(found.kind.findData(UNSURE))
    QTest.qWait(60)
    app.settle()
    assert [found.tree.topLevelItem(n).text(1) for n in range(found.tree.topLevelItemCount())] == [
        "Harbor officials"
    ]
