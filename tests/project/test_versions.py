"""A later text of the same address, and the marks that are carried to it."""

from __future__ import annotations

import pytest

from annotator.errors import RuleError
from annotator.project import Project, articles, marks, relations, versions
from tests.support.builders import article, at, dump, mark

URL = "https://www.example.org/news/pier"
STORY = (
    "The harbour office said on Monday that the pier 🚢 would be closed for the whole of the winter. "
    "Two fishermen denied that anybody had asked them about it before the closing was decided.\n\n"
    "“We heard it from the radio”, one of them said on the quay, where nets were drying in the wind."
)


def saved(project: Project, text: str, query: str = "") -> str:
    page = f"---\ntitle: Pier\nurl: {URL}{query}\n---\n\n{text}\n"
    return articles.import_bytes(project, page.encode(), f"{len(text)}.md").documents[0]


def changed() -> str:
    corrected = STORY.replace("Two fishermen denied", "Three anglers denied")
    return f"{corrected}\n\nCorrected on Tuesday."


def test_a_later_text_of_the_same_address_is_offered(project: Project) -> None:
    one = saved(project, STORY)
    assert versions.offered(project) == ()
    mark(project, one, "the pier")
    two = saved(project, changed(), "?utm_source=mail")
    assert [(a.id, b.id) for a, b in versions.offered(project)] == [(one, two)]
    assert project.read.document(two).earlier_id == one


def test_marks_and_links_are_carried_in_one_act_and_the_uncertain_stay(project: Project) -> None:
    one = saved(project, STORY)
    claim = mark(project, one, "the pier 🚢 would be closed")
    source = mark(project, one, "The harbour office", "source")
    relations.link(project, "attributed_to", claim.id, source.id)
    lost = mark(project, one, "Two fishermen", "source", note="who?")
    two = saved(project, changed())
    before = dump(project)
    foreseen = versions.preview(project, two)
    assert dump(project) == before
    done = versions.carry(project, two)
    assert (len(done.placed), done.already) == (2, 0)
    assert done.orphans == (lost,) == foreseen.orphans
    text = project.read.text(two)
    for found in project.read.annotations(two):
        for segment in found.segments:
            assert text[segment.start : segment.end] == segment.quote
    assert len(project.read.relations(two)) == 1
    assert len(project.read.annotations(one)) == 3
    assert project.read.findings() == ()
    project.undo()
    assert dump(project) == before


def test_carrying_again_carries_only_what_is_new(project: Project) -> None:
    one = saved(project, STORY)
    mark(project, one, "the pier")
    two = saved(project, changed())
    versions.carry(project, two)
    mark(project, one, "heard it from the radio")
    done = versions.carry(project, two)
    assert (len(done.placed), done.already) == (1, 1)


def test_an_orphan_placed_by_hand_is_none_any_more(project: Project) -> None:
    one = saved(project, STORY)
    mark(project, one, "Two fishermen", "source")
    two = saved(project, changed() + "\n\nTwo fishermen were named.")
    assert len(versions.carry(project, two).orphans) == 1
    marks.add(project, two, at(project, two, "Two fishermen"), "source")
    assert versions.carry(project, two).orphans == ()


def test_an_article_without_an_earlier_text_has_nothing_to_carry(project: Project) -> None:
    with pytest.raises(RuleError, match="no earlier text"):
        versions.carry(project, article(project))
