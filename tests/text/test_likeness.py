"""By what texts that tell the same in the same words are known."""

from __future__ import annotations

from hashlib import blake2b
from zlib import crc32

import pytest

from annotator.text.likeness import SHORTEST, is_same_story, likeness, runs, sample

WORDS = [f"word{n}" for n in range(60)]
ANCHORS = [n for n, word in enumerate(WORDS) if crc32(word.encode()) % 8 == 0]


def number(run: str) -> int:
    """What a project holds of a run; another one would find none of those that are stored."""
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") >> 1


def test_a_sample_holds_the_whole_and_every_anchored_run_that_is_whole() -> None:
    assert sample([]) == ()
    assert sample(["pier"]) == (number("pier"),)
    assert len(ANCHORS) > 3
    expected = {number(" ".join(WORDS))} | {
        number(" ".join(WORDS[at : at + 5])) for at in ANCHORS if at + 5 <= 60
    }
    assert sample(WORDS) == tuple(sorted(expected))
    last = WORDS[ANCHORS[0] : ANCHORS[0] + 5]
    assert number(" ".join(last)) in sample(["before", *last])
    assert sample(last) == (number(" ".join(last)),)
    assert sample(["\ud800"])


def test_words_of_a_script_without_blanks_are_counted_by_characters() -> None:
    dense = "港务局说码头周一将关闭"
    assert len(runs([dense])) == len(dense) - 7
    assert runs([dense]) == runs([dense[:4], dense[4:]])
    assert len(runs(["码头码头", "abcd"])) == 1  # half of it: five characters and words
    assert runs(["码头码头", "abcd"]) == runs(["码头", "码头", "abcd"])
    assert runs(["码头码", "abcd"]) != runs(["码头", "码", "abcd"])


def test_all_runs_of_a_text_and_one_of_a_short_one() -> None:
    assert runs([]) == frozenset()
    assert len(runs(WORDS)) == 56
    assert len(runs(WORDS[:5])) == len(runs(WORDS[:4])) == 1
    assert len(runs(WORDS[:6])) == 2
    assert runs(WORDS[:10]) < runs(WORDS)


@pytest.mark.parametrize(
    ("one", "other", "how_much"),
    [(0, 10, 0.0), (10, 10, 1.0), (5, 10, 1.0), (10, 5, 1.0), (0, 0, 0.0)],
)
def test_likeness_is_how_much_of_the_shorter_the_longer_has(
    one: int, other: int, how_much: float
) -> None:
    assert likeness(frozenset(range(one)), frozenset(range(other))) == how_much


def test_half_in_common_is_half_alike() -> None:
    assert likeness(frozenset(range(10)), frozenset(range(5, 30))) == 0.5


def test_two_texts_tell_one_story_from_two_fifths_on_and_short_ones_as_a_whole() -> None:
    whole, long = frozenset(range(SHORTEST)), frozenset(range(100))
    assert is_same_story(whole, frozenset(range(12, 60)))  # 8 of 20
    assert not is_same_story(whole, frozenset(range(13, 60)))
    assert is_same_story(long, frozenset(range(60, 160)))
    short = frozenset(range(SHORTEST - 1))
    assert is_same_story(short, short)
    assert not is_same_story(short, whole)
    assert not is_same_story(whole, short)
    assert not is_same_story(frozenset(), frozenset())
