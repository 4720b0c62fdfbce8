"""Help, its keys, and the walk through a first article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from annotator import resources
from annotator.gui import help as help_pages
from annotator.gui import walk
from annotator.gui.actions import table
from annotator.gui.help import HelpDialog
from annotator.gui.window import Window
from annotator.model.schema import builtin
from annotator.project import sample
from annotator.settings import Settings
from tests.gui.conftest import Driver

KEY = re.compile(r"\{\{([\w.]+)\}\}")


@pytest.fixture
def learner(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    """A window on the sample project."""
    place = tmp_path / "sample.annotator"
    sample.sample(place)
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(place))
    driver = Driver(window)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def test_every_page_is_shown_and_names_only_actions_that_there_are() -> None:
    written = {path.stem for path in resources.path("help").glob("*.md")}
    assert written == set(help_pages.PAGES)
    known = {action.id for action in table(builtin())}
    said = [resources.text(f"help/{name}.md") for name in written]
    said += [step.words for step in walk.STEPS] + [walk.END]
    named = {name for words in said for name in KEY.findall(words)}
    assert named <= known, named - known


def test_help_tells_the_keys_that_this_person_has() -> None:
    usual = help_pages.pages(table(builtin()))
    own = help_pages.pages(table(builtin(), {"mark.claim": ["Y"]}))
    assert "**C** marks those words as a **claim**" in usual[0].markdown
    assert "**Y** marks those words as a **claim**" in own[0].markdown


def test_help_is_found_by_its_words(app: Driver) -> None:
    app.window.show_help()
    dialog = app.window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.list.count() == len(help_pages.PAGES)
    dialog.field.setText("power cut")
    assert dialog.list.item(0).text() == "Nothing is lost"
    assert "survives a crash" in dialog.page.toPlainText()
    dialog.field.setText("zyxw")
    assert dialog.page.toPlainText() == "No page says this."
    dialog.close()


def test_the_first_article_can_be_coded_by_doing_what_the_strip_says(learner: Driver) -> None:
    learner.window.walk()
    learner.settle()
    strip = learner.desk.walk

    def step() -> str:
        learner.settle()
        return strip.count.text()

    assert step() == "1 of 9"
    learner.keys("j", "j")
    assert step() == "2 of 9"
    learner.keys("c")
    assert step() == "3 of 9"
    learner.keys(Qt.Key.Key_Return)
    assert step() == "4 of 9"
    while learner.desk.view.selection() is None or "denied that he" not in selected(learner):
        learner.keys("j")
    learner.keys("d")
    assert step() == "5 of 9"
    learner.keys(Qt.Key.Key_Return)
    assert step() == "6 of 9"
    learner.keys("a")
    learner.keys(first_answer(learner))
    learner.keys(first_answer(learner))
    assert step() == "7 of 9"
    learner.control(Qt.Key.Key_Z)
    assert step() == "8 of 9"
    learner.control(Qt.Key.Key_Z, shift=True)
    assert step() == "9 of 9"
    learner.control(Qt.Key.Key_Return)
    assert step() == ""
    assert "every command" in strip.words.text()
    strip.skip.click()
    assert not strip.isVisible()


def selected(driver: Driver) -> str:
    low, high = driver.view.selection() or (0, 0)
    return driver.desk.bench.text[low:high]


def first_answer(driver: Driver) -> str:
    """The key of the first answer that is offered."""
    keys = [one.text() for one in driver.desk.tip.findChildren(QLabel) if one.property("key")]
    return keys[0].lower()


def test_what_a_step_asks_for_can_be_skipped_and_left(learner: Driver) -> None:
    learner.window.walk()
    learner.settle()
    strip = learner.desk.walk
    strip.skip.click()
    assert strip.count.text() == "2 of 9"
    assert learner.desk.bench.marks == {}
    strip.close_button.click()
    assert not strip.isVisible()
    learner.keys("j", "j")
    assert not strip.isVisible()
