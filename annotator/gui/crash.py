"""What is shown of a bug: where it happened, never a word of an article."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import __version__


def report(error: BaseException) -> str:
    """Frames and the kind of error; its message may hold words of an article and is left out."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    system = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return f"Annotator {__version__}, {system}\n\n{frames}{type(error).__name__}"


def show(words: str) -> None:
    """Tell the person, who may go on; what was stored stays stored."""
    box = QMessageBox(QApplication.activeWindow())
    box.setWindowTitle("Something went wrong")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText("Annotator made a mistake. What was saved stays saved, and you can go on.")
    box.setInformativeText("The report below holds no text of your articles.")
    box.setDetailedText(words)
    box.exec()


def install() -> None:
    """Show every bug that nothing else caught."""

    def hook(kind: type[BaseException], error: BaseException, frames: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, frames)
            return
        words = report(error)
        sys.stderr.write(f"{words}\n")
        show(words)

    sys.excepthook = hook
