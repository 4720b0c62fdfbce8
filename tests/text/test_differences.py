"""Two texts side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.differences import LONGEST, Part, Row, side_by_side

TEXTS = st.lists(st.sampled_from(["One two.", "Three four five.", "", "six", "One too. 🚢"]), max_size=8).map("\n".join)  # fmt: skip


@given(TEXTS, TEXTS)
def test_each_side_holds_all_of_its_text_and_what_does_not_differ_is_the_same(
    a: str, b: str
) -> None:
    rows = side_by_side(a, b)
    for text, side in ((a, 0), (b, 1)):
        lines = ["".join(part.text for part in row[side]) for row in rows if row[side]]
        assert lines == [line for line in text.split("\n") if line.strip()]
    for row in rows:
        same = ["".join(p.text for p in side if not p.differs) for side in row]
        assert same[0] == same[1]
    assert all(row.is_same for row in side_by_side(a, a))


def test_only_the_changed_words_differ() -> None:
    rows = side_by_side(
        "Head\n\nTwo posts were shelled.", "New\n\nHead\n\nThree posts were shelled."
    )
    assert [row.is_same for row in rows] == [False, True, False]
    assert [part.text for part in rows[2].left if part.differs] == ["Two"]
    assert [part.text for part in rows[2].right if part.differs] == ["Three"]
    assert rows[0].left == ()


def same(words: str) -> tuple[Part, ...]:
    return (Part(words, False),)


def other(words: str) -> tuple[Part, ...]:
    return (Part(words, True),)


def test_what_is_only_on_one_side_is_a_part_of_that_side_alone() -> None:
    assert side_by_side("Head\na b c", "Head\na b c d") == [
        Row(same("Head"), same("Head")),
        Row(same("a b c"), (*same("a b c"), *other(" d"))),
    ]
    assert side_by_side("a b c d", "a b c") == [Row((*same("a b c"), *other(" d")), same("a b c"))]


def test_a_paragraph_became_another_where_half_of_the_words_are_the_same() -> None:
    assert len(side_by_side("a b c", "a d e")) == 1
    assert side_by_side("a b c", "a d e f") == [Row(other("a b c"), ()), Row((), other("a d e f"))]
    rows = side_by_side("a b c\nd e f", "a b x\nd e y")
    assert [len(row.left) * len(row.right) for row in rows] == [4, 4]


def test_what_stands_there_often_is_compared_like_all_else() -> None:
    lines = ["No."] * 250
    assert side_by_side("\n".join(lines), "\n".join(["New.", *lines]))[0] == Row((), other("New."))
    words = "no " * 150
    assert side_by_side(words, "yes " + words) == [Row(same(words), (*other("yes "), *same(words)))]


def test_paragraphs_too_long_to_compare_differ_as_a_whole() -> None:
    longest = "x" * (LONGEST - 2)
    rows = side_by_side(f"{longest} a", f"{longest} b")
    assert rows == [Row((*same(longest + " "), *other("a")), (*same(longest + " "), *other("b")))]
    assert side_by_side(f"{longest} a!", f"{longest} b!") == [
        Row(other(f"{longest} a!"), other(f"{longest} b!"))
    ]
