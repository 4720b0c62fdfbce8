"""The widget in which an article is read and marked.

Its door speaks code points of the canonical text. It shows what it is told and says what the person
did; it changes no mark itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.gui import latin
from annotator.gui import theme as themes
from annotator.gui.reading import access, keys, tags
from annotator.gui.reading.brush import Brush
from annotator.gui.reading.canvas import Canvas
from annotator.gui.reading.mapbar import STEPS, MapBar
from annotator.gui.reading.marks import Marks
from annotator.gui.reading.page import Page
from annotator.gui.reading.paint import Box, Shown
from annotator.gui.reading.pointer import Pointer
from annotator.language import tr
from annotator.model.annotation import Annotation, Relation
from annotator.model.document import Block, Document
from annotator.model.schema import Schema

UNDER_DIMMED = 60.0
"""Pixels of what is dimmed before an article's own text that stay in sight when it is opened."""
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
    letter_pressed = Signal(str)
    """A letter key of a keyboard without Latin letters, as ``C`` or ``Shift+C``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.load("light")
        self._schema = EMPTY
        self._page = Page("", ())
        self._marks = Marks(self._page, EMPTY)
        self._canvas = Canvas(self._page, self._marks, EMPTY, Brush(theme, 1.0))
        self._anchor = self._position = 0
        self._goal_x: float | None = None
        self._grown: list[tuple[int, int]] = []
        """What was selected on the way to the present selection, by growing."""
        self._held: str | None = None
        self._linked: frozenset[str] = frozenset()
        self._hints: Mapping[str, str] = {}
        self._found: tuple[tuple[int, int], ...] = ()
        self._offered: tuple[Box, ...] = ()
        self._all_chips = self._all_arcs = self._folded = False
        self._mouse = Pointer(self)
        self._bar = MapBar(theme, self)
        self.setVerticalScrollBar(self._bar)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(tr("Article"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        access.install()

    # What is shown

    def show_document(self, document: Document | None, text: str, blocks: Sequence[Block]) -> None:
        """Show an article from where its own text begins, without marks, selection or hints."""
        self.setAccessibleName(
            tr("Article: {title}", title=document.title) if document else tr("Article")
        )
        self._page = Page(text, blocks)
        self._marks = Marks(self._page, self._schema)
        self._canvas = Canvas(self._page, self._marks, self._schema, self._canvas.brush, document)
        first = self._page.first_own_row()
        self._anchor = self._position = self._page.rows[first].start if self._page.rows else 0
        self._held, self._linked, self._grown = None, frozenset(), []
        self._goal_x = None
        self._mouse.leave()
        self._hints, self._found, self._offered = {}, (), ()
        self._bar.setValue(0)
        if self._folded:
            self._page.fold(True)
        self._lay_out((self._position, UNDER_DIMMED) if first else None)
        self._show_ticks()
        access.tell_new_text(self)

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        """Show the same text with other roles, or other of it dimmed; all else stays as it is."""
        place, document = self._top_place(), self._canvas.document
        known, relations = list(self._marks.by_id.values()), self._marks.relations
        self._page = Page(self._page.text, blocks)
        self._marks = Marks(self._page, self._schema)
        self._marks.set_all(known)
        self._marks.set_relations(relations)
        self._canvas = Canvas(self._page, self._marks, self._schema, self._canvas.brush, document)
        self._found, self._offered = (), ()
        if self._folded:
            self._page.fold(True)
        self._lay_out(place)
        self._show_ticks()

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self._page.text

    def set_schema(self, schema: Schema) -> None:
        """Draw marks as this schema says."""
        self._schema = schema
        known, relations = list(self._marks.by_id.values()), self._marks.relations
        self._marks = Marks(self._page, schema)
        self._marks.set_all(known)
        self._marks.set_relations(relations)
        document = self._canvas.document
        self._canvas = Canvas(self._page, self._marks, schema, self._canvas.brush, document)
        self._lay_out()
        self._show_ticks()

    def set_marks(self, annotations: Iterable[Annotation]) -> None:
        """Show these marks and no others."""
        self._marks.set_all(annotations)
        self._show_ticks()
        self.hold(self._held if self._held in self._marks.by_id else None)

    def put_mark(self, annotation: Annotation) -> None:
        """Show a new mark, or a known one as it is now."""
        is_known = annotation.id in self._marks.by_id
        self._marks.put(annotation)
        if is_known:
            self._show_ticks()
        else:
            label = self._marks.label(annotation)
            self._bar.add_tick(self._marks.column(annotation), label.color, self._step(annotation))
        self._changed()

    def remove_mark(self, mark_id: str) -> None:
        """No longer show a mark."""
        self._marks.remove(mark_id)
        self._show_ticks()
        self.hold(None if self._held == mark_id else self._held)

    def set_relations(self, relations: Iterable[Relation]) -> None:
        """Show these links and no others."""
        self._marks.set_relations(relations)
        self.hold(self._held)

    def marks(self) -> list[Annotation]:
        """The marks that are shown, in the order of the text, the outer before the inner."""
        return self._marks.ordered()

    def marks_at(self, offset: int) -> list[str]:
        """The ids of the marks at a code point, innermost first."""
        return self._marks.at(offset)

    def marked_stretch(self, offset: int) -> tuple[int, int, list[str]]:
        """Around a code point, how far the same marks reach, and their labels' names, innermost first."""
        edges = {0, len(self.text)}
        edges.update(
            e for m in self._marks.by_id.values() for s in m.segments for e in (s.start, s.end)
        )
        start = max((edge for edge in edges if edge <= offset), default=0)
        end = min((edge for edge in edges if edge > offset), default=len(self.text))
        marks = (self._marks.by_id[mark_id] for mark_id in self.marks_at(offset))
        return start, end, [self._marks.label(mark).title for mark in marks]

    def spoken(self, mark: Annotation) -> str:
        """A mark as it is read aloud."""
        return access.description(mark, self._marks)

    def hold(self, mark_id: str | None) -> None:
        """Outline a mark and the other ends of its links; None holds nothing."""
        self._held = mark_id if mark_id in self._marks.by_id else None
        links = self._marks.linked_to(self._held) if self._held else []
        ends = {end for link in links for end in (link.from_id, link.to_id)}
        self._linked = frozenset(ends - {self._held or ""})
        mark = self._marks.by_id.get(self._held or "")
        self._bar.set_held(self._step(mark) if mark else None)
        self.setAccessibleDescription(self.spoken(mark) if mark else "")
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
        """Show what a search found: ranges of code points that do not overlap."""
        self._found = tuple(sorted(ranges))
        self._changed()

    def set_offered(self, boxes: Iterable[Box]) -> None:
        """Show dotted boxes around words that are only offered."""
        self._offered = tuple(boxes)
        self._changed()

    @property
    def offered(self) -> tuple[Box, ...]:
        """The dotted boxes that are shown."""
        return self._offered

    def set_dimmed_folded(self, folded: bool) -> None:
        """Fold what is dimmed, or show it; what stands at the top stays there."""
        self._folded = folded
        place = self._top_place()
        self._page.fold(folded)
        self._go_back_to(place)
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
        self._canvas.brush = Brush(theme, self.zoom, self._canvas.brush.face)
        self._bar.set_theme(theme)
        self._changed()

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
        """Select the next larger stretch: word, quotation or clause, sentence, paragraph.

        With a mark held and nothing selected its own words come first, to be marked once more.
        """
        held = self._marks.by_id.get(self._held or "")
        if held is not None and self.selection() is None:
            self.set_selection(held.start, held.end)
            self._grown = [(held.start, held.end)]
            return
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

    def chip_rect(self) -> QRectF | None:
        """Where the held mark's chip stands in the viewport: the handle for dragging a link."""
        mark = self._marks.by_id.get(self._held or "")
        rects = self.rects_of(mark.segments[0].start, mark.segments[0].end) if mark else []
        if mark is None or not rects:
            return None
        is_rtl = self._page.rows[self._page.row_at(mark.start)].is_rtl
        first = tags.first_rect(rects, is_rtl=is_rtl)
        return tags.chip_rect(first, self._marks.label(mark), self._canvas.brush, is_rtl=is_rtl)

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

    # The map of marks

    def _show_ticks(self) -> None:
        ticks: dict[tuple[int, str], set[int]] = {}
        for mark in self._marks.by_id.values():
            key = (self._marks.column(mark), self._marks.label(mark).color)
            ticks.setdefault(key, set()).add(self._step(mark))
        self._bar.set_ticks(ticks)

    def _step(self, mark: Annotation) -> int:
        return mark.start * STEPS // max(1, len(self.text))

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, and only that."""
        del event
        shown = Shown(
            self.selection() or (0, 0),
            self._held,
            self._mouse.hovered,
            self._linked,
            self._hints,
            self._found,
            self._all_chips,
            self._all_arcs,
            self._position if self.hasFocus() and self.selection() is None else None,
            self._offered,
        )
        grown = self._canvas.look(self._bar.value())
        if grown is not None:
            # What is told better now moves what lies below it, not what is in sight.
            self._bar.blockSignals(True)
            self._update_range()
            self._bar.setValue(self._bar.value() + grown)
            self._bar.blockSignals(False)
            self._canvas.look(self._bar.value())
        self._canvas.paint(self.viewport(), shown, self._mouse.link_from, self._mouse.at)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; keys that mean nothing here are left to the window."""
        if keys.press(self, self._page, event):
            return
        letter = latin.letter(event)
        held = event.modifiers()
        if letter and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self.letter_pressed.emit(f"Shift+{letter}" if held else letter)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
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
