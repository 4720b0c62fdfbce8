"""Running the app: a window first, everything else after it is painted."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QEvent, QLibraryInfo, Qt, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from annotator import language
from annotator import settings as settings_file
from annotator.errors import SettingsError
from annotator.gui import crash
from annotator.gui.window import Window
from annotator.settings import Settings


class Application(QApplication):
    """The application object; macOS asks a running program to open a file by an event."""

    asked = Signal(str)
    """The path of a project."""

    def event(self, event: QEvent) -> bool:
        """Pass on what the system asks to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.asked.emit(event.file())
            return True
        return super().event(event)


def run(project: str | None, *, person: str | None = None, sample: bool = False) -> int:
    """Open the app on a project, the sample or the start page; the exit code is Qt's."""
    application = make_application()
    crash.install()
    crash.keep_fatal()
    window = Window(_settings(), person)
    application.asked.connect(window.open_project)
    window.open_when_painted(project, sample=sample)
    # All that was loaded stays: the collector need not stop the window to look through it again.
    window.begun.connect(lambda: gc.freeze())
    window.show()
    return application.exec()


def make_application() -> Application:
    """The application object, named and dressed."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    # Named like this, for a style that is set is a style that Python loads all of before the first paint.
    application = Application([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("annotator")
    application.setApplicationDisplayName("Annotator")
    application.setDesktopFileName("annotator")
    _let_qt_speak(application)
    return application


def _let_qt_speak(application: QApplication) -> None:
    """Let Qt's own words, such as OK, Cancel and Cut, be of the language that we speak."""
    if language.code() == "en":
        return
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    words = QTranslator(application)
    if words.load(f"qtbase_{language.code()}", folder):
        application.installTranslator(words)


def _settings() -> Settings:
    """What the person chose; a broken file is left alone and the defaults serve."""
    try:
        return settings_file.load()
    except SettingsError as error:
        sys.stderr.write(f"annotator: {error}\n")
        return Settings()
