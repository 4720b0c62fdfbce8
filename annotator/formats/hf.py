"""Hugging Face token classification: a row for each document, a column of IOB2 tags for each label.

``tags_claim`` and its like hold every mark of their label; ``ner_tags`` holds one tag for each token, the
first of the labels that were asked for winning. ``token_starts`` (code points of the article) and ``ws``
(whether white space follows) lead back to the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET

from annotator.formats.base import Plain, Writing
from annotator.formats.lacking import no_links, tell_marks
from annotator.formats.out import Out
from annotator.formats.tables import Column, rows_to
from annotator.formats.teaching import OUTSIDE, Tagged, Tags, shown, tokens_of
from annotator.language import in_english
from annotator.model.dataset import Entry, EntrySpan
from annotator.text.tokens import TOKENIZER


class HuggingFace(Plain):
    """The format."""

    name = "hf"
    title = in_english("Hugging Face token classification")
    suffixes = (".hf.jsonl", ".hf.parquet")
    writes = trains = True
    holds = frozenset({"spans"})
    takes = frozenset({"labels"})
    uses = (TOKENIZER,)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write a row for every entry."""
        labels = writing.options.labels or tuple(one.name for one in writing.schema.labels)
        columns = [
            Column("id"), Column("tokens", "list<string>"), Column("token_starts", "list<int64>"),
            Column("ws", "list<bool>"), *(Column(f"tags_{label}", "list<string>") for label in labels),
            Column("ner_tags", "list<string>"), Column("split"),
        ]  # fmt: skip
        with rows_to(out, columns) as write:
            for entry in entries:
                write([_row(entry, labels, writing)])


HF = HuggingFace()


def _row(entry: Entry, labels: tuple[str, ...], writing: Writing) -> list[Any]:
    losses = writing.losses
    tell_marks(entry.spans, HuggingFace.holds, losses)
    no_links(entry, losses)
    found = tokens_of(entry.text, shown(entry))
    by_label: dict[str, list[EntrySpan]] = {label: [] for label in labels}
    for span in entry.spans:
        by_label.setdefault(span.label, []).append(span)
    tags = Tags(found, losses)
    columns = {label: tags.of(spans) for label, spans in by_label.items()}
    return [
        entry.doc_id,
        found.words,
        found.starts,
        found.spaced,
        *(columns[label].tags for label in labels),
        _first_of([columns[label] for label in labels], len(found.words)),
        "" if entry.split is UNSET else entry.split,
    ]


def _first_of(columns: Sequence[Tagged], count: int) -> list[str]:
    """For each token the tag of the first column that has one; what a later one then cuts begins anew."""
    one = [OUTSIDE] * count
    for tags, pieces in reversed(columns):
        for first, behind in pieces:
            one[first:behind] = tags[first:behind]
            if behind < count and one[behind][0] == "I":
                one[behind] = f"B{one[behind][1:]}"
    return one
