"""What is dropped on the window: saved articles are taken in, a project is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

SUFFIX = ".annotator"


class Dropping(QObject):
    """Lets files be dropped anywhere on a window."""

    def __init__(
        self,
        window: QWidget,
        take_in: Callable[[Sequence[str]], None],
        open_project: Callable[[str], None],
        show: Callable[[bool], None],
    ) -> None:
        """``show`` is told whether files hang over the window now."""
        super().__init__(window)
        self._take_in, self._open, self._show = take_in, open_project, show
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files, and nothing else."""
        if isinstance(event, QDragEnterEvent) and files_of(event.mimeData()):
            event.acceptProposedAction()
            self._show(True)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._show(False)
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._show(False)
            names = files_of(event.mimeData())
            if names:
                event.acceptProposedAction()
                self._drop(names)
                return True
        return super().eventFilter(watched, event)

    def _drop(self, names: Sequence[str]) -> None:
        projects = [name for name in names if Path(name).suffix == SUFFIX]
        if len(names) == 1 and projects:
            self._open(projects[0])
        else:
            self._take_in(names)


def files_of(data: QMimeData) -> list[str]:
    """The files of this machine that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
