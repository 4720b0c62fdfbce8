"""The only door from the window to a project: every act runs in order on one thread of its own.

A verb is a function of `annotator.project` that takes the project first. What it gives, or why it was
refused, comes back to the GUI's thread. *Saved* means that nothing waits and nothing failed to be
stored; an act that the disk or the server did not take is kept, and can be tried again.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Signal

from annotator.errors import AnnotatorError, ProjectError
from annotator.progress import Cancelled

if TYPE_CHECKING:
    from annotator.project import Project
    from annotator.project.project import Queries

Verb = Callable[..., Any]
Then = Callable[[Any], None]

ACT, JOB, LOOK = "act", "job", "look"


class Work(NamedTuple):
    """Something to do on another thread, and who is given its result."""

    call: Callable[[], Any]
    then: Then | None
    kind: str


class Bridge(QObject):
    """Runs acts on the writer's thread, long readings and long work on threads of their own."""

    changed = Signal(object)
    """Changes, after each act."""
    refused = Signal(str)
    """One sentence: why an act was not done."""
    broke = Signal(object)
    """A bug: the exception."""
    saved = Signal(bool, str)
    """Whether everything is stored; where it is not for good, why."""
    progressed = Signal(int, int, str)
    """Long work: done, total (-1: not known), what is next."""
    finished = Signal()
    """Long work has ended, whichever way."""
    _came_back = Signal(object, object, object)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._pending = self._looking = 0
        self._failed: list[Work] = []
        self._trouble = ""
        self._job: threading.Thread | None = None
        self._stop_job = False
        self._last_progress = 0.0
        self._came_back.connect(self._take_back)
        project.listen(self.changed.emit)
        self._acts: queue.Queue[Work | None] = queue.Queue()
        self._looks: queue.Queue[Work | None] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._work_through, args=(works,), name=name, daemon=True)
            for works, name in ((self._acts, "writer"), (self._looks, "reader"))
        ]
        for thread in self._threads:
            thread.start()

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
        self._begin(Work(partial(verb, self._project, *args, **named), then, ACT))

    def undo(self, then: Then | None = None) -> None:
        """Take back the person's newest act."""
        self.run(type(self._project).undo, then=then)

    def redo(self, then: Then | None = None) -> None:
        """Repeat the act taken back last."""
        self.run(type(self._project).redo, then=then)

    def look(self, reading: Verb, *args: Any, then: Then) -> None:
        """Read what may be much beside the acts; ``reading`` is given the Queries first."""
        self._looking += 1
        self._looks.put(Work(partial(reading, self.read, *args), then, LOOK))

    def start_job(self, verb: Verb, *args: Any, then: Then | None = None) -> bool:
        """Begin long work beside the acts; one at a time. The verb is given a Progress last."""
        if self._job is not None:
            self.refused.emit("Something long is still under way; it can be stopped below.")
            return False
        self._stop_job = False
        self._wait_for_one()
        work = Work(partial(verb, self._project, *args, self._progress), then, JOB)
        self._job = threading.Thread(target=self._do, args=(work,), name="job", daemon=True)
        self._job.start()
        return True

    def stop_job(self) -> None:
        """Ask long work to end where it is."""
        self._stop_job = True

    @property
    def unsaved(self) -> int:
        """How many acts could not be stored and can be tried again."""
        return len(self._failed)

    def try_again(self) -> None:
        """Do the acts that could not be stored, in their order."""
        failed, self._failed = self._failed, []
        for work in failed:
            self._begin(work)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing long is under way."""
        return not self._pending and not self._looking

    def idle(self, seconds: float = 30.0) -> bool:
        """Let everything that waits be done; False where it takes longer."""
        until = time.monotonic() + seconds
        while not self.is_idle and time.monotonic() < until:
            flags = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
            QCoreApplication.processEvents(flags, 20)
            time.sleep(0.001)
        return self.is_idle

    def close(self) -> None:
        """Do what waits, then close the project."""
        self.stop_job()
        self.idle()
        for works, thread in zip((self._acts, self._looks), self._threads, strict=True):
            works.put(None)
            thread.join()
        self._project.close()

    def _begin(self, work: Work) -> None:
        self._wait_for_one()
        self._acts.put(work)

    def _wait_for_one(self) -> None:
        self._pending += 1
        self.saved.emit(False, "")

    def _work_through(self, works: queue.Queue[Work | None]) -> None:
        while (work := works.get()) is not None:
            self._do(work)

    def _do(self, work: Work) -> None:
        """On a thread of its own; only signals lead out."""
        result: Any = None
        trouble: Exception | None = None
        try:
            result = work.call()
        except Exception as error:  # a bug too: the window shows a report and goes on
            trouble = error
        self._came_back.emit(work, result, trouble)

    def _take_back(self, work: Work, result: Any, trouble: Exception | None) -> None:
        """On the GUI's thread."""
        if work.kind == LOOK:
            self._looking -= 1
        else:
            self._pending -= 1
        if work.kind == JOB:
            self._job = None
            self.finished.emit()
        if isinstance(trouble, ProjectError) and work.kind == ACT:
            self._failed.append(work)
            self._trouble = str(trouble)
        if self._pending == 0 and work.kind != LOOK:
            self.saved.emit(not self._failed, self._trouble if self._failed else "")
        if trouble is not None:
            self._tell(trouble)
        elif work.then is not None:
            work.then(result)

    def _tell(self, trouble: Exception) -> None:
        if isinstance(trouble, Cancelled):
            self.refused.emit("Stopped; what was stored before stays.")
        elif isinstance(trouble, AnnotatorError):
            self.refused.emit(str(trouble))
        else:
            self.broke.emit(trouble)

    def _progress(self, done: int, total: int | None, note: str = "") -> None:
        if self._stop_job:
            raise Cancelled
        now = time.monotonic()
        if now - self._last_progress > 0.05:
            self._last_progress = now
            self.progressed.emit(done, -1 if total is None else total, note)
