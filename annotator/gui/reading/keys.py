"""What the caret's keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui.reading.page import Page
from annotator.text import units

if TYPE_CHECKING:
    from annotator.gui.reading.view import ReadingView

Key = Qt.Key
SIDEWAYS = {Key.Key_Left: False, Key.Key_Right: True}
LINES = {Key.Key_Up: -1, Key.Key_Down: 1}


def press(view: ReadingView, page: Page, event: QKeyEvent) -> bool:
    """Do what a key means for the caret; False where it means nothing."""
    key = Key(event.key())
    modifiers = event.modifiers()
    extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return _stretch(view, key)
    if not page.rows:
        return False
    if control and key == Key.Key_A:
        view.set_selection(0, len(view.text))
        return True
    to = _target(view, page, key, extend=extend, control=control)
    if to is None:
        return False
    if key not in LINES and key not in (Key.Key_PageUp, Key.Key_PageDown):
        view.forget_goal()
    view.move_to(to, extend=extend)
    return True


def stretches(text: str, offset: int) -> list[tuple[int, int]]:
    """What a reader sees at an offset, from small to large: word, clause, sentence, paragraph."""
    word = units.word_at(text, offset)
    larger = (
        units.clause_at(text, offset),
        units.sentence_at(text, offset),
        units.paragraph_at(text, offset),
        (0, len(text)),
    )
    return ([word] if word else []) + [one for one in larger if one[0] < one[1]]


def _stretch(view: ReadingView, key: Key) -> bool:
    if key == Key.Key_Up:
        view.grow()
    elif key == Key.Key_Down:
        view.shrink()
    else:
        return False
    return True


def _target(view: ReadingView, page: Page, key: Key, *, extend: bool, control: bool) -> int | None:
    at = view.caret()
    selected = view.selection()
    if key in SIDEWAYS:
        if selected and not extend and not control:
            return selected[1] if SIDEWAYS[key] else selected[0]
        return page.step(at, visual_right=SIDEWAYS[key], by_word=control)
    if key in LINES and not control:
        return page.vertical(at, view.goal_x(False), LINES[key])
    if key in (Key.Key_PageUp, Key.Key_PageDown) and not control:
        lines = max(1, int(view.viewport().height() / 40))
        return page.vertical(at, view.goal_x(False), lines if key == Key.Key_PageDown else -lines)
    if key in (Key.Key_Home, Key.Key_End):
        row = page.rows[page.row_at(at)]
        if control:
            return 0 if key == Key.Key_Home else len(view.text)
        return row.start if key == Key.Key_Home else row.end
    return None
