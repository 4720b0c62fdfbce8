"""Proof that an installation is whole: resources, database, window."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def run(*, has_display: bool) -> int:
    """Prove each part and print a line for it; 1 where one fails."""
    if not has_display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name, proof in (("resources", _resources), ("database", _database), ("window", _window)):
        try:
            said = proof()
        except Exception as error:
            print(f"annotator: {name} failed: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
        print(f"{name}: {said}")
    return 0


def _resources() -> str:
    from annotator import resources
    from annotator.articles import registry
    from annotator.model.schema import builtin
    from annotator.project.sample import ARTICLES

    read = [
        registry.read(resources.path(f"samples/{name}").read_bytes(), name) for name in ARTICLES
    ]
    return f"schema {builtin().name}, {len(read)} sample articles read"


def _database() -> str:
    from annotator.project import exchange, open_project
    from annotator.project.sample import sample

    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        place = sample(Path(folder, "proof.annotator"))
        with open_project(place, person="Example") as project:
            undone = project.undo().title
            project.redo()
            out = Path(folder, "proof.jsonl")
            report = exchange.export(project, out)
            verdict = exchange.verify(out)
            if verdict.count or project.read.findings():
                raise AssertionError("the project is not as it should be")
    return f"“{undone}” undone and redone, {report.spans} marks exported and proved"


def _window() -> str:
    from annotator.gui.proof import window_proof

    prove: Callable[[], str] = window_proof
    return prove()
