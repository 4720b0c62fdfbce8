from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest

from annotator.model.document import Block, Document, gaps
from annotator.model.ids import new_id, now


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
    assert said.endswith("Z")
    assert datetime.fromisoformat(said).tzinfo is not None
