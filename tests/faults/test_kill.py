"""Killed at any moment through the real write path: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from annotator.project import open_project
from annotator.project.exchange import verify_project
from tests.faults import harness
from tests.faults.conftest import Tally

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
KILLS = harness.counted(46, 900)
WINDOWS = harness.counted(2, 60)
TERMINALS = harness.counted(2, 40)

WINDOW = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from annotator.gui.app import make_application
from annotator.gui.window import Window
from annotator.settings import Settings
path, at = sys.argv[1], int(sys.argv[2])
application = make_application()
window = Window(Settings(), "Mara")
window.show()
window.open_project(path)
desk = window.desk
while desk.bench.document is None:
    application.processEvents()
os.write(1, b"ready\\n")
while True:
    for key in ("c", "s"):
        desk.view.set_selection(5 * at, 5 * at + 4)
        QTest.keyClicks(desk.view, key)
        while not desk.bridge.is_idle:
            application.processEvents()
    assert desk.foot.saved.text() == "Saved ✓"
    os.write(1, b"%d\\n" % at)
    at += 1
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path, tally: Tally
) -> None:
    path = tmp_path / "project.annotator"
    document = harness.make(path)
    random = Random(9)
    at = killed_at_work = 0
    for _ in range(KILLS):
        if at > 700:  # a fresh one: the doctor reads all of it each time
            path.unlink()
            document, at = harness.make(path), 0
        with harness.child(harness.write_pairs, path, document, at) as (process, connection):
            assert connection.recv() == "ready"
            time.sleep(random.uniform(0.0, 0.12))
            process.kill()
            said = harness.heard(connection)
        acknowledged = said[-1] if said else at - 1
        count = harness.pairs(path, document)
        assert count > acknowledged
        killed_at_work += count > at
        at = count
    assert killed_at_work > KILLS // 5  # on a busy machine many a child has not begun yet
    with open_project(path, person="Mara") as project:
        assert verify_project(project).problems == ()
        project.undo()
        project.redo()
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    tally("kill -9 of the writing process", KILLS, "0 acknowledged acts lost, 0 torn")


def test_what_the_window_called_saved_is_there_when_it_is_killed(
    tmp_path: Path, tally: Tally
) -> None:
    path = tmp_path / "project.annotator"
    document = harness.make(path)
    random, at, worked = Random(4), 0, 0
    for _ in range(WINDOWS):
        child = _started([sys.executable, "-c", WINDOW, str(path), str(at)])
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.stdout.readline()  # it works, however slow the machine is
        time.sleep(random.uniform(0.0, 0.5))
        child.send_signal(signal.SIGKILL)
        said, _ = child.communicate()
        whole = [int(line) for line in said.split(b"\n")[:-1]]
        acknowledged = whole[-1] if whole else at
        with open_project(path, person="Mara") as project:
            assert project.read.findings() == ()
            found = sorted((m.start // 5, m.label) for m in project.read.annotations(document))
        every = [(n, label) for n in range(acknowledged + 1) for label in ("claim", "source")]
        assert found[: len(every)] == every
        assert len(found) <= len(every) + 2
        worked += acknowledged >= at
        with open_project(path, person="Mara") as project:
            while len(project.read.annotations(document)) % 2:
                project.undo()
            at = len(project.read.annotations(document)) // 2
    assert worked == WINDOWS
    tally("kill -9 of the window while it marks", WINDOWS, "0 acts lost that it called saved")


def test_an_import_that_is_killed_is_there_in_whole_batches(tmp_path: Path, tally: Tally) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03}.txt").write_text(f"Article {n} of a folder\n\n" + f"word{n} " * 300)
    path = tmp_path / "project.annotator"
    harness.make(path)
    random, before = Random(2), 1
    for _ in range(TERMINALS):
        command = [sys.executable, "-m", "annotator", "import", str(path), str(folder)]
        child = _started(command)
        until = time.monotonic() + 30
        while not path.with_name(path.name + "-wal").exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(random.uniform(0.0, 0.6))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        with open_project(path, person="Mara") as project:
            assert project.read.findings() == ()
            there = project.read.count_documents()
            assert before <= there <= 301
            before = there
    tally("kill -9 of an import at the terminal", TERMINALS, "whole articles only, 0 lost")


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
