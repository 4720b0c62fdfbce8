"""The reading view for screen readers: the text with its caret and selection, the marks as children.

Qt counts in UTF-16 here, as assistive technology expects of it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget

from annotator.gui.reading.marks import Marks
from annotator.model.annotation import Annotation
from annotator.text.offsets import Utf16Map

if TYPE_CHECKING:
    from annotator.gui.reading.view import ReadingView

_kept: list[QAccessibleInterface] = []
"""Qt holds on to what it was given until it ends; Python must not let go of it before."""


def description(mark: Annotation, marks: Marks) -> str:
    """A mark as it is read aloud."""
    return "; ".join([f"{marks.label(mark).title}: {mark.words}", *marks.told_links(mark)])


@cache
def install() -> None:
    """Let Qt know how reading views are read aloud."""
    QAccessible.installFactory(_make)


def tell_new_text(view: ReadingView) -> None:
    """Say that another text is shown."""
    if QAccessible.isActive():
        event = QAccessibleEvent(view, QAccessible.Event.VisibleDataChanged)
        QAccessible.updateAccessibility(event)


def tell_moved(view: ReadingView) -> None:
    """Say where the caret and the selection are now."""
    if not QAccessible.isActive():
        return
    to, selected = _map(view.text), view.selection()
    if selected is None:
        event: Any = QAccessibleTextCursorEvent(view, to.to_utf16(view.caret()))
    else:
        event = QAccessibleTextSelectionEvent(view, *map(to.to_utf16, selected))
    QAccessible.updateAccessibility(event)


class Reading(QAccessibleWidget):
    """A reading view as Qt's bridges ask for it."""

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view, QAccessible.Role.Document)
        self._view = view
        self._words = Words(view)
        self._marks: list[Mark] = []

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:
        """The text beside what every widget has."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._words
        return super().interface_cast(kind)

    def state(self) -> QAccessible.State:
        """It can be read and selected in, not written."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def childCount(self) -> int:
        """One child for each mark."""
        return len(self._view.marks())

    def child(self, index: int) -> QAccessibleInterface | None:
        """The mark of that number in the order of the text."""
        if not 0 <= index < self.childCount():
            return None
        while len(self._marks) <= index:
            mark = Mark(self, self._view, len(self._marks))
            self._marks.append(mark)
            _kept.append(mark)
        return self._marks[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The number of a mark."""
        return child.number if isinstance(child, Mark) else -1


class Mark(QAccessibleInterface):
    """The mark of some number, whichever it is now."""

    def __init__(self, parent: Reading, view: ReadingView, number: int) -> None:
        super().__init__()
        self._parent, self._view, self.number = parent, view, number

    def isValid(self) -> bool:
        """Whether there are still so many marks."""
        return self.number < len(self._view.marks())

    def object(self) -> QObject | None:
        """None: a mark is no object of Qt."""
        return None

    def parent(self) -> QAccessibleInterface:
        """The text it stands in."""
        return self._parent

    def role(self) -> QAccessible.Role:
        """Something in a text that tells of it."""
        return QAccessible.Role.Note

    def text(self, kind: QAccessible.Text) -> str:
        """Its label and words, and as description its note."""
        if not self.isValid():
            return ""
        mark = self._view.marks()[self.number]
        if kind == QAccessible.Text.Name:
            return self._view.spoken(mark)
        return mark.note if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: marks are changed by actions."""

    def state(self) -> QAccessible.State:
        """Whether it is held."""
        state = QAccessible.State()
        if self.isValid():
            state.selectable = True
            state.selected = self._view.marks()[self.number].id == self._view.held
        return state

    def rect(self) -> QRect:
        """Where its first words stand on the screen."""
        if not self.isValid():
            return QRect()
        first = self._view.marks()[self.number].segments[0]
        return _on_screen(self._view, self._view.rects_of(first.start, first.end))

    def childCount(self) -> int:
        """None."""
        return 0

    def child(self, index: int) -> None:
        """None."""

    def childAt(self, x: int, y: int) -> None:
        """None."""

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """None."""
        return -1


class Words(QAccessibleTextInterface):
    """The text of a view: offsets are UTF-16 units, as Qt's bridges count."""

    def __init__(self, view: ReadingView) -> None:
        super().__init__()
        self._view = view

    def characterCount(self) -> int:
        """The length of the text."""
        return _map(self._view.text).utf16_length

    def text(self, start: int, end: int) -> str:
        """A part of the text."""
        return self._view.text[self._from(start) : self._from(end)]

    def cursorPosition(self) -> int:
        """Where the caret is."""
        return _map(self._view.text).to_utf16(self._view.caret())

    def setCursorPosition(self, position: int) -> None:
        """Move the caret."""
        self._view.move_to(self._from(position))

    def selectionCount(self) -> int:
        """One or none."""
        return 0 if self._view.selection() is None else 1

    def selection(self, index: int) -> tuple[int, int]:
        """From where to where is selected."""
        selected = self._view.selection() if index == 0 else None
        start, end = selected or (0, 0)
        to = _map(self._view.text)
        return to.to_utf16(start), to.to_utf16(end)

    def addSelection(self, start: int, end: int) -> None:
        """Select; there is only one selection."""
        self.setSelection(0, start, end)

    def removeSelection(self, index: int) -> None:
        """Select nothing."""
        self._view.set_caret(self._view.caret())

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Select."""
        self._view.set_selection(self._from(start), self._from(end))

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a part of the text into sight."""
        self._view.reveal(self._from(start), self._from(end))

    def characterRect(self, offset: int) -> QRect:
        """Where a character stands on the screen."""
        at = self._from(offset)
        return _on_screen(self._view, self._view.rects_of(at, at + 1))

    def offsetAtPoint(self, point: QPoint) -> int:
        """The place nearest to a point of the screen."""
        inside = self._view.viewport().mapFromGlobal(point)
        return _map(self._view.text).to_utf16(self._view.offset_at(inside.toPointF()))

    def attributes(self, offset: int) -> tuple[str, int, int]:
        """The labels of the marks at a place, and how far they reach together."""
        at, view = self._from(offset), self._view
        start, end, names = view.marked_stretch(at)
        to = _map(view.text)
        words = ";".join(f"mark:{name}" for name in names)
        return words, to.to_utf16(start), to.to_utf16(end)

    def _from(self, offset: int) -> int:
        to = _map(self._view.text)
        return to.to_code_points(to.utf16_length if offset < 0 else offset)


@lru_cache(maxsize=2)
def _map(text: str) -> Utf16Map:
    return Utf16Map(text)


def _on_screen(view: ReadingView, rects: list[QRectF]) -> QRect:
    if not rects:
        return QRect()
    rect = rects[0].toAlignedRect()
    return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())


def _make(_: str, thing: QObject) -> QAccessibleInterface | None:
    from annotator.gui.reading.view import ReadingView

    if not isinstance(thing, ReadingView):
        return None
    made = Reading(thing)
    _kept.append(made)
    return made
