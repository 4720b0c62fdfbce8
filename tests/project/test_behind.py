"""Actors and propositions over all articles: renamed, merged, split; each one act that can be undone."""

from __future__ import annotations

import pytest

from annotator.errors import NotFound, RuleError
from annotator.model.annotation import Annotation
from annotator.project import Project, behind, marks
from tests.support.builders import article, dump, mark

MORE = "The minister’s office told the Courier more. They said less.\n"


@pytest.fixture
def sources(project: Project) -> list[Annotation]:
    """Three sources in two articles: two of one actor, one of another."""
    one, two = article(project), article(project, MORE)
    made = [
        mark(project, one, "The harbour office", "source"),
        mark(project, two, "The minister’s office", "source"),
        mark(project, two, "They", "source"),
    ]
    for each, actor in zip(made, ("Port", "Ministry", "Port"), strict=True):
        marks.set_actor(project, each.id, actor)
    return made


def standing(project: Project, kind: str = "actor") -> list[tuple[str, int, int]]:
    return [(one.words, one.marks, one.documents) for one in project.read.standing(kind)]


def its_id(project: Project, words: str, kind: str = "actor") -> str:
    return next(one.id for one in project.read.standing(kind) if one.words == words)


def test_they_are_listed_with_their_marks_the_most_frequent_first(
    project: Project, sources: list[Annotation]
) -> None:
    assert standing(project) == [("Port", 2, 2), ("Ministry", 1, 1)]
    found = project.read.marks_behind("actor", its_id(project, "Port"))
    assert [one.id for one in found] == [sources[0].id, sources[2].id]


def test_merging_moves_the_marks_of_all_articles_and_can_be_undone(
    project: Project, sources: list[Annotation]
) -> None:
    before = dump(project)
    moved = behind.merge(project, "actor", its_id(project, "Ministry"), [its_id(project, "Port")])
    assert moved == 2
    assert standing(project) == [("Ministry", 3, 2)]
    project.undo()
    assert dump(project) == before
    project.redo()
    assert standing(project) == [("Ministry", 3, 2)]


def test_splitting_gives_a_mark_its_own(project: Project, sources: list[Annotation]) -> None:
    behind.split(project, "actor", [sources[2].id], "They of the ministry")
    assert standing(project) == [("Ministry", 1, 1), ("Port", 1, 1), ("They of the ministry", 1, 1)]


def test_renaming_keeps_the_marks(project: Project, sources: list[Annotation]) -> None:
    behind.rename(project, "actor", its_id(project, "Port"), "Port authority")
    assert standing(project) == [("Port authority", 2, 2), ("Ministry", 1, 1)]


def test_a_name_that_is_taken_is_refused(project: Project, sources: list[Annotation]) -> None:
    with pytest.raises(RuleError, match="merge the two instead"):
        behind.rename(project, "actor", its_id(project, "Port"), "Ministry")
    with pytest.raises(RuleError, match="already"):
        behind.split(project, "actor", [sources[2].id], "Ministry")
    assert standing(project) == [("Port", 2, 2), ("Ministry", 1, 1)]


def test_it_takes_two_to_merge_and_both_must_be_there(
    project: Project, sources: list[Annotation]
) -> None:
    port = its_id(project, "Port")
    with pytest.raises(RuleError, match="two to merge"):
        behind.merge(project, "actor", port, [port])
    with pytest.raises(NotFound, match="no actor"):
        behind.merge(project, "actor", port, ["nobody"])


def test_propositions_are_what_claims_of_many_articles_state(project: Project) -> None:
    one, two = article(project), article(project, MORE)
    first = mark(project, one, "the pier 🚢 would be closed", "claim")
    second = mark(project, two, "said less", "claim")
    marks.state(project, first.id, "The pier is unsafe")
    marks.state(project, second.id, "Less was said")
    behind.merge(
        project,
        "proposition",
        its_id(project, "The pier is unsafe", "proposition"),
        [its_id(project, "Less was said", "proposition")],
    )
    assert standing(project, "proposition") == [("The pier is unsafe", 2, 2)]


def test_what_is_unsure_is_found_in_all_articles(
    project: Project, sources: list[Annotation]
) -> None:
    marks.set_attribute(project, sources[2].id, "unsure", "yes")
    marks.set_attribute(project, sources[0].id, "unsure", "yes")
    assert [one.id for one in project.read.unsure()] == [sources[0].id, sources[2].id]
