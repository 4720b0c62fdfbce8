"""Several reading processes at work on many files; what they find comes in the order of the files."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Self

from annotator.articles.apart import limits
from annotator.articles.apart.finding import found_in, is_harmless
from annotator.articles.apart.messages import Ask, Reply
from annotator.articles.apart.process import Process
from annotator.articles.columns import TableMapping
from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr

AHEAD = 4
"""Files for each process that may be read while one before them still is."""
WAITING = 32
"""What was found in one file and waits to be taken; then its process waits too."""
FEW = 8
"""Files up to which short plain texts are read at once, in the program itself."""
TICK = 0.05
"""Seconds between two looks at the time and at whoever wants to stop."""


class _Job:
    """A file on its way."""

    def __init__(self, at: int, path: Path) -> None:
        self.at = at
        self.path = path
        self.found: queue.Queue[Reply] = queue.Queue(WAITING)


class Crew:
    """Reads files apart from the program. Used by one thread; ends with the ``with``."""

    def __init__(self, processes: int | None = None, mappings: Sequence[TableMapping] = ()) -> None:
        """``mappings``: what the person says of the columns of tables."""
        self._mappings = tuple(mappings)
        self._size = processes or cores()
        self._processes: list[Process] = []
        self._threads: list[threading.Thread] = []
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._reading: dict[Process, str] = {}
        self._is_over = self._at_once = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(
        self, files: Sequence[Path], waiting: Callable[[int], None] = lambda _: None
    ) -> Generator[Reply]:
        """What is found in the files, in their order; behind what is in each comes ``finished``.

        ``waiting`` is called with the place of the file whose turn it is, at least every 50 ms; what
        it raises ends the reading at once.
        """
        self._need(min(self._size, len(files)))
        self._at_once = len(files) <= FEW
        under_way: deque[_Job] = deque()
        given = 0
        for at in range(len(files)):
            while given < min(len(files), at + AHEAD * len(self._processes)):
                under_way.append(_Job(given, files[given]))
                self._jobs.put(under_way[-1])
                given += 1
            yield from self._taken(under_way.popleft(), waiting)

    def close(self) -> None:
        """Stop every process, whatever it is at."""
        self._is_over = True
        for process in self._processes:
            process.close()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._processes, self._threads = [], []

    def _taken(self, job: _Job, waiting: Callable[[int], None]) -> Iterator[Reply]:
        while True:
            waiting(job.at)
            for process, name in list(self._reading.items()):
                process.look_after(name)
            with contextlib.suppress(queue.Empty):
                reply = job.found.get(timeout=TICK)
                yield reply
                if reply.finished:
                    return

    def _need(self, count: int) -> None:
        for _ in range(count - len(self._processes)):
            process = Process()
            thread = threading.Thread(target=self._work, args=(process,), daemon=True)
            self._processes.append(process)
            self._threads.append(thread)
            thread.start()

    def _work(self, process: Process) -> None:
        while (job := self._jobs.get()) is not None and not self._is_over:
            self._do(process, job)
        process.end()

    def _do(self, process: Process, job: _Job) -> None:
        try:
            data = bytes_of(job.path)
        except ArticleError as error:
            self._put(job, Reply(refused=str(error)))
        else:
            for reply in self._found(process, job, data):
                self._put(job, reply)
        self._put(job, Reply(finished=True))

    def _found(self, process: Process, job: _Job, data: bytes) -> Iterator[Reply]:
        name = job.path.name
        ask = Ask(name, data, self._mappings)
        if self._at_once and is_harmless(data, name):
            yield from (reply for reply in found_in(ask) if not reply.finished)
            return
        self._reading[process] = name
        yield from process.read(ask)
        self._reading.pop(process, None)

    def _put(self, job: _Job, reply: Reply) -> None:
        while not self._is_over:
            with contextlib.suppress(queue.Full):
                job.found.put(reply, timeout=TICK)
                return


def read_in_hand(data: bytes, name: str) -> Iterator[Reply]:
    """What is found in bytes that no file holds, such as the clipboard's; ends with ``finished``."""
    if len(data) > limits.LARGEST_FILE:
        yield Reply(refused=limits.too_large(said(name)))
    elif is_harmless(data, name):
        yield from found_in(Ask(name, data))
        return
    else:
        process = Process()
        try:
            yield from process.read(Ask(name, data))
        finally:
            process.end()
    yield Reply(finished=True)


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises ArticleError for what is no file or is too large to be an article."""
    try:
        if not path.is_file():
            path.stat()  # says it where there is none
            raise ArticleError(tr("{path} is not a file; it was not imported.", path=path))
        if path.stat().st_size > limits.LARGEST_FILE:
            raise ArticleError(limits.too_large(str(path)))
        with path.open("rb") as file:
            data = file.read(limits.LARGEST_FILE + 1)
    except FileNotFoundError:
        raise ArticleError(
            tr("There is no file {path}; nothing was imported.", path=path)
        ) from None
    except OSError as error:
        raise ArticleError(
            tr("{path} cannot be read ({why}).", path=path, why=error.strerror)
        ) from None
    if len(data) > limits.LARGEST_FILE:
        raise ArticleError(limits.too_large(str(path)))
    return data


def cores() -> int:
    """How many processes can work at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return max(1, len(affinity(0)) if affinity else os.cpu_count() or 1)
