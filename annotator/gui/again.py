"""One key that means something right now: to turn what was just linked, to undo in another article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui import latin
from annotator.gui.asking import Tip
from annotator.gui.reading import ReadingView

_NAMES = {Qt.Key.Key_Return: "Enter"}
SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Again(QObject):
    """Waits for one key at the reading view."""

    def __init__(self, view: ReadingView, tip: Tip) -> None:
        super().__init__(view)
        self._tip = tip
        self._key: Qt.Key | None = None
        self._then: Callable[[], None] | None = None
        view.installEventFilter(self)

    def offer(self, key: Qt.Key, words: str, does: str, then: Callable[[], None]) -> None:
        """Say what it is about, and what the key would do now; any other key ends it."""
        self._key, self._then = key, then
        self._tip.offer(words, [(_NAMES.get(key) or chr(key), does)])

    def end(self) -> None:
        """The moment is over."""
        if self._key is not None:
            self._key = self._then = None
            self._tip.end()

    def _is_it(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if self._key == Qt.Key.Key_Return:
            return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return latin.letter(event) == chr(self._key or 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key does it; every other key ends it and does its own work."""
        if self._key is None or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        is_it = not event.modifiers() and self._is_it(key, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            if is_it:
                event.accept()
                return True
            if key not in SHIFTS:
                self.end()
        elif event.type() == QEvent.Type.KeyPress and is_it:
            then = self._then
            self.end()
            if then is not None:
                then()
            return True
        return super().eventFilter(watched, event)
