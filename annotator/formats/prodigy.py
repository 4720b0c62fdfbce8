"""Prodigy: tasks with tokens, spans and relations, as JSON lines.

``token_end`` is the last token of a span, not the one behind it; ``head`` and ``child`` of a relation are
the last tokens of its spans. Offsets are code points. Edges of spans are edges of tokens: where a mark
begins or ends inside a word, the word is two tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.cut import Cut
from annotator.formats.foreign import Link, Mark, Record, as_entry, required
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.provenance import parted, with_ours
from annotator.formats.records import first, line, records
from annotator.language import in_english, tr
from annotator.model.dataset import Entry
from annotator.model.loss import EDGES, NO_WORD, SPLIT
from annotator.text.tokens import TOKENIZER

STATUS = {"accept": "complete", "reject": "excluded", "ignore": "excluded"}
ANSWER = {"excluded": "reject"}


class _Span(msgspec.Struct, frozen=True, gc=False):
    """A span from the first word in it to the last."""

    start: int
    end: int
    token_start: int
    token_end: int
    label: str


class _Relation(msgspec.Struct, frozen=True, gc=False):
    head: int
    child: int
    head_span: _Span
    child_span: _Span
    label: str

    @classmethod
    def of(cls, head: _Span, child: _Span, label: str) -> _Relation:
        """The relation of two spans."""
        return cls(head.token_end, child.token_end, head, child, label)


class Prodigy(Plain):
    """The format; it has no options for writing."""

    name = "prodigy"
    title = in_english("Prodigy JSONL")
    suffixes = (".prodigy.jsonl",)
    reads = writes = True
    holds = frozenset({"texts", "spans", "nested", "relations", "metadata", "sets"})
    takes = frozenset({"offsets", "annotator"})
    counts = in_english("record")
    uses = (TOKENIZER,)

    def recognizes(self, path: Path) -> bool:
        """Whether the first record has spans as Prodigy writes them."""
        found = first(path)
        spans = found.get("spans")
        marked = isinstance(spans, list) and all(isinstance(one, dict) for one in spans)
        return (
            "text" in found and marked and "format" not in found
            and bool({"tokens", "answer", "_task_hash", "_input_hash"} & found.keys())
        )  # fmt: skip

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries; what was rejected or ignored is excluded for that reason."""
        for number, found in records(path):
            where = f"{path}, record {number}"
            metadata, ours = parted(found.get("meta"))
            answer = str(found.get("answer", "accept"))
            status = STATUS.get(answer, "complete")
            marks = list(_marks(found, where, number))
            record = Record(
                where=where, number=number, marks=marks, metadata=metadata,
                text=required(found.get("text"), str, tr("the text"), where, number),
                links=list(_links(found, marks, where, number)),
                annotator=ours.annotator or str(found.get("_annotator_id") or ""),
                doc_id=ours.doc_id, status=ours.status if status == "complete" else status,
                reason=answer if status == "excluded" and ours.status != status else "",
            )  # fmt: skip
            yield number, as_entry(record, self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a task."""
        file, losses = out.file(), writing.losses
        for entry in entries:
            tell_marks(entry.spans, self.holds, losses)
            losses.add(SPLIT, [span.id for span in entry.spans if len(span.segments) > 1])
            cut = Cut(entry.text, [one for s in entry.spans for one in s.segments])
            spans: list[_Span] = []
            of: dict[str, _Span] = {}
            moved: list[str] = []
            starts, ends = cut.starts, cut.ends
            for mark in entry.spans:
                for start, end in mark.segments:
                    first_, behind = cut.tokens_of(start, end)
                    if first_ == behind:  # only blanks
                        continue
                    begun, ended = starts[first_], ends[behind - 1]
                    found = _Span(begun, ended, first_, behind - 1, mark.label)
                    spans.append(found)
                    of.setdefault(mark.id, found)
                    if begun != start or ended != end:
                        moved.append(mark.id)
            losses.add(EDGES, moved)
            losses.add(NO_WORD, [span.id for span in entry.spans if span.id not in of])
            links = links_within(entry, [s for s in entry.spans if s.id in of], losses)
            file.write(line({
                "text": entry.text, "meta": with_ours(entry), "tokens": cut.with_places(),
                "spans": spans,
                "relations": [_Relation.of(of[r.from_], of[r.to], r.type) for r in links],
                "answer": ANSWER.get(entry.annotation_set.status, "accept"),
            }))  # fmt: skip


PRODIGY = Prodigy()


def _marks(found: dict[str, Any], where: str, number: int) -> Iterator[Mark]:
    for n, span in enumerate(
        required(found.get("spans", []), list, tr("the list of spans"), where, number)
    ):
        span = required(span, dict, tr("a span"), where, number)
        start, end = (
            required(span.get(key), int, tr("the {key} of a span", key=key), where, number)
            for key in ("start", "end")
        )
        quote = span.get("text")
        if quote is None:
            quote = _by_tokens(found.get("tokens"), span)
        label = required(span.get("label"), str, tr("the label of a span"), where, number)
        yield Mark(
            key=str(n), label=label, ranges=[(start, end)],
            quote=quote if isinstance(quote, str) else None,
        )  # fmt: skip


def _by_tokens(tokens: Any, span: dict[str, Any]) -> str | None:
    """The words of a span by its tokens; what stood between those is only known to be blank or not."""
    first_, last = span.get("token_start"), span.get("token_end")
    if not isinstance(tokens, list) or not isinstance(first_, int) or not isinstance(last, int):
        return None
    its = tokens[first_ : last + 1] if 0 <= first_ <= last < len(tokens) else []
    if not its or not all(
        isinstance(one, dict) and isinstance(one.get("text"), str) for one in its
    ):
        return None
    if not all("ws" in one for one in its[:-1]):
        return None
    words = [one["text"] + (" " if one.get("ws") else "") for one in its[:-1]]
    return "".join(words) + its[-1]["text"]


def _links(found: dict[str, Any], marks: Sequence[Mark], where: str, number: int) -> Iterator[Link]:
    spans = found.get("spans", [])
    by_extent: dict[tuple[Any, Any, Any], str] = {}
    by_token: dict[Any, str] = {}
    for mark, span in zip(marks, spans, strict=True):
        by_extent.setdefault((span["start"], span["end"], span["label"]), mark.key)
        by_token.setdefault(span.get("token_end"), mark.key)
    for link in required(
        found.get("relations", []), list, tr("the list of relations"), where, number
    ):
        link = required(link, dict, tr("a relation"), where, number)
        ends: list[str] = []
        for end in ("head", "child"):
            span = link.get(f"{end}_span")
            key = None
            if isinstance(span, dict):
                key = by_extent.get((span.get("start"), span.get("end"), span.get("label")))
            ends.append(key or by_token.get(link.get(end)) or f"token {link.get(end)}")
        kind = required(link.get("label"), str, tr("the label of a relation"), where, number)
        yield Link(type=kind, from_=ends[0], to=ends[1])
