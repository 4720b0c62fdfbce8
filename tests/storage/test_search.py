"""The same words find the same articles on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.project import Project, articles, open_project
from annotator.text.words import search_words
from tests.support.builders import article
from tests.support.places import new_place

TEXTS = {
    "cafe": "The Café Müller stays open, said the owner’s lawyer.",
    "ferry": "The ferry FERRIES people; co-operation fails. O'Brien’s boat",
    "urdu": "وزارتِ خارجہ نے کہا کہ پل بند ہے۔",
    "odd": "x100% of a_b \\ 'quoted' \"double\" AND NOT (near) *star* 🚢 ship:1 don't",
}


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def library(request: pytest.FixtureRequest) -> Iterator[tuple[Project, dict[str, str]]]:
    with new_place(request.param) as place, open_project(place, person="M", durable=False) as own:
        ids = {article(own, text, f"{name}.txt"): name for name, text in TEXTS.items()}
        yield own, ids


def found(library: tuple[Project, dict[str, str]], words: str) -> list[str]:
    project, ids = library
    return sorted(ids[one.document.id] for one in project.read.library(search_for=words))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("cafe", ["cafe"]),
        ("CAFÉ muller", ["cafe"]),
        ("caf", ["cafe"]),
        ("mull", ["cafe"]),
        ("afé", ["cafe"]),  # a part of the file name, which is its title
        ("lawyer open", ["cafe"]),
        ("op lawyer", []),
        ("lawyer op", ["cafe"]),
        ("ferry lawyer", []),
        ("the", ["cafe", "ferry"]),
        ("brien", ["ferry"]),
        ("O'Brien", ["ferry"]),
        ("co-operation", ["ferry"]),
        ("وزارت", ["urdu"]),
        ("خارجہ نے", ["urdu"]),
        ("پل بن", ["urdu"]),
        ("a_b", ["odd"]),
        ("100%", []),
        ("x100%", ["odd"]),
        ("AND NOT", ["odd"]),
        ("“quoted”", ["odd"]),
        ("'", []),
        ('"', []),
        ("*", []),
        ("(", []),
        ("nothing", []),
        ("", ["cafe", "ferry", "odd", "urdu"]),
        ("  ", ["cafe", "ferry", "odd", "urdu"]),
    ],
)
def test_words_find_articles(
    library: tuple[Project, dict[str, str]], words: str, names: list[str]
) -> None:
    project, ids = library
    for key in ids:  # the words of a text alone are to be found
        articles.describe(project, key, {"title": "T" if ids[key] != "cafe" else "café"})
    assert found(library, words) == names


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.text(st.one_of(st.sampled_from("\"'*():&|!<-%_\\ abcé"), st.characters()), max_size=12)
)
def test_no_words_are_too_odd_to_look_for(
    library: tuple[Project, dict[str, str]], words: str
) -> None:
    found(library, words)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_word_of_a_text_finds_it(
    library: tuple[Project, dict[str, str]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(TEXTS)))
    words = search_words(TEXTS[name])
    some = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    some[-1] = some[-1][: data.draw(st.integers(1, len(some[-1])))]
    assert name in found(library, " ".join(some))


def test_a_removed_article_is_not_found(project: Project) -> None:
    document = article(project)
    assert len(project.read.library(search_for="harbour")) == 1
    articles.remove(project, document)
    assert project.read.library(search_for="harbour") == ()
    project.undo()
    assert len(project.read.library(search_for="harbour")) == 1
