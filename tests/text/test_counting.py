from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.canonical import canonicalize
from annotator.text.counting import BYTES, CODE_POINTS, UTF16, Counting, countings

RAW = st.text(st.one_of(st.sampled_from("ab é🚢\n\r"), st.characters(codec="utf-8")), max_size=40)


def test_every_way_leads_to_the_same_word() -> None:
    raw = "🚢 é\r\nword"
    text = canonicalize(raw).text
    at = text.index("word")
    for unit, one_break, counted in (
        (CODE_POINTS, False, 5), (UTF16, False, 6), (BYTES, False, 9),
        (CODE_POINTS, True, 4), (UTF16, True, 5), (BYTES, True, 8),
    ):  # fmt: skip
        assert Counting(raw, unit, one_break=one_break).offset(counted) == at, unit


def test_what_lies_inside_a_character_or_outside_the_text_is_nowhere() -> None:
    assert Counting("🚢", UTF16).offset(1) is None
    assert Counting("é", BYTES).offset(1) is None
    for unit in (CODE_POINTS, UTF16, BYTES):
        assert Counting("ab", unit).offset(3) is None
        assert Counting("ab", unit).offset(-1) is None
        assert Counting("ab", unit).offset(2) == 2


def test_ways_that_cannot_differ_are_not_told_apart() -> None:
    assert [way.unit for way in countings("plain", UTF16)] == [CODE_POINTS]
    assert [way.unit for way in countings("café")] == [CODE_POINTS, BYTES]
    assert [way.unit for way in countings("🚢", UTF16)] == [UTF16, CODE_POINTS, BYTES]
    assert [way.name for way in countings("a\r\nb")] == [
        "code points", "code points with line breaks as one",
    ]  # fmt: skip
    assert [way.unit for way in countings("🚢", UTF16, only=CODE_POINTS)] == [CODE_POINTS]


@given(RAW)
def test_offsets_of_characters_that_stay_lead_to_them(raw: str) -> None:
    text = canonicalize(raw).text
    for way in countings(raw):
        if "one" in way.name:
            continue
        for at, character in enumerate(raw):
            if character.isalpha():
                counted = {
                    CODE_POINTS: at,
                    UTF16: len(raw[:at].encode("utf-16-le")) // 2,
                    BYTES: len(raw[:at].encode()),
                }[way.unit]
                found = way.offset(counted)
                assert found is not None
                assert text[found] == character


def test_half_a_character_that_was_lost_before_counts_as_the_bytes_that_stand_for_it() -> None:
    assert Counting("a\ud800b", BYTES).offset(4) == 2
    assert Counting("a\ud800b", BYTES).offset(2) is None
    assert Counting("a\ud800b", UTF16).offset(2) == 2


def test_each_way_has_a_name() -> None:
    assert [way.name for way in countings("🚢\r\n", UTF16)] == [
        "UTF-16", "UTF-16 with line breaks as one",
        "code points", "code points with line breaks as one",
        "bytes", "bytes with line breaks as one",
    ]  # fmt: skip
    assert [way.unit for way in countings("")] == [CODE_POINTS]
    assert [way.unit for way in countings("\uffff", BYTES)] == [BYTES, CODE_POINTS]
