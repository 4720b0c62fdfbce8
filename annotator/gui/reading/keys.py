"""What the caret's keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui.reading import moves
from annotator.gui.reading.page import Page
from annotator.text import units

if TYPE_CHECKING:
    from annotator.gui.reading.view import ReadingView

Key = Qt.Key
SIDEWAYS = {Key.Key_Left: False, Key.Key_Right: True}
LINES = {Key.Key_Up: -1, Key.Key_Down: 1}
PAGES = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}


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
    if key not in LINES and key not in PAGES:
        view.forget_goal()
    view.move_to(to, extend=extend)
    return True


def stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What a reader sees around a range, from small to large: word, quotation or clause, and on."""
    word = units.word_at(text, start)
    quotation = units.quotation_at(text, start, end)
    larger = (
        units.clause_at(text, start),
        quotation,
        units.sentence_at(text, start),
        units.paragraph_at(text, start),
        (0, len(text)),
    )
    found = [one for one in (word, *larger) if one and one[0] < one[1]]
    return sorted(found, key=lambda one: one[1] - one[0])


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
            return selected[1] if SIDEWAYS[key] != page.is_mirrored else selected[0]
        return moves.step(page, at, visual_right=SIDEWAYS[key], by_word=control)
    if key in LINES and not control:
        return moves.vertical(page, at, view.goal_x(), LINES[key])
    if key in PAGES and not control:
        return view.turn(PAGES[key])
    if key in (Key.Key_Home, Key.Key_End):
        end = key == Key.Key_End
        if control:
            return len(view.text) if end else 0
        return moves.line_edge(page, at, end=end)
    return None
