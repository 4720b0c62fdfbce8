from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.tokens import Tokens, covered, joined, tokens


def _places(found: Tokens) -> list[tuple[int, int]]:
    return [(s, s + len(word)) for word, s in zip(found.words, found.starts, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\xa0\u2003", []),
        ("It said: no.", ["It", "said", ":", "no", "."]),
        ("don't", ["don", "'", "t"]),
        ("cafe\u0301s closed", ["cafe\u0301s", "closed"]),
        ("کِتاب و می\u200cرود", ["کِتاب", "و", "می\u200cرود"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("a 👩\u200d🚒! b", ["a", "👩\u200d", "🚒", "!", "b"]),
        ("🚢🚢", ["🚢", "🚢"]),
        ("\u0301x", ["\u0301", "x"]),
    ],
)
def test_words_and_signs(text: str, expected: list[str]) -> None:
    assert tokens(text).words == expected


SIGNS = st.one_of(
    st.sampled_from("aé_9 \n\x1f\xa0\u3000.’🌊👩\u0301\u0940\u200c\u200d\U000e0100"),
    st.characters(codec="utf-8"),
)


@given(st.text(SIGNS, max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_token_is_a_run_with_its_marks_or_one_sign_with_its_marks(
    text: str, start: int, end: int
) -> None:
    """Told sign by sign, apart from how it is found."""
    expected: list[tuple[int, int]] = []
    in_word = False
    for at in range(min(start, len(text)), min(end, len(text))):
        sign = text[at]
        is_word = sign.isalnum() or sign == "_"
        is_mark = unicodedata.category(sign)[0] == "M" or sign in "\u200c\u200d"
        goes_on = bool(expected) and expected[-1][1] == at
        if sign.isspace():
            continue
        if goes_on and (is_mark or (in_word and is_word)):
            expected[-1] = (expected[-1][0], at + 1)
            continue
        expected.append((at, at + 1))
        in_word = is_word
    found = tokens(text, start, end)
    assert _places(found) == expected
    assert found.spaced == [text[end : end + 1].isspace() for _, end in expected]


@given(st.text(st.characters(codec="utf-8")))
def test_only_white_space_lies_between_tokens(text: str) -> None:
    at, joined = 0, ""
    for start, end in _places(tokens(text)):
        assert at <= start < end
        assert not text[at:start].strip()
        joined += text[start:end]
        at = end
    assert joined == "".join(text.split())


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_range_covers_the_tokens_that_it_touches(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = tokens(text)
    places = _places(found)
    first, behind = covered(found, start, end)
    touched = [n for n, (s, e) in enumerate(places) if s < end and start < e]
    if start < end:
        assert list(range(first, behind)) == touched
    if first < behind:
        assert found.extent(first, behind) == (places[first][0], places[behind - 1][1])


@pytest.mark.parametrize(
    ("start", "end", "covers"),
    [
        (0, 2, (0, 1)),
        (0, 5, (0, 2)),
        (0, 8, (0, 3)),
        (3, 8, (1, 3)),
        (0, 4, (0, 2)),
        (1, 5, (0, 2)),
        (1, 2, (0, 1)),
        (2, 3, (1, 1)),
        (2, 5, (1, 2)),
        (0, 3, (0, 1)),
    ],
)
def test_a_range_that_touches_a_part_of_a_token_covers_it(
    start: int, end: int, covers: tuple[int, int]
) -> None:
    assert covered(tokens("ab cd ef"), start, end) == covers


def test_the_tokens_of_a_stretch_of_text() -> None:
    for text in ("ab cd ef", "ab cé ef"):
        assert _places(tokens(text, 1, 7)) == [(1, 2), (3, 5), (6, 7)]
        assert _places(tokens(text, 3)) == [(3, 5), (6, 8)]
        assert _places(tokens(text, 5, 6)) == []


def test_the_tokens_of_stretches_behind_each_other() -> None:
    text = "ab cd ef"
    assert joined([tokens(text, 0, 2), tokens(text, 6)]) == (["ab", "ef"], [0, 6], [True, False])
    assert joined([]) == tokens("")
