"""Small parts that the panels are built of."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from annotator.text.visible import visible


def label(words: str = "", **look: bool) -> QLabel:
    """A label; ``look`` names what the style sheet knows: heading, soft, small, section, key, ok, warn."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    for name, value in look.items():
        made.setProperty(name, value)
    return made


def keycap(sequence: str) -> QLabel:
    """A key as it is drawn beside what it does."""
    return label(shown_keys(sequence), key=True)


def shown_keys(sequence: str) -> str:
    """A key sequence as this system writes it, with thin blanks."""
    # The last plus of “Ctrl++” is the key itself.
    return re.sub(r"\+(?=.)", " ", native_keys(sequence)).replace("Shift", "⇧")


def native_keys(sequence: str) -> str:
    """A key sequence as this system writes it in running words."""
    native = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("Return", "Enter")


def plain_tip(words: str) -> str:
    """Words as a tool tip shows them and nothing else: Qt takes an article's words for HTML."""
    return f"<qt>{html.escape(visible(words))}</qt>"


def shortened(words: str, most: int) -> str:
    """Words on one line, cut with an ellipsis where there are more than ``most`` characters."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def rule() -> QFrame:
    """A thin line between parts."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


def row(*parts: QWidget | int, spacing: int = 7) -> QHBoxLayout:
    """Parts beside one another; a number is a stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        else:
            is_key = bool(part.property("key"))
            align = Qt.AlignmentFlag.AlignVCenter if is_key else Qt.AlignmentFlag(0)
            layout.addWidget(part, 0, align)
    return layout


def free_width(widget: QWidget) -> QWidget:
    """Let a widget be as narrow as its neighbors need."""
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
    return widget


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            empty(item.layout())
            item.layout().deleteLater()
