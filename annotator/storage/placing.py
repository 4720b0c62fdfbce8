"""Files that take their place whole or not at all, and are there after a power cut."""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil

from annotator.errors import ProjectError
from annotator.language import tr


@contextmanager
def draft_beside(path: Path) -> Generator[Path]:
    """A name beside ``path`` to make a file under; whatever is left of it afterwards goes."""
    sweep(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield draft
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Take away drafts of this file that killed processes left."""
    _sweep(path.parent, re.escape(path.name))


def sweep_folder(folder: Path) -> None:
    """The same for every file of a folder of ours."""
    _sweep(folder, ".+")


def _sweep(folder: Path, names: str) -> None:
    ours = re.compile(rf"\.{names}\.(\d+)\.new(-journal|-wal|-shm)?")
    for found in folder.glob(".*"):
        match = ours.fullmatch(found.name)
        if match and not psutil.pid_exists(int(match[1])):
            found.unlink(missing_ok=True)


def take_free_place(draft: Path, path: Path) -> None:
    """Give a finished draft its name, never that of another file. Raises ProjectError."""
    sync(draft)
    try:
        os.link(draft, path)  # unlike a rename, refuses a name that came into use meanwhile
    except FileExistsError:
        raise ProjectError(tr("{path} is already there; it was not changed.", path=path)) from None
    except OSError:  # a file system without links
        draft.rename(path)
    sync_folder(path.parent)


def take_place(draft: Path, path: Path) -> None:
    """Put a finished draft where ``path`` is, in one step."""
    sync(draft)
    draft.replace(path)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Have the disk hold what the file holds."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk know the names in a folder; there is no such thing on Windows."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
