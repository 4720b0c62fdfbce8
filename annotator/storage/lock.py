"""One writing process for each project file.

The system's own lock on `PROJECT.lock` decides; a dead holder's is freed by the system at once. What
stands in `PROJECT.holder.json` only tells a person who it is.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from annotator.errors import ProjectLocked, ProjectReadOnly
from annotator.language import tr
from annotator.model.ids import now


class Holder(msgspec.Struct, frozen=True):
    """Who has a project open for writing."""

    pid: int
    host: str
    program: str
    since: str

    def __str__(self) -> str:
        return tr(
            "{program} (process {pid} on {host}, since {since})",
            program=self.program,
            pid=self.pid,
            host=self.host,
            since=self.since,
        )


class ProjectLock:
    """Held from opening a project for writing until it is closed."""

    def __init__(self, path: Path, program: str) -> None:
        """Take the lock. Raises ProjectLocked naming the holder."""
        self._holder_path = path.with_name(path.name + ".holder.json")
        self._lock_path = path.with_name(path.name + ".lock")
        # Not thread-local: the project may be closed by another thread than opened it. Never the
        # soft kind, which a crash would leave behind.
        self._lock = FileLock(
            self._lock_path, timeout=0, thread_local=False, fallback_to_soft=False
        )
        try:
            self._lock.acquire()
        except Timeout:
            raise ProjectLocked(
                tr(
                    "{path} is open in {holder}; it can be read meanwhile, but not changed.",
                    path=path,
                    holder=self._read_holder() or tr("another program"),
                )
            ) from None
        except OSError as error:
            raise ProjectReadOnly(
                tr(
                    "{path} cannot be opened for writing: its folder refuses a lock file "
                    "({why}). Nothing was changed.",
                    path=path,
                    why=error.strerror,
                )
            ) from None
        left = self._read_holder()
        if left is not None and left.host != socket.gethostname():
            self._lock.release()
            raise ProjectLocked(
                tr(
                    "{path} is open in {left}. If that computer no longer has it open, delete "
                    "{name} beside it.",
                    path=path,
                    left=left,
                    name=self._holder_path.name,
                )
            )
        self.was_left = left is not None
        """Whether whoever held it last did not give it back, as after a crash."""
        me = Holder(os.getpid(), socket.gethostname(), program, now())
        try:
            self._holder_path.write_bytes(msgspec.json.encode(me))
        except OSError:
            pass  # the lock itself holds; only its name is not known to others

    def release(self) -> None:
        """Give it back and leave nothing behind.

        The lock file goes while we still hold it; a waiter that had it open notices that the name
        is gone and tries again.
        """
        self._holder_path.unlink(missing_ok=True)
        if os.name != "nt":
            self._lock_path.unlink(missing_ok=True)
        self._lock.release()

    def _read_holder(self) -> Holder | None:
        try:
            return msgspec.json.decode(self._holder_path.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):
            return None
