"""Find in the open article: typed words or a regular expression; places in code points.

Looking runs beside the acts, so that an expression that takes long never holds up the window.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.errors import SearchError
from annotator.gui.bridge import Bridge
from annotator.gui.buttons import ChoiceButton, flat_button
from annotator.gui.parts import label, plain_tip, shortened
from annotator.language import tr
from annotator.text.finding import PATTERN, TEXT, places, sought

if TYPE_CHECKING:
    from annotator.project import Queries

Answer = list[tuple[int, int]] | SearchError


class FindBar(QWidget):
    """The line above the text; Enter goes on, Shift+Enter back, Esc ends."""

    found = Signal(list)
    """Every place, in code points."""
    gone_to = Signal(int, int)
    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find in this article"))
        self.field.setAccessibleName(tr("Find in this article"))
        self.field.installEventFilter(self)
        self.count = label(small=True)
        self.pattern = ChoiceButton(".*", tr("Regular expression"))
        self.pattern.setToolTip(tr("Regular expression"))
        self.pattern.toggled.connect(lambda _: self._search())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        layout.addWidget(self.pattern)
        for words, name, step in (("↑", tr("Previous"), -1), ("↓", tr("Next"), 1)):
            button = flat_button(words, name)
            button.clicked.connect(lambda _=False, by=step: self.go(by))
            layout.addWidget(button)
        close = flat_button("×", tr("Close"))
        close.clicked.connect(self.end)
        layout.addWidget(close)
        self._text = ""
        self._places: list[tuple[int, int]] = []
        self._at = -1
        self._asked = self._answered = 0
        """How often was looked, and which of these looks was answered last."""
        self._steps = 0
        """Where to go once the answer is there."""
        self.field.textChanged.connect(lambda _: self._search())
        self.hide()

    def begin(self, text: str, words: str = "") -> None:
        """Search in this text, for these words where there are any."""
        self._text = text
        self.show()
        if words:
            self.field.setText(words)
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
        if self._asked != self._answered:
            self._steps += by
        elif self._places:
            self._at = (max(self._at, 0 if by < 0 else -1) + by) % len(self._places)
            self._say()
            self.gone_to.emit(*self._places[self._at])

    def end(self) -> None:
        """Forget what was found."""
        self.hide()
        self._asked = self._answered = self._asked + 1
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
        self._asked += 1
        self._steps = 0
        look = partial(
            _look, text=self._text, said=self.field.text(), pattern=self.pattern.isChecked()
        )
        self._bridge.look(look, then=partial(self._take, self._asked))

    def _take(self, asked: int, answer: Answer) -> None:
        if asked != self._asked:
            return
        self._answered = asked
        self._places, self._at = [], -1
        if isinstance(answer, SearchError):
            self.count.setText(shortened(str(answer), 70))
            self.count.setToolTip(plain_tip(str(answer)))
        else:
            self._places = answer
            self._say()
        self.found.emit(self._places)
        steps, self._steps = self._steps, 0
        if steps:
            self.go(steps)

    def _say(self) -> None:
        total = len(self._places)
        self.count.setToolTip("")
        if not self.field.text():
            self.count.setText("")
        elif self._at >= 0:
            self.count.setText(tr("{at} of {total}", at=self._at + 1, total=total))
        else:
            self.count.setText(tr("{total} found", total=total) if total else tr("not found"))


def _look(_read: Queries, *, text: str, said: str, pattern: bool) -> Answer:
    try:
        return places(sought(said, PATTERN if pattern else TEXT), text)
    except SearchError as error:
        return error
