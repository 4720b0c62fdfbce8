"""Killed at any moment through the real write path: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from annotator.project import marks, open_project
from annotator.project.exchange import verify_project
from annotator.text.span import Span
from tests.support.builders import article

KILLS = 200 if os.environ.get("ANNOTATOR_SUITE") == "release" else 12
TEXT = "word " * 2_000

WRITE = """
import os, sys
from annotator.project import marks, open_project
from annotator.text.span import Span
path, document, at = sys.argv[1], sys.argv[2], int(sys.argv[3])
project = open_project(path, person="Mara")
os.write(1, b"ready\\n")
while True:
    with project.op("A mark and its neighbour"):
        marks.add(project, document, Span.of([(5 * at, 5 * at + 4)]), "claim")
        marks.add(project, document, Span.of([(5 * at, 5 * at + 4)]), "source")
    os.write(1, b"%d\\n" % at)
    at += 1
    if at % 5 == 0:
        os.write(1, b"%d\\n" % (at - 2))  # from now on the last one may be there or not
        project.undo()
        project.redo()
        os.write(1, b"%d\\n" % (at - 1))
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        document = article(project, TEXT)
    random = Random(9)
    at, killed_at_work = 0, 0
    for _ in range(KILLS):
        acknowledged = _write_and_be_killed(file, document, at, random.uniform(0.0, 0.15))
        with open_project(file, person="Mara") as project:
            assert project.read.findings() == ()
            found = project.read.annotations(document)
            starts = sorted({mark.start // 5 for mark in found})
            # Every act is there whole, in order, and none that was acknowledged is missing.
            assert starts == list(range(len(starts)))
            assert len(found) == 2 * len(starts)
            assert len(starts) > acknowledged
            killed_at_work += len(starts) > at
            at = len(starts)
    assert killed_at_work > KILLS // 2
    with open_project(file, person="Mara") as project:
        assert verify_project(project).problems == ()
        project.undo()
        project.redo()
        marks.add(project, document, Span.of([(0, 9)]), "denial")
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def _write_and_be_killed(file: Path, document: str, at: int, after: float) -> int:
    """The number that was acknowledged last before the writer was killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(file), document, str(at)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    said, _ = child.communicate()
    whole = [line for line in said.split(b"\n")[:-1] if line]
    return int(whole[-1]) if whole else at - 1
