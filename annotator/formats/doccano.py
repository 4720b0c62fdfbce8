"""doccano: texts with spans, or with entities and relations, as JSON lines.

A span is ``[start, end, label]``; in a project with relations it is an entity with a number, which
relations name. Offsets are code points. The words of spans are not kept, so an offset is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Link, Mark, Record, as_entry, required
from annotator.formats.lacking import links_within, no_links, tell_marks
from annotator.formats.out import Out
from annotator.formats.provenance import parted, with_ours
from annotator.formats.records import first, line, records
from annotator.language import in_english, tr
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.loss import SPLIT
from annotator.text.counting import CODE_POINTS

UNCERTAIN = tr(
    "doccano keeps no words of its marks; in texts with emoji their offsets were taken for code "
    "points, as doccano counts unless it is told otherwise."
)


class Doccano(Plain):
    """The format, with relations unless asked for the plain shape."""

    name = "doccano"
    title = in_english("doccano JSONL")
    suffixes = (".doccano.jsonl",)
    reads = writes = True
    holds = frozenset({"texts", "spans", "nested", "relations", "metadata", "sets"})
    takes = frozenset({"links", "offsets", "annotator"})
    counts = in_english("record")

    def recognizes(self, path: Path) -> bool:
        """Whether the first record has spans or entities as doccano writes them."""
        found = first(path)
        if "text" not in found or "tokens" in found:
            return False
        spans, entities = found.get("label", found.get("labels")), found.get("entities")
        return (
            (isinstance(spans, list) and all(isinstance(one, list) for one in spans))
            or (isinstance(entities, list) and all(_is_entity(one) for one in entities))
        )  # fmt: skip

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each record."""
        for number, found in records(path):
            where = f"{path}, record {number}"
            text = required(found.get("text"), str, tr("the text"), where, number)
            marks = list(_marks(found, where, number))
            if marks and max(text, default="") > "\uffff" and not reading.options.offsets:
                reading.note(UNCERTAIN)
            metadata, ours = parted(found.get("meta"))
            if found.get("Comments"):
                metadata["comments"] = found["Comments"]
            record = Record(
                where=where, number=number, text=text, marks=marks,
                links=list(_links(found, where, number)), metadata=metadata,
                annotator=ours.annotator or str(found.get("username") or ""),
                doc_id=ours.doc_id, status=ours.status, unit=CODE_POINTS,
            )  # fmt: skip
            yield number, as_entry(record, self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a record."""
        file, losses, entity = out.file(), writing.losses, 0
        for number, entry in enumerate(entries, 1):
            tell_marks(entry.spans, self.holds, losses)
            losses.add(SPLIT, [span.id for span in entry.spans if len(span.segments) > 1])
            record: dict[str, Any] = {"id": number, "text": entry.text}
            if writing.options.links:
                marks = [
                    (s.id, start, end, s.label) for s in entry.spans for start, end in s.segments
                ]
                ids = {span: n for n, (span, *_) in reversed(list(enumerate(marks, entity)))}
                record["entities"] = [
                    {"id": n, "start_offset": start, "end_offset": end, "label": label}
                    for n, (_, start, end, label) in enumerate(marks, entity)
                ]
                record["relations"] = [
                    {"id": n, "from_id": ids[r.from_], "to_id": ids[r.to], "type": r.type}
                    for n, r in enumerate(links_within(entry, entry.spans, losses))
                ]
                entity += len(marks)
            else:
                no_links(entry, losses)
                record["label"] = list(_plain(entry.spans))
            record["meta"] = with_ours(entry)
            file.write(line(record))


DOCCANO = Doccano()


def _plain(spans: Iterable[EntrySpan]) -> Iterator[tuple[int, int, str]]:
    for span in spans:
        for start, end in span.segments:
            yield start, end, span.label


def _is_entity(value: Any) -> bool:
    return isinstance(value, dict) and {"start_offset", "end_offset", "label"} <= value.keys()


def _marks(found: dict[str, Any], where: str, number: int) -> Iterator[Mark]:
    if "entities" in found:
        for entity in required(found["entities"], list, tr("the list of entities"), where, number):
            entity = required(entity, dict, tr("an entity"), where, number)
            start, end = (
                required(entity.get(key), int, tr("the {key} of an entity", key=key), where, number)
                for key in ("start_offset", "end_offset")
            )
            label = required(entity.get("label"), str, tr("the label of an entity"), where, number)
            yield Mark(key=str(entity.get("id")), label=label, ranges=[(start, end)])
        return
    spans = found.get("label", found.get("labels", []))
    for n, span in enumerate(required(spans, list, tr("the list of labels"), where, number)):
        what = tr("a label (start, end, name)")
        start, end, label = required(
            span if isinstance(span, list) and len(span) == 3 else None, list, what, where, number
        )
        start, end = (required(at, int, what, where, number) for at in (start, end))
        yield Mark(
            key=str(n), label=required(label, str, what, where, number), ranges=[(start, end)]
        )


def _links(found: dict[str, Any], where: str, number: int) -> Iterator[Link]:
    for link in required(
        found.get("relations", []), list, tr("the list of relations"), where, number
    ):
        link = required(link, dict, tr("a relation"), where, number)
        kind = required(link.get("type"), str, tr("the type of a relation"), where, number)
        yield Link(type=kind, from_=str(link.get("from_id")), to=str(link.get("to_id")))
