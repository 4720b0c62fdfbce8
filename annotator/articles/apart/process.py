"""One reading process as the program sees it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator.articles.apart import limits
from annotator.articles.apart.messages import Ask, Reply, receive, send
from annotator.articles.naming import said
from annotator.language import tr

PACKAGE = Path(__file__).resolve().parents[3]


class Process:
    """Reads one file after the other; started when it is first asked, and again after it died.

    One thread asks; any thread may look after the time and stop it.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._waiting_since: float | None = None
        self._ended = ""
        """Why it was stopped from here: what is said of the file that it was reading."""
        self._guard = threading.Lock()
        self._is_closed = False

    def start(self) -> None:
        """Start it ahead of the first file, which then need not wait."""
        with self._guard:
            if self._child is None and not self._is_closed:
                self._child = _started()
                self._files = 0

    def read(self, ask: Ask) -> Iterator[Reply]:
        """What it finds in a file; the last reply says why where it was not read to the end."""
        if self._files >= limits.FILES_EACH:
            self._stop()
        self._ended = ""
        self.start()
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            return
        self._files += 1
        try:
            self._waiting_since = time.monotonic()
            send(child.stdin, ask)  # pyright: ignore[reportArgumentType]
            while True:
                reply = receive(child.stdout, Reply)  # pyright: ignore[reportArgumentType]
                self._waiting_since = None
                if reply is None:
                    break
                if reply.finished:
                    return
                yield reply
                self._waiting_since = time.monotonic()
        except (OSError, ValueError, msgspec.MsgspecError):
            pass
        finally:
            self._waiting_since = None
        why = self._why(child)
        self._stop()
        yield Reply(refused=self._ended or limits.died(said(ask.name), why))

    def look_after(self, name: str) -> None:
        """Stop it where the file it reads has had its time."""
        since = self._waiting_since
        if since is not None and time.monotonic() - since > limits.WALL_SECONDS:
            self._ended = limits.took_too_long(said(name))
            self._kill()

    def close(self) -> None:
        """Stop it at once and for good."""
        with self._guard:  # one that is just being started is waited for
            self._is_closed = True
            self._kill()

    def _kill(self) -> None:
        child = self._child
        if child is not None:
            child.kill()

    def _stop(self) -> None:
        with self._guard:
            child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # what was still to be written has no reader any more
                        pass

    def end(self) -> None:
        """Let the system have it back; the asking thread calls this last."""
        self._stop()

    def _why(self, child: subprocess.Popen[bytes]) -> str:
        if self._ended:
            child.kill()
        try:
            code = child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return tr("its reader answered what cannot be understood")
        if code == -getattr(signal, "SIGXCPU", 0):
            return tr("it takes more than {most} seconds of computing", most=limits.CPU_SECONDS)
        return tr("its reader broke down") if code else tr("its reader ended before it was done")


def _started() -> subprocess.Popen[bytes]:
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable] if frozen else [sys.executable, "-P", "-m", "annotator"]
    environment = dict(os.environ)
    if not frozen:
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PACKAGE), known]))
    return subprocess.Popen(
        [*command, "--reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=os.path.abspath(os.sep),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        start_new_session=True,  # Ctrl+C in a terminal is the program's to answer
    )
