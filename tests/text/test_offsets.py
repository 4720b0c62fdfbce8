from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.offsets import Utf16Map

texts = st.text(
    st.one_of(st.sampled_from("a😀🚢\U0010ffffé\u0301\xa0ب"), st.characters(codec="utf-8"))
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_offsets_are_what_utf16_makes_of_the_text_before_them(text: str) -> None:
    offsets = Utf16Map(text)
    assert offsets.utf16_length == units(text)
    for at in range(len(text) + 1):
        assert offsets.to_utf16(at) == units(text[:at])


@given(texts)
def test_there_and_back(text: str) -> None:
    offsets = Utf16Map(text)
    for at in range(len(text) + 1):
        assert offsets.to_code_points(offsets.to_utf16(at)) == at


@given(texts)
def test_the_way_back_never_goes_backwards(text: str) -> None:
    offsets = Utf16Map(text)
    found = [offsets.to_code_points(at) for at in range(offsets.utf16_length + 1)]
    assert found == sorted(found)
    assert not found or (found[0] == 0 and found[-1] == len(text))


@pytest.mark.parametrize(("utf16", "code_points"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_inside_a_surrogate_pair_is_the_start_of_its_character(
    utf16: int, code_points: int
) -> None:
    assert Utf16Map("a😀😀").to_code_points(utf16) == code_points


def test_an_ascii_text_is_the_same_in_both() -> None:
    offsets = Utf16Map("plain")
    assert [offsets.to_utf16(at) for at in range(6)] == list(range(6))
