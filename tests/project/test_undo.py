"""Undo and redo by two people: what is refused, with which reason, and that nothing is half done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from annotator.errors import NotFound, RuleError, UndoRefused
from annotator.model.schema import Label, builtin
from annotator.project import Project, articles, marks, open_project, relations
from annotator.project.schema import set_schema
from annotator.storage.place import is_url
from tests.support.builders import STORY, article, at, dump, mark


class Desk:
    """A project that two people have open, or one after the other where it is a file."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._open: dict[str, Project] = {}

    def of(self, person: str) -> Project:
        if person not in self._open:
            if not is_url(self._place):
                self.close()
            self._open[person] = open_project(self._place, person=person, durable=False)
        return self._open[person]

    @property
    def mara(self) -> Project:
        return self.of("Mara")

    @property
    def jon(self) -> Project:
        return self.of("Jon")

    def close(self) -> None:
        for project in self._open.values():
            project.close()
        self._open.clear()


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    desk = Desk(place)
    yield desk
    assert desk.mara.read.findings() == ()
    desk.close()


@contextmanager
def refused(desk: Desk, person: str, why: str) -> Iterator[None]:
    project = desk.of(person)
    before, seq, undo = (
        dump(project),
        project.read.last_seq(),
        project.read.undo_title(project.person.id),
    )
    with pytest.raises(UndoRefused) as caught:
        yield
    assert re.search(why, str(caught.value)), str(caught.value)
    assert str(caught.value).endswith("Nothing was changed.")
    assert dump(project) == before
    assert project.read.last_seq() == seq
    assert project.read.undo_title(project.person.id) == undo


def test_each_undoes_their_own_acts(desk: Desk) -> None:
    document = article(desk.mara)
    one = mark(desk.mara, document, "the pier")
    two = mark(desk.jon, document, "closed")
    desk.mara.undo()
    assert [found.id for found in desk.mara.read.annotations(document)] == [two.id]
    desk.jon.undo()
    assert desk.jon.read.annotations(document) == ()
    desk.mara.redo()
    assert [found.id for found in desk.mara.read.annotations(document)] == [one.id]


def test_what_another_changed_since_is_not_undone(desk: Desk) -> None:
    document = article(desk.mara)
    made = mark(desk.mara, document, "the pier")
    marks.set_note(desk.jon, made.id, "Jon was here")
    with refused(desk, "Mara", "“Write note” by Jon has since changed"):
        desk.mara.undo()
    desk.jon.undo()
    desk.mara.undo()
    with refused(desk, "Jon", "gone|has since been changed"):
        desk.jon.redo()


def test_a_mark_that_another_linked_does_not_go(desk: Desk) -> None:
    document = article(desk.mara)
    claim = mark(desk.mara, document, "the pier 🚢 would be closed")
    source = mark(desk.jon, document, "The harbour office", "source")
    relations.link(desk.jon, "attributed_to", claim.id, source.id)
    with refused(desk, "Mara", "a link to the mark would be left behind"):
        desk.mara.undo()
    desk.jon.undo()
    desk.mara.undo()
    with refused(desk, "Jon", "the mark it belongs to is gone"):
        desk.jon.redo()


def test_an_article_on_which_another_works_does_not_go(desk: Desk) -> None:
    document = article(desk.mara)
    mark(desk.jon, document, "the pier")
    with refused(desk, "Mara", "would be left behind"):
        desk.mara.undo()


def test_an_actor_or_proposition_that_another_named_does_not_go(desk: Desk) -> None:
    document = article(desk.mara)
    mark(desk.mara, document, "The harbour office", "source", actor="Office")
    mark(desk.jon, document, "Two fishermen", "source", actor="Office")
    with refused(desk, "Mara", "a source behind which they stand"):
        desk.mara.undo()
    mark(desk.mara, document, "the pier", proposition="p")
    mark(desk.jon, document, "closed", proposition="p")
    with refused(desk, "Mara", "a claim that states it"):
        desk.mara.undo()


def test_an_actor_whose_name_was_taken_does_not_come_back(desk: Desk) -> None:
    document = article(desk.mara)
    mark(desk.mara, document, "The harbour office", "source", actor="Office")
    desk.mara.undo()
    mark(desk.jon, document, "Two fishermen", "source", actor="Office")
    with refused(desk, "Mara", "another actor “Office”"):
        desk.mara.redo()


def test_a_mark_of_a_removed_article_does_not_come_back(desk: Desk) -> None:
    document = article(desk.mara)
    mark(desk.mara, document, "the pier")
    desk.mara.undo()
    articles.remove(desk.jon, document)
    with refused(desk, "Mara", "the article it belongs to is gone"):
        desk.mara.redo()


def test_a_link_to_a_removed_article_does_not_come_back(desk: Desk) -> None:
    one, two = article(desk.mara), article(desk.mara, STORY + "\nMore.\n", "two.txt")
    denial = mark(desk.mara, one, "denied that anybody had asked them", "denial")
    claim = mark(desk.mara, two, "the pier 🚢 would be closed")
    link = relations.link(desk.mara, "denies", denial.id, claim.id)
    relations.unlink(desk.mara, [link.id])
    articles.remove(desk.jon, two)
    with refused(desk, "Mara", "the mark it belongs to is gone"):
        desk.mara.undo()


