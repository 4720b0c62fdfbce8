"""What is looked for, and where it stands in a text."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SearchError
from annotator.text.finding import (
    LARGEST,
    LONGEST,
    MOST,
    PATTERN,
    TEXT,
    WORDS,
    Way,
    places,
    snippet,
    sought,
)
from annotator.text.folding import Folded
from annotator.text.words import fold, search_words

STORY = (
    "“Border officials” said the ferry… sank; BORDER — officials and Café Müller’s straße.\n"
    "Nobody denied it: no denial, co-operation, border.\N{SHIP} O’Brien denies."
)
LETTERS = st.text(
    st.one_of(st.sampled_from(" abcÉé\u0301ßﬁ…\u200c\xad٣یگ🚢_-\n"), st.characters()), max_size=40
)


def found(text: str, said: str, way: Way = WORDS, *, typing: bool = False) -> list[str]:
    return [text[start:end] for start, end in places(sought(said, way, typing=typing), text)]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("officials", ["officials", "officials"]),
        ("official", []),
        ("official*", ["officials", "officials"]),
        ('"border officials"', ["Border officials", "BORDER — officials"]),
        ("“Border officials", ["Border officials", "BORDER — officials"]),
        ("co-operation", ["co-operation"]),
        ("O'Brien", ["O’Brien"]),
        ("deni*", ["denied", "denial", "denies"]),
        ('"no deni*"', ["no denial"]),
        ("MULLER strasse", ["Müller", "straße"]),
        ("ferry zeppelin", []),
        ("ferry", ["ferry"]),
        ("", []),
        ("“ ” - *", []),
    ],
)
def test_words_and_phrases_stand_whole(said: str, stands: list[str]) -> None:
    assert found(STORY, said) == stands


def test_an_unfinished_word_is_a_beginning_only_while_one_types() -> None:
    assert found(STORY, "bord", typing=True) == ["Border", "BORDER", "border"]
    assert found(STORY, "bord ", typing=True) == []
    assert found(STORY, "bord") == []


@pytest.mark.parametrize(
    ("text", "said", "stands"),
    [
        ("Café CAFE cafe\u0301!", "café", ["Café", "CAFE", "cafe\u0301"]),
        ("🚢 the 🚢 Piers", "pier", ["Pier"]),
        ("نیلم گڑھ", "گڑھ", ["گڑھ"]),
        ("straße", "strasse", ["straße"]),
        ("the ferry… sank", "y...", ["y…"]),
        ("o\xadff\u200cice", "office", ["o\xadff\u200cice"]),
        ("ﬁne ﬁnd", "i", ["ﬁ", "ﬁ"]),
        ("abc", "", []),
        ("abc", " ", []),
    ],
)
def test_a_piece_of_text_is_found_inside_words_whatever_case_and_accents(
    text: str, said: str, stands: list[str]
) -> None:
    assert found(text, said, TEXT) == stands


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (r"b\w+ off\w+", ["Border officials"]),
        (r"^nobody", ["Nobody"]),
        (r"(?-i:nobody)", []),
        (r"\s+said\s+", ["said"]),
        (r"x*", []),
        (r"\p{L}+ß\p{L}*", ["straße"]),
        ("\N{SHIP}", ["\N{SHIP}"]),
    ],
)
def test_a_pattern_is_found_without_the_blanks_at_its_edges(said: str, stands: list[str]) -> None:
    assert found(STORY, said, PATTERN) == stands


@pytest.mark.parametrize("said", ["(", "[a-", "*a", r"\p{Nonsense}", "(?P<n>a)(?P=m)", "(" * 1500])
def test_what_is_no_regular_expression_is_one_sentence(said: str) -> None:
    with pytest.raises(SearchError, match="regular expression") as caught:
        sought(said, PATTERN)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        "(((a{100}){100}){100}){100}",
        "(?:a{1000}){1000}",
        "a" * (LONGEST + 1),
        f"a{{{LARGEST + 1}}}",
        f"[a]{{2,{LARGEST + 1}}}",
        r"(?:[\\]{1000}){1000}",
        r"([^]{}]{90}\){90}|b){90,}",
    ],
)
def test_a_pattern_that_would_fill_the_memory_is_refused_before_it_is_tried(said: str) -> None:
    began = time.monotonic()
    with pytest.raises(SearchError, match="too large"):
        sought(said, PATTERN)
    assert time.monotonic() - began < 0.2


@pytest.mark.parametrize(
    "said",
    [
        r"\{99999}",
        r"[{99999}]",
        r"[]{99999}]",
        r"[^]{99999}]",
        r"[^a{99999}]",
        r"[\]{99999}]",
        r"[a\]{99999}]",
        "a{,}{b}",
        f"a{{{LARGEST}}}",
        f"[ab]{{{LARGEST}}}",
        f"a{{{LARGEST // 2}}}b{{{LARGEST // 2}}}",
        "a" * LONGEST,
    ],
)
def test_what_only_looks_large_is_taken(said: str) -> None:
    assert sought(said, PATTERN).said == said


def test_a_pattern_that_never_ends_is_stopped_and_says_so() -> None:
    with pytest.raises(SearchError) as caught:
        places(sought(r"(a|aa)+c", PATTERN), "a" * 60 + " b")
    assert str(caught.value) == (
        "The regular expression “(a|aa)+c” takes too long and was stopped after 1 second in one "
        "article."
    )


def test_a_text_full_of_it_gives_only_the_first_places() -> None:
    for way in (WORDS, TEXT, PATTERN):
        assert len(places(sought("a", way), "a " * (2 * MOST))) == MOST


@given(LETTERS)
def test_folding_by_characters_is_folding_the_whole(text: str) -> None:
    # Decomposed and ordered first, as texts are; only then do the two agree on every accent.
    assert Folded(text).words == "".join(fold(character) for character in text)


@given(LETTERS, st.data())
def test_every_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    piece = text[start : start + data.draw(st.integers(1, 6))]
    wanted = sought(piece, TEXT)
    if wanted.is_nothing or not fold(piece):
        return
    ranges = places(wanted, text)
    assert any(a < start + len(piece) and start < b for a, b in ranges)
    folded = "".join(fold(character) for character in piece)
    for a, b in ranges:
        assert 0 <= a < b <= len(text)
        assert folded in "".join(fold(character) for character in text[a:b])


@given(LETTERS)
def test_every_word_of_a_text_is_found_where_a_word_begins(text: str) -> None:
    for word in search_words(text)[:5]:
        stands = places(sought(word), text)
        assert stands
        assert all(word in fold(text[a:b]) for a, b in stands)
        assert stands == sorted(stands)


def test_a_snippet_is_one_calm_line_around_its_place() -> None:
    text = "One two\nthree \u202efour\u202c five " + "six " * 60
    at = text.index("four")
    before, inside, after = snippet(text, at, at + 4, before=12, after=20)
    assert (before, inside, after) == ("…two three ", "four", " five six six six…")
    assert snippet("abc", 0, 3) == ("", "abc", "")
    assert unicodedata.category(text[at - 1]) == "Cf"


COUNTED = "one two three four five six seven"


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("one", ("", "one", " two…")),
        ("two", ("one ", "two", " three…")),
        ("three", ("one two ", "three", " four…")),
        ("four", ("…three ", "four", " five…")),
        ("six", ("…five ", "six", " seven")),
        ("seven", ("…six ", "seven", "")),
    ],
)
def test_a_snippet_is_cut_at_blanks_and_only_where_the_text_goes_on(
    word: str, shown: tuple[str, str, str]
) -> None:
    at = COUNTED.index(word)
    assert snippet(COUNTED, at, at + len(word), before=8, after=8) == shown


def test_a_snippet_without_blanks_is_cut_where_it_ends() -> None:
    assert snippet(COUNTED, 0, 23, before=8, after=99) == ("", COUNTED[:23], " six seven")
    assert snippet("abcdefghij", 4, 6, before=2, after=2) == ("cd", "ef", "gh")
    assert snippet("a" * 50 + "b" + "c" * 100, 50, 51) == ("a" * 40, "b", "c" * 90)


def test_of_a_place_twice_as_long_as_what_is_shown_behind_it_the_beginning_is_shown() -> None:
    assert snippet("abcdefgh", 0, 6, after=3)[1] == "abcdef"
    assert snippet("abcdefgh", 0, 7, after=3)[1] == "abcdef…"


def test_a_pattern_s_sentence_holds_no_more_than_its_beginning() -> None:
    with pytest.raises(SearchError) as caught:
        sought("a{1000}" * 100, PATTERN)
    assert str(caught.value) == (
        "The regular expression “aaa” is too large: it repeats what is repeated too often."
    ).replace("aaa", ("a{1000}" * 9)[:59] + "…")
    for length, said in ((60, "(" * 60), (61, "(" * 59 + "…")):
        with pytest.raises(SearchError, match=f"“{re.escape(said)}”"):
            sought("(" * length, PATTERN)
    with pytest.raises(SearchError, match=r"^“\(x” is not a regular expression: missing \)"):
        sought("(x", PATTERN)


def test_no_more_places_than_were_asked_for() -> None:
    for way in (WORDS, TEXT, PATTERN):
        assert places(sought("ab", way), "ab ab ab", 2) == [(0, 2), (3, 5)]
    assert places(sought("a ab*"), "ab a abc") == [(0, 2), (3, 4), (5, 8)]


def test_a_word_said_twice_is_one_term() -> None:
    assert len(sought("ship ship “a ship” a").terms) == 3
    assert sought("", WORDS).is_nothing
    assert sought(" ", PATTERN).is_nothing
    assert not sought("x", TEXT).is_nothing


def test_of_places_that_overlap_the_longest_is_told() -> None:
    wanted = sought('border "border officials" off*')
    assert places(wanted, "border officials border") == [(0, 16), (17, 23)]


def test_behind_many_characters_that_fold_to_several_the_place_is_right() -> None:
    assert places(sought("b", TEXT), "ßß…ab\xad\xadb") == [(4, 5), (7, 8)]
