"""What every format promises: what was not declared as lost comes back as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from annotator.formats.base import Format, Options, Reading
from annotator.formats.registry import formats
from annotator.formats.xml import held
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.loss import CHARACTERS, LABEL_NAMES, SPLIT, Losses
from annotator.model.schema import Schema
from tests.support.formats import on_disk, read

PARTS = ("span", "label", "attributes", "note")
"""What a mark has in every format that keeps all of it."""
NEEDS = {"parquet": "pyarrow", "spacy": "spacy"}
"""Libraries without which a format only says what to install."""


def proved() -> list[Format]:
    """The formats that the contract is asked of."""
    return list(formats())


def place(chosen: Format, folder: Path, suffix: str | None = None) -> Path:
    """Where a dataset of this format is written to."""
    ending = suffix if suffix is not None else next(iter(chosen.suffixes), "")
    return folder / f"data{ending}"


def round_trip(
    chosen: Format,
    entries: list[Entry],
    folder: Path,
    schema: Schema | None = None,
    options: Options | None = None,
) -> tuple[list[Entry], Losses]:
    """The entries written and read again, and what was said to be lost."""
    path = place(chosen, folder)
    losses = on_disk(chosen, entries, path, schema, options)
    return read(chosen, path, Reading()), losses


def require_kept(chosen: Format, entries: list[Entry], back: list[Entry], losses: Losses) -> None:
    """Every mark and every link is there as it was, but for what was declared."""
    with_text = "texts" in chosen.holds or chosen.name == "uima-xmi"
    gone = losses.ids("whole")
    lost = {part: losses.ids(part) for part in PARTS}
    words_changed = losses.count(CHARACTERS) > 0

    def about(entry: Entry) -> str:
        if not with_text:
            return ""
        return held(entry.text) if words_changed else entry.text

    ours = [
        (about(entry), span) for entry in entries for span in entry.spans if span.id not in gone
    ]
    theirs = [(about(entry), span) for entry in back for span in entry.spans]
    by_lost: dict[frozenset[str], list[tuple[str, EntrySpan]]] = {}
    for text, span in ours:
        without = frozenset(part for part in PARTS if span.id in lost[part])
        by_lost.setdefault(without, []).append((text, span))
    for without, marks in by_lost.items():
        there = Counter(_key(text, span, without, words_changed) for text, span in marks)
        here = Counter(_key(text, span, without, words_changed) for text, span in theirs)
        assert not there - here, f"{chosen.name} lost {there - here} without a word"
    if not losses.count(SPLIT):
        assert len(theirs) == len(ours), f"{chosen.name}: {len(theirs)} marks of {len(ours)}"
    links = [link for entry in entries for link in entry.relations if link.id not in gone]
    found = [link for entry in back for link in entry.relations]
    assert len(found) == len(links), f"{chosen.name}: {len(found)} links of {len(links)}"
    touched = set().union(*lost.values())
    there = _ends(entries, lambda link, span: link.id not in gone and span.id not in touched)
    if "label" in {kind.kind for kind in losses.found()} or losses.count(LABEL_NAMES):
        return
    assert not there - _ends(back, lambda link, span: True), f"{chosen.name}: links lead elsewhere"


def _ends(entries: Iterable[Entry], wanted: Any) -> Counter[Any]:
    ends: Counter[Any] = Counter()
    marks = {span.id: span for entry in entries for span in entry.spans}
    for entry in entries:
        for link in entry.relations:
            one, other = marks[link.from_], marks.get(link.to)
            if other is not None and wanted(link, one) and wanted(link, other):
                ends[link.type, one.label, held(one.text), other.label, held(other.text)] += 1
    return ends


def _key(text: str, span: EntrySpan, without: frozenset[str], changed: bool) -> tuple[Any, ...]:
    words = held(span.text) if changed else span.text
    whole: dict[str, Any] = {
        # Without the text places are lost; the words stay, if not what is between them.
        "span": (span.segments, words) if text else "".join(words.split()),
        "label": span.label,
        "attributes": msgspec.json.encode(msgspec.json.decode(span.attributes), order="sorted"),
        "note": span.note,
    }
    return (text, *(part for name, part in whole.items() if name not in without))
