"""What people type is kept as it is, or refused in a sentence: the same on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, NotFound, RuleError
from annotator.project import Project, articles, marks, open_project, relations
from annotator.text.span import Span
from tests.support.builders import article, mark

ANYTHING = st.text(
    st.one_of(st.sampled_from("\0\ud800\udfff\u2028\r\ufeffé🚢ب a"), st.characters(codec=None)),
    max_size=8,
)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=ANYTHING)
def test_no_words_are_too_odd_to_write(project: Project, words: str) -> None:
    document = article(project)
    made = marks.add(project, document, Span.of([(0, 7)]), "source", note=words, actor=words or "x")
    again = marks.set_note(project, made.id, words)
    assert project.read.annotation(made.id) == again
    claim = marks.add(project, document, Span.of([(8, 15)]), "claim", proposition="p")
    marks.state(project, claim.id, words or None)
    articles.describe(project, document, {"title": words})
    articles.set_status(project, document, "excluded", words)
    marks.remove(project, [made.id, claim.id])
    assert project.read.findings() == ()


@pytest.mark.parametrize("words", ["\0", "\ud800", "a\0b"])
def test_words_that_cannot_be_stored_find_nothing(project: Project, words: str) -> None:
    article(project)
    assert project.read.library(search_for=words) is not None
    for find in (project.read.find_document, project.read.find_annotation, project.read.annotation):
        with pytest.raises(NotFound):
            find(words)


def test_a_person_is_known_by_name_again(place: str) -> None:
    names = ("Mara", "منال", "Zoë 🖊️", "mara")
    for name in names * 2:
        with open_project(place, person=name, durable=False) as project:
            document = article(project, f"The harbour is closed, {name}.", f"{name}.txt")
            articles.set_status(project, document, "complete")
    with open_project(place, person="Mara", write=False) as project:
        assert sorted(one.name for one in project.read.annotators()) == sorted(names)


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "\ud800"])
def test_a_name_that_is_none_is_refused(place: str, name: str) -> None:
    with pytest.raises(AnnotatorError):
        open_project(place, person=name)


def test_a_mark_is_refused_with_the_reason_and_nothing_stays(project: Project) -> None:
    document = article(project)
    kept = mark(project, document, "the pier")
    last = project.read.last_seq()
    for span, label, more, said in (
        (Span.of([(0, 9_999)]), "claim", {}, "ends at"),
        (Span.of([(26, 28)]), "claim", {}, "only blanks"),
        (kept.span, "claim", {}, "already marked"),
        (Span.of([(0, 4)]), "tale", {}, "no label"),
        (Span.of([(0, 4)]), "claim", {"attributes": {"certainty": "sure"}}, "not a value"),
        (Span.of([(0, 4)]), "claim", {"actor": "X"}, "Only a source"),
        (Span.of([(0, 4)]), "source", {"proposition": "p"}, "Only a claim"),
    ):
        with pytest.raises(RuleError, match=said):
            marks.add(project, document, span, label, **more)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        marks.add(project, "nowhere", Span.of([(0, 4)]), "claim")
    with pytest.raises(NotFound):
        marks.remove(project, [kept.id, "nothing"])
    assert project.read.last_seq() == last
    assert project.read.annotations(document) == (kept,)
    assert project.read.actors() == {}


def test_source_marks_may_stand_twice_on_the_same_words(project: Project) -> None:
    document = article(project)
    assert mark(project, document, "Two fishermen", "source") != mark(
        project, document, "Two fishermen", "source"
    )


def test_blanks_at_the_edges_of_each_segment_are_trimmed(project: Project) -> None:
    document = article(project, "one  two \xa0 three four, five.")
    made = marks.add(project, document, Span.of([(3, 9), (10, 17)]), "claim")
    assert [(s.start, s.end, s.quote) for s in made.segments] == [(5, 8, "two"), (11, 16, "three")]


def test_a_link_turns_round_where_the_schema_allows(project: Project) -> None:
    document = article(project)
    one, two = (
        mark(project, document, "Two fishermen", "source"),
        mark(project, document, "one of them", "source"),
    )
    link = relations.link(project, "via", one.id, two.id)
    turned = relations.turn(project, link.id)
    assert (turned.from_id, turned.to_id) == (two.id, one.id)
    claim = mark(project, document, "We heard it from the radio")
    said = relations.link(project, "attributed_to", claim.id, one.id)
    with pytest.raises(RuleError, match="leads from"):
        relations.turn(project, said.id)
    assert project.read.relation(said.id) == said
