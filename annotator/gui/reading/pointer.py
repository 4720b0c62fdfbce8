"""What the mouse does in the text: selecting, holding a mark, dragging a link, hovering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.text import units

if TYPE_CHECKING:
    from annotator.gui.reading.view import ReadingView

SCROLL_EVERY = 30
"""Milliseconds between steps while a selection is dragged beyond the edge."""


class Pointer(QObject):
    """The mouse over one reading view."""

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view)
        self._view = view
        self._at = QPointF()
        self._is_selecting = False
        self._has_word = False
        """Whether the last click was the second of two: a third takes the paragraph."""
        self.link_from: str | None = None
        """The mark from which a link is being dragged."""
        self.hovered: str | None = None
        self._scrolling = QTimer(self, interval=SCROLL_EVERY)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def at(self) -> QPointF:
        """Where it is in the viewport."""
        return self._at

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection; three clicks take a paragraph; Alt, or the held chip, begins a link."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view, self._at = self._view, event.position()
        offset = view.offset_at(self._at)
        view.forget_goal()
        over = view.marks_at(offset)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and over:
            self.link_from = over[0]
        elif view.held and self._is_on_chip():
            self.link_from = view.held
        elif self._has_word:
            self._has_word = False
            view.set_selection(*units.paragraph_at(view.text, offset))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            view.extend_to(offset)
        else:
            view.set_caret(offset)
            self._is_selecting = True

    def double_click(self, event: QMouseEvent) -> None:
        """Take a word."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        word = units.word_at(self._view.text, self._view.offset_at(event.position()))
        if word:
            self._view.set_selection(*word)
        self._has_word = True
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self._forget_word)

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection or the link under way; else tell what is under the pointer."""
        self._at = event.position()
        if self.link_from is not None:
            self._view.viewport().update()
        elif self._is_selecting and event.buttons() & Qt.MouseButton.LeftButton:
            if not self._view.viewport().rect().contains(self._at.toPoint()):
                self._scrolling.start()
            self._view.extend_to(self._view.offset_at(self._at))
        elif not event.buttons():
            under = self.under()
            self._hover(under[0] if under else None)

    def release(self, event: QMouseEvent) -> None:
        """End a selection or a link; a click holds the innermost mark."""
        self._at = event.position()
        self._scrolling.stop()
        was_selecting, self._is_selecting = self._is_selecting, False
        under = self.under()
        if self.link_from is not None:
            self._end_link(under)
        elif was_selecting and self._view.selection() is None and under:
            self._view.mark_clicked.emit(under[0])

    def leave(self) -> None:
        """Nothing is under it any more."""
        self._hover(None)

    def under(self) -> list[str]:
        """The marks whose words are under the pointer, innermost first."""
        offset = self._view.offset_at(self._at)
        for at in (offset, offset - 1):
            over = self._view.marks_at(at) if at >= 0 else []
            if over and any(r.contains(self._at) for r in self._view.rects_of(at, at + 1)):
                return over
        return []

    def _end_link(self, under: list[str]) -> None:
        start, self.link_from = self.link_from, None
        targets = [mark_id for mark_id in under if mark_id != start]
        self._view.viewport().update()
        if start and targets:
            self._view.link_dragged.emit(start, targets[0])

    def _is_on_chip(self) -> bool:
        chip = self._view.chip_rect()
        return isinstance(chip, QRectF) and chip.contains(self._at)

    def _hover(self, mark_id: str | None) -> None:
        if mark_id != self.hovered:
            self.hovered = mark_id
            self._view.mark_hovered.emit(mark_id or "")
            self._view.viewport().update()

    def _scroll(self) -> None:
        y, height = self._at.y(), self._view.viewport().height()
        by = min(0.0, y) or max(0.0, y - height)
        if not by:
            self._scrolling.stop()
            return
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + round(by / 2))
        self._view.extend_to(self._view.offset_at(self._at))

    def _forget_word(self) -> None:
        self._has_word = False
