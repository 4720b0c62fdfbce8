"""Relation pairs: a row for each link, and for pairs of marks that could be linked and are not.

How many unlinked pairs there are for each link, and the seed they are drawn by, are options that the
manifest of a dataset names; they are drawn within a document among marks whose labels the relation
type may join.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from msgspec import UNSET

from annotator.formats.base import Plain, Writing
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.tables import Column, rows_to
from annotator.formats.teaching import sentences_of
from annotator.language import in_english
from annotator.model.dataset import Entry, EntryRelation, EntrySpan
from annotator.model.loss import HULL, UNLINKED
from annotator.model.schema import RelationType
from annotator.text.tokens import SENTENCES

TRIES = 20
"""Draws for each pair that is wanted before there are taken to be no more."""
SIDES = ("from", "to")


class Pairs(Plain):
    """The format."""

    name = "relation-pairs"
    title = in_english("Relation pairs")
    suffixes = (".pairs.jsonl", ".pairs.csv", ".pairs.tsv", ".pairs.parquet")
    writes = trains = True
    holds = frozenset({"spans", "nested", "relations"})
    takes = frozenset({"negatives", "seed", "spreadsheet"})
    uses = (SENTENCES,)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write a row for every link, and those for pairs without one."""
        columns = [Column("document"), Column("type"), Column("linked", "bool")]
        for side in SIDES:
            columns += [
                Column(f"{side}_label"), Column(f"{side}_start", "int64"),
                Column(f"{side}_end", "int64"), Column(f"{side}_text"), Column(f"{side}_sentence"),
            ]  # fmt: skip
        columns.append(Column("split"))
        with rows_to(out, columns, spreadsheet=writing.options.spreadsheet) as write:
            for entry in entries:
                write(_rows(entry, writing))


PAIRS = Pairs()


def _rows(entry: Entry, writing: Writing) -> list[list[Any]]:
    tell_marks(entry.spans, Pairs.holds, writing.losses)
    links = links_within(entry, entry.spans, writing.losses)
    writing.losses.add(HULL, [span.id for span in entry.spans if len(span.segments) > 1])
    linked = {one for link in links for one in (link.from_, link.to)}
    writing.losses.add(UNLINKED, [span.id for span in entry.spans if span.id not in linked])
    by_id = {span.id: span for span in entry.spans}
    pairs = [(link.type, True, by_id[link.from_], by_id[link.to]) for link in links]
    pairs += [(kind, False, one, other) for kind, one, other in _unlinked(entry, links, writing)]
    if not pairs:
        return []
    found = sentences_of(entry.text, entry.blocks)
    starts = [start for start, _ in found]
    split = "" if entry.split is UNSET else entry.split
    side: dict[str, list[Any]] = {}
    for _, _, *ends in pairs:
        for span in ends:
            if span.id not in side:
                side[span.id] = [
                    span.label, span.start, span.end, span.text,
                    _sentence(span, entry.text, found, starts),
                ]  # fmt: skip
    return [
        [entry.doc_id, kind, is_linked, *side[one.id], *side[other.id], split]
        for kind, is_linked, one, other in pairs
    ]


def _sentence(
    span: EntrySpan, text: str, found: Sequence[tuple[int, int]], starts: Sequence[int]
) -> str:
    """The sentences from the one where the mark begins to the one where it ends."""
    first = max(0, bisect_right(starts, span.start) - 1)
    last = max(first, bisect_right(starts, span.end - 1) - 1)
    if not found:
        return span.text
    return text[min(found[first][0], span.start) : max(found[last][1], span.end)]


def _unlinked(
    entry: Entry, links: Sequence[EntryRelation], writing: Writing
) -> Iterator[tuple[str, EntrySpan, EntrySpan]]:
    """As many pairs of each type as are wanted for its links, as far as there are that many."""
    draw = Random(f"{writing.options.seed} {entry.doc_id} {entry.annotation_set.id}")
    kinds = {kind.name: kind for kind in writing.schema.relations}
    used: dict[str, list[EntryRelation]] = {}
    for link in links:
        used.setdefault(link.type, []).append(link)
    for name, own in used.items():
        if name in kinds:
            wanted = round(len(own) * writing.options.negatives)
            taken = {(link.from_, link.to) for link in own}
            yield from _drawn(kinds[name], entry.spans, taken, wanted, draw)


def _drawn(
    kind: RelationType,
    spans: Sequence[EntrySpan],
    taken: set[tuple[str, str]],
    wanted: int,
    draw: Random,
) -> Iterator[tuple[str, EntrySpan, EntrySpan]]:
    by_label: dict[str, list[EntrySpan]] = {}
    for span in spans:
        by_label.setdefault(span.label, []).append(span)
    ways = [(a, b) for a in by_label for b in by_label if kind.fits(a, b)]
    weights = [len(by_label[a]) * len(by_label[b]) for a, b in ways]
    tries = wanted * TRIES if ways else 0
    while wanted and tries:
        tries -= 1
        a, b = draw.choices(ways, weights)[0]
        one, other = draw.choice(by_label[a]), draw.choice(by_label[b])
        if one.id != other.id and (one.id, other.id) not in taken:
            taken.add((one.id, other.id))
            wanted -= 1
            yield kind.name, one, other
