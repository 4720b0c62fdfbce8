"""Marks on a new version of their article: where they belong, or nowhere."""

from __future__ import annotations

import random

import pytest

from annotator.text.anchoring import anchored
from annotator.text.span import Span
from tests.conftest import IS_RELEASE
from tests.support.edits import Tracked

EDITS = 1000 if IS_RELEASE else 250

STORY = (
    "Ministry rejects report on border posts\n\n"
    "Border officials told the Daily Courier on Friday that two posts had been shelled overnight. "
    "The ministry said the report was false. A spokeswoman said the posts were quiet.\n\n"
    "The governor said the road to the pass was closed. Residents said they had heard guns 🚢, "
    "and that the road was closed.\n\n"
    "The ministry said the report was false, the Courier wrote on Saturday."
)


def placed(after: str, *quotes: str, nth: int = 1) -> str | None:
    """The words around the place of the nth of these words; None where they have no place."""
    at = -1
    for _ in range(nth):
        at = STORY.index(quotes[0], at + 1)
    ranges = [(at, at + len(quotes[0]))]
    for quote in quotes[1:]:
        at = STORY.index(quote, ranges[-1][1])
        ranges.append((at, at + len(quote)))
    (found,) = anchored(STORY, after, [Span.of(ranges)])
    if found is None:
        return None
    assert found.quotes(after) == quotes
    return after[max(0, found.start - 12) : found.end + 12]


def test_in_the_same_text_everything_stands_where_it_stood() -> None:
    spans = [Span.of([(start, start + 14)]) for start in range(len(STORY) - 14)]
    assert anchored(STORY, STORY, spans) == spans


def test_what_is_written_before_and_behind_moves_a_mark() -> None:
    after = "UPDATED\n\n" + STORY.replace("The governor", "Late on Friday the governor") + " Ends."
    assert placed(after, "shelled overnight") == "ts had been shelled overnight. The minist"
    assert placed(after, "the road was closed") == "🚢, and that the road was closed.\n\nThe minis"


def test_words_that_were_changed_have_no_place() -> None:
    assert placed(STORY.replace("two posts", "three posts"), "two posts had been shelled") is None
    assert placed(STORY.replace("🚢", "🚢🚢"), "heard guns 🚢, and") is None
    assert placed("", "Ministry") is None


def test_of_the_same_words_the_one_with_its_neighbors_is_meant() -> None:
    after = STORY.replace(" on Friday", "")
    assert placed(after, "The ministry said", nth=1) == " overnight. The ministry said the report "
    assert (
        placed(after, "The ministry said", nth=2) == "as closed.\n\nThe ministry said the report "
    )


def test_of_two_sentences_alike_nobody_can_say_which_one_went() -> None:
    sentence = "The ministry said the report was false"
    first = STORY.index(sentence)
    after = STORY[:first] + STORY[STORY.index(sentence, first + 1) :]
    assert placed(after, sentence, nth=1) is None
    assert placed(after, sentence, nth=2) is None


def test_a_copy_beside_the_words_makes_them_doubtful() -> None:
    sentence = "Residents said they had heard guns 🚢, and that the road was closed."
    assert placed(STORY.replace(sentence, f"{sentence} {sentence}"), "Residents said") is None


def test_all_parts_of_a_mark_find_their_places_or_none_does() -> None:
    parts = ("Border officials", "two posts had been shelled overnight")
    assert placed(STORY.replace("on Friday ", ""), *parts) is not None
    assert placed(STORY.replace("overnight", "at night"), *parts) is None
    turned = STORY.replace("Border officials told the Daily Courier on Friday that ", "")
    turned = turned.replace(
        "A spokeswoman said", "Border officials told the Daily Courier on Friday. She said"
    )
    assert placed(turned, *parts) is None


def test_a_word_that_stands_everywhere_needs_all_of_its_neighbors() -> None:
    before = "no " * 400 + "The mayor said no to the bridge. " + "no " * 400
    at = before.index("said no") + 5
    span = Span.of([(at, at + 2)])
    assert anchored(before, "Again: " + before, [span]) == [Span.of([(at + 7, at + 9)])]
    assert anchored(before, before.replace("said no", "said: no"), [span]) == [None]


def test_a_long_text_with_many_marks_takes_no_time_to_speak_of() -> None:
    chosen = random.Random(7)
    words = STORY.split()
    before = " ".join(chosen.choices(words, k=40_000))
    spans = [Span.of([(at, at + 20)]) for at in range(0, len(before) - 20, 400)]
    after = "New. " + before
    found = anchored(before, after, spans)
    assert sum(one is not None for one in found) > 0.95 * len(spans)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_mark_stands_on_its_own_words_or_nowhere(seed: int) -> None:
    """Every character knows where it came from, so a wrong place cannot pass for a right one."""
    chosen = random.Random(seed)
    placed = whole = 0
    for _ in range(EDITS // 4):
        before = Tracked.article(chosen)
        after = before.edited(chosen, times=chosen.choice((1, 1, 2, 3, 6, 12)))
        spans = before.spans(chosen, 30)
        for span, found in zip(spans, anchored(before.text, after.text, spans), strict=True):
            whole += after.holds(before, span)
            if found is not None:
                placed += 1
                assert after.is_place_of(found, before, span), (before.text, after.text, span)
    print(f"{placed} placed of {whole}")
    assert placed > 0.8 * whole


def test_words_that_stand_everywhere_are_believed_only_with_neighbors_that_stand_once() -> None:
    many = "no " * 600
    first, inside = Span.of([(0, 2)]), Span.of([(900, 902)])
    assert anchored(many, many, [first, inside]) == [first, None]
    once = "no " * 300 + "Yes. " + "no " * 300
    beside = Span.of([(905, 907)])
    assert anchored(once, once, [beside]) == [beside]
    assert anchored(once, once + once, [beside]) == [None]
    assert anchored(once + once, once, [beside]) == [None]
    assert anchored(once, many, [beside]) == [None]
