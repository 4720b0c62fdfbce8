"""Letter keys on keyboards without Latin letters: the key that lies where the letter lies elsewhere."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ROWS = {16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM", 2: "1234567890"}
"""By the scan code of their first key, as both Windows and Linux's evdev count."""
_X11 = 8
"""X11 and Wayland count from here."""
_MAC = dict(
    zip(
        (
            0,
            11,
            8,
            2,
            14,
            3,
            5,
            4,
            34,
            38,
            40,
            37,
            46,
            45,
            31,
            35,
            12,
            15,
            1,
            17,
            32,
            9,
            13,
            7,
            16,
            6,
        ),
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        strict=True,
    )
)
_PLACES = {
    first + at: letter for first, letters in _ROWS.items() for at, letter in enumerate(letters)
}


def letter(event: QKeyEvent) -> str:
    """The Latin letter or figure of a key press, in upper case; empty where it is none.

    A key that gives a Latin letter is that letter wherever it lies, as on French and German keyboards.
    """
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    if key in _NO_LETTERS or (event.text().isascii() and event.text()):
        return ""
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "")
    code = event.nativeScanCode() - (_X11 if sys.platform.startswith("linux") else 0)
    return _PLACES.get(code, "")


_NO_LETTERS = frozenset(
    [
        Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace,
        Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta,
    ]
)  # fmt: skip
