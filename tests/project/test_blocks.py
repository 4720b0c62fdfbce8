"""Blocks dimmed and undimmed by hand, and details by hand."""

from __future__ import annotations

import pytest

from annotator.errors import NotFound, RuleError
from annotator.project import Project, articles, blocks
from tests.support.builders import STORY, article, dump, mark


def dimmed(project: Project, document: str) -> list[bool]:
    return [block.dimmed for block in project.read.blocks(document)[1:]]  # behind the headline


def test_a_block_is_dimmed_undone_and_redone(project: Project) -> None:
    document = article(project)
    before = dump(project)
    blocks.choose(project, document, [1], dimmed=True)
    assert dimmed(project, document) == [True, False]
    project.undo()
    assert dump(project) == before
    project.redo()
    assert dimmed(project, document) == [True, False]
    assert project.read.findings() == ()


def test_toggling_all_twice_gives_the_reader_s_blocks_back(project: Project) -> None:
    document = article(project)
    read = project.read.blocks(document)
    for _ in range(2):
        for n, block in enumerate(project.read.blocks(document)):
            blocks.choose(project, document, [n], dimmed=not block.dimmed)
        found = project.read.blocks(document)
        assert [(b.start, b.end, b.kind) for b in found] == [(b.start, b.end, b.kind) for b in read]
    assert project.read.blocks(document) == read
    assert project.read.block_choices(document) == {}
    assert project.read.text(document) == STORY


def test_a_role_is_given_and_dimmed_stays(project: Project) -> None:
    document = article(project)
    blocks.choose(project, document, [2], dimmed=True)
    (*_, last) = blocks.choose(project, document, [2], role="caption")
    assert (last.role, last.dimmed) == ("caption", True)
    project.undo()
    assert project.read.blocks(document)[2].role == "body"


def test_dimmed_text_is_marked_and_marks_stay_in_it(project: Project) -> None:
    document = article(project)
    made = mark(project, document, "the pier")
    blocks.choose(project, document, [1], dimmed=True)
    assert project.read.annotation(made.id) == made
    mark(project, document, "denied", "denial")
    assert len(project.read.annotations(document)) == 2


def test_what_is_chosen_goes_out_with_the_dataset(project: Project) -> None:
    document = article(project)
    blocks.choose(project, document, [1], dimmed=True, role="boilerplate")
    ((entry),) = dump(project)["entries"]
    assert (entry.blocks[1].dimmed, entry.blocks[1].role) == (True, "boilerplate")


@pytest.mark.parametrize(
    ("ords", "role", "error"),
    [([3], None, NotFound), ([-1], None, NotFound), ([0], "x", RuleError)],
)
def test_a_block_or_role_that_is_none_is_refused(
    project: Project, ords: list[int], role: str | None, error: type[Exception]
) -> None:
    document = article(project)
    before = dump(project)
    with pytest.raises(error):
        blocks.choose(project, document, ords, role=role, dimmed=True)
    assert dump(project) == before


def test_blocks_are_found_where_a_range_touches_them(project: Project) -> None:
    found = project.read.blocks(article(project))
    assert blocks.at(found, 0, 0) == [0]
    assert blocks.at(found, found[1].start, found[1].end) == [1]
    assert blocks.at(found, found[1].end - 1, found[2].start + 1) == [1, 2]


def test_a_detail_by_hand_is_the_person_s_and_the_others_keep_their_origin(
    project: Project,
) -> None:
    page = (
        b"<html><head><title>Pier closed</title><meta name='author' content='Ann Lee'>"
        b"<meta property='og:site_name' content='Courier'></head><body><article><p>The pier was "
        b"closed on Monday, the harbour office said.</p></article></body></html>"
    )
    document = articles.import_bytes(project, page, "pier.html").documents[0]
    before = project.read.document(document)
    after = articles.describe(project, document, {"outlet": "Gazette", "title": None})
    assert after.origins["outlet"].place == "hand"
    assert "title" not in after.origins
    kept = {k: v for k, v in after.origins.items() if k not in ("outlet", "title")}
    assert kept == {k: v for k, v in before.origins.items() if k not in ("outlet", "title")}
    assert project.read.document(document) == after
    project.undo()
    assert project.read.document(document) == before


@pytest.mark.parametrize("date", ["Monday", "2026-13-01", "2026-1-1", "26-01-01"])
def test_a_date_that_is_none_is_refused(project: Project, date: str) -> None:
    document = article(project)
    with pytest.raises(RuleError, match="no date"):
        articles.describe(project, document, {"published": date})


def test_the_library_stands_in_the_order_that_is_asked_for(project: Project) -> None:
    said = [("b", "2026-01-02", "Zeta", "complete"), ("C", "", "alpha", "new"), ("a", "2025", "", "in_progress")]  # fmt: skip
    for n, (title, published, outlet, status) in enumerate(said):
        document = article(project, f"{STORY}\n{n}\n", f"{n}.txt")
        details = {"title": title, "published": published, "outlet": outlet}
        articles.describe(project, document, details)
        articles.set_status(project, document, status)

    def titles(sort: str) -> str:
        found = project.read.library(project.person.id, sort=sort)
        return "".join(one.document.title for one in found)

    orders = {sort: titles(sort) for sort in ("imported", "title", "published", "outlet", "status")}
    assert orders == {
        "imported": "bCa",
        "title": "abC",
        "published": "abC",
        "outlet": "Cba",
        "status": "Cab",
    }
