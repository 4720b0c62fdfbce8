"""Counting what a person does, at the application: not by a list of the test's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Presses(QObject):
    """Presses of keys (a chord is one, repeats count) and of mouse buttons.

    Every press asks the focus once whether it overrides a shortcut, also where a shortcut takes it.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.keys = self.mouse = 0
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let everything through."""
        is_press = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_press and watched is QApplication.focusWidget():
            self.keys += event.key() not in MODIFIERS
        self.mouse += watched.isWidgetType() and event.type() == QEvent.Type.MouseButtonPress
        return False
