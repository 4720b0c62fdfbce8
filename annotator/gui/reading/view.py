"""The widget in which an article is read and marked.

Its door speaks code points of the canonical text. It shows what it is told and says what the person
did; it changes no mark itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.gui import latin
from annotator.gui import theme as themes
from annotator.gui.reading import access, keys, tags
from annotator.gui.reading.brush import Brush
from annotator.gui.reading.canvas import Canvas
from annotator.gui.reading.mapbar import STEPS
from annotator.gui.reading.marks import Marks
from annotator.gui.reading.page import Page
from annotator.gui.reading.paint import Box, Shown
from annotator.gui.reading.pointer import Pointer
from annotator.gui.reading.sheet import Sheet
from annotator.language import tr
from annotator.model.annotation import Annotation, Relation
from annotator.model.document import Block, Document
from annotator.model.schema import Schema

UNDER_DIMMED = 60.0
"""Pixels of what is dimmed before an article's own text that stay in sight when it is opened."""
EMPTY = Schema(name="", version=0, labels=())


class ReadingView(Sheet):
    """The reading view."""

    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    link_dragged = Signal(str, str)
    letter_pressed = Signal(str)
    """A letter key of a keyboard without Latin letters, as ``C`` or ``Shift+C``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._schema = EMPTY
        page = Page("", ())
        self._marks = Marks(page, EMPTY)
        brush = Brush(themes.load("light"), 1.0)
        super().__init__(page, Canvas(page, self._marks, EMPTY, brush), parent)
        self._held: str | None = None
        self._linked: frozenset[str] = frozenset()
        self._hints: Mapping[str, str] = {}
        self._found: tuple[tuple[int, int], ...] = ()
        self._offered: tuple[Box, ...] = ()
        self._all_chips = self._all_arcs = self._folded = False
        self._mouse = Pointer(self)
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

    def grow(self) -> None:
        """The same; with a mark held and nothing selected its own words come first, to be marked once more."""
        held = self._marks.by_id.get(self._held or "")
        if held is None or self.selection() is not None:
            super().grow()
            return
        self.set_selection(held.start, held.end)
        self._grown = [(held.start, held.end)]

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

    def chip_rect(self) -> QRectF | None:
        """Where the held mark's chip stands in the viewport: the handle for dragging a link."""
        mark = self._marks.by_id.get(self._held or "")
        rects = self.rects_of(mark.segments[0].start, mark.segments[0].end) if mark else []
        if mark is None or not rects:
            return None
        is_rtl = self._page.rows[self._page.row_at(mark.start)].is_rtl
        first = tags.first_rect(rects, is_rtl=is_rtl)
        return tags.chip_rect(first, self._marks.label(mark), self._canvas.brush, is_rtl=is_rtl)

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
