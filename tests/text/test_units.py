from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text import units
from annotator.text.units import (
    all_clauses,
    clause_at,
    clauses,
    paragraph_at,
    sentence_at,
    sentences,
    word_at,
)

TEXT = (
    "Dr. A. Hale said the dam, which is old, was safe. “Is it?” asked the mayor.\n"
    "\n"
    "  وزیر نے کہا کہ پل بند ہے۔ انہوں نے تردید کی۔  "
)
texts = st.text(st.sampled_from("ab .,;“”!?\n\xa0😀ب۔é\u0301"), max_size=80)


def words(span: tuple[int, int] | None) -> str:
    assert span is not None
    return TEXT[span[0] : span[1]]


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("the co-op’s boat", 5, "co-op’s"),
        ("the boat", 3, "the"),
        ("the boat", 8, "boat"),
        ("a 😀 b", 2, None),
        ("خارجہ نے", 2, "خارجہ"),
    ],
)
def test_the_word_that_holds_or_touches_an_offset(text: str, offset: int, word: str | None) -> None:
    found = word_at(text, offset)
    assert (None if found is None else text[found[0] : found[1]]) == word


def test_an_abbreviation_ends_no_sentence() -> None:
    assert words(sentence_at(TEXT, 20)) == "Dr. A. Hale said the dam, which is old, was safe."


def test_quotation_marks_belong_to_their_sentence() -> None:
    assert words(sentence_at(TEXT, TEXT.index("Is it"))).startswith("“Is it?”")


def test_sentences_of_urdu() -> None:
    start, end = paragraph_at(TEXT, TEXT.index("پل"))
    assert [TEXT[a:b] for a, b in sentences(TEXT, start, end)] == [
        "وزیر نے کہا کہ پل بند ہے۔",
        "انہوں نے تردید کی۔",
    ]


def test_a_clause_stands_without_its_punctuation() -> None:
    assert words(clause_at(TEXT, TEXT.index("which"))) == "which is old"


def test_a_blank_line_is_an_empty_paragraph() -> None:
    start, end = paragraph_at(TEXT, TEXT.index("\n") + 1)
    assert start == end


@given(texts)
def test_sentences_and_clauses_lie_in_order_and_hold_no_blanks_at_their_edges(text: str) -> None:
    for low, high in {paragraph_at(text, at) for at in range(len(text) + 1)}:
        for find in (sentences, clauses, all_clauses):
            at = low
            for start, end in find(text, low, high):
                assert at <= start < end <= high
                assert text[start:end] == text[start:end].strip()
                at = end


@given(texts)
def test_every_letter_belongs_to_a_sentence(text: str) -> None:
    for at, character in enumerate(text):
        if character.isalpha():
            start, end = sentence_at(text, at)
            assert start <= at < end


