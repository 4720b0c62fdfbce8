"""What something took: by the clock, and of this process's own work.

Where others use the processors too, the clock says how busy the machine is, the work what we do.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.benchmarks.rows import Row, at_most


class Taken(NamedTuple):
    """Milliseconds."""

    clock: float
    work: float


def timed(work: Callable[[], object]) -> Taken:
    """All threads of this process count as its work."""
    began = (time.perf_counter(), time.process_time())
    work()
    now = (time.perf_counter(), time.process_time())
    return Taken(*((new - old) * 1e3 for new, old in zip(now, began, strict=True)))


def median(taken: Sequence[Taken]) -> Taken:
    """The median of each."""
    return Taken(*(statistics.median(one[at] for one in taken) for at in (0, 1)))


def worst(taken: Sequence[Taken]) -> Taken:
    """The longest of each."""
    return Taken(*(max(one[at] for one in taken) for at in (0, 1)))


def both(name: str, taken: Taken, limit: float) -> Iterator[Row]:
    """A row for each, with one limit."""
    yield at_most(f"{name}, clock", taken.clock, "ms", limit)
    yield at_most(f"{name}, own work", taken.work, "ms", limit)
