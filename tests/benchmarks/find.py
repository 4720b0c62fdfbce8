"""Finding in 100,000 articles: the first page with its places and snippets, and marking all of it."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.project import finding
from annotator.project.statistics import statistics as count
from annotator.text.finding import PATTERN, sought
from tests.benchmarks import corpus
from tests.benchmarks.rows import Row, at_most

ARTICLES = 100_000


def rows() -> Iterator[Row]:
    """Every row of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        place = Path(folder) / "many.annotator"
        with corpus.project(place, ARTICLES, 2, words=200) as project:
            read = project.read
            for name, rank in (("rare", 12_000), ("mid-frequency", 900), ("common", 5)):
                wanted = [sought(corpus.WORDS[rank + n], typing=True) for n in range(20)]
                taken = [_timed(lambda w=w: finding.find(read, w, most=20)) for w in wanted]
                found = sum(len(finding.find(read, w, most=20).found) for w in wanted)
                print(f"{name}: {found / 20:.0f} articles on the first page", file=sys.stderr)
                median = statistics.median(taken) * 1e3
                yield at_most(f"first page with snippets, {name} word", median, "ms", 20)
            phrases = [sought(f'"{corpus.WORDS[n]} {corpus.WORDS[n + 1]}"') for n in range(10)]
            taken = [_timed(lambda w=w: finding.find(read, w, most=20)) for w in phrases]
            yield at_most(
                "first page, phrase of common words", statistics.median(taken) * 1e3, "ms", 50
            )
            pattern = sought(rf"\b{corpus.WORDS[900]}\w*", PATTERN)
            once = _timed(lambda: finding.find(read, pattern, seconds=0.05))
            yield at_most("one turn of a regular expression", once * 1e3, "ms", 100)
            seconds = _timed(lambda: count(read, project.person.id))
            yield at_most("statistics", seconds, "s", 15)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