@given(texts, st.integers(0, 90))
def test_asking_anywhere_gives_a_range_of_the_text(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    for find in (paragraph_at, sentence_at, clause_at):
        start, end = find(text, offset)
        assert 0 <= start <= end <= len(text)
    found = word_at(text, offset)
    assert found is None or (found[0] <= offset <= found[1] and found[0] < found[1])


def test_a_very_long_line_is_cut_into_paragraphs_that_hold_all_of_its_words() -> None:
    for line in ("Officials told the Courier so. " * 5000, "word " * 30_000, "x" * 100_000):
        text = f"Before\n{line}\nBehind"
        forth = list(units.paragraphs(text, 0))
        assert list(units.paragraphs_back(text, len(text)))[::-1] == forth
        assert max(end - start for start, end in forth) <= units.LONGEST + units.CUT_WITHIN
        kept = "".join(text[start:end] for start, end in forth)
        assert "".join(kept.split()) == "".join(text.split())
        for start, end in forth:
            for offset in (start, (start + end) // 2, end - 1):
                assert units.paragraph_at(text, offset) == (start, end)


def test_the_parts_of_a_long_line_end_with_a_sentence() -> None:
    text = "Officials told the Courier so. " * 5000
    assert all(text[start:end].endswith("so.") for start, end in units.paragraphs(text, 0))


def test_a_word_is_looked_for_in_its_own_paragraph_and_begins_with_its_first_letter() -> None:
    assert word_at("one two\nthree", 1) == (0, 3)
    assert word_at("one two\nthree", 0) == (0, 3)
    assert word_at("one two\nthree", 4) == (4, 7)
    assert word_at("x" * (units.LONGEST + 9), 5) == (0, units.LONGEST)


def test_one_character_alone_is_no_clause_and_two_are_one() -> None:
    assert list(clauses("so, I; no", 0, 9)) == [(0, 2), (7, 9)]
    assert list(clauses("no, I", 0, 5)) == [(0, 2)]


@pytest.mark.parametrize("text", ["He left...", "He saw X", "He left؟!"])
def test_only_signs_are_taken_from_the_end_of_a_clause(text: str) -> None:
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == [text.rstrip(".؟!")]


def test_a_caret_behind_a_sentence_belongs_to_it() -> None:
    assert sentence_at("It is. He left.", 6) == (0, 6)
    assert clause_at("It is. He left.", 7) == (7, 14)


def test_clauses_of_a_range_stop_where_it_ends() -> None:
    assert list(all_clauses("ab cd\nef gh", 0, 6)) == [(0, 5)]
    assert list(all_clauses("ab cd\nef gh", 0, 7)) == [(0, 5), (6, 11)]


def test_the_shortest_paragraphs_are_stepped_over_one_by_one() -> None:
    assert list(units.paragraphs("a\n\n b\nc", 0)) == [(0, 1), (4, 5), (6, 7)]
    assert list(units.paragraphs("a\n\n b\nc", 3)) == [(4, 5), (6, 7)]
    assert list(units.paragraphs_back("a\n\n b\nc", 6)) == [(6, 7), (4, 5), (0, 1)]
    assert list(units.paragraphs_back("ab", 0)) == [(0, 2)]
    assert list(units.paragraphs("x" * (units.LONGEST + 1), 0)) == [
        (0, units.LONGEST),
        (units.LONGEST, units.LONGEST + 1),
    ]


def test_a_long_line_is_cut_at_a_blank_where_its_sentence_ends_too_far_away() -> None:
    text = "word " * 5000 + "end. " + "word " * 200
    assert list(units.paragraphs(text, 0)) == [(0, 20_004), (20_005, len(text) - 1)]


SPOKEN = 'A “b «c» d” e "f g" h ‘i’s j’ k'


@pytest.mark.parametrize(
    ("word", "quotation"),
    [
        ("b", "b «c» d"),
        ("c", "c"),
        ("b «c», d", None),
        ("f", "f g"),
        ("i", "i’s j"),
        ("j", "i’s j"),
        ("A", None),
        ("k", None),
        ("e", None),
    ],
)
def test_the_innermost_quotation_that_holds_a_range(word: str, quotation: str | None) -> None:
    start = SPOKEN.find(word)
    found = units.quotation_at(SPOKEN, max(start, 0), max(start, 0) + len(word))
    assert (None if found is None else SPOKEN[slice(*found)]) == quotation


def test_a_quotation_stands_without_the_blanks_inside_its_marks_and_in_one_paragraph() -> None:
    text = "“One\n“ two three ” and »four«\nfive”"
    assert units.quotation_at(text, 7, 10) == (7, 16)
    assert units.quotation_at(text, 7, 16) == (7, 16)
    assert units.quotation_at(text, 24, 28) == (24, 28)
    assert units.quotation_at(text, 24, 29) is None
    assert units.quotation_at(text, 23, 28) is None
    assert units.quotation_at("“one\ntwo”", 1, 4) is None
    assert units.quotation_at(text, text.index("five"), len(text) - 1) is None
