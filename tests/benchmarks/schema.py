"""Renaming a label that 100,000 marks have, taking it back and repeating it."""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.model.revision import renamed
from annotator.project import schema
from annotator.project.schema import effects
from tests.benchmarks import corpus
from tests.benchmarks.rows import Row
from tests.benchmarks.taken import both, timed

ARTICLES, MARKS = 2_000, 200
"""A quarter of the marks are claims."""


def rows() -> Iterator[Row]:
    """Every row of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        place = Path(folder) / "many.annotator"
        with corpus.project(place, ARTICLES, MARKS) as project:
            revision = renamed(project.read.schema(), "label", "claim", "statement")
            yield from both("preview", timed(lambda: effects(project.read, revision)), 1000)
            taken = timed(lambda: schema.rename(project, "label", "claim", "statement"))
            assert project.read.labels_in_use()["statement"] == ARTICLES * MARKS // 4
            yield from both("rename a label of 100,000 marks", taken, 15_000)
            yield from both("undo it", timed(project.undo), 15_000)
            assert project.read.labels_in_use()["claim"] == ARTICLES * MARKS // 4
            yield from both("redo it", timed(project.redo), 15_000)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"memory at its highest: {peak} MB", file=sys.stderr)
