from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.canonical import canonicalize, is_canonical, text_hash

SUSPECTS = "\ufeff\r\n\0\u2028\u2029\ufdd0\ufdd1\ufffe\ud800\udfff\ud83d\ude00\xa0\u200c😀é"
raw_texts = st.text(st.one_of(st.sampled_from(SUSPECTS), st.characters(codec=None)))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeff\ufeffA", "A"),
        ("A\ufeffB", "A\ufeffB"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\r\nb", "a\n\nb"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\0b\ud800c\udfffd\ufdd0\ufdd1\ufffe", "a\ufffdb\ufffdc\ufffdd\ufffd\ufffd\ufffd"),
        ("e\u0301 \xa0 می‌رود \u200b", "e\u0301 \xa0 می‌رود \u200b"),
        ("\uffff \U0001f6a2", "\uffff \U0001f6a2"),
    ],
)
def test_what_changes_and_what_stays(raw: str, text: str) -> None:
    assert canonicalize(raw).text == text


def test_a_bom_behind_a_dropped_bom_is_dropped_too() -> None:
    assert canonicalize("\ufeff" * 3 + "\r\nA").text == "\nA"


def test_lost_characters_are_counted_but_not_those_that_were_lost_before() -> None:
    assert canonicalize("a\0\ud800\ufffd").replaced == 2


@given(raw_texts)
def test_canonical_text_stays_as_it_is(raw: str) -> None:
    text = canonicalize(raw).text
    assert is_canonical(text)
    again = canonicalize(text)
    assert (again.text, again.dropped, again.replaced) == (text, (), 0)
    assert is_canonical(raw) == (raw == text)


@given(raw_texts)
def test_canonical_text_can_be_written_and_hashed(raw: str) -> None:
    text = canonicalize(raw).text
    assert text.encode().decode() == text
    assert len(text_hash(text)) == 64
    assert not set(text) & set("\r\0\u2028\u2029")


@given(raw_texts)
def test_the_offset_map_leads_every_kept_character_to_itself(raw: str) -> None:
    found = canonicalize(raw)
    gone = set(found.dropped)
    for at, character in enumerate(raw):
        if at in gone:
            assert character in "\ufeff\r"
            assert found.offset(at) == found.offset(at + 1)
        elif found.text[found.offset(at)] != character:
            assert found.text[found.offset(at)] in "\n\ufffd"
    assert found.offset(0) == 0
    assert found.offset(len(raw)) == len(found.text)


@given(raw_texts, st.data())
def test_a_quote_is_found_again_through_the_map(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    found = canonicalize(raw)
    part = found.text[found.offset(start) : found.offset(end)]
    # The part of a canonical text is what the part itself becomes, but for a break or BOM at its edge.
    alone = canonicalize("x" + raw[start:end] + "x").text[1:-1]
    leading = start == 0 or not raw[:start].strip("\ufeff")
    if not leading and not raw[start:end].endswith("\r") and raw[start - 1 : start] != "\r":
        assert part == alone


def test_the_hash_is_that_of_utf8() -> None:
    assert text_hash("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
