"""What the person chose, kept in the settings file; whoever draws it is told what changed."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from annotator import settings as settings_file
from annotator.errors import SettingsError
from annotator.settings import Settings


class Choices(QObject):
    """The settings of this person, one for the whole window."""

    changed = Signal(object)
    """The names of the settings that are new (set of str)."""
    failed = Signal(str)
    """A sentence: the settings could not be kept; they hold until the window is closed."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = settings

    def keep(self, **chosen: Any) -> None:
        """Choose these, draw them at once and keep them for the next time."""
        new = {name for name, value in chosen.items() if getattr(self.now, name) != value}
        if not new:
            return
        self.now = replace(self.now, **chosen)
        self.changed.emit(new)
        try:
            settings_file.save(self.now)
        except SettingsError as error:
            self.failed.emit(str(error))
