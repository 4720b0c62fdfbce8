"""How what the program itself names reads."""

from __future__ import annotations

import pytest

from annotator.model.names import either, of_label, of_op, together


@pytest.mark.parametrize(
    ("names", "both", "one"),
    [
        ((), "", ""),
        (("Mara",), "Mara", "Mara"),
        (("Mara", "Jan"), "Mara and Jan", "Mara or Jan"),
        (("Mara", "Jan", "Ana"), "Mara and Jan and Ana", "Mara or Jan or Ana"),
    ],
)
def test_names_are_joined_as_one_reads_them(names: tuple[str, ...], both: str, one: str) -> None:
    assert (together(names), either(names)) == (both, one)


def test_marks_of_a_label_are_counted() -> None:
    assert [of_label("claim", n) for n in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]


def test_an_op_says_whether_it_took_back_or_repeated() -> None:
    assert [of_op(kind, "Add claim") for kind in ("do", "undo", "redo")] == [
        "Add claim",
        "Undo: Add claim",
        "Redo: Add claim",
    ]
