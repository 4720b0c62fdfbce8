"""Whatever is wrong in a dataset is found, and only that."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.datasets.verify import Problem, Verifier, span_problems
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.schema import builtin
from tests.support.entries import datasets

DATASETS = datasets(builtin())


def problems(entries: list[Entry]) -> list[Problem]:
    verifier = Verifier()
    found = [p for n, entry in enumerate(entries, 1) for p in verifier.entry(n, entry)]
    return [*found, *verifier.end()]


def marked(entries: list[Entry]) -> list[tuple[int, int]]:
    return [(n, k) for n, entry in enumerate(entries) for k in range(len(entry.spans))]


def with_span(entries: list[Entry], at: tuple[int, int], **changed: Any) -> list[Entry]:
    n, k = at
    spans = list(entries[n].spans)
    spans[k] = replace(spans[k], **changed)
    return [*entries[:n], replace(entries[n], spans=tuple(spans)), *entries[n + 1 :]]


@given(entries=DATASETS)
def test_a_sound_dataset_has_no_problems(entries: list[Entry]) -> None:
    assert problems(entries) == []


@given(entries=DATASETS, data=st.data())
def test_a_shifted_mark_is_named(entries: list[Entry], data: st.DataObject) -> None:
    assume(marked(entries))
    at = data.draw(st.sampled_from(marked(entries)))
    span: EntrySpan = entries[at[0]].spans[at[1]]
    text = entries[at[0]].text
    by = data.draw(st.sampled_from((-2, -1, 1, 2)))
    moved = tuple((start + by, end + by) for start, end in span.segments)
    words = " … ".join(text[max(0, start) : end] for start, end in moved)
    assume(words != span.text or moved[0][0] < 0 or moved[-1][1] > len(text))
    wrong = with_span(entries, at, segments=moved, start=moved[0][0], end=moved[-1][1])
    (found,) = problems(wrong)
    assert (found.line, found.mark) == (at[0] + 1, span.id)
    assert str(found).startswith(f"line {at[0] + 1} of {span.id}: ")


@given(entries=DATASETS, data=st.data())
def test_a_changed_text_is_named(entries: list[Entry], data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(entries) - 1))
    wrong = [*entries]
    wrong[n] = replace(entries[n], text=entries[n].text + "!")
    assert {p.line for p in problems(wrong)} >= {n + 1}


@given(entries=DATASETS, data=st.data())
def test_a_lost_mark_leaves_its_links_without_an_end(
    entries: list[Entry], data: st.DataObject
) -> None:
    assume(marked(entries))
    n, k = data.draw(st.sampled_from(marked(entries)))
    gone = entries[n].spans[k].id
    left = tuple(span for span in entries[n].spans if span.id != gone)
    wrong = [*entries]
    wrong[n] = replace(entries[n], spans=left)
    expected = {
        link.id for entry in entries for link in entry.relations if gone in (link.from_, link.to)
    }
    assert {p.mark for p in problems(wrong)} == expected


def test_long_words_are_cut_in_the_sentence() -> None:
    text = "word " * 100
    span = EntrySpan("m", "claim", 0, 400, ((0, 400),), "x" * 400, msgspec.Raw(b"{}"), "", "manual", "", "", "M")  # fmt: skip
    (said,) = span_problems(text, span)
    assert len(said) < 200
