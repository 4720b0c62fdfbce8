"""Asking by letters: over marks in the text, or over a short list at its foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from annotator.gui import latin
from annotator.gui.parts import label, row
from annotator.gui.reading import ReadingView
from annotator.language import tr

LEFT, RIGHT, BELOW = 20, 36, 20
"""Pixels that a tip keeps from the edges of the text."""


class Choice(NamedTuple):
    """One answer: its key, how it reads, and what it is."""

    key: str
    words: str
    value: object


class Tip(QFrame):
    """A dark card at the foot of the text: what is asked, and the answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tip")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(4)
        self._lines: list[QWidget] = []
        self._words = label()
        self._head = row(self._words)
        """The words, and beside or below them what keys there are."""
        self.hide()

    def ask(self, question: str, choices: Sequence[Choice] = ()) -> None:
        """Show a question with its answers."""
        self._begin(question)
        for choice in choices:
            self._add(row(label(choice.key.upper(), key=True), label(choice.words), 1))
        self._show()

    def offer(self, words: str, keys: Sequence[tuple[str, str]]) -> None:
        """Show what is offered, and beside it, or below where it is narrow, the keys that take it."""
        self._begin(words)
        parts: list[QWidget] = []
        for key, does in keys:
            parts += [label(key, key=True), label(does)]
        beside = QWidget()
        beside.setLayout(row(*parts, 1))
        self._head.addWidget(beside)
        self._show()

    def end(self) -> None:
        """Go away."""
        self.hide()

    def place(self) -> None:
        """Keep to the lower right corner, no wider than the text: the words break if they must."""
        around, layout = self.parentWidget().rect(), self._layout
        room = around.width() - LEFT - RIGHT
        self._be_narrow(False)
        wide = layout.sizeHint().width()
        if wide > room:
            self._be_narrow(True)
            wide = room
        breaks = layout.hasHeightForWidth()
        high = layout.totalHeightForWidth(wide) if breaks else layout.sizeHint().height()
        self.setGeometry(around.width() - wide - RIGHT, around.height() - high - BELOW, wide, high)

    def _be_narrow(self, on: bool) -> None:
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._words.setWordWrap(on)
        self._head.setDirection(down if on else along)
        self._layout.invalidate()  # Qt would only tell it when it is next idle

    def _show(self) -> None:
        self.place()
        self.show()
        self.raise_()

    def _add(self, line: QBoxLayout) -> None:
        holder = QWidget()
        holder.setLayout(line)
        self._layout.addWidget(holder)
        holder.show()  # a layout counts only what is shown, also where the tip stood there before
        self._lines.append(holder)

    def _begin(self, words: str) -> None:
        for line in self._lines:
            self._layout.removeWidget(line)
            line.setParent(None)
            line.deleteLater()
        self._lines.clear()
        self._words = label(words)
        self._head = row(self._words)
        self._add(self._head)


class Asking(QObject):
    """Takes the keys of the reading view until an answer is given or Esc."""

    ended = Signal()

    def __init__(self, view: ReadingView, tip: Tip) -> None:
        super().__init__(view)
        self._view, self._tip = view, tip
        self._answers: dict[str, object] = {}
        self._typed = ""
        self._hints: Mapping[str, str] = {}
        self._then: Callable[[object], None] | None = None
        self._others: Callable[[], None] | None = None
        view.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self._then is not None

    def marks(
        self,
        question: str,
        ids: Sequence[str],
        then: Callable[[object], None],
        others: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Ask for one of these marks, by letters that stand on them.

        ``others``: what Tab leads to instead, as it reads and as it is done.
        """
        codes = letters(len(ids))
        self._hints = dict(zip(ids, codes, strict=True))
        self._begin({code: mark for mark, code in self._hints.items()}, then)
        self._others = others[1] if others else None
        self._view.set_hints(self._hints)
        keys = [("Tab", others[0])] if others else []
        self._tip.offer(question, [*keys, ("Esc", tr("stop"))])

    def one_of(
        self, question: str, choices: Sequence[Choice], then: Callable[[object], None]
    ) -> None:
        """Ask for one of these answers, by their keys."""
        self._hints = {}
        self._begin({choice.key.lower(): choice.value for choice in choices}, then)
        self._tip.ask(question, choices)

    def hint(self, mark_id: str) -> str:
        """The letters that stand on a mark; empty where none do."""
        return self._hints.get(mark_id, "")

    def cancel(self) -> None:
        """No answer."""
        if self.is_open:
            self._end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While asking, letters answer instead of doing their own work."""
        if not self.is_open or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._key(event)
            return True
        return super().eventFilter(watched, event)

    def _begin(self, answers: dict[str, object], then: Callable[[object], None]) -> None:
        self._answers, self._typed, self._then, self._others = answers, "", then, None
        self._view.setFocus()

    def _key(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
            return
        if event.key() == Qt.Key.Key_Tab and self._others is not None:
            others = self._others
            self._end()
            others()
            return
        if event.key() == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
        else:
            self._typed += (latin.letter(event) or event.text().strip()).lower()
        if self._typed in self._answers:
            then, answer = self._then, self._answers[self._typed]
            self._end()
            if then is not None:
                then(answer)
        elif not any(code.startswith(self._typed) for code in self._answers):
            self._typed = ""
        self._view.set_hints(
            {i: code for i, code in self._hints.items() if code.startswith(self._typed)}
            if self.is_open
            else {}
        )

    def _end(self) -> None:
        self._then, self._answers, self._hints = None, {}, {}
        self._view.set_hints({})
        self._tip.end()
        self.ended.emit()


def letters(count: int) -> list[str]:
    """Codes that none of is the beginning of another: one letter while they last, else two."""
    if count <= len(ascii_lowercase):
        return list(ascii_lowercase[:count])
    return [a + b for a in ascii_lowercase for b in ascii_lowercase][:count]


def keyed(values: Sequence[tuple[str, object]]) -> list[Choice]:
    """Answers with letters, each by one of its own where that is free."""
    taken: set[str] = set()
    choices: list[Choice] = []
    for words, value in values:
        own = [c for c in words.lower() if c in ascii_lowercase] + list(ascii_lowercase)
        key = next((c for c in own if c not in taken), "?")
        taken.add(key)
        choices.append(Choice(key, words, value))
    return choices
