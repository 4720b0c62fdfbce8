"""A record at a glance: JSON with its long words and lists cut, anything else as it begins."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit

from annotator.gui import theme as themes
from annotator.language import tr

WORDS = 48
"""Characters of a string that are shown."""
PLAIN = 3_000
"""Characters of a file that is not JSON."""

_KEY = re.compile(r'"(?:[^"\\]|\\.)*"(?=: )')
_LABEL = re.compile(r'(?:(?<="label": )|(?<="type": ))"(?:[^"\\]|\\.)*"')


class Record(QPlainTextEdit):
    """How a file begins."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setObjectName("beginning")
        self.setAccessibleName(tr("First record"))
        self.setFont(themes.face("mono", 12))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(120)
        self._keys = _Keys(self.document())

    def show_beginning(self, words: str) -> None:
        """Show the first record of a file that begins so."""
        self.setPlainText(glance(words))


def glance(words: str) -> str:
    """The first record, short enough to be seen as a whole."""
    first = words.partition("\n")[0]
    try:
        record: Any = msgspec.json.decode(first)
    except msgspec.DecodeError:
        return words[:PLAIN]
    if not isinstance(record, dict):
        return words[:PLAIN]
    lines = [f"{_json(key)}: {_short(value)}" for key, value in record.items()]
    return "{" + ",\n ".join(lines) + "}"


def _short(value: Any) -> str:
    if isinstance(value, str):
        flat = " ".join(value.split())
        return _json(flat if len(flat) <= WORDS else flat[: WORDS - 1] + "…")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(k)}: {_short(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        shown = ", ".join(map(_short, value[:1] if _is_deep(value) else value[:12]))
        return f"[{shown}, …]" if len(value) > (1 if _is_deep(value) else 12) else f"[{shown}]"
    return _json(value)


def _is_deep(value: list[Any]) -> bool:
    return bool(value) and isinstance(value[0], (dict, list))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class _Keys(QSyntaxHighlighter):
    """Keys in one color, labels and types in another."""

    def highlightBlock(self, text: str) -> None:
        """Color one line."""
        theme = themes.of_application()
        for pattern, color in ((_KEY, "source"), (_LABEL, "claim")):
            look = QTextCharFormat()
            look.setForeground(theme.color(color))
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), look)
