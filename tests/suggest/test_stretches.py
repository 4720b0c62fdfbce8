"""What J and K step over, and what a label takes at the caret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.stretches import Stretches

TEXT = (
    "By Ana Roth, City Record\n\nKeepers said that the gate was shut and the pumps had failed; "
    "the ministry denied it. The road stayed open.\n\nMore articles\n"
)
PIECES = (
    "said that", "denied", "according to", "the union", "Ana Roth", "“", "”", ",", ".", "\n", "😀", " ",
    "that", "who", "and", "claims to have", "ب", "told the Courier that", ";", "was shut",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


def steps(stretches: Stretches, low: int = 0, high: int = 0) -> list[str]:
    found: list[str] = []
    while (one := stretches.after(low, high)) is not None:
        low, high = one
        found.append(stretches.text[low:high])
    return found


def test_stepping_goes_from_claim_to_denial_to_clause() -> None:
    assert steps(Stretches(TEXT, "en", [(0, 26), (len(TEXT) - 14, len(TEXT))])) == [
        "the gate was shut",
        "the pumps had failed",
        "denied it",
        "The road stayed open",
    ]


def test_a_headline_names_its_source_behind_a_colon() -> None:
    assert steps(Stretches("Report completely debunked: White House\n", "en")) == [
        "Report completely debunked",
        "debunked",
    ]


def test_an_act_into_which_somebody_is_pressed_is_not_told() -> None:
    text = "They pressed the president into announcing an inquiry into his rival."
    read = Stretches(text, "en").at(0)
    assert read is not None
    assert read.told == ()


def test_what_is_passed_over_is_not_stepped_on() -> None:
    assert "By Ana Roth, City Record" in steps(Stretches(TEXT, "en"))
    assert "By Ana Roth, City Record" not in steps(Stretches(TEXT, "en", [(0, 26)]))


@pytest.mark.parametrize(
    ("label", "at", "words"),
    [
        ("claim", "gate", "the gate was shut"),
        ("denial", "ministry", "denied it"),
        ("source", "Keepers", "Keepers"),
        ("cue", "Keepers", "said"),
        ("claim", "road", "The road stayed open"),
        ("other", "road", "The road stayed open"),
    ],
)
def test_a_label_takes_what_it_is_for(label: str, at: str, words: str) -> None:
    span = Stretches(TEXT, "en").extent(TEXT.index(at), label)
    assert span
    assert span.quotes(TEXT) == (words,)


@given(texts)
def test_stretches_lie_in_order_without_blanks_at_their_edges(text: str) -> None:
    stretches = Stretches(text, "en")
    at = (0, 0)
    seen: list[tuple[int, int]] = []
    while (one := stretches.after(*at)) is not None:
        start, end = one
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not seen or (start, -end) > (seen[-1][0], -seen[-1][1])
        seen.append(one)
        at = one
    for one in reversed(seen[:-1]):
        at = stretches.before(*at)
        assert at == one


@given(texts, st.integers(0, 300), st.sampled_from(["claim", "source", "denial", "cue", "x"]))
def test_asking_anywhere_gives_words_of_the_text(text: str, offset: int, label: str) -> None:
    offset = min(offset, len(text))
    span = Stretches(text, "en").extent(offset, label)
    if span is not None:
        assert span.end <= len(text)
        assert all(words.strip() for words in span.quotes(text))
