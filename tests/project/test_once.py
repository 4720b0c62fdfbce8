"""An act whose answer was lost is not done twice; what others did is in the feed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from annotator.errors import NotStored, ProjectError
from annotator.model.changes import Changes
from annotator.model.ids import new_id
from annotator.project import Project, articles, marks, open_project, relations
from annotator.project.project import Queries
from annotator.text.span import Span
from tests.support.builders import article, mark

CLAIM = Span.of([(0, 7)])


@pytest.fixture
def lost_answer(project: Project, monkeypatch: pytest.MonkeyPatch) -> Any:
    """From now on the database stores an act, and the word of it does not come through."""
    database = project._database
    writing = database.writing

    @contextmanager
    def deaf() -> Generator[Any]:
        with writing() as connection:
            yield connection
        raise NotStored("the line is dead")

    def begin(*, can_be_asked: bool) -> None:
        monkeypatch.setattr(database, "writing", deaf)
        if not can_be_asked:
            monkeypatch.setattr(Queries, "changes_of", _silent)

    return begin


def _silent(_read: Queries, _op_id: str) -> Changes:
    raise ProjectError("the server is gone")


def test_an_act_that_was_stored_counts_as_done_whatever_the_answer(
    project: Project, lost_answer: Any
) -> None:
    document = article(project)
    heard: list[Changes] = []
    project.listen(heard.append)
    lost_answer(can_be_asked=True)
    made = marks.add(project, document, CLAIM, "claim")
    assert project.read.annotations(document) == (made,)
    assert project.undo().title == "Add claim"
    assert [one.kind for one in heard] == ["do", "undo"]


def test_an_act_tried_again_under_its_id_is_stored_once(
    project: Project, lost_answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, act_id = article(project), new_id()
    with monkeypatch.context() as patch:
        lost_answer(can_be_asked=False)
        with pytest.raises(NotStored):
            project.once(act_id, marks.add, document, CLAIM, "claim")
        patch.undo()
    monkeypatch.undo()
    heard: list[Changes] = []
    project.listen(heard.append)
    assert project.once(act_id, marks.add, document, CLAIM, "claim") is None
    assert len(project.read.annotations(document)) == 1
    assert [one.op_id for one in heard] == [act_id]
    assert heard[0].documents == {document}
    assert project.read.findings() == ()


def test_an_act_that_was_not_stored_is_done_at_the_next_try(project: Project) -> None:
    document, act_id = article(project), new_id()

    def fail(project: Project) -> None:
        marks.add(project, document, CLAIM, "claim")
        raise NotStored("the disk is full")

    with pytest.raises(NotStored), project.op("Two marks"):
        fail(project)
    assert project.read.annotations(document) == ()
    made = project.once(act_id, marks.add, document, CLAIM, "claim")
    assert project.read.history()[0].id == act_id
    assert project.read.annotations(document) == (made,)


def test_the_feed_says_what_the_acts_said(project: Project) -> None:
    said: list[Changes] = []
    project.listen(said.append)
    first, second = article(project), article(project, "Another text, long enough to be one.")
    claim = mark(project, first, "the pier")
    denial = marks.add(project, second, CLAIM, "denial")
    relations.link(project, "denies", denial.id, claim.id)
    articles.set_status(project, second, "complete")
    project.undo()
    project.redo()
    articles.describe(project, first, {"title": "Closed"})
    fed = project.read.changes_since(0)
    assert [one.seq for one in fed] == [one.seq for one in said]
    for heard, found in zip(said, fed, strict=True):
        assert found.touched == heard.touched
        assert found.documents >= heard.documents
        assert (found.op_id, found.kind, found.title) == (heard.op_id, heard.kind, heard.title)
    assert project.read.changes_since(fed[3].seq) == fed[4:]


def test_a_reader_of_a_file_hears_of_what_is_written_meanwhile(file: Any) -> None:
    with (
        open_project(file, person="Mara") as project,
        open_project(file, person="Jon", write=False) as reader,
    ):
        assert reader.has_other_writers
        assert not project.has_other_writers
        since = reader.read.last_seq()
        document = article(project)
        mark(project, document, "the pier")
        assert {document} == set.union(
            *(set(c.documents) for c in reader.read.changes_since(since))
        )


def test_a_note_that_two_people_write_keeps_both(place: str) -> None:
    with open_project(place, person="Mara", durable=False) as project:
        made = mark(project, article(project), "the pier", note="when?")
        marks.set_note(project, made.id, "when? on Monday")  # what Jon did, as the row has it now
        after = marks.set_note(project, made.id, "who says so?", was="when?")
        assert after.note == "when? on Monday\n\nwho says so?"
        assert marks.set_note(project, made.id, "", was=after.note).note == ""
        project.undo()
        assert project.read.annotation(made.id).note == after.note
