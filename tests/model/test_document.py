from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from annotator.model.document import Block, BlockChoice, Document, Shelf, gaps
from annotator.model.ids import new_id, now
from annotator.model.statistics import duration


@pytest.mark.parametrize(
    ("blocks", "length", "sound"),
    [
        ([(0, 5), (5, 9)], 9, True),
        ([], 0, True),
        ([(0, 5), (6, 9)], 9, False),
        ([(0, 5), (4, 9)], 9, False),
        ([(0, 5)], 9, False),
        ([(1, 9)], 9, False),
        ([(0, 0), (0, 9)], 9, False),
        ([], 3, False),
        ([(0, 9)], 8, False),
    ],
)
def test_blocks_cover_the_text_without_gaps(
    blocks: list[tuple[int, int]], length: int, sound: bool
) -> None:
    assert (gaps(tuple(Block(*one) for one in blocks), length) is None) == sound


def test_a_document_always_has_a_name() -> None:
    bare = Document(
        id="d1", metadata={}, text_sha256="", source_sha256=None, length=0, reader="", created=""
    )
    assert (bare.title, bare.outlet, bare.published) == ("d1", "", "")


def test_ids_are_unique_and_sort_as_they_were_made() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert all(UUID(one).version == 7 for one in ids[:100])


def test_threads_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [
            one
            for part in pool.map(lambda _: [new_id() for _ in range(500)], range(8))
            for one in part
        ]
    assert len(set(made)) == 4_000


def test_the_time_is_utc_and_sorts_as_text() -> None:
    said = now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", said)
    assert abs(datetime.fromisoformat(said) - datetime.now(UTC)) < timedelta(minutes=1)


def document(key: str = "d1", **said: Any) -> Document:
    return Document(
        id=key, metadata=said.pop("metadata", {}), text_sha256="", source_sha256=None, length=0,
        reader="", created="", **said,
    )  # fmt: skip


def test_what_is_wrong_with_blocks_is_said_with_its_place() -> None:
    assert gaps((Block(0, 5), Block(6, 9)), 9) == "a block begins at 6 where 5 was due"
    assert gaps((Block(0, 5), Block(5, 8)), 9) == "the blocks end at 8, the text at 9"


def test_a_document_is_called_by_its_headline_else_by_its_file() -> None:
    assert document(metadata={"title": "Pier", "file": "a.txt"}).title == "Pier"
    assert document(metadata={"title": "", "file": "a.txt"}).title == "a.txt"
    assert document(metadata={"outlet": "Courier", "site": "x"}).outlet == "Courier"
    assert document(metadata={"site": "courier.example"}).outlet == "courier.example"
    assert document(metadata={"published": 2024}).published == "2024"
    assert document(metadata={"url": "https://www.a.example/b/"}).address == "a.example/b"
    assert (document().group, document(group_id="d0").group) == ("d1", "d0")


def test_a_choice_is_called_by_what_it_is_about() -> None:
    assert BlockChoice.of("d1", 3, "caption", dimmed=True) == BlockChoice(
        id="d1/3", document_id="d1", ord=3, role="caption", dimmed=True
    )


def test_what_is_dimmed_stands_back_unless_one_looks_at_it() -> None:
    assert Block(0, 1, role="boilerplate", dimmed=True).stands_back
    assert not Block(0, 1, role="caption", dimmed=True).stands_back
    assert not Block(0, 1, role="boilerplate").stands_back


def test_a_shelf_counts_what_nobody_began_as_new() -> None:
    shelf = Shelf(("a", "b", "c", "d"), {"b": "in_progress", "c": "complete"})
    assert [shelf.status(one) for one in shelf.ids] == ["new", "in_progress", "complete", "new"]
    assert shelf.tally() == {"in_progress": 1, "complete": 1, "new": 2}
    assert Shelf(("a", "b", "c"), {"a": "new"}).tally() == {"new": 3}


def test_work_goes_on_with_what_is_begun_then_with_what_is_new() -> None:
    ids = ("a", "b", "c")
    assert Shelf(ids, {"a": "complete", "c": "in_progress"}).first_to_do() == "c"
    assert Shelf(ids, {"a": "complete"}).first_to_do() == "b"
    assert Shelf(ids, dict.fromkeys(ids, "complete")).first_to_do() == "a"
    assert Shelf((), {}).first_to_do() is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (99, "99 s"),
        (100, "2 min"),
        (150, "2 min"),
        (5999, "100 min"),
        (6000, "1 h 40 min"),
        (11_100, "3 h 05 min"),
        (7_200, "2 h 00 min"),
        (7_259, "2 h 00 min"),
    ],
)
def test_a_time_is_said_in_what_it_is_counted_in(seconds: int, said: str) -> None:
    assert duration(seconds) == said
