"""The real window over 20,000 articles and 1,000,000 marks: switching, searching, finding, and whether
the event loop ever stands still meanwhile."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from annotator.gui.app import make_application
from annotator.gui.window import Window
from annotator.settings import Settings
from tests.benchmarks import corpus
from tests.benchmarks.rows import Row
from tests.benchmarks.taken import Taken, both, median, timed, worst

ARTICLES, MARKS = 20_000, 50
ROUNDS = 40
RARE, MIDDLE, COMMON = 12_000, 900, 5
"""Ranks of words: in some fifty articles, in some seven hundred, in most."""
NAMES = {RARE: "rare", MIDDLE: "mid-frequency", COMMON: "common"}


class Gaps:
    """How long the event loop let a timer wait, and how long the window's own thread worked meanwhile."""

    def __init__(self) -> None:
        self.worst = Taken(0, 0)
        self._last = (0.0, 0.0)
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Watch from now on."""
        self.worst = Taken(0, 0)
        self._last = (time.perf_counter(), time.thread_time())
        self._timer.start()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        clock, work = ((new - old) * 1e3 for new, old in zip(now, self._last, strict=True))
        self.worst = Taken(max(self.worst.clock, clock), max(self.worst.work, work))
        self._last = now


def rows() -> Iterator[Row]:
    """Every row of this benchmark."""
    application = QApplication.instance() or make_application()
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        place = Path(folder) / "many.annotator"
        with corpus.project(place, ARTICLES, MARKS) as project:
            ids = [one.document.id for one in project.read.library(limit=2000)]
        window = Window(Settings(), corpus.PERSON)
        window.show()
        window.open_project(str(place))
        try:
            yield from _rows(window, ids)
        finally:
            window.close()


def _rows(window: Window, ids: list[str]) -> Iterator[Row]:
    desk = window.desk
    assert desk is not None
    gaps = Gaps()
    gaps.begin()
    _until(lambda: desk.bridge.is_idle and desk.library.model.rowCount() == ARTICLES, 120)
    chosen = random.Random(1).sample(ids, ROUNDS)
    gaps.begin()
    taken = [timed(lambda id_=id_: _switch(window, id_)) for id_ in chosen]
    yield from both("switch, median", median(taken), 100)
    yield from both("switch, worst", worst(taken), 100)
    yield from both("event loop while switching, worst gap", gaps.worst, 50)
    for what, do, ranks in (
        ("library search", _search, (RARE, MIDDLE)),
        ("find", _find, (RARE, MIDDLE, COMMON)),
    ):
        for rank in ranks:
            gaps.begin()
            words = [corpus.WORDS[rank + n] for n in range(15)]
            taken = [timed(lambda w=w, do=do: do(window, w)) for w in words]
            yield from both(f"{what}, {NAMES[rank]} word, median", median(taken), 50)
            yield from both(f"event loop meanwhile, {NAMES[rank]}", gaps.worst, 50)


def _switch(window: Window, document_id: str) -> None:
    """From the choice to the painted page."""
    desk = window.desk
    assert desk is not None
    desk._open(document_id)
    window.repaint()
    QApplication.processEvents()


def _search(window: Window, words: str) -> None:
    """From the last letter to the list that is shown; how long one waits for another is not in it."""
    desk = window.desk
    assert desk is not None
    shown: list[bool] = []
    library = desk.library
    library.listed_anew.connect(lambda: shown.append(True))
    library.search.blockSignals(True)
    library.search.setText(words)
    library.search.blockSignals(False)
    library.refresh()
    _until(lambda: bool(shown), 30)
    QApplication.processEvents()


def _find(window: Window, words: str) -> None:
    """From the last letter to the first places that are shown."""
    desk = window.desk
    assert desk is not None
    panel = desk.find_panel
    panel.field.blockSignals(True)
    panel.field.setText(words)
    panel.field.blockSignals(False)
    panel.search()
    _until(lambda: panel.model.rowCount() > 0 or desk.bridge.is_idle, 30)


def _until(ready: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
