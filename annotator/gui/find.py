"""Find in the open article: what is typed, folded; what was found, in code points."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.gui.buttons import flat_button
from annotator.gui.parts import label
from annotator.text.words import fold


class FindBar(QWidget):
    """The line above the text; Enter goes on, Shift+Enter back, Esc ends."""

    found = Signal(list)
    """Every place, in code points."""
    gone_to = Signal(int, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in this article")
        self.field.setAccessibleName("Find in this article")
        self.field.installEventFilter(self)
        self.count = label(small=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        for words, name, step in (("↑", "Previous", -1), ("↓", "Next", 1)):
            button = flat_button(words, name)
            button.clicked.connect(lambda _=False, by=step: self.go(by))
            layout.addWidget(button)
        close = flat_button("×", "Close")
        close.clicked.connect(self.end)
        layout.addWidget(close)
        self._text = ""
        self._places: list[tuple[int, int]] = []
        self._at = -1
        self.field.textChanged.connect(lambda _: self._search())
        self.hide()

    def begin(self, text: str) -> None:
        """Search in this text."""
        self._text = text
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._search()

    def set_text(self, text: str) -> None:
        """Another article is open."""
        self._text = text
        if self.isVisible():
            self._search()

    def go(self, by: int) -> None:
        """Go to the next place, or the one before."""
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._say()
            self.gone_to.emit(*self._places[self._at])

    def end(self) -> None:
        """Forget what was found."""
        self.hide()
        self._places, self._at = [], -1
        self.found.emit([])
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.go(-1 if shift else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self._places = places(self._text, self.field.text())
        self._at = -1
        self._say()
        self.found.emit(self._places)

    def _say(self) -> None:
        total = len(self._places)
        if not self.field.text():
            self.count.setText("")
        elif self._at >= 0:
            self.count.setText(f"{self._at + 1} of {total}")
        else:
            self.count.setText(f"{total} found" if total else "not found")


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where the words stand, whatever their letter case and accents; code points of ``text``."""
    sought = fold(wanted)
    if not sought:
        return []
    folded, origin = _folded(text)
    found: list[tuple[int, int]] = []
    at = folded.find(sought)
    while at >= 0:
        found.append((origin[at], _whole(text, origin[at + len(sought) - 1] + 1)))
        at = folded.find(sought, at + len(sought))
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text and for each of its characters the code point it comes from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    parts: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        plain = fold(character)
        parts.append(plain)
        origin += [at] * len(plain)
    return "".join(parts), origin


def _whole(text: str, end: int) -> int:
    """The end of the character that ends here, its combining marks included."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
