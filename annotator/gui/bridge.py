"""The only door from the window to a project: every act runs in order on one thread of its own.

A verb is a function of `annotator.project` that takes the project first. What it gives, or why it was
refused, comes back to the GUI's thread. *Saved* means that nothing waits and nothing failed to be
stored. An act that the disk or the server did not take is kept with all that come after it, and is
tried again in that order, by itself every few seconds or when the person asks; each has an id of its
own, so that none is stored twice. Where the file is no longer the one that was opened, nothing more
is tried; what waits can be handed to the project that takes its place.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from annotator.errors import AnnotatorError, NotStored, ProjectGone
from annotator.language import tr
from annotator.model.ids import new_id
from annotator.progress import Cancelled

if TYPE_CHECKING:
    from annotator.model.changes import Changes
    from annotator.project import Project
    from annotator.project.project import Queries

Verb = Callable[..., Any]
Then = Callable[[Any], None]

ACT, JOB, LOOK = "act", "job", "look"


RETRY = 5_000
"""Milliseconds after which acts that could not be stored are tried again."""
WATCH = 5_000
"""Milliseconds between two looks at whether the file is still the one that was opened."""
FEED = 1_500
"""Milliseconds between two looks at what others did, where there can be others."""


class Work(NamedTuple):
    """Something to do on another thread, and who is given its result."""

    call: Callable[[Project], Any]
    then: Then | None
    kind: str
    id: str = ""
    """Of an act: its op's id, the same at every try."""


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
    gone = Signal(str)
    """The file is no longer the one that was opened; said once."""
    _came_back = Signal(object, object, object)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._pending = self._looking = 0
        self._failed: list[Work] = []
        self._stuck: AnnotatorError | None = None
        """Why the first of the acts that wait could not be stored; none behind it is tried."""
        self._told_trouble = ""
        self.is_gone = False
        """Whether the file was removed or replaced; nothing more is written then."""
        self._job: threading.Thread | None = None
        self._stop_job = False
        self._last_progress = 0.0
        self._came_back.connect(self._take_back)
        self._own: set[int] = set()
        self._seen = project.read.last_seq() if project.has_other_writers else 0
        project.listen(self._told)
        self._acts: queue.Queue[Work | None] = queue.Queue()
        self._looks: queue.Queue[Work | None] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._work_through, args=(works,), name=name, daemon=True)
            for works, name in ((self._acts, "writer"), (self._looks, "reader"))
        ]
        for thread in self._threads:
            thread.start()
        self._retry = QTimer(self, singleShot=True, interval=RETRY)
        self._retry.timeout.connect(self.try_again)
        self._watch = QTimer(self, interval=WATCH)
        self._watch.timeout.connect(self.watch)
        self._watch.start()
        self._feed = QTimer(self, interval=FEED)
        self._feed.timeout.connect(self.look_at_others)
        if project.has_other_writers:
            self._feed.start()

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

    @property
    def may_write(self) -> bool:
        """Whether the project was opened to work in, not only to be read."""
        return self._project.may_write

    def run(self, verb: Verb, *args: Any, then: Then | None = None, **named: Any) -> None:
        """Do an act after those that wait; ``then`` is given its result on the GUI's thread."""
        act_id = new_id()

        def once(project: Project) -> Any:
            return project.once(act_id, verb, *args, **named)

        work = Work(once, then, ACT, act_id)
        if self._failed:  # in their order: an older one may be what this one is about
            self._failed.append(work)
            self.try_again()
        else:
            self._begin(work)

    def undo(self, then: Then | None = None) -> None:
        """Take back the person's newest act; one that is not stored yet is given up."""
        if self._failed:
            del self._failed[-1]
            self._stuck = self._stuck if self._failed else None
            self.refused.emit(tr("The last act was not stored; it is given up."))
            self._say_saved()
            return
        self.run(type(self._project).undo, then=then)

    def redo(self, then: Then | None = None) -> None:
        """Repeat the act taken back last."""
        self.run(type(self._project).redo, then=then)

    def look(self, reading: Verb, *args: Any, then: Then) -> None:
        """Read what may be much beside the acts; ``reading`` is given the Queries first."""
        self.aside(lambda project: reading(project.read, *args), then)

    def aside(self, verb: Verb, then: Then | None = None) -> None:
        """Do what changes nothing in the project beside the acts, such as a copy of it."""
        self._looking += 1
        self._looks.put(Work(verb, then, LOOK))

    def start_job(self, verb: Verb, *args: Any, then: Then | None = None) -> bool:
        """Begin long work beside the acts; one at a time. The verb is given a Progress last."""
        if self._job is not None:
            self.refused.emit(tr("Something long is still under way; it can be stopped below."))
            return False
        self._stop_job = False
        self._wait_for_one()
        work = Work(lambda project: verb(project, *args, self._progress), then, JOB)
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
        self._retry.stop()
        if self.is_gone or self._pending:
            return
        self._stuck = None
        failed, self._failed = self._failed, []
        for work in failed:
            self._begin(work)

    def hand_over(self) -> list[Work]:
        """The acts that are not stored, for the project that takes this one's place."""
        failed, self._failed = self._failed, []
        return failed

    def take_over(self, works: list[Work]) -> None:
        """Do acts that another project could not store; who waited for them is gone with it."""
        for work in works:
            self._begin(work._replace(then=None))

    def watch(self) -> None:
        """Look whether the file is still the one that was opened."""
        try:
            self._project.require_same()
        except ProjectGone as error:
            self._lose(str(error))

    def look_at_others(self) -> None:
        """Look at what others did meanwhile."""
        if not self._looking:
            self.look(_since, self._seen, then=self._tell_others)

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
        for timer in (self._retry, self._watch, self._feed):
            timer.stop()
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
            if work.kind == ACT and self._stuck is not None:
                raise self._stuck
            result = work.call(self._project)
        except (NotStored, ProjectGone) as error:
            self._stuck = error if work.kind == ACT else self._stuck
            trouble = error
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
        if work.kind == ACT and isinstance(trouble, NotStored | ProjectGone):
            self._failed.append(work)
        if self._pending == 0 and work.kind != LOOK:
            self._say_saved()
        if isinstance(trouble, ProjectGone):
            self._lose(str(trouble))
        elif trouble is not None:
            self._tell(trouble)
        elif work.then is not None:
            work.then(result)

    def _say_saved(self) -> None:
        if not self._failed:
            self._told_trouble = ""
        self.saved.emit(not self._failed, str(self._stuck) if self._failed else "")
        if self._failed and not self.is_gone:
            self._retry.start()

    def _lose(self, words: str) -> None:
        if not self.is_gone:
            self.is_gone = True
            self._watch.stop()
            self._retry.stop()
            self.gone.emit(words)

    def _told(self, changes: Changes) -> None:
        """On the thread that acted: one of our own acts is stored."""
        if self._project.has_other_writers:
            self._own.add(changes.seq)
        self.changed.emit(changes)

    def _tell_others(self, changes: tuple[Changes, ...]) -> None:
        for one in changes:
            self._seen = one.seq
            if one.seq in self._own:
                self._own.discard(one.seq)
            else:
                self.changed.emit(one)

    def _tell(self, trouble: Exception) -> None:
        if isinstance(trouble, Cancelled):
            self.refused.emit(tr("Stopped; what was stored before stays."))
        elif isinstance(trouble, NotStored):
            self._tell_once(str(trouble))
        elif isinstance(trouble, AnnotatorError):
            self.refused.emit(str(trouble))
        else:
            self.broke.emit(trouble)

    def _tell_once(self, words: str) -> None:
        """Not again at each try, and not for each act that waits."""
        if words != self._told_trouble:
            self._told_trouble = words
            self.refused.emit(words)

    def _progress(self, done: int, total: int | None, note: str = "") -> None:
        if self._stop_job:
            raise Cancelled
        now = time.monotonic()
        if now - self._last_progress > 0.05:
            self._last_progress = now
            self.progressed.emit(done, -1 if total is None else total, note)


def _since(read: Queries, seq: int) -> tuple[Changes, ...]:
    return read.changes_since(seq)
