"""A page of the inspector: facts, fields and sections under one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.gui.buttons import ValueButton, WordsButton
from annotator.gui.parts import label, plain_tip, row, rule
from annotator.gui.workbench import Workbench

NOBODY_DECIDED = "—"
NAME_WIDTH = 118


class Page(QWidget):
    """What both pages are made of."""

    asked = Signal(str)
    """The id of an action to do."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.bench = bench
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 14)
        self.column.setSpacing(0)

    def head(self, words: str, color: str = "") -> None:
        """What the page is about, in small capitals."""
        head = label(words.upper(), section=True)
        if color:
            head.setStyleSheet(f"color: {color}")
        self.column.addWidget(head)

    def section(self, words: str) -> None:
        """The head of a part."""
        head = label(words.upper(), section=True)
        head.setContentsMargins(0, 18, 0, 4)
        self.column.addWidget(head)

    def said(self, words: str, **look: bool) -> QLabel:
        """A sentence over as many lines as it needs."""
        shown = label(words, **look)
        shown.setWordWrap(True)
        self.column.addWidget(shown)
        return shown

    def fact(self, name: str, value: str) -> None:
        """A name and what is known."""
        shown = label(value if len(value) <= 30 else f"{value[:29]}…")
        shown.setToolTip(plain_tip(value))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._line(name, row(label(name, soft=True), 1, shown), 6)

    def field(
        self,
        name: str,
        choices: Sequence[tuple[str, object]],
        chosen: object,
        choose: Callable[[object], None],
        guideline: str = "",
    ) -> None:
        """A name and a value that is chosen from a list."""
        button = ValueButton(name, choices, chosen, choose)
        button.setObjectName(name)
        words = label(name, soft=True)
        if guideline:
            words.setToolTip(plain_tip(guideline))
        layout = row(words, button)
        layout.setStretch(1, 1)
        self._line(name, layout, 0)

    def asking(self, name: str, value: str, action: str) -> None:
        """A name and a value that an action asks for."""
        button = WordsButton(value, f"{name}: {value}")
        button.setProperty("value", True)
        button.setObjectName(name)
        button.clicked.connect(lambda: self.asked.emit(action))
        layout = row(label(name, soft=True), button)
        layout.setStretch(1, 1)
        self._line(name, layout, 0)

    def _line(self, name: str, layout: object, margin: int) -> None:
        holder = QWidget()
        holder.setAccessibleName(name)
        holder.setLayout(layout)
        if margin:
            layout.setContentsMargins(0, margin, 0, margin)
        self.column.addWidget(holder)
        self.column.addWidget(rule())
