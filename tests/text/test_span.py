from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.span import Span, trimmed

ranges = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda r: (min(r), max(r)))
several = st.lists(ranges, min_size=1, max_size=6)


def points(segments: object) -> set[int]:
    return {at for start, end in segments for at in range(start, end)}  # type: ignore[attr-defined]


@given(several)
def test_a_span_holds_the_same_characters_whatever_the_order_of_its_ranges(
    given_: list[tuple[int, int]],
) -> None:
    if not points(given_):
        with pytest.raises(ValueError, match="at least one"):
            Span.of(given_)
        return
    span = Span.of(given_)
    assert points(span.segments) == points(given_)
    assert Span.of(reversed(given_)) == span
    for (_, end), (start, _) in zip(span.segments, span.segments[1:], strict=False):
        assert end < start
    assert all(start < end for start, end in span.segments)
    assert Span.parse(str(span)) == span
    assert all(span.holds(at) == (at in points(given_)) for at in range(62))


@given(several, several)
def test_spans_overlap_where_they_share_a_character(
    a: list[tuple[int, int]], b: list[tuple[int, int]]
) -> None:
    if points(a) and points(b):
        assert Span.of(a).overlaps(Span.of(b)) == bool(points(a) & points(b))


@pytest.mark.parametrize("written", ["", "5", "5-9", "a:b", "5:", "9:5", "-1:4", "3:3", "1:2,,"])
def test_what_is_no_span_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Span.parse(written)


def test_the_words_of_each_segment() -> None:
    assert Span.parse("8:11,0:3").quotes("the 🚢 a big one") == ("the", "big")


@given(st.text(alphabet="a \n\t\xa0😀"), st.data())
def test_trimming_takes_only_blanks_and_only_from_the_edges(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = trimmed(text, start, end)
    assert text[low:high] == text[start:end].strip()
    assert start <= low <= high <= end or (low == high and not text[start:end].strip())


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not Span.parse("3:5").overlaps(Span.parse("0:3"))
    assert not Span.parse("0:3").overlaps(Span.parse("3:5"))
    assert Span.parse("0:4").overlaps(Span.parse("3:5"))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("5-9", "“5-9” is not START:END"),
        ("1:2,9:5", "9:5 is not a range"),
        ("-1:4", "-1:4 is not a range"),
        ("3:3", "a span needs at least one character"),
    ],
)
def test_what_is_no_span_says_why(written: str, why: str) -> None:
    with pytest.raises(ValueError) as caught:
        Span.parse(written)
    assert str(caught.value) == why


def test_the_ends_of_a_span_are_those_of_its_outer_segments() -> None:
    span = Span.of([(8, 11), (0, 3), (2, 5), (5, 6), (4, 4)])
    assert (span.segments, span.start, span.end) == (((0, 6), (8, 11)), 0, 11)
    assert Span.of([(0, 9), (2, 3)]).segments == ((0, 9),)
