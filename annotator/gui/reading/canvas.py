"""What is in sight of the page, drawn: rows, names, links, caret. Where things stand in the viewport."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from annotator import language
from annotator.gui.reading import arcs, paint, tags
from annotator.gui.reading.arcs import Margin
from annotator.gui.reading.brush import Brush
from annotator.gui.reading.marks import Marks
from annotator.gui.reading.page import Page
from annotator.gui.reading.paint import Shown
from annotator.model.annotation import Annotation
from annotator.model.document import Document
from annotator.model.schema import Schema

TOP = 30.0
MASTHEAD = 24.0
NUMBERS = 58.0
"""Room beside the column for the numbers of paragraphs, at zoom 1."""
ARCS = 118.0
"""Room at its other side for links."""
LEAST_COLUMN = 200.0


class Canvas:
    """A page with its marks, as far as it is in sight."""

    def __init__(
        self,
        page: Page,
        marks: Marks,
        schema: Schema,
        brush: Brush,
        document: Document | None = None,
    ) -> None:
        self.page = page
        self.marks = marks
        self.brush = brush
        self.document = document
        self.scroll = 0
        """How far down the page the viewport's upper edge is, in pixels."""
        self._schema = schema
        self._masthead = _masthead(document)
        self._left = 0.0
        self._size = QSize()
        self._seen: list[int] = []

    @property
    def above(self) -> float:
        """How much stands above the first row."""
        return TOP + (MASTHEAD * self.brush.zoom if self._masthead else 0.0)

    @property
    def origin(self) -> QPointF:
        """Where the page's upper left corner is in the viewport."""
        return QPointF(self._left, self.above - self.scroll)

    def row_origin(self, index: int) -> QPointF:
        """Where a row's upper left corner is in the viewport."""
        return self.origin + QPointF(0, self.page.tops()[index])

    def fit(self, size: QSize) -> None:
        """Give the column its width in a viewport of this size, and place it."""
        zoom, page = self.brush.zoom, self.page
        numbers, links = NUMBERS * min(zoom, 1.4), ARCS
        room = size.width() - numbers - links
        width = max(LEAST_COLUMN, min(page.column_width(zoom, self.brush.face), room))
        free = max(0.0, size.width() - width)
        near = max(min(numbers, free), (free - 60) / 2)
        self._left = free - near if page.is_mirrored else near
        self._size = size
        page.set_geometry(width, zoom, self.brush.face)

    def look(self, scroll: int) -> int | None:
        """Lay out what is in sight; by how much the page has grown above it, None where nowhere."""
        self.scroll, page = scroll, self.page
        self._seen = []
        if not page.rows:
            return None
        top = scroll - self.above
        index = page.row_at_y(top)
        is_cut = page.tops()[index] < top
        grown = page.lay_out(index)
        changed = bool(grown)
        bottom = top + self._size.height() + (grown if is_cut else 0)
        while index < len(page.rows):
            changed = bool(page.lay_out(index)) or changed
            if page.tops()[index] > bottom:
                break
            self._seen.append(index)
            index += 1
        if not changed:
            return None
        return round(grown) if is_cut and scroll > 0 else 0

    def paint(self, pane: QWidget, shown: Shown, link_from: str | None, pointer: QPointF) -> None:
        """Draw what :meth:`look` found to be in sight."""
        painter = QPainter(pane)
        painter.fillRect(pane.rect(), self.brush.theme.color("paper"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._masthead and self.scroll < self.above:
            self._paint_masthead(painter)
        for index in self._seen:
            origin = self.row_origin(index)
            painter.translate(origin)
            pieces = self.marks.on_row(index)
            paint.row(painter, self.page, index, pieces, self.brush, shown)
            painter.translate(-origin)
        self._paint_links(painter, shown)
        self._paint_tags(painter, shown)
        if shown.caret is not None and self.page.rows:
            rect = self.page.caret_rect(shown.caret).translated(self.origin)
            painter.fillRect(rect, self.brush.theme.color("ink"))
        mark = self.marks.by_id.get(link_from or "")
        if mark is not None:
            self._paint_thrown(painter, mark, pointer)
        painter.end()

    def places(self, mark: Annotation) -> list[QRectF]:
        """Where a mark stands in the viewport; of rows never seen only roughly."""
        found: list[QRectF] = []
        for segment in mark.segments:
            first, last = self.page.row_at(segment.start), self.page.row_at(segment.end - 1)
            for index in sorted({first, last}):
                origin = self.row_origin(index)
                rects = self.page.rects(index, segment.start, segment.end)
                found += [rect.translated(origin) for rect in rects]
                if not rects:
                    found.append(QRectF(origin.x(), origin.y(), 1, 24))
        return found

    def _paint_tags(self, painter: QPainter, shown: Shown) -> None:
        for index in self._seen:
            pieces = self.marks.on_row(index)
            is_rtl = self.page.rows[index].is_rtl
            found = tags.of_row(pieces, shown, self.brush, is_rtl=is_rtl)
            found += tags.of_offers(self.page, index, shown, self.brush, found)
            if found:
                origin = self.row_origin(index)
                painter.translate(origin)
                for tag in found:
                    tags.draw(painter, tag, self.brush)
                painter.translate(-origin)

    def _paint_links(self, painter: QPainter, shown: Shown) -> None:
        links = list(self.marks.linked_to(shown.held)) if shown.held else []
        if shown.all_arcs:
            known = {link.id for link in links}
            links += [link for link in self.marks.links_on(self._seen) if link.id not in known]
        if links:
            planned = arcs.plan(links, self.marks, self._schema, self.places, shown.held)
            arcs.draw(painter, planned, self._margin(), self.brush)

    def _margin(self) -> Margin:
        height = self._size.height()
        if self.page.is_mirrored:
            return Margin(self._left - 4, -1, 2, height)
        return Margin(self._left + self.page.width + 4, 1, self._size.width() - 2, height)

    def _paint_thrown(self, painter: QPainter, mark: Annotation, pointer: QPointF) -> None:
        """The link that is being dragged, from its mark to the pointer."""
        start = QPointF(self.places(mark)[0].center())
        path = QPainterPath(start)
        lift = QPointF(0, -abs(pointer.x() - start.x()) * 0.12 - 12)
        path.cubicTo(start + lift, pointer + lift, pointer)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.brush.pen(self.marks.label(mark).color, 1.8))
        painter.drawPath(path)
        painter.drawEllipse(pointer, 3.5, 3.5)

    def _paint_masthead(self, painter: QPainter) -> None:
        painter.setFont(self.brush.quiet)
        painter.setPen(self.brush.theme.color("soft"))
        area = QRectF(self._left, TOP - 8 - self.scroll, self.page.width, MASTHEAD)
        mirrored = self.page.is_mirrored
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignTop), self._masthead)


def _masthead(document: Document | None) -> str:
    """What stands above an article: who published it, and when."""
    if document is None:
        return ""
    date = QDate.fromString(document.published, Qt.DateFormat.ISODate)
    published = (
        QLocale(language.code()).toString(date, "d MMMM yyyy")
        if date.isValid()
        else document.published
    )
    section = document.metadata.get("section")
    parts = (document.outlet, published, section if isinstance(section, str) else "")
    return "  ·  ".join(part for part in parts if part)
