"""A text in a scroll area: laid out to the width, scrolled, with a caret and a selection in it.

Its door speaks code points of the canonical text.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.gui.reading import access, keys
from annotator.gui.reading.brush import Brush
from annotator.gui.reading.canvas import Canvas
from annotator.gui.reading.mapbar import MapBar
from annotator.gui.reading.page import Page
from annotator.model.annotation import Annotation

ZOOMS = (0.8, 2.5)


class Sheet(QAbstractScrollArea):
    """The page, where it stands, and where the person is in it; what lies on it is not known here."""

    selection_changed = Signal()
    caret_moved = Signal(int)
    zoomed = Signal(float)

    def __init__(self, page: Page, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._canvas = canvas
        self._anchor = self._position = 0
        self._goal_x: float | None = None
        self._grown: list[tuple[int, int]] = []
        """What was selected on the way to the present selection, by growing."""
        self._bar = MapBar(canvas.brush.theme, self)
        self.setVerticalScrollBar(self._bar)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self._page.text

    # Size

    @property
    def zoom(self) -> float:
        """The size of everything, 1 being the usual one."""
        return self._canvas.brush.zoom

    def set_zoom(self, zoom: float) -> None:
        """Draw larger or smaller; what stands at the top stays there."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[1])
        if zoom != self.zoom:
            self._redress(zoom, self._canvas.brush.face)
            self.zoomed.emit(zoom)

    def set_face(self, face: str) -> None:
        """Draw the text in another face: serif, sans or a family's name."""
        if face != self._canvas.brush.face:
            self._redress(self.zoom, face)

    def _redress(self, zoom: float, face: str) -> None:
        place = self._top_place()
        self._canvas.brush = Brush(self._canvas.brush.theme, zoom, face)
        self._lay_out(place)

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

    def extend_to(self, offset: int) -> None:
        """Let the selection reach to a code point, its other end staying."""
        self._move(offset, anchor=self._anchor)

    def move_to(self, offset: int, *, extend: bool = False) -> None:
        """Move the caret and bring it into sight; ``extend`` keeps the selection's other end."""
        self._move(offset, anchor=self._anchor if extend else offset)
        self.reveal(offset, offset)

    def grow(self) -> None:
        """Select the next larger stretch: word, quotation or clause, sentence, paragraph."""
        low, high = self.selection() or (self._position, self._position)
        for start, end in keys.stretches(self.text, low, high):
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

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the code points start..end can be seen, if they cannot yet.

        A place near what is in sight comes in by the shortest way, a far one at a third of the height.
        """
        if not self._page.rows:
            return
        bar, height = self._bar, self.viewport().height()
        margin = min(96.0 * self.zoom, height / 6)
        for _ in range(2):  # what is laid out on the way may move the place
            first = self._page.caret_rect(start)
            last = self._page.caret_rect(max(start, end))
            self._update_range()
            above = self._canvas.above
            top, bottom = first.top() + above - margin, last.bottom() + above + margin
            sight, now = height - margin, bar.value()
            if bottom - top > height or top > now + 2 * sight or bottom < now - sight:
                if top + margin < now or bottom - margin > now + height:
                    bar.setValue(round(top + margin - height / 3))
            elif top < now:
                bar.setValue(round(top))
            elif bottom > now + height:
                bar.setValue(round(bottom - height))
        self._changed()

    def turn(self, direction: int) -> int:
        """Scroll by a page, up or down; gives the place to which the caret goes with it."""
        bar, before = self._bar, self._bar.value()
        y = self._page.caret_rect(self._position).center().y()
        step = bar.pageStep() - 66 * self.zoom
        bar.setValue(round(before + direction * step))
        moved = bar.value() - before
        return self._page.offset_at(self.goal_x(), y + (moved or direction * step))

    def goal_x(self) -> float:
        """The column that moving up and down keeps to."""
        if self._goal_x is None:
            self._goal_x = self._page.caret_rect(self._position).center().x()
        return self._goal_x

    def forget_goal(self) -> None:
        """The caret moved sideways: the next move up or down keeps to its new column."""
        self._goal_x = None

    def _move(self, position: int, *, anchor: int) -> None:
        length = len(self.text)
        before = (self._anchor, self._position)
        self._anchor = min(max(anchor, 0), length)
        self._position = min(max(position, 0), length)
        if before != (self._anchor, self._position):
            self.selection_changed.emit()
            self.caret_moved.emit(self._position)
            access.tell_moved(self)
        self._changed()

    # Geometry

    def offset_at(self, point: QPointF) -> int:
        """The code point nearest to a point of the viewport."""
        inside = point - self._canvas.origin
        return self._page.offset_at(inside.x(), inside.y())

    def rects_of(self, start: int, end: int) -> list[QRectF]:
        """Where the code points start..end stand in the viewport; their rows are laid out for it."""
        found: list[QRectF] = []
        if not self._page.rows:
            return found
        for index in range(self._page.row_at(start), self._page.row_at(max(start, end - 1)) + 1):
            self._page.lay_out(index)
            shift = self._canvas.row_origin(index)
            found += [rect.translated(shift) for rect in self._page.rects(index, start, end)]
        return found

    def caret_rect(self, offset: int) -> QRectF:
        """Where the caret stands in the viewport before a code point."""
        return self._page.caret_rect(offset).translated(self._canvas.origin)

    def is_in_sight(self, mark: Annotation) -> bool:
        """Whether the first letter of a mark can be seen."""
        sight = self.viewport().rect()
        first, last = self._page.row_at(mark.start), self._page.row_at(mark.start)
        top = self._canvas.row_origin(first).y()
        bottom = self._canvas.row_origin(last).y() + self._page.rows[last].height
        if bottom < 0 or top > sight.height():
            return False  # known without laying anything out
        return any(
            sight.intersects(rect.toRect()) for rect in self.rects_of(mark.start, mark.start + 1)
        )

    def _lay_out(self, place: tuple[int, float] | None = None) -> None:
        """Fit the page to the width; ``place`` is what stays at the top."""
        place = place or self._top_place()
        self._canvas.fit(self.viewport().size())
        self._go_back_to(place)
        self._changed()

    def _top_place(self) -> tuple[int, float] | None:
        """The code point at the top, and how far its line is below it; None at the beginning."""
        if self._bar.value() == 0 or not self._page.rows or not self._page.zoom:
            return None
        x = self._page.width if self._page.is_mirrored else 0.0
        offset = self._page.offset_at(x, self._bar.value() - self._canvas.above)
        top = self._page.caret_rect(offset).top() + self._canvas.above
        return offset, top - self._bar.value()

    def _go_back_to(self, place: tuple[int, float] | None) -> None:
        self._update_range()
        if place is None:
            return
        offset, below = place
        top = self._page.caret_rect(offset).top() + self._canvas.above
        self._update_range()
        self._bar.setValue(round(top - below))

    def _update_range(self) -> None:
        height = self.viewport().height()
        whole = self._page.height + self._canvas.above + 40
        beyond = height * 0.4 if whole > height else 0.0
        self._bar.setPageStep(height)
        self._bar.setRange(0, max(0, round(whole + beyond - height)))

    def _changed(self) -> None:
        self.viewport().update()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw anew; rows are laid out as they come into sight."""
        del dx, dy
        self._canvas.scroll = self._bar.value()
        self._changed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._changed()
