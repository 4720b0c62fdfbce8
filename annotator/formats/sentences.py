"""Sentences: a row for each sentence of an article's body, with what is marked in it.

For classifiers that are to find check-worthy sentences: where the sentence stands (code points), its
words, for each label whether a mark of it lies in it, and the most check-worthy of its claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import UNSET

from annotator.formats.base import Plain, Writing
from annotator.formats.out import Out
from annotator.formats.tables import Column, rows_to
from annotator.formats.teaching import sentences_of, shown, touching
from annotator.language import in_english
from annotator.model.dataset import NO_ATTRIBUTES, Entry
from annotator.model.loss import LINKS, MARKS, NO_WORD
from annotator.text.tokens import SENTENCES

WORTH = "check_worthiness"
"""The attribute of claims; its values stand in the order of their worth."""
ORDER = ("check_worthy", "factual_unimportant", "not_factual")


class Sentences(Plain):
    """The format; it has no options but that for spreadsheets."""

    name = "sentences"
    title = in_english("Sentences with labels")
    suffixes = (".sentences.jsonl", ".sentences.csv", ".sentences.tsv", ".sentences.parquet")
    writes = trains = True
    holds = frozenset({"nested"})
    takes = frozenset({"spreadsheet", "labels"})
    uses = (SENTENCES,)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write a row for every sentence."""
        labels = writing.options.labels or tuple(one.name for one in writing.schema.labels)
        at = {label: n for n, label in enumerate(labels)}
        columns = [
            Column("document"), Column("start", "int64"), Column("end", "int64"), Column("text"),
            *(Column(f"has_{label}", "bool") for label in labels), Column(WORTH), Column("split"),
        ]  # fmt: skip
        with rows_to(out, columns, spreadsheet=writing.options.spreadsheet) as write:
            for entry in entries:
                write(_rows(entry, at, writing))


SENTENCE_ROWS = Sentences()


def _rows(entry: Entry, at: dict[str, int], writing: Writing) -> list[list[Any]]:
    text, losses = entry.text, writing.losses
    found = sentences_of(text, shown(entry, only_body=True))
    starts, ends = [start for start, _ in found], [end for _, end in found]
    none = [False] * len(at)
    has = [none] * len(found)
    worth = [len(ORDER)] * len(found)
    nowhere: list[str] = []
    for span in entry.spans:
        label = at.get(span.label)
        told = False
        rank = _rank(span.attributes) if span.attributes != NO_ATTRIBUTES else len(ORDER)
        for start, end in span.segments if label is not None else ():
            for one in touching(starts, ends, start, end):
                told = True
                if has[one] is none:
                    has[one] = [*none]
                has[one][label] = True  # type: ignore[index]
                worth[one] = min(worth[one], rank)
        if not told:
            nowhere.append(span.id)
    losses.add(NO_WORD, nowhere)
    losses.add(MARKS, [s.id for s in entry.spans if s.id not in nowhere] if nowhere
               else [s.id for s in entry.spans])  # fmt: skip
    losses.add(LINKS, [link.id for link in entry.relations])
    split = "" if entry.split is UNSET else entry.split
    return [
        [entry.doc_id, start, end, text[start:end], *has[n], (*ORDER, "")[worth[n]], split]
        for n, (start, end) in enumerate(found)
    ]


def _rank(attributes: msgspec.Raw) -> int:
    value = msgspec.json.decode(attributes).get(WORTH)
    return ORDER.index(value) if value in ORDER else len(ORDER)
