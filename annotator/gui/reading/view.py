"""The widget in which an article is read and marked.

Its door speaks code points of the canonical text. It shows what it is told and says what the person
did; it changes no mark itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.gui import theme as themes
from annotator.gui.reading import arcs, keys, paint
from annotator.gui.reading.marks import Marks
from annotator.gui.reading.page import Page
from annotator.gui.reading.pointer import Pointer
from annotator.model.annotation import Annotation, Relation
from annotator.model.document import Block, Document
from annotator.model.schema import Schema

MARGIN_TOP = 34.0
MARGIN_LEFT = 64.0
MARGIN_RIGHT = 120.0
"""Room for the arcs."""
MAP_WIDTH = 8.0
ZOOMS = (0.8, 2.5)
EMPTY = Schema(name="", version=0, labels=())


class ReadingView(QAbstractScrollArea):
    """The reading view."""

    selection_changed = Signal()
    caret_moved = Signal(int)
    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    link_dragged = Signal(str, str)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = themes.load("light")
        self._zoom = 1.0
        self._schema = EMPTY
        self._page = Page("", ())
        self._marks = Marks(self._page, EMPTY)
        self._brush = paint.Brush(self._theme, 1.0)
        self._anchor = self._position = 0
        self._goal_x: float | None = None
        self._grown: list[tuple[int, int]] = []
        """What was selected on the way to the present selection, by growing."""
        self._held: str | None = None
        self._linked: frozenset[str] = frozenset()
        self._hints: Mapping[str, str] = {}
        self._found: tuple[tuple[int, int], ...] = ()
        self._all_chips = self._all_arcs = self._folded = False
        self._map: QPixmap | None = None
        self._mouse = Pointer(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("Article")
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(33)

    # What is shown

    def show_document(self, document: Document | None, text: str, blocks: Sequence[Block]) -> None:
        """Show an article from its beginning, without marks, selection or hints."""
        self.setAccessibleName(f"Article: {document.title}" if document else "Article")
        self._page = Page(text, blocks)
        self._page.zoom = 0.0  # so that the geometry below is a new one
        self._marks = Marks(self._page, self._schema)
        self._anchor = self._position = self._page.rows[0].start if self._page.rows else 0
        self._held, self._linked = None, frozenset()
        self._mouse.leave()
        self._hints, self._found, self._map = {}, (), None
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        if self._folded:
            self._page.fold(True)
        self._changed()

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self._page.text

    def set_schema(self, schema: Schema) -> None:
        """Draw marks as this schema says."""
        self._schema = schema
        known = list(self._marks.by_id.values())
        relations = self._marks.relations
        self._marks = Marks(self._page, schema)
        self._marks.set_all(known)
        self._marks.relations = relations
        self._changed()

    def set_marks(self, annotations: Iterable[Annotation]) -> None:
        """Show these marks and no others."""
        self._marks.set_all(annotations)
        self._map = None
        self.hold(self._held if self._held in self._marks.by_id else None)

    def put_mark(self, annotation: Annotation) -> None:
        """Show a new mark, or a known one as it is now."""
        self._marks.put(annotation)
        self._map = None
        self._changed()

    def remove_mark(self, mark_id: str) -> None:
        """No longer show a mark."""
        self._marks.remove(mark_id)
        self._map = None
        self.hold(None if self._held == mark_id else self._held)

    def set_relations(self, relations: Iterable[Relation]) -> None:
        """Show these links and no others."""
        self._marks.relations = tuple(relations)
        self.hold(self._held)

    def marks_at(self, offset: int) -> list[str]:
        """The ids of the marks at a code point, innermost first."""
        return self._marks.at(offset)

    def hold(self, mark_id: str | None) -> None:
        """Outline a mark and the other ends of its links; None holds nothing."""
        self._held = mark_id if mark_id in self._marks.by_id else None
        links = self._marks.linked_to(self._held) if self._held else []
        ends = {end for link in links for end in (link.from_id, link.to_id)}
        self._linked = frozenset(ends - {self._held or ""})
        mark = self._marks.by_id.get(self._held or "")
        self.setAccessibleDescription(f"{mark.label}: {mark.words}" if mark else "")
        self._changed()

    @property
    def held(self) -> str | None:
        """The id of the held mark."""
        return self._held

    def set_hints(self, hints: Mapping[str, str]) -> None:
        """Show letters on marks, by id."""
        self._hints = dict(hints)
        self._changed()

    def set_found(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Show what a search found."""
        self._found = tuple(ranges)
        self._changed()

    def set_dimmed_folded(self, folded: bool) -> None:
        """Fold what is dimmed, or show it."""
        self._folded = folded
        self._page.fold(folded)
        self._update_range()
        self._changed()

    def set_show_all_chips(self, shown: bool) -> None:
        """Show every mark's label name, or only those of the held and hovered one."""
        self._all_chips = shown
        self._changed()

    def set_show_all_arcs(self, shown: bool) -> None:
        """Show every link, or only those of the held mark."""
        self._all_arcs = shown
        self._changed()

    def set_theme(self, theme: themes.Theme) -> None:
        """Draw in these colors."""
        self._theme = theme
        self._brush = paint.Brush(theme, self._zoom)
        self._map = None
        self._changed()

    @property
    def zoom(self) -> float:
        """The size of everything, 1 being the usual one."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Draw larger or smaller; what stands at the top stays there."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[1])
        if zoom != self._zoom:
            self._zoom = zoom
            self._brush = paint.Brush(self._theme, zoom)
            self._lay_out()
            self.zoomed.emit(zoom)

    # Caret and selection

    def caret(self) -> int:
        """The code point before which the caret stands."""
        return self._position

    def selection(self) -> tuple[int, int] | None:
        """The selected code points, half-open; None where nothing is selected."""
        if self._anchor == self._position:
            return None
        return min(self._anchor, self._position), max(self._anchor, self._position)

    def set_selection(self, start: int, end: int) -> None:
        """Select code points start..end; the caret stands at ``end``."""
        self._move(end, anchor=start)

    def set_caret(self, offset: int) -> None:
        """Put the caret before a code point and select nothing."""
        self._move(offset, anchor=offset)

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the code points start..end can be seen, if they cannot yet."""
        if not self._page.rows:
            return
        for _ in range(2):  # what is laid out on the way may move the place
            first = self._page.caret_rect(start)
            last = self._page.caret_rect(max(start, end))
            top, bottom = first.top() + MARGIN_TOP, last.bottom() + MARGIN_TOP
            bar, height = self.verticalScrollBar(), self.viewport().height()
            if top < bar.value() + 40 or bottom > bar.value() + height - 60:
                self._update_range()
                bar.setValue(round(top - height / 3))
        self.viewport().update()

    def grow(self) -> None:
        """Select the next larger stretch: word, clause, sentence, paragraph."""
        low, high = self.selection() or (self._position, self._position)
        for start, end in keys.stretches(self.text, low):
            if start <= low and high <= end and (start, end) != (low, high):
                before = self._grown if self._grown[-1:] == [(low, high)] else [(low, high)]
                self.set_selection(start, end)
                self._grown = [*before, (start, end)]
                return

    def shrink(self) -> None:
        """Take back the last growing; a selection that did not grow becomes its beginning."""
        selected = self.selection()
        if selected is None:
            return
        if self._grown[-1:] == [selected] and len(self._grown) > 1:
            self._grown.pop()
            self.set_selection(*self._grown[-1])
        else:
            self.set_caret(selected[0])

    def extend_to(self, offset: int) -> None:
        """Let the selection reach to a code point, its other end staying."""
        self._move(offset, anchor=self._anchor)

    def move_to(self, offset: int, *, extend: bool = False) -> None:
        """Move the caret and bring it into sight; ``extend`` keeps the selection's other end."""
        self._move(offset, anchor=self._anchor if extend else offset)
        self.reveal(offset, offset)

    def _move(self, position: int, *, anchor: int) -> None:
        length = len(self.text)
        before = (self._anchor, self._position)
        self._anchor = min(max(anchor, 0), length)
        self._position = min(max(position, 0), length)
        if before != (self._anchor, self._position):
            self.selection_changed.emit()
            self.caret_moved.emit(self._position)
        self._changed()

    # Geometry

    def offset_at(self, point: QPointF) -> int:
        """The code point nearest to a point of the viewport."""
        return self._page.offset_at(point.x() - self._left(), point.y() + self._top())

    def rects_of(self, start: int, end: int) -> list[QRectF]:
        """Where the code points start..end stand in the viewport, those of rows in sight."""
        found: list[QRectF] = []
        if not self._page.rows:
            return found
        for index in range(self._page.row_at(start), self._page.row_at(max(start, end - 1)) + 1):
            self._page.lay_out(index)
            shift = QPointF(self._left(), self._page.tops()[index] - self._top())
            found += [rect.translated(shift) for rect in self._page.rects(index, start, end)]
        return found

    def chip_rect(self) -> QRectF | None:
        """Where the held mark's chip stands in the viewport: the handle for dragging a link."""
        mark = self._marks.by_id.get(self._held or "")
        rects = self.rects_of(mark.start, mark.end) if mark else []
        if mark is None or not rects:
            return None
        return paint.chip_rect(rects[0], self._marks.label(mark), self._brush)

    def _left(self) -> float:
        free = self.viewport().width() - self._page.width
        return max(MARGIN_LEFT * 0.7, (free - (MARGIN_RIGHT - MARGIN_LEFT)) / 2)

    def _top(self) -> float:
        return self.verticalScrollBar().value() - MARGIN_TOP

    def _lay_out(self) -> None:
        """Fit the page to the width and keep what stands at the top."""
        first = self._page.row_at_y(self._top()) if self._page.rows else 0
        room = self.viewport().width() - (MARGIN_LEFT + MARGIN_RIGHT) * 0.85
        width = max(200.0, min(self._page.column_width(self._zoom), room))
        was_at_start = self.verticalScrollBar().value() == 0
        self._page.set_geometry(width, self._zoom)
        self._update_range()
        if self._page.rows and not was_at_start:
            self.verticalScrollBar().setValue(round(self._page.tops()[first] + MARGIN_TOP))
        self._changed()

    def _update_range(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, round(self._page.height + MARGIN_TOP + height * 0.4 - height)))

    def _changed(self) -> None:
        self.viewport().update()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, and only that."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.color("paper"))
        if self._page.rows:
            self._paint_rows(painter)
            self._paint_over(painter)
        self._paint_map(painter)
        painter.end()

    def _paint_rows(self, painter: QPainter) -> None:
        shown = paint.Shown(
            self.selection() or (0, 0),
            self._held,
            self._mouse.hovered,
            self._linked,
            self._hints,
            self._found,
            self._all_chips,
            self._position,
        )
        left, height = self._left(), self.viewport().height()
        for index in self._rows_in_sight(height):
            painter.save()
            painter.translate(left, self._page.tops()[index] - self._top())
            paint.row(painter, self._page, index, self._marks.on_row(index), self._brush, shown)
            painter.restore()

    def _rows_in_sight(self, height: int) -> list[int]:
        """Lay out what is in sight; a row cut by the upper edge keeps its lower end in place."""
        index = self._page.row_at_y(self._top())
        cut = self._page.tops()[index] < self._top()
        grown = self._page.lay_out(index)
        bar = self.verticalScrollBar()
        changed = bool(grown)
        if cut and grown and bar.value() > 0:
            bar.blockSignals(True)
            self._update_range()
            bar.setValue(bar.value() + round(grown))
            bar.blockSignals(False)
        seen: list[int] = []
        while index < len(self._page.rows):
            changed = bool(self._page.lay_out(index)) or changed
            if self._page.tops()[index] - self._top() > height:
                break
            seen.append(index)
            index += 1
        if changed:
            self._update_range()
        return seen

    def _paint_over(self, painter: QPainter) -> None:
        if self.hasFocus() and self.selection() is None:
            rect = self._page.caret_rect(self._position)
            paint.caret(painter, rect.translated(self._left(), -self._top()), self._brush)
        if self._all_arcs or self._held:
            links = (
                self._marks.relations if self._all_arcs else self._marks.linked_to(self._held or "")
            )
            right = self._left() + self._page.width + 10
            arcs.draw(painter, links, self._marks, self._schema, self.rects_of, right, self._brush)
        mark = self._marks.by_id.get(self._mouse.link_from or "")
        if mark is not None:
            start = self.rects_of(mark.start, mark.end)[0].center()
            painter.setPen(self._brush.pen(self._marks.label(mark).color, 1.6))
            painter.drawLine(start, self._mouse.at)

    def _paint_map(self, painter: QPainter) -> None:
        view = self.viewport().size()
        size = QSizeF(MAP_WIDTH, view.height() - 28)
        if not self._marks.by_id or size.height() < 60:
            return
        if self._map is None or self._map.deviceIndependentSize() != size:
            self._map = paint.minimap(size, self._ticks(), self._brush)
        painter.drawPixmap(QPointF(view.width() - MAP_WIDTH - 6, 14), self._map)

    def _ticks(self) -> dict[str, set[int]]:
        """Where in the text marks stand, in steps of 4 ‰, by color."""
        length = max(1, len(self.text))
        ticks: dict[str, set[int]] = {}
        for mark in self._marks.by_id.values():
            color = self._marks.label(mark).color
            ticks.setdefault(color, set()).add(mark.start * 250 // length * 4)
        return ticks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw anew; rows are laid out as they come into sight."""
        del dx, dy
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; keys that mean nothing here are left to the window."""
        if not keys.press(self, self._page, event):
            event.ignore()

    def goal_x(self, moved_sideways: bool) -> float:
        """The column that moving up and down keeps to."""
        if moved_sideways or self._goal_x is None:
            self._goal_x = self._page.caret_rect(self._position).x()
        return self._goal_x

    def forget_goal(self) -> None:
        """The caret moved sideways: the next move up or down keeps to its new column."""
        self._goal_x = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection or a link."""
        self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a word."""
        self._mouse.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend what is under way, or hover."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what is under way."""
        self._mouse.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._mouse.leave()