def test_an_article_that_was_linked_since_is_not_removed_again(desk: Desk) -> None:
    one, two = article(desk.mara), article(desk.mara, STORY + "\nMore.\n", "two.txt")
    denial = mark(desk.jon, one, "denied that anybody had asked them", "denial")
    claim = mark(desk.jon, two, "the pier 🚢 would be closed")
    articles.remove(desk.mara, two)
    desk.mara.undo()
    relations.link(desk.jon, "denies", denial.id, claim.id)
    with refused(desk, "Mara", "a link with another article"):
        desk.mara.redo()


def test_a_schema_whose_labels_are_in_use_stays(desk: Desk) -> None:
    document = article(desk.mara)
    more = replace(builtin(), labels=(*builtin().labels, Label("rumour", "Rumour")))
    set_schema(desk.mara, more)
    mark(desk.jon, document, "the pier", "rumour")
    with refused(desk, "Mara", "no “rumour”, which is in use"):
        desk.mara.undo()
    desk.jon.undo()
    desk.mara.undo()
    with refused(desk, "Jon", "no “rumour”"):
        desk.jon.redo()


def test_a_schema_that_another_replaced_is_not_touched(desk: Desk) -> None:
    more = replace(builtin(), labels=(*builtin().labels, Label("rumour", "Rumour")))
    set_schema(desk.mara, more)
    set_schema(desk.jon, builtin())
    with refused(desk, "Mara", "“Change schema” by Jon has since changed the same"):
        desk.mara.undo()


def test_a_new_act_forgets_what_was_undone(desk: Desk) -> None:
    document = article(desk.mara)
    mark(desk.mara, document, "the pier")
    desk.mara.undo()
    mark(desk.mara, document, "closed")
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.mara.redo()


def test_another_s_act_forgets_nothing_of_mine(desk: Desk) -> None:
    document = article(desk.mara)
    made = mark(desk.mara, document, "the pier")
    desk.mara.undo()
    mark(desk.jon, document, "closed")
    desk.mara.redo()
    assert desk.mara.read.annotation(made.id) == made


def test_undo_and_redo_survive_closing(desk: Desk) -> None:
    document = article(desk.mara)
    made = mark(desk.mara, document, "the pier")
    desk.close()
    desk.mara.undo()
    desk.close()
    desk.mara.redo()
    assert desk.mara.read.annotation(made.id) == made


def test_several_changes_are_one_step(desk: Desk) -> None:
    document = article(desk.mara)
    before = dump(desk.mara)
    with desk.mara.op("Code the story"):
        claim = mark(desk.mara, document, "the pier 🚢 would be closed")
        source = mark(desk.mara, document, "The harbour office", "source", actor="Office")
        link = relations.link(desk.mara, "attributed_to", claim.id, source.id)
        marks.move(desk.mara, claim.id, at(desk.mara, document, "the pier", "closed"))
        relations.unlink(desk.mara, [link.id])
    after = dump(desk.mara)
    assert desk.mara.undo().title == "Code the story"
    assert dump(desk.mara) == before
    desk.mara.redo()
    assert dump(desk.mara) == after


def test_a_step_that_fails_leaves_nothing(desk: Desk) -> None:
    document = article(desk.mara)
    before, seq = dump(desk.mara), desk.mara.read.last_seq()
    with pytest.raises(RuleError):
        _mark_well_and_badly(desk.mara, document)
    assert dump(desk.mara) == before
    assert desk.mara.read.last_seq() == seq


def _mark_well_and_badly(project: Project, document: str) -> None:
    with project.op("Half"):
        mark(project, document, "the pier")
        mark(project, document, "closed", "gossip")


def test_an_act_that_came_to_nothing_is_undone_all_the_same(desk: Desk) -> None:
    document = article(desk.mara)
    a = mark(desk.jon, document, "denied that anybody", "denial")
    b = mark(desk.jon, document, "the pier")
    with desk.mara.op("To and fro"):
        link = relations.link(desk.mara, "denies", a.id, b.id)
        relations.unlink(desk.mara, [link.id])
    marks.remove(desk.jon, [b.id])
    assert desk.mara.undo().title == "To and fro"
    assert desk.mara.redo().title == "To and fro"


ACTS: dict[str, Callable[[Project, str], object]] = {
    "relabel": lambda p, m: marks.relabel(p, m, "source"),
    "move": lambda p, m: marks.move(p, m, at(p, p.read.annotation(m).document_id, "Two", "them")),
    "attribute": lambda p, m: marks.set_attribute(p, m, "certainty", "probable"),
    "note": lambda p, m: marks.set_note(p, m, "chüz 🚢"),
    "proposition": lambda p, m: marks.set_proposition(p, m, "p9"),
    "remove": lambda p, m: marks.remove(p, [m]),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_change_of_a_mark_goes_back_and_forth(desk: Desk, act: str) -> None:
    document = article(desk.mara)
    made = mark(desk.mara, document, "the pier 🚢 would be closed", attributes={"unsure": "yes"})
    before = dump(desk.mara)
    ACTS[act](desk.mara, made.id)
    after = dump(desk.mara)
    assert after != before
    for _ in range(2):
        desk.mara.undo()
        assert dump(desk.mara) == before
        desk.mara.redo()
        assert dump(desk.mara) == after


def test_history_tells_who_did_what(desk: Desk) -> None:
    document = article(desk.mara)
    made = mark(desk.jon, document, "the pier")
    desk.jon.undo()
    told = [(h.kind, h.by, h.title, h.in_force) for h in desk.jon.read.history()]
    assert told == [
        ("undo", "Jon", "Add claim", False),
        ("do", "Jon", "Add claim", False),
        ("do", "Mara", "Import articles", True),
    ]
    assert len(desk.jon.read.history(of=made.id)) == 2
