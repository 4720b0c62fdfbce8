"""Counting over a project, and the time that the journal tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from annotator.model.statistics import PAUSE, duration
from annotator.project import Project, articles, marks, relations
from annotator.project.statistics import statistics
from annotator.storage import journal
from tests.support.builders import article, mark


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def go_on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def now(self) -> str:
        return self.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(journal, "now", clock.now)
    return clock


def test_marks_articles_and_links_are_counted_without_what_was_removed(project: Project) -> None:
    one, two = article(project), article(project, "The pier closed.", "two.txt")
    claim, source = mark(project, one, "the pier"), mark(project, one, "Two fishermen", "source")
    relations.link(project, "attributed_to", claim.id, source.id)
    mark(project, two, "The pier closed")
    articles.set_status(project, two, "complete")
    gone = article(project, "Gone.", "gone.txt")
    mark(project, gone, "Gone")
    articles.remove(project, gone)
    found = statistics(project.read, project.person.id)
    assert found.articles == 2
    assert found.marks == {"claim": 2, "source": 1, "denial": 0, "cue": 0}
    assert {k: n for k, n in found.statuses.items() if n} == {"in_progress": 1, "complete": 1}
    assert found.links == {"attributed_to": 1}
    assert found.per_article == ((1, 1), (2, 1))
    nobody = statistics(project.read, "nobody")
    assert nobody.statuses["new"] == 2


def test_refusals_and_non_denials_are_left_out_unless_asked_for(project: Project) -> None:
    document = article(project)
    for words, kind in (("denied", None), ("asked", "refusal"), ("heard", "non_denial")):
        attributes = {"denial_kind": kind} if kind else None
        mark(project, document, words, "denial", attributes=attributes)
    found = statistics(project.read, project.person.id)
    assert (found.marks["denial"], found.left_out, found.total) == (1, 2, 1)
    found = statistics(project.read, project.person.id, all_denials=True)
    assert (found.marks["denial"], found.left_out) == (3, 0)


def test_sources_are_told_by_their_actor_else_by_their_words(project: Project) -> None:
    one, two = article(project), article(project, "the HARBOUR office, the Radio.", "two.txt")
    mark(project, one, "Two fishermen", "source", actor="Fishermen")
    mark(project, one, "one of them", "source", actor="Fishermen")
    mark(project, one, "The harbour office", "source")
    mark(project, two, "the HARBOUR office", "source")
    parted = mark(project, two, "the Radio", "source")
    marks.set_actor(project, parted.id, "the harbour office")
    found = statistics(project.read, project.person.id)
    assert [(one.name.lower(), one.marks, one.articles) for one in found.sources] == [
        ("the harbour office", 3, 2),
        ("fishermen", 2, 1),
    ]
    assert found.source_names == 2


def test_time_counts_for_the_article_of_the_later_act_but_not_pauses(
    project: Project, clock: Clock
) -> None:
    one, two = article(project), article(project, "The pier closed.", "two.txt")
    clock.go_on(30)
    claim = mark(project, one, "the pier")
    clock.go_on(60)
    marks.set_note(project, claim.id, "hm")
    clock.go_on(PAUSE + 1)
    mark(project, two, "The pier")
    clock.go_on(PAUSE)
    mark(project, two, "closed", "cue")
    clock.go_on(10)
    project.undo()
    found = statistics(project.read, project.person.id)
    assert [(w.document_id, w.seconds) for w in found.worked] == [(two, PAUSE + 10), (one, 90)]
    assert found.median_seconds == 90


def test_an_empty_project_has_numbers_too(project: Project) -> None:
    found = statistics(project.read, project.person.id)
    assert (found.articles, found.total, found.sources, found.worked) == (0, 0, (), ())
    assert found.median_seconds == 0


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (99, "99 s"), (100, "2 min"), (6300, "1 h 45 min")]
)
def test_a_time_is_said_as_people_say_it(seconds: int, said: str) -> None:
    assert duration(seconds) == said
