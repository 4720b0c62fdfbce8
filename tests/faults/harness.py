"""What the fault suites share: children that can be killed cheaply, and what must hold afterwards.

Children are forked from a server process that has loaded the program, so that a thousand of them cost
minutes and not hours.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from annotator.project import Project, keep, marks, open_project
from annotator.text.span import Span
from tests.support.builders import article

IS_RELEASE = os.environ.get("ANNOTATOR_SUITE") == "release"
TEXT = "word " * 4_000
_context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
if os.name == "posix":
    _context.set_forkserver_preload(["tests.faults.harness", "annotator.project.articles"])


def counted(short: int, long: int) -> int:
    """How many times: in every run, and in the long form."""
    return long if IS_RELEASE else short


@contextmanager
def child(work: Callable[..., None], *args: Any) -> Generator[tuple[BaseProcess, Connection]]:
    """A process that does ``work(connection, *args)``; it is gone afterwards."""
    ours, theirs = _context.Pipe()
    process = _context.Process(target=work, args=(theirs, *args), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def heard(connection: Connection) -> list[Any]:
    """Everything that the child said before it ended."""
    said: list[Any] = []
    try:
        while True:
            said.append(connection.recv())
    except (EOFError, OSError):
        return said


def make(path: Path) -> str:
    """A project with one long article; its id."""
    keep.create(path)
    with open_project(path, person="Mara", durable=False) as project:
        return article(project, TEXT)


def pair(project: Project, document: str, n: int) -> None:
    """Act number ``n``: two marks on the n-th word, both or none."""
    with project.op(f"Pair {n}"):
        marks.add(project, document, Span.of([(5 * n, 5 * n + 4)]), "claim")
        marks.add(project, document, Span.of([(5 * n, 5 * n + 4)]), "source")


def write_pairs(connection: Connection, path: Path, document: str, at: int) -> None:
    """Act after act, each told when it is stored; every fifth is taken back and repeated."""
    project = open_project(path, person="Mara")
    connection.send("ready")
    while True:
        pair(project, document, at)
        connection.send(at)
        if at % 5 == 4:
            connection.send(at - 1)  # from now on the last one may be there or not
            project.undo()
            project.redo()
            connection.send(at)
        at += 1


def pairs(path: Path, document: str) -> int:
    """How many acts are there; each is whole, in order, and nothing is wrong in the project."""
    with open_project(path, person="Mara") as project:
        found = project.read.annotations(document)
        findings = project.read.findings()
    assert findings == ()
    places = [mark.start // 5 for mark in found]
    count = len(places) // 2
    assert sorted(places) == sorted(2 * list(range(count))), "an act is torn, or one is missing"
    return count
