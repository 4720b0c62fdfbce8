"""How long work reports where it is, and how it is told to stop."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from annotator.language import tr

EACH = 0.5
"""Seconds between two looks at how fast it goes."""
LOOKED_BACK = 20
"""How many of them are kept."""


class Cancelled(Exception):
    """The person asked long work to stop; what was committed before stays."""


class Progress(Protocol):
    """Called between steps of long work; raises Cancelled to stop it there."""

    def __call__(self, done: int, total: int | None, note: str = "") -> None:
        """``done`` of ``total`` steps (None: not known) are finished; ``note`` names the next."""
        ...


def silent(done: int, total: int | None, note: str = "") -> None:
    """Report to nobody."""
    del done, total, note


class Pace:
    """How fast long work goes, and how long it will go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)], maxlen=LOOKED_BACK)

    def words(self, done: int, total: int | None) -> str:
        """Such as “12 a second, about 40 s left”; empty while nothing can be said."""
        now = self._clock()
        begun, first = self._marks[0]
        if now - self._marks[-1][0] >= EACH:
            self._marks.append((now, done))
        if done <= first or now - begun < EACH:
            return ""
        rate = (done - first) / (now - begun)
        shown = (
            tr("{rate:.0f} a second", rate=rate)
            if rate >= 1
            else tr("{rate:.0f} a minute", rate=60 * rate)
        )
        if not total:
            return shown
        return tr("{pace}, about {span} left", pace=shown, span=_span((total - done) / rate))


def _span(seconds: float) -> str:
    if seconds < 60:
        return tr("{n} s", n=max(1, round(seconds)))
    if seconds < 5400:
        return tr("{n} min", n=round(seconds / 60))
    return tr("{n:.1f} h", n=seconds / 3600)
