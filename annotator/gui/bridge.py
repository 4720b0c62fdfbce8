"""The only door from the window to a project: every act runs in order on one thread of its own.

A verb is a function of `annotator.project` that takes the project first. What it gives, or why it was
refused, comes back to the GUI's thread. *Saved* means that nothing waits and the last act was stored.
"""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Signal

from annotator.errors import AnnotatorError, ProjectError
from annotator.progress import Cancelled

if TYPE_CHECKING:
    from annotator.project import Project
    from annotator.project.project import Queries

Verb = Callable[..., Any]
Then = Callable[[Any], None]


class Bridge(QObject):
    """Runs acts on the writer's thread and long work on a thread of its own."""

    changed = Signal(object)
    """Changes, after each act."""
    refused = Signal(str)
    """One sentence: why an act was not done."""
    broke = Signal(str)
    """A bug: the traceback."""
    saved = Signal(bool, str)
    """Whether everything is stored; where it is not for good, why."""
    progressed = Signal(int, int, str)
    """Long work: done, total (-1: not known), what is next."""
    finished = Signal()
    """Long work has ended, whichever way."""
    _came_back = Signal(object, object)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._waiting: queue.Queue[tuple[Verb, tuple[Any, ...], dict[str, Any], Then | None] | None]
        self._waiting = queue.Queue()
        self._pending = 0
        self._job: threading.Thread | None = None
        self._stop_job = False
        self._trouble = ""
        self._last_progress = 0.0
        self._came_back.connect(self._take_back)
        project.listen(self.changed.emit)
        self._writer = threading.Thread(target=self._write, name="writer", daemon=True)
        self._writer.start()

    @property
    def read(self) -> Queries:
        """What can be read of the project."""
        return self._project.read

    @property
    def person(self) -> str:
        """The id of the person who acts."""
        return self._project.person.id

    @property
    def person_name(self) -> str:
        """The name of the person who acts."""
        return self._project.person.name

    @property
    def where(self) -> str:
        """The project's file or URL."""
        return self._project.where

    def run(self, verb: Verb, *args: Any, then: Then | None = None, **named: Any) -> None:
        """Do an act after those that wait; ``then`` is given its result on the GUI's thread."""
        self._pending += 1
        self.saved.emit(False, "")
        self._waiting.put((verb, args, named, then))

    def undo(self, then: Then | None = None) -> None:
        """Take back the person's newest act."""
        self.run(type(self._project).undo, then=then)

    def redo(self, then: Then | None = None) -> None:
        """Repeat the act taken back last."""
        self.run(type(self._project).redo, then=then)

    def start_job(self, verb: Verb, *args: Any, then: Then | None = None) -> bool:
        """Begin long work beside the acts; one at a time. The verb is given a Progress last."""
        if self._job is not None:
            self.refused.emit("Something long is still under way; it can be stopped below.")
            return False
        self._stop_job = False
        self._pending += 1
        self.saved.emit(False, "")
        work = (verb, (*args, self._progress), {}, then)
        self._job = threading.Thread(target=self._do, args=work, name="job", daemon=True)
        self._job.start()
        return True

    def stop_job(self) -> None:
        """Ask long work to end where it is."""
        self._stop_job = True

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing long is under way."""
        return self._pending == 0

    def idle(self, seconds: float = 30.0) -> bool:
        """Let everything that waits be done; False where it takes longer."""
        until = time.monotonic() + seconds
        while self._pending and time.monotonic() < until:
            flags = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
            QCoreApplication.processEvents(flags, 20)
            time.sleep(0.001)
        return self._pending == 0

    def close(self) -> None:
        """Do what waits, then close the project."""
        self.stop_job()
        self.idle()
        self._waiting.put(None)
        self._writer.join()
        self._project.close()

    def _write(self) -> None:
        while (work := self._waiting.get()) is not None:
            self._do(*work)

    def _do(
        self, verb: Verb, args: tuple[Any, ...], named: dict[str, Any], then: Then | None
    ) -> None:
        """On a thread of its own; only signals lead out."""
        result: Any = None
        trouble: BaseException | None = None
        try:
            result = verb(self._project, *args, **named)
        except (AnnotatorError, Cancelled) as error:
            trouble = error
        except Exception as error:  # a bug: the window shows a report and goes on
            trouble = error
        is_job = threading.current_thread() is self._job
        self._came_back.emit((result, trouble, is_job), then)

    def _take_back(
        self, outcome: tuple[Any, BaseException | None, bool], then: Then | None
    ) -> None:
        """On the GUI's thread."""
        result, trouble, was_job = outcome
        self._pending -= 1
        if was_job:
            self._job = None
            self.finished.emit()
        if trouble is None:
            self._trouble = ""
            if then is not None:
                then(result)
        elif isinstance(trouble, Cancelled):
            self.refused.emit("Stopped; what was stored before stays.")
        elif isinstance(trouble, AnnotatorError):
            self._trouble = str(trouble) if isinstance(trouble, ProjectError) else ""
            self.refused.emit(str(trouble))
        else:
            self.broke.emit("".join(traceback.format_exception(trouble)))
        if self._pending == 0:
            self.saved.emit(not self._trouble, self._trouble)

    def _progress(self, done: int, total: int | None, note: str = "") -> None:
        if self._stop_job:
            raise Cancelled
        now = time.monotonic()
        if now - self._last_progress > 0.05:
            self._last_progress = now
            self.progressed.emit(done, -1 if total is None else total, note)
