"""The real window over 20,000 articles and 1,000,000 marks: switching, searching, finding, and whether
the event loop ever stands still meanwhile."""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.gui.app import make_application
from annotator.gui.window import Window
from annotator.settings import Settings
from tests.benchmarks import corpus
from tests.benchmarks.rows import Row, at_most

ARTICLES, MARKS = 20_000, 50
ROUNDS = 40
RARE, MIDDLE, COMMON = 12_000, 900, 5
"""Ranks of words: in some ten articles, in some hundreds, in most."""


class Gaps:
    """How long the event loop let a timer wait."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Watch from now on."""
        self.worst, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst, self._last = max(self.worst, now - self._last), now


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
    _until(lambda: desk.bridge.is_idle and desk.library.model.rowCount() == ARTICLES, 120)
    gaps = Gaps()
    gaps.begin()
    chosen = random.Random(1).sample(ids, ROUNDS)
    taken = [_timed(lambda id_=id_: _switch(window, id_)) for id_ in chosen]
    yield at_most("switch to an article, median", statistics.median(taken) * 1e3, "ms", 100)
    yield at_most("switch to an article, worst", max(taken) * 1e3, "ms", 100)
    yield at_most("event loop while switching, worst gap", gaps.worst * 1e3, "ms", 50)
    for name, rank in (("rare", RARE), ("mid-frequency", MIDDLE)):
        gaps.begin()
        taken = [_timed(lambda w=w: _search(window, w)) for w in _words(rank)]
        median = statistics.median(taken) * 1e3
        yield at_most(f"library search, {name} word, median", median, "ms", 50)
        yield at_most(f"event loop meanwhile ({name})", gaps.worst * 1e3, "ms", 50)
    for name, rank in (("rare", RARE), ("mid-frequency", MIDDLE), ("common", COMMON)):
        gaps.begin()
        taken = [_timed(lambda w=w: _find(window, w)) for w in _words(rank)]
        median = statistics.median(taken) * 1e3
        yield at_most(f"find, {name} word, first places shown, median", median, "ms", 50)
        yield at_most(f"event loop while finding ({name})", gaps.worst * 1e3, "ms", 50)


def _words(rank: int) -> list[str]:
    return [corpus.WORDS[rank + n] for n in range(15)]


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
    print(f"library {words}: {library.model.rowCount()} articles", file=sys.stderr)


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
        QApplication.processEvents()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
