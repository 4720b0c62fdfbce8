"""Moving the edges of the held mark by keys; one act when it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from annotator.language import tr
from annotator.model.annotation import Annotation, segments_of
from annotator.text import units
from annotator.text.span import Span

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Edges(QObject):
    """While it is on, ← and → move the end, with Shift the start; by word, with Ctrl by character."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.view)
        self._desk = desk
        self._mark: Annotation | None = None
        desk.view.installEventFilter(self)

    def begin(self) -> None:
        """Begin with the held mark."""
        self._mark = self._desk.bench.held
        if self._mark is not None:
            self._desk.tip.ask(
                tr("Edges:  ← →  end    Shift ← →  start    Ctrl  by character    Enter  done")
            )

    def edge(self, *, start: bool) -> int:
        """Where the moved mark begins or ends now, in code points; -1 while nothing is moved."""
        if self._mark is None:
            return -1
        return self._mark.start if start else self._mark.end

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrows, Enter and Esc; any other key ends it and does its own work."""
        if self._mark is None or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        modifier = key in (Qt.Key.Key_Shift, Qt.Key.Key_Control)
        own = key in ARROWS or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.type() == QEvent.Type.ShortcutOverride and own:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and own:
            self._key(key, event)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and not modifier:
            self._end()
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key, event: QKeyEvent) -> None:
        if key not in ARROWS:
            self._end()
            return
        assert self._mark is not None
        text = self._desk.bench.text
        ranges = [list(one) for one in self._mark.span.segments]
        step = _character if event.modifiers() & Qt.KeyboardModifier.ControlModifier else _word
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            moved = step(text, ranges[0][0], ARROWS[key])
            ranges[0][0] = min(max(0, moved), ranges[0][1] - 1)
        else:
            moved = step(text, ranges[-1][1], ARROWS[key])
            ranges[-1][1] = max(min(len(text), moved), ranges[-1][0] + 1)
        span = Span.of((start, end) for start, end in ranges)
        self._mark = replace(self._mark, segments=segments_of(span, text))
        self._desk.view.put_mark(self._mark)

    def _end(self) -> None:
        from annotator.project import marks

        mark, self._mark = self._mark, None
        self._desk.tip.end()
        before = self._desk.bench.held
        if mark is not None and before is not None and mark.segments != before.segments:
            self._desk.bridge.run(marks.move, mark.id, mark.span)


Step = Callable[[str, int, int], int]


def _character(text: str, at: int, by: int) -> int:
    del text
    return at + by


def _word(text: str, at: int, by: int) -> int:
    """The edge of the next word in this direction, within the paragraph or the next one."""
    if by > 0:
        while at < len(text) and not text[at].isalnum():
            at += 1
        word = units.word_at(text, at)
        return word[1] if word else at + 1
    while at > 0 and not text[at - 1].isalnum():
        at -= 1
    word = units.word_at(text, max(0, at - 1))
    return word[0] if word else at - 1
