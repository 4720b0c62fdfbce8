from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.tokens import covered, tokens


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
    assert [text[start:end] for start, end in tokens(text)] == expected


@given(st.text(st.characters(codec="utf-8")))
def test_only_white_space_lies_between_tokens(text: str) -> None:
    at, joined = 0, ""
    for start, end in tokens(text):
        assert at <= start < end
        assert not text[at:start].strip()
        joined += text[start:end]
        at = end
    assert joined == "".join(text.split())


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_range_covers_the_tokens_that_it_touches(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = tokens(text)
    first, behind, exact = covered([s for s, _ in found], [e for _, e in found], start, end)
    touched = [n for n, (s, e) in enumerate(found) if s < end and start < e]
    if start < end:
        assert list(range(first, behind)) == touched
    if exact:
        assert (found[first][0], found[behind - 1][1]) == (start, end)


@pytest.mark.parametrize(
    ("start", "end", "covers"),
    [
        (0, 2, (0, 1, True)),
        (0, 5, (0, 2, True)),
        (0, 8, (0, 3, True)),
        (3, 8, (1, 3, True)),
        (0, 4, (0, 2, False)),
        (1, 5, (0, 2, False)),
        (1, 2, (0, 1, False)),
        (2, 3, (1, 1, False)),
        (2, 5, (1, 2, False)),
        (0, 3, (0, 1, False)),
    ],
)
def test_only_the_edges_of_tokens_are_exact(
    start: int, end: int, covers: tuple[int, int, bool]
) -> None:
    found = tokens("ab cd ef")
    assert covered([s for s, _ in found], [e for _, e in found], start, end) == covers


def test_the_tokens_of_a_stretch_of_text() -> None:
    for text in ("ab cd ef", "ab cé ef"):
        assert tokens(text, 1, 7) == [(1, 2), (3, 5), (6, 7)]
        assert tokens(text, 3) == [(3, 5), (6, 8)]
