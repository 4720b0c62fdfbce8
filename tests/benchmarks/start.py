"""How long until the window is painted, beside a bare PySide6 window; and what was imported by then.

Both sides are new processes, alternating, timed from outside: from the start of the interpreter to
the first paint of the main window.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.project import keep
from tests.benchmarks.rows import Row, at_most

RUNS = 15
LATE = ("sqlalchemy", "alembic", "lxml", "trafilatura", "markdown_it", "click")
"""What need not be there before the first paint."""

WATCH = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QObject):
    def eventFilter(self, thing, event):
        if event.type() == QEvent.Type.Paint and isinstance(thing, QMainWindow):
            early = [name for name in %r if name in sys.modules]
            print(json.dumps(early), flush=True)
            os._exit(0)
        return False

loop = QApplication.exec
def watched(*_):
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    for window in QApplication.topLevelWidgets():
        window.update()
    return loop()
QApplication.exec = watched
""" % (LATE,)
BARE = """
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.show()
QApplication.exec()
"""
OURS = """
from annotator.__main__ import main
sys.exit(main([%r]))
"""


def rows() -> Iterator[Row]:
    """The ratio of the medians, and how many late imports came early."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        project = Path(folder, "start.annotator")
        keep.create(project)
        bare: list[float] = []
        ours: list[float] = []
        early: set[str] = set()
        for _ in range(RUNS):
            bare.append(started(BARE, folder)[0])
            seconds, names = started(OURS % str(project), folder)
            ours.append(seconds)
            early |= set(names)
        least, taken = statistics.median(bare), statistics.median(ours)
        print(f"bare {least * 1e3:.0f} ms, ours {taken * 1e3:.0f} ms", file=sys.stderr)
        for name in sorted(early):
            print(f"imported before the first paint: {name}", file=sys.stderr)
        yield at_most("first paint / bare window", taken / least, "×", 1.8)
        yield at_most("late modules imported before it", len(early), "modules", 0)


def started(body: str, folder: str) -> tuple[float, list[Any]]:
    """Seconds from a new interpreter to the first paint, and which late modules were there."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "ANNOTATOR_SETTINGS": str(Path(folder, "settings.json")),
    }
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", WATCH + body], stdout=subprocess.PIPE, env=environment
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        seconds = time.perf_counter() - began
    return seconds, json.loads(line)
