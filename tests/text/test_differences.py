"""Two texts side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.differences import side_by_side

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
