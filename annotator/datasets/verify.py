"""Proving a dataset: every quote stands where it is said to, every link ends at a mark.

Offsets are code points of the entry's text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from annotator.language import spoken, tr
from annotator.model.annotation import ORIGINS, SET_KINDS, STATUSES
from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntryRelation, EntrySpan
from annotator.model.document import gaps
from annotator.text.canonical import is_canonical, text_hash


class Problem(msgspec.Struct, frozen=True):
    """Something wrong: where (a line, from 1), in which mark or link (an id), and what."""

    line: int
    mark: str
    what: str

    def __str__(self) -> str:
        return self.told("line")

    def told(self, unit: str) -> str:
        """In words; ``unit`` is what the format counts: line, record, row."""
        unit = spoken(unit)
        if not self.mark:
            return tr("{unit} {n}: {what}", unit=unit, n=self.line, what=self.what)
        return tr(
            "{unit} {n} of {mark}: {what}", unit=unit, n=self.line, mark=self.mark, what=self.what
        )


class Verifier:
    """Is shown the entries in order and remembers what later ones may point at."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._sets: set[str] = set()
        self._marks: dict[str, str] = {}
        self._links: set[str] = set()
        self._open: list[tuple[int, str, EntryRelation]] = []
        self.spans = 0
        self.relations = 0

    def entry(self, line: int, entry: Entry) -> Iterator[Problem]:
        """What is wrong with one entry, apart from links to marks that have not been seen yet."""
        for what in self._document(entry):
            yield Problem(line, "", what)
        marks, document, text = self._marks, entry.doc_id, entry.text
        for span in entry.spans:
            if span.id in marks:
                yield Problem(line, span.id, tr("another mark has this id"))
            marks[span.id] = document
            if not _is_plainly_sound(text, span):
                for what in span_problems(text, span):
                    yield Problem(line, span.id, what)
        own = {span.id for span in entry.spans}
        for link in entry.relations:
            if link.id in self._links:
                yield Problem(line, link.id, tr("another link has this id"))
            self._links.add(link.id)
            if "\0" in f"{link.id}{link.by}":
                yield Problem(line, link.id, tr("there is a NUL among its words"))
            if link.from_ not in own:
                yield Problem(
                    line,
                    link.id,
                    tr("it starts from {start}, no mark of this line", start=link.from_),
                )
            if link.to not in own or link.to_doc is not msgspec.UNSET:
                self._open.append((line, entry.doc_id, link))
        self.spans += len(entry.spans)
        self.relations += len(entry.relations)

    def end(self) -> Iterator[Problem]:
        """What is wrong with links between entries, once all were seen."""
        for line, document, link in self._open:
            due = document if link.to_doc is msgspec.UNSET else link.to_doc
            found = self._marks.get(link.to)
            if found is None:
                yield Problem(
                    line, link.id, tr("it leads to {to}, and there is no such mark", to=link.to)
                )
            elif found != due:
                yield Problem(
                    line, link.id, tr("{to} is not a mark of document {due}", to=link.to, due=due)
                )

    def _document(self, entry: Entry) -> Iterator[str]:
        if entry.annotation_set.id in self._sets:
            yield tr("annotation set {id} was on a line before", id=entry.annotation_set.id)
        self._sets.add(entry.annotation_set.id)
        known = self._texts.setdefault(entry.doc_id, entry.text_sha256)
        if known != entry.text_sha256:
            yield tr("document {doc_id} had another text on a line before", doc_id=entry.doc_id)
        if not entry.doc_id or not entry.annotation_set.id:
            yield tr("it has no id")
        if not is_canonical(entry.text):
            yield tr("the text is not canonical (line breaks, NUL or surrogates)")
        if text_hash(entry.text) != entry.text_sha256:
            yield tr("the text does not have the hash text_sha256")
        gap = gaps(entry.blocks, len(entry.text))
        if gap:
            yield tr("the blocks do not cover the text: {gap}", gap=gap)
        own = entry.annotation_set
        if "\0" in f"{entry.doc_id}{own.id}{own.annotator}{own.reason}{entry.group}":
            yield tr("there is a NUL among its words")
        yield from _words(entry)


def _is_plainly_sound(text: str, span: EntrySpan) -> bool:
    """Whether a mark of one piece is all right; most are, and a million of them are looked at."""
    if len(span.segments) != 1:
        return False
    start, end = span.segments[0]
    words = span.text
    return (
        0 <= start < end <= len(text)
        and span.start == start
        and span.end == end
        and end - start == len(words)
        and text.startswith(words, start)
        and span.origin in ORIGINS
        and (span.attributes == NO_ATTRIBUTES or _is_object(bytes(span.attributes)))
        and "\0" not in span.id
        and "\0" not in span.by
        and "\0" not in span.note
        and not span.proposition
        and not span.actor
    )


@lru_cache(maxsize=1000)  # many marks say the same
def _is_object(attributes: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(attributes), dict)
    except msgspec.DecodeError:
        return False


def span_problems(text: str, span: EntrySpan) -> Iterator[str]:
    """What is wrong with one mark of a text."""
    at = -1
    for start, end in span.segments:
        if not at < start < end <= len(text):
            yield tr(
                "{start}:{end} is not a range behind the one before and inside the text",
                start=start,
                end=end,
            )
            return
        at = end
    if not span.segments:
        yield tr("it has no segments")
    elif (span.start, span.end) != (span.segments[0][0], span.segments[-1][1]):
        yield tr(
            "{start}:{end} is not where its segments begin and end", start=span.start, end=span.end
        )
    words = " … ".join(text[start:end] for start, end in span.segments)
    if words != span.text:
        yield tr(
            "the text there is “{words}”, not “{text}”", words=_short(words), text=_short(span.text)
        )
    if span.origin not in ORIGINS:
        yield tr("“{origin}” is not an origin", origin=span.origin)
    if "\0" in f"{span.id}{span.note}{span.proposition}{span.actor}{span.by}":
        yield tr("there is a NUL among its words")
    if not _is_object(bytes(span.attributes)):
        yield tr("its attributes are not an object")


def _words(entry: Entry) -> Iterator[str]:
    own = entry.annotation_set
    if own.kind not in SET_KINDS:
        yield tr("“{kind}” is not a kind of annotation set", kind=own.kind)
    if own.status not in STATUSES:
        yield tr("“{status}” is not a status", status=own.status)
    if not own.annotator:
        yield tr("the annotation set has no annotator")


def _short(words: str) -> str:
    words = " ".join(words.split())  # what is said is one line
    return words if len(words) <= 60 else words[:59] + "…"
