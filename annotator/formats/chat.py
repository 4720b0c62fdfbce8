"""Chat data for language models: instructions, an article, and what is marked in it as JSON.

A model cannot count characters, so a mark is given by its words and by which of their occurrences it is
(from 1, overlapping ones counted). Long articles are cut between blocks; ids are short and new in each
piece. The instructions have a version, which stands in the manifest of a dataset.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from annotator.errors import FormatError
from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Link, Mark, Record, as_entry, required
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.records import first, line, records, strict
from annotator.language import in_english, tr
from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntrySpan
from annotator.model.document import Block
from annotator.model.loss import ACROSS_CHUNKS, LINKS_ACROSS_CHUNKS
from annotator.model.schema import Schema

TEMPLATE = "annotator-chat/1"
TEMPLATES = {
    "1": (
        "You mark news articles. Find every span of these kinds and the links between them, and answer "
        "with JSON only.\n\nKinds of marks:\n{labels}\n\nLinks:\n{relations}\n\nAttributes:\n"
        "{attributes}\n\n"
        'Answer: {{"marks": [{{"id", "label", "quotes": [{{"text", "occurrence"}}], "attributes"}}], '
        '"links": [{{"type", "from", "to"}}]}}. Quotes are verbatim; occurrence says which of the '
        "places with these words it is, from 1. Marks stand in the order of the text. Where nothing is "
        "to be marked, both lists are empty."
    )
}


class Chat(Plain):
    """The format."""

    name = "chat"
    title = in_english("Chat (instructions and answers)")
    suffixes = (".chat.jsonl",)
    reads = writes = trains = True
    holds = frozenset({"texts", "spans", "nested", "discontinuous", "attributes", "relations"})
    takes = frozenset({"template", "chunk", "annotator"})
    uses = (TEMPLATE,)
    counts = in_english("record")

    def recognizes(self, path: Path) -> bool:
        """Whether the first record is a talk whose answer holds marks."""
        found = first(path).get("messages")
        if not isinstance(found, list) or not found or not isinstance(found[-1], dict):
            return False
        return '"marks"' in str(found[-1].get("content"))

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each piece of an article."""
        for number, found in records(path):
            where = f"{path}, record {number}"
            said = required(found.get("messages"), list, tr("the list of messages"), where, number)
            by_role = {one.get("role"): one.get("content") for one in said if isinstance(one, dict)}
            text = required(by_role.get("user"), str, tr("the article"), where, number)
            answer = _answer(by_role.get("assistant"), where, number)
            record = Record(
                where=where, number=number, text=text,
                marks=list(_marks(answer, text, where, number)),
                links=list(_links(answer, where, number)),
            )  # fmt: skip
            yield number, as_entry(record, self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as one talk, or as several where the article is long."""
        file = out.file()
        system = instructions(writing.schema, writing.options.template)
        for entry in entries:
            for start, end, answer in self._answers(entry, writing):
                file.write(line({"messages": [
                    {"role": "system", "content": system},
                    {"role": "user", "content": entry.text[start:end]},
                    {"role": "assistant", "content": answer},
                ]}))  # fmt: skip

    def _answers(self, entry: Entry, writing: Writing) -> Iterator[tuple[int, int, str]]:
        """Where each piece of the article stands, and what is marked in it."""
        losses = writing.losses
        tell_marks(entry.spans, self.holds, losses)
        parts = list(_chunks(entry.blocks, len(entry.text), writing.options.chunk))
        starts = [start for start, _ in parts]
        at = [bisect_right(starts, span.start) - 1 for span in entry.spans]
        whole = [span for span, n in zip(entry.spans, at, strict=True) if span.end <= parts[n][1]]
        if len(whole) < len(entry.spans):
            kept = {span.id for span in whole}
            losses.add(ACROSS_CHUNKS, [span.id for span in entry.spans if span.id not in kept])
        home = {span.id: n for span, n in zip(entry.spans, at, strict=True)}
        links = links_within(entry, whole, losses)
        across = [link.id for link in links if home[link.from_] != home[link.to]]
        losses.add(LINKS_ACROSS_CHUNKS, across)
        for n, (start, end) in enumerate(parts):
            spans = [span for span in whole if home[span.id] == n]
            ids = dict(_ids(spans))
            marks = list(_quoted(spans, ids, entry.text[start:end], start))
            own = [
                {"type": link.type, "from": ids[link.from_], "to": ids[link.to]}
                for link in links
                if home[link.from_] == n == home[link.to]
            ]
            yield start, end, msgspec.json.encode({"marks": marks, "links": own}).decode()


CHAT = Chat()


def instructions(schema: Schema, version: str = "") -> str:
    """What the model is told, with the kinds of a schema. Raises FormatError."""
    version = version.rpartition("/")[2] or max(TEMPLATES)
    if version not in TEMPLATES:
        known = ", ".join(TEMPLATES)
        raise FormatError(
            tr(
                "There are no instructions of version {version}; there are {known}.",
                version=version,
                known=known,
            )
        )
    labels = [f"- {one.name}: {_first_line(one.guideline) or one.title}" for one in schema.labels]
    kinds = [
        f"- {one.name}: from {' or '.join(one.from_)} to {' or '.join(one.to)}"
        for one in schema.relations
    ]
    attributes = [
        f"- {one.name} (of {' or '.join(one.on)}): {', '.join(one.values)}"
        for one in schema.attributes
    ]
    return TEMPLATES[version].format(
        labels="\n".join(labels), relations="\n".join(kinds), attributes="\n".join(attributes)
    )


def _first_line(words: str) -> str:
    return words.strip().partition("\n")[0]


def _chunks(blocks: Sequence[Block], length: int, longest: int) -> Iterator[tuple[int, int]]:
    """Where to cut a text of this length: between blocks, into pieces that are not too long."""
    start = 0
    for block in blocks if 0 < longest < length else ():
        if block.end - start > longest and block.start > start:
            yield start, block.start
            start = block.start
    yield start, length


def _ids(spans: Iterable[EntrySpan]) -> Iterator[tuple[str, str]]:
    """Short ids: the first letter of the label, and a number."""
    counts: dict[str, int] = {}
    for span in spans:
        letter = span.label[:1].lower()
        counts[letter] = counts.get(letter, 0) + 1
        yield span.id, f"{letter}{counts[letter]}"


def _quoted(
    spans: Iterable[EntrySpan], ids: dict[str, str], text: str, shift: int
) -> Iterator[dict[str, Any]]:
    places: dict[str, list[int]] = {}
    for span in spans:
        quotes: list[dict[str, Any]] = []
        for start, end in span.segments:
            words = text[start - shift : end - shift]
            nth = _nth(text, words, start - shift, places.setdefault(words, []))
            quotes.append({"text": words, "occurrence": nth})
        mark: dict[str, Any] = {"id": ids[span.id], "label": span.label, "quotes": quotes}
        if span.attributes != NO_ATTRIBUTES:
            mark["attributes"] = span.attributes
        yield mark


def _nth(text: str, words: str, start: int, places: list[int]) -> int:
    """Which of their places it is where these words stand; ``places`` are those found so far."""
    at = places[-1] if places else -1
    while at < start:
        at = text.find(words, at + 1)
        places.append(at)
    return bisect_right(places, start)


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _answer(content: Any, where: str, number: int) -> dict[str, Any]:
    try:
        found = strict(required(content, str, tr("the answer"), where, number))
    except ValueError as error:
        raise FormatError(
            tr("{where}: in the answer {error}.", where=where, error=error), line=number
        ) from None
    return required(found, dict, tr("the answer"), where, number)


def _marks(answer: dict[str, Any], text: str, where: str, number: int) -> Iterator[Mark]:
    for mark in required(answer.get("marks"), list, tr("the list of marks"), where, number):
        mark = required(mark, dict, tr("a mark"), where, number)
        key, ranges = str(mark.get("id")), list[tuple[int, int]]()
        for quote in required(
            mark.get("quotes"), list, tr("the quotes of {key}", key=key), where, number
        ):
            quote = required(quote, dict, tr("a quote of {key}", key=key), where, number)
            words = required(
                quote.get("text"), str, tr("the words of {key}", key=key), where, number
            )
            nth = required(
                quote.get("occurrence", 1),
                int,
                tr("the occurrence of {key}", key=key),
                where,
                number,
            )
            place = next(islice(_occurrences(text, words), max(0, nth - 1), None), None)
            if place is None or nth < 1 or not words:
                said = tr(
                    "{key}: “{words}” does not stand there {nth} times",
                    key=key,
                    words=words[:60],
                    nth=nth,
                )
                raise FormatError(f"{where}: {said}.", line=number, mark=key)
            ranges.append((place, place + len(words)))
        attributes = mark.get("attributes")
        yield Mark(
            key=key, label=required(mark.get("label"), str, tr("the label of {key}", key=key), where, number),
            ranges=ranges, attributes=attributes if isinstance(attributes, dict) else {},
        )  # fmt: skip


def _links(answer: dict[str, Any], where: str, number: int) -> Iterator[Link]:
    for link in required(answer.get("links", []), list, tr("the list of links"), where, number):
        link = required(link, dict, tr("a link"), where, number)
        kind = required(link.get("type"), str, tr("the type of a link"), where, number)
        yield Link(type=kind, from_=str(link.get("from")), to=str(link.get("to")))
