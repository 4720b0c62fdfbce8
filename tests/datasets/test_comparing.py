"""What two people marked alike, and how the rest differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.datasets.comparing import ATTRIBUTES, EDGES, LABEL, ONE, OTHER, SAME, compare, scores
from annotator.model.annotation import Annotation, Segment


def mark(id_: str, label: str, *ranges: tuple[int, int], **attributes: str) -> Annotation:
    return Annotation(
        id=id_, set_id="s", document_id="d", label=label, attributes=attributes, created="",
        updated="", by="p", segments=tuple(Segment(a, b, "x" * (b - a)) for a, b in ranges),
    )  # fmt: skip


def kinds(one: list[Annotation], other: list[Annotation]) -> list[tuple[str, str, str]]:
    return [
        (pair.kind, pair.one.id if pair.one else "", pair.other.id if pair.other else "")
        for pair in compare(one, other)
    ]


def test_each_way_to_differ_has_its_name() -> None:
    one = [
        mark("a", "claim", (0, 5)),
        mark("b", "source", (10, 15)),
        mark("c", "claim", (20, 30)),
        mark("d", "denial", (40, 50)),
        mark("e", "cue", (60, 65)),
    ]
    other = [
        mark("A", "claim", (0, 5)),
        mark("B", "source", (10, 15), identification="named"),
        mark("C", "claim", (22, 33)),
        mark("D", "claim", (40, 50)),
        mark("F", "cue", (70, 75)),
    ]
    assert kinds(one, other) == [
        (SAME, "a", "A"),
        (ATTRIBUTES, "b", "B"),
        (EDGES, "c", "C"),
        (LABEL, "d", "D"),
        (ONE, "e", ""),
        (OTHER, "", "F"),
    ]
    assert scores(compare(one, other)) == (0.4, 0.6)


def test_the_most_alike_are_paired_first() -> None:
    one = [mark("a", "claim", (0, 10)), mark("b", "claim", (5, 20))]
    other = [mark("A", "claim", (5, 20)), mark("B", "claim", (0, 12))]
    assert kinds(one, other) == [(EDGES, "a", "B"), (SAME, "b", "A")]
    other = [mark("A", "claim", (0, 4)), mark("B", "claim", (0, 9))]
    assert kinds(one[:1], other) == [(EDGES, "a", "B"), (OTHER, "", "A")]


def test_a_gap_makes_other_words() -> None:
    one, other = [mark("a", "claim", (0, 4), (8, 12))], [mark("A", "claim", (0, 12))]
    assert kinds(one, other) == [(EDGES, "a", "A")]
    other = [mark("A", "claim", (5, 7))]  # inside the gap
    assert [kind for kind, _, _ in kinds(one, other)] == [ONE, OTHER]


def test_without_marks_two_people_agree() -> None:
    assert compare([], []) == ()
    assert scores(()) == (1.0, 1.0)


MARKS = st.lists(
    st.tuples(st.sampled_from(("claim", "source")), st.integers(0, 20), st.integers(1, 8)),
    max_size=6,
)


@given(MARKS, MARKS)
def test_every_mark_is_there_once_and_the_sides_can_be_changed(
    one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]
) -> None:
    left = [mark(f"l{n}", label, (at, at + size)) for n, (label, at, size) in enumerate(one)]
    right = [mark(f"r{n}", label, (at, at + size)) for n, (label, at, size) in enumerate(other)]
    pairs = compare(left, right)
    assert sorted(p.one.id for p in pairs if p.one) == sorted(m.id for m in left)
    assert sorted(p.other.id for p in pairs if p.other) == sorted(m.id for m in right)
    assert [p.start for p in pairs] == sorted(p.start for p in pairs)
    assert scores(pairs) == pytest.approx(scores(compare(right, left)), abs=0.5)
    assert scores(compare(left, left))[1] == 1.0
