"""Which marks stand on which row, in which lane; everything in code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.gui.reading.page import Page
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Label, Schema

NO_LANE = -1
Part = tuple[int, int, Annotation]
"""A segment of a mark: start, end, mark."""


class Piece(NamedTuple):
    """The part of a mark that stands on one row."""

    mark: Annotation
    label: Label
    start: int
    end: int
    lane: int
    """0 is next to the words; what encloses others lies further down; NO_LANE needs none."""
    lanes: int
    """How many lanes the row has."""
    rects: tuple[QRectF, ...]
    """Where it stands, in the row's coordinates."""
    begins: bool
    """Whether the mark begins here, so that its chip hangs here."""


class Marks:
    """The marks and links of the document that is shown."""

    def __init__(self, page: Page, schema: Schema) -> None:
        self._page = page
        self._labels = {label.name: label for label in schema.labels}
        self._kinds = {kind.name: kind for kind in schema.relations}
        self._ordered: list[Annotation] | None = None
        self._order = {label.name: n for n, label in enumerate(schema.labels)}
        self.by_id: dict[str, Annotation] = {}
        self._on_row: dict[int, list[Part]] = {}
        self._ready: dict[int, tuple[object, list[Piece]]] = {}
        self.relations: tuple[Relation, ...] = ()
        self._links: dict[str, list[Relation]] = {}

    def set_all(self, annotations: Iterable[Annotation]) -> None:
        """Show these marks and no others."""
        self.by_id.clear()
        self._ordered = None
        self._on_row.clear()
        self._ready.clear()
        for mark in annotations:
            self._add(mark)

    def put(self, mark: Annotation) -> None:
        """Show a new mark, or a known one as it is now."""
        if mark.id in self.by_id:
            self.remove(mark.id)
        for row in self._add(mark):
            self._ready.pop(row, None)

    def remove(self, mark_id: str) -> None:
        """No longer show a mark."""
        self._ordered = None
        mark = self.by_id.pop(mark_id, None)
        if mark is None:
            return
        for row in self._rows_of(mark):
            self._on_row[row] = [one for one in self._on_row[row] if one[2].id != mark_id]
            self._ready.pop(row, None)

    def set_relations(self, relations: Iterable[Relation]) -> None:
        """Know these links and no others."""
        self.relations = tuple(relations)
        self._links = {}
        for link in self.relations:
            for end in {link.from_id, link.to_id}:
                self._links.setdefault(end, []).append(link)

    def on_row(self, row: int) -> list[Piece]:
        """The pieces on a laid-out row, the longest first."""
        known = self._ready.get(row)
        layout = self._page.rows[row].layout
        if known is not None and known[0] is layout:
            return known[1]
        pieces = self._pieces(row)
        self._ready[row] = (layout, pieces)
        return pieces

    def at(self, offset: int) -> list[str]:
        """The ids of the marks at a code point, innermost first."""
        row = self._page.row_at(offset)
        found = [one[2] for one in self._on_row.get(row, ()) if one[0] <= offset < one[1]]
        return [mark.id for mark in sorted(found, key=_length)]

    def ordered(self) -> list[Annotation]:
        """All marks in the order of the text, the outer before the inner."""
        if self._ordered is None:
            self._ordered = sorted(self.by_id.values(), key=_place)
        return self._ordered

    def linked_to(self, mark_id: str) -> list[Relation]:
        """The links from and to a mark."""
        return self._links.get(mark_id, [])

    def links_on(self, rows: Iterable[int]) -> list[Relation]:
        """The links with an end on one of these rows, each once."""
        ids = {mark.id for row in rows for _, _, mark in self._on_row.get(row, ())}
        found = {link.id: link for mark_id in ids for link in self.linked_to(mark_id)}
        return sorted(found.values(), key=lambda link: link.id)

    def told_links(self, mark: Annotation) -> list[str]:
        """The mark's links in words: “said by: the ministry”."""
        told = []
        for link in self.linked_to(mark.id):
            outward = link.from_id == mark.id
            other = self.by_id.get(link.to_id if outward else link.from_id)
            kind = self._kinds.get(link.type)
            if other is not None:
                reads = (kind.title if outward else kind.inverse) if kind else link.type
                told.append(f"{reads}: {other.words}")
        return told

    def label(self, mark: Annotation) -> Label:
        """A mark's label; one that the schema does not know is drawn plainly."""
        return self._labels.get(mark.label) or Label(mark.label, mark.label, style="underline")

    def column(self, mark: Annotation) -> int:
        """The number of a mark's label in the schema."""
        return self._order.get(mark.label, 0)

    def _add(self, mark: Annotation) -> list[int]:
        self.by_id[mark.id] = mark
        self._ordered = None
        rows: list[int] = []
        for segment in mark.segments:
            for row in self._rows_between(segment.start, segment.end):
                self._on_row.setdefault(row, []).append((segment.start, segment.end, mark))
                rows.append(row)
        return rows

    def _rows_of(self, mark: Annotation) -> set[int]:
        return {row for s in mark.segments for row in self._rows_between(s.start, s.end)}

    def _rows_between(self, start: int, end: int) -> Iterator[int]:
        if not self._page.rows:
            return
        row = self._page.row_at(start)
        while row < len(self._page.rows) and self._page.rows[row].start < end:
            yield row
            row += 1

    def _pieces(self, row: int) -> list[Piece]:
        here = self._on_row.get(row, [])
        lanes = self._lanes(here)
        count = max(lanes, default=NO_LANE) + 1
        low, high = self._page.rows[row].start, self._page.rows[row].end
        pieces: list[Piece] = []
        for (start, end, mark), lane in zip(here, lanes, strict=True):
            rects = tuple(self._page.rects(row, start, end))
            begins = start == mark.start and start >= low
            span = (max(start, low), min(end, high))
            pieces.append(Piece(mark, self.label(mark), *span, lane, count, rects, begins))
        # On the same words a hatch stands over a fill, which would hide it.
        pieces.sort(key=lambda piece: (-_length(piece.mark), piece.label.style == "hatch"))
        return pieces

    def _lanes(self, here: list[Part]) -> list[int]:
        """A lane for each: the first that is free, the shorter marks choosing first."""
        lanes = [NO_LANE] * len(here)
        taken: list[list[tuple[int, int]]] = []
        for at in sorted(range(len(here)), key=lambda n: here[n][1] - here[n][0]):
            if not self._needs_lane(at, here):
                continue
            start, end, _ = here[at]
            lane = 0
            while lane < len(taken) and any(s < end and start < e for s, e in taken[lane]):
                lane += 1
            if lane == len(taken):
                taken.append([])
            taken[lane].append((start, end))
            lanes[at] = lane
        return lanes

    def _needs_lane(self, at: int, here: list[Part]) -> bool:
        """A fill needs a line only where it lies on another fill, in which it could not be seen."""
        start, end, mark = here[at]
        if self.label(mark).style != "fill":
            return True
        return any(
            s < end and start < e and self.label(other).style == "fill"
            for n, (s, e, other) in enumerate(here)
            if n != at and (e - s, n) > (end - start, at)
        )


def _place(mark: Annotation) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.id


def _length(mark: Annotation) -> int:
    return sum(segment.end - segment.start for segment in mark.segments)
