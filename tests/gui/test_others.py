"""Two people in one PostgreSQL project: each window keeps up with the other, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from annotator.gui.window import Window
from annotator.model.annotation import Annotation
from annotator.project import articles, marks, open_project
from annotator.settings import Settings
from annotator.text.span import Span
from tests.gui.conftest import STORY, Driver
from tests.support import postgresql


@pytest.fixture
def url() -> Iterator[str]:
    server = postgresql.server()
    made = server.new(server.template())
    with open_project(made, person="Mara") as project:
        articles.import_bytes(project, STORY.encode(), "story.txt")
    yield made
    server.drop(made)


def opened(url: str, person: str) -> Driver:
    window = Window(Settings(), person)
    window.show()
    window.open_project(url)
    driver = Driver(window)
    driver.settle()
    return driver


@pytest.fixture
def two(qapp: QApplication, url: str) -> Iterator[tuple[Driver, Driver]]:
    both = opened(url, "Mara"), opened(url, "Jon")
    yield both
    for one in both:
        one.window.close()
        one.window.deleteLater()


def mark(driver: Driver, words: str, label: str) -> str:
    """Mark words in one of two windows, of which only one can have the keys."""
    bench = driver.desk.bench
    at = bench.text.index(words)
    span, made = Span.of([(at, at + len(words))]), list[Annotation]()
    assert bench.document is not None
    driver.desk.bridge.run(marks.add, bench.document.id, span, label, then=made.append)
    driver.settle()
    return made[0].id


def keep_up(*drivers: Driver) -> None:
    for one in drivers:
        one.desk.bridge.look_at_others()
        one.settle()


def test_each_sees_what_the_other_marks_changes_and_takes_back(two: tuple[Driver, Driver]) -> None:
    mara, jon = two
    first = mark(mara, "the old pier was unsafe", "claim")
    second = mark(jon, "Harbor officials", "source")
    keep_up(mara, jon)
    assert set(mara.desk.bench.marks) == set(jon.desk.bench.marks) == {first, second}
    mara.desk.bridge.undo()
    mara.settle()
    keep_up(jon)
    assert set(jon.desk.bench.marks) == {second}, "each takes back what is their own"
    jon.desk.bridge.run(marks.remove, [second])
    jon.settle()
    keep_up(mara)
    assert mara.desk.bench.marks == {}
    mara.desk.bridge.redo()
    mara.settle()
    keep_up(jon)
    assert set(jon.desk.bench.marks) == {first}


def test_an_act_on_what_the_other_removed_is_refused_in_a_sentence(
    two: tuple[Driver, Driver],
) -> None:
    mara, jon = two
    made = mark(mara, "the old pier was unsafe", "claim")
    keep_up(jon)
    mara.desk.bridge.run(marks.remove, [made])
    mara.settle()
    jon.desk.bridge.run(marks.set_note, made, "who?")
    jon.settle()
    assert f"There is no mark “{made}”." in jon.said()
    assert jon.desk.bridge.unsaved == 0
    keep_up(jon)
    assert jon.desk.bench.marks == {}


def test_an_article_that_another_program_imports_appears(
    two: tuple[Driver, Driver], url: str
) -> None:
    mara, jon = two
    with open_project(url, person="the terminal") as project:
        articles.import_bytes(project, b"A later article. Somebody said that it rains.", "b.txt")
        marks.add(project, project.read.library()[1].document.id, Span.of([(0, 7)]), "source")
    keep_up(mara, jon)
    for one in two:
        assert one.desk.library.model.rowCount() == 2
        one.desk.library.step(1)
        one.settle()
        assert [mark.label for mark in one.desk.bench.marks.values()] == ["source"]
