from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.words import fold, is_right_to_left, search_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "café"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("co\u00adoperate", "cooperate"),
        ("می\u200cرود", "میرود"),
        ("کِتاب", "کتاب"),
        ("Ａ１", "a1"),
        ("İstanbul", "istanbul"),
    ],
)
def test_words_alike_to_a_reader_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(st.characters(codec="utf-8")))
def test_folding_twice_is_folding_once_for_search(text: str) -> None:
    assert search_words(" ".join(search_words(text))) == search_words(text)


@given(st.text())
def test_words_are_the_runs_of_letters_and_digits_of_the_folded_text(text: str) -> None:
    assert search_words(text) == re.findall(r"[^\W_]+", fold(text))


def test_words_in_order_without_what_stands_between_them() -> None:
    assert search_words("“Don’t”, said_he (twice)!") == ["don", "t", "said", "he", "twice"]


def test_words_of_a_script_without_case() -> None:
    assert search_words("وزارت خارجہ نے کہا") == ["وزارت", "خارجہ", "نے", "کہا"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1990: سلام hello", True),
        ("hello سلام", False),
        ("שלום", True),
        ("… 12", False),
        ("", False),
    ],
)
def test_the_first_letter_with_a_direction_decides(text: str, answer: bool) -> None:
    assert is_right_to_left(text) is answer
