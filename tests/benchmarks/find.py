"""Finding in 100,000 articles: the first page with its places and snippets; and counting over them."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.project import finding
from annotator.project.project import Queries
from annotator.project.statistics import statistics
from annotator.text.finding import PATTERN, Sought, sought
from tests.benchmarks import corpus
from tests.benchmarks.rows import Row
from tests.benchmarks.taken import both, median, timed

ARTICLES = 100_000
RANKS = {"rare": 12_000, "mid-frequency": 900, "common": 5}


def rows() -> Iterator[Row]:
    """Every row of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        place = Path(folder) / "many.annotator"
        with corpus.project(place, ARTICLES, 2, words=200) as project:
            read = project.read
            for name, rank in RANKS.items():
                wanted = [sought(corpus.WORDS[rank + n], typing=True) for n in range(20)]
                yield from _pages(read, f"first page, {name} word", wanted, 20)
            phrases = [sought(f'"{corpus.WORDS[n]} {corpus.WORDS[n + 1]}"') for n in range(10)]
            yield from _pages(read, "first page, phrase of common words", phrases, 50)
            pattern = sought(rf"\b{corpus.WORDS[900]}\w*", PATTERN)
            taken = timed(lambda: finding.find(read, pattern, seconds=0.05))
            yield from both("one turn of a regular expression", taken, 100)
            taken = timed(lambda: statistics(read, project.person.id))
            yield from both("statistics", taken, 5000)


def _pages(read: Queries, name: str, wanted: list[Sought], limit: float) -> Iterator[Row]:
    found = sum(len(finding.find(read, one, most=20).found) for one in wanted)
    print(f"{name}: {found / len(wanted):.0f} articles on it", file=sys.stderr)
    taken = [timed(lambda one=one: finding.find(read, one, most=20)) for one in wanted]
    yield from both(name, median(taken), limit)
