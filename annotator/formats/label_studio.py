"""Label Studio: a JSON list of tasks, with the labelling configuration beside it.

The program counts in UTF-16 units on the screen and in code points in its own converters; UTF-16 is
written unless the other is asked for, always with the words of each region, which say on the way in
which of the two was meant. A region has one range, so a mark with gaps is several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import msgspec

from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Link, Mark, Record, as_entry, required
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.provenance import parted, told, with_ours
from annotator.formats.records import encode, first, records
from annotator.language import in_english, tr
from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntrySpan
from annotator.model.loss import SPLIT
from annotator.model.schema import Schema
from annotator.text.counting import CODE_POINTS, UTF16
from annotator.text.offsets import Utf16Map

CONFIG = ".config.xml"
LABELS, TEXT = "label", "text"
"""What the tags of the configuration are called, and the key of the text."""
COLORS = ("#d97706", "#2563eb", "#dc2626", "#059669", "#7c3aed", "#db2777", "#4b5563", "#0891b2")


class LabelStudio(Plain):
    """The format."""

    name = "label-studio"
    title = in_english("Label Studio JSON")
    suffixes = (".label-studio.json",)
    reads = writes = True
    holds = frozenset(
        {"texts", "spans", "nested", "attributes", "notes", "relations", "metadata", "sets"}
    )
    takes = frozenset({"offsets", "annotator"})
    beside = (CONFIG,)
    counts = in_english("record")

    def recognizes(self, path: Path) -> bool:
        """Whether the first record is a task with annotations."""
        found = first(path)
        return isinstance(found.get("data"), dict) and isinstance(found.get("annotations"), list)

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each annotation of a task."""
        for number, task in records(path):
            where = f"{path}, record {number}"
            data = required(task.get("data"), dict, tr("the data"), where, number)
            for done in required(
                task.get("annotations"), list, tr("the annotations"), where, number
            ):
                done = required(done, dict, tr("an annotation"), where, number)
                result = required(done.get("result"), list, tr("the result"), where, number)
                yield (
                    number,
                    as_entry(_record(data, done, result, where, number), self.name, reading),
                )

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a task with one annotation."""
        file, between = out.file(), b"["
        for number, entry in enumerate(entries, 1):
            file.write(between + b"\n" + encode(self._task(entry, number, writing)))
            between = b","
        file.write(b"[]\n" if between == b"[" else b"\n]\n")
        out.file(CONFIG).write(config(writing.schema).encode())

    def _task(self, entry: Entry, number: int, writing: Writing) -> dict[str, Any]:
        losses = writing.losses
        tell_marks(entry.spans, self.holds, losses)
        losses.add(SPLIT, [span.id for span in entry.spans if len(span.segments) > 1])
        code_points = (
            writing.options.offsets == CODE_POINTS or max(entry.text, default="") <= "\uffff"
        )
        units = None if code_points else Utf16Map(entry.text)
        result: list[dict[str, Any]] = []
        for span in entry.spans:
            result += _regions(span, entry.text, units)
        result += [
            {"type": "relation", "from_id": r.from_, "to_id": r.to, "direction": "right",
             "labels": [r.type]}
            for r in links_within(entry, entry.spans, losses)
        ]  # fmt: skip
        own = entry.annotation_set
        done = {"id": number, "result": result, "was_cancelled": own.status == "excluded",
                "ground_truth": own.status == "reviewed", "created_at": own.created}  # fmt: skip
        data = {TEXT: entry.text, "meta": with_ours(entry)}
        return {"id": number, "data": data, "annotations": [done], "predictions": []}


LABEL_STUDIO = LabelStudio()


def config(schema: Schema) -> str:
    """The labelling configuration for a schema."""
    lines = ["<View>", f'  <Relations>{_options("Relation", [r.name for r in schema.relations])}',
             "  </Relations>", f'  <Labels name="{LABELS}" toName="{TEXT}">']  # fmt: skip
    for n, label in enumerate(schema.labels):
        color = label.color if label.color.startswith("#") else COLORS[n % len(COLORS)]
        key = f" hotkey={quoteattr(label.key.lower())}" if label.key else ""
        lines.append(f'    <Label value={quoteattr(label.name)} background="{color}"{key}/>')
    lines += ["  </Labels>", f'  <Text name="{TEXT}" value="${TEXT}"/>']
    for attribute in schema.attributes:
        on = "" if "*" in attribute.on else f" whenLabelValue={quoteattr(','.join(attribute.on))}"
        lines += [
            f'  <Choices name={quoteattr(attribute.name)} toName="{TEXT}" perRegion="true"'
            f' choice="single"{on}>{_options("Choice", attribute.values)}',
            "  </Choices>",
        ]
    return "\n".join([*lines, "</View>", ""])


def _options(tag: str, values: Iterable[str]) -> str:
    return "".join(f"\n    <{tag} value={quoteattr(value)}/>" for value in values)


def _regions(span: EntrySpan, text: str, units: Utf16Map | None) -> Iterator[dict[str, Any]]:
    """A region for each piece of a mark, and what is said of the mark with its first one."""
    for n, (start, end) in enumerate(span.segments):
        at = (units.to_utf16(start), units.to_utf16(end)) if units else (start, end)
        place = {"start": at[0], "end": at[1], "text": text[start:end]}
        id_ = f"{span.id}.{n + 1}" if n else span.id
        region: dict[str, Any] = {
            "id": id_, "from_name": LABELS, "to_name": TEXT, "type": "labels",
            "value": {**place, "labels": [span.label]},
        }  # fmt: skip
        if n == 0 and span.note:
            region["meta"] = {"text": [span.note]}
        yield region
        if n == 0 and span.attributes != NO_ATTRIBUTES:
            for name, value in msgspec.json.decode(span.attributes).items():
                yield {
                    "id": id_, "from_name": name, "to_name": TEXT, "type": "choices",
                    "value": {**place, "choices": [value]},
                }  # fmt: skip


def _record(
    data: dict[str, Any], done: dict[str, Any], result: list[Any], where: str, number: int
) -> Record:
    key = _text_key(data)
    metadata, ours = parted(data.get("meta"))
    kept = {name: value for name, value in data.items() if name not in ("meta", key, "doc_id")}
    by = done.get("completed_by")
    if isinstance(by, dict):
        by = by.get("email") or by.get("id")
    ours = ours if ours.doc_id else told({"doc_id": data.get("doc_id")})
    marks, links = _marks(result, where, number)
    return Record(
        where=where, number=number, text=required(data.get(key), str, tr("the text"), where, number),
        marks=marks, links=links, metadata={**kept, **metadata},
        annotator=ours.annotator or (str(by) if by else ""), doc_id=ours.doc_id,
        status="excluded" if done.get("was_cancelled") else ours.status,
        reason="skipped" if done.get("was_cancelled") and ours.status != "excluded" else "",
        unit=UTF16,
    )  # fmt: skip


def _text_key(data: dict[str, Any]) -> str:
    """Under which name the text stands: text, or the only longer words there are."""
    if TEXT in data:
        return TEXT
    words = {key: value for key, value in data.items() if isinstance(value, str)}
    return max(words, key=lambda key: len(words[key]), default=TEXT)


def _marks(result: list[Any], where: str, number: int) -> tuple[list[Mark], list[Link]]:
    regions: dict[str, list[Mark]] = {}
    links: list[Link] = []
    for region in result:
        region = required(region, dict, tr("a region"), where, number)
        if region.get("type") in ("labels", "hypertextlabels"):
            id_ = str(region.get("id"))
            regions.setdefault(id_, []).extend(_labelled(region, id_, where, number))
    for region in result:
        id_, value = str(region.get("id")), region.get("value")
        if region.get("type") == "relation":
            links += _relations(region)
        elif region.get("type") == "choices" and isinstance(value, dict):
            for mark in regions.get(id_, []):
                said = value.get("choices", [])
                one = said[0] if isinstance(said, list) and len(said) == 1 else said
                mark.attributes = {**mark.attributes, str(region.get("from_name")): one}
    return [mark for marks in regions.values() for mark in marks], links


def _labelled(region: dict[str, Any], id_: str, where: str, number: int) -> Iterator[Mark]:
    """A mark for each label of a region."""
    value = required(region.get("value"), dict, tr("the value of a region"), where, number)
    if region.get("type") == "hypertextlabels":
        value = required(
            value.get("globalOffsets"), dict, tr("a place in plain text"), where, number
        ) | {key: value.get(key) for key in ("text", "labels", "hypertextlabels")}
    start, end = (
        required(
            value.get(key), int, tr("the {key} of region {id}", key=key, id=id_), where, number
        )
        for key in ("start", "end")
    )
    labels = value.get("labels") or value.get("hypertextlabels")
    note = region.get("meta", {}).get("text", "") if isinstance(region.get("meta"), dict) else ""
    quote = value.get("text")
    for n, label in enumerate(
        required(labels, list, tr("the labels of region {id}", id=id_), where, number)
    ):
        yield Mark(
            key=f"{id_} {n}" if n else id_, label=str(label), ranges=[(start, end)],
            quote=quote if isinstance(quote, str) else None,
            note=" ".join(map(str, note)) if isinstance(note, list) else str(note),
        )  # fmt: skip


def _relations(region: dict[str, Any]) -> Iterator[Link]:
    ends = str(region.get("from_id")), str(region.get("to_id"))
    if region.get("direction") == "left":
        ends = ends[1], ends[0]
    for kind in region.get("labels") or ["related"]:
        yield Link(type=str(kind), from_=ends[0], to=ends[1])
