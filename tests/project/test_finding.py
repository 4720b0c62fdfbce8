"""Finding in all articles, and marking all that was found as one act."""

from __future__ import annotations

import pytest

from annotator.errors import RuleError, SearchError
from annotator.model.changes import Changes
from annotator.progress import Cancelled
from annotator.project import Project, articles, exchange, finding, marks
from annotator.text.finding import MOST, PATTERN, TEXT, sought
from tests.support.builders import article, at, dump, mark

ONE = "The ferry sank, said the harbour office. The mayor denied that the ferry sank. 🚢"
TWO = "A ferry — sank. Nobody denied it.\n\nFerry company: “the Ferry  sank”."
THREE = "Ferries do not sink."


@pytest.fixture
def three(project: Project) -> list[str]:
    return [article(project, text, f"{n}.txt") for n, text in enumerate((ONE, TWO, THREE))]


def words(project: Project, said: str, **how: object) -> dict[str, list[str]]:
    """The words found, by the article that came first, second or third."""
    found = finding.everywhere(project.read, sought(said), **how)  # type: ignore[arg-type]
    order = [one.document.id for one in project.read.library()]
    return {
        f"{order.index(one.document_id)}.txt": [
            project.read.text(one.document_id)[a:b] for a, b in one.places
        ]
        for one in found
    }


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("denied", {"0.txt": ["denied"], "1.txt": ["denied"]}),
        ("denied nobody", {"1.txt": ["Nobody", "denied"]}),
        (
            '"ferry sank"',
            {"0.txt": ["ferry sank", "ferry sank"], "1.txt": ["ferry — sank", "Ferry  sank"]},
        ),
        ('"sank ferry"', {}),
        (
            "ferr*",
            {"0.txt": ["ferry"] * 2, "1.txt": ["ferry", "Ferry", "Ferry"], "2.txt": ["Ferries"]},
        ),
        ("zeppelin", {}),
        ("", {}),
    ],
)
def test_words_and_phrases_are_found_in_all_articles(
    project: Project, three: list[str], said: str, places: dict[str, list[str]]
) -> None:
    assert words(project, said) == places


def test_one_article_can_be_searched_alone(project: Project, three: list[str]) -> None:
    assert words(project, "ferry", document_id=three[1]) == {"1.txt": ["ferry", "Ferry", "Ferry"]}


def test_pieces_of_text_and_patterns_are_found_without_the_index(
    project: Project, three: list[str]
) -> None:
    for wanted in (sought("err", TEXT), sought("err(?=y|i)", PATTERN)):
        found = list(finding.everywhere(project.read, wanted))
        assert [len(one.places) for one in found] == [2, 3, 1]


def test_a_page_says_where_to_go_on(project: Project, three: list[str]) -> None:
    wanted = sought("ferr*")
    first = finding.find(project.read, wanted, most=1, snippets=1)
    assert ([one.document_id for one in first.found], first.after) == ([three[0]], 1)
    assert first.found[0].snippets == (("The ", "ferry", first.found[0].snippets[0][2]),)
    then = finding.find(project.read, wanted, first.after, most=5)
    assert ([one.document_id for one in then.found], then.after) == (three[1:], None)


def test_a_page_ends_when_its_time_is_over_and_loses_nothing(
    project: Project, three: list[str]
) -> None:
    after: int | None = 0
    pages = []
    while after is not None:
        page = finding.find(project.read, sought("err", TEXT), after, seconds=0)
        pages += [one.document_id for one in page.found]
        after = page.after
    assert pages == three


def test_an_article_that_is_there_twice_is_found_twice_and_a_removed_one_not(
    project: Project, three: list[str]
) -> None:
    again = articles.import_bytes(project, ONE.encode() + b" ", "0.txt").documents[0]
    found = [one.document_id for one in finding.everywhere(project.read, sought("mayor"))]
    assert found == [three[0], again]
    articles.remove(project, three[0])
    found = [one.document_id for one in finding.everywhere(project.read, sought("mayor"))]
    assert found == [again]


def every(project: Project, said: str) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    found = finding.everywhere(project.read, sought(said))
    return [(one.document_id, one.places) for one in found]


def test_marking_all_is_one_act(project: Project, three: list[str]) -> None:
    before = dump(project)
    told: list[Changes] = []
    project.listen(told.append)
    marked = finding.mark_all(project, "claim", every(project, '"ferry sank"'))
    assert (marked.marks, marked.documents, marked.already) == (4, 2, 0)
    assert [sorted(one.documents) for one in told] == [sorted(three[:2])]
    made = [one.words for id_ in three for one in project.read.annotations(id_)]
    assert made == ["ferry sank", "ferry sank", "ferry — sank", "Ferry  sank"]
    assert [one.status for one in project.read.library(project.person.id)] == [
        "in_progress",
        "in_progress",
        "new",
    ]
    assert exchange.verify_project(project).count == 0
    assert project.read.findings() == ()
    project.undo()
    assert dump(project) == before
    project.redo()
    assert len(project.read.annotations(three[1])) == 2


def test_what_is_marked_so_already_is_left_alone(project: Project, three: list[str]) -> None:
    mark(project, three[0], "ferry", "source")
    marks.add(project, three[0], at(project, three[0], "ferry", "ferry"), "source")
    marked = finding.mark_all(project, "source", every(project, "ferry"))
    assert (marked.marks, marked.already) == (4, 1)
    seq = project.read.last_seq()
    again = finding.mark_all(project, "source", every(project, "ferry"))
    assert (again.marks, again.already) == (0, 5)
    assert project.read.last_seq() == seq


def test_a_label_that_is_not_there_marks_nothing(project: Project, three: list[str]) -> None:
    with pytest.raises(RuleError, match="no label “clam”"):
        finding.mark_all(project, "clam", every(project, "ferry"))
    assert project.read.labels_in_use() == {}


def test_many_articles_are_marked_in_parts_of_one_step(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PART", 3)
    ids = [article(project, f"Story {n}: the ferry sank.", f"{n}.txt") for n in range(7)]
    told: list[Changes] = []
    project.listen(told.append)
    assert finding.mark_all(project, "claim", every(project, "ferry")).marks == 7
    assert [one.documents for one in told] == [frozenset(ids)]
    assert told[0].seq == project.read.last_seq()
    assert project.read.labels_in_use() == {"claim": 7}
    project.undo()
    assert project.read.labels_in_use() == {}
    project.redo()
    assert project.read.labels_in_use() == {"claim": 7}


def test_marking_that_is_stopped_leaves_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PART", 2)
    for n in range(5):
        article(project, f"Story {n}: the ferry sank.", f"{n}.txt")
    seq = project.read.last_seq()

    def stop(done: int, total: int | None, note: str = "") -> None:
        if done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        finding.mark_all(project, "claim", every(project, "ferry"), stop)
    assert (project.read.labels_in_use(), project.read.last_seq()) == ({}, seq)


def test_an_article_that_is_full_of_it_is_not_half_marked(project: Project) -> None:
    article(project, "a " * (MOST + 5))
    (found,) = finding.everywhere(project.read, sought("a"))
    with pytest.raises(SearchError, match="too much to mark"):
        finding.whole(found)
