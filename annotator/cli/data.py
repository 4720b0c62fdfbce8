"""verify."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.printing import opened, progress, say, short
from annotator.language import tr
from annotator.project import exchange


@click.command()
@click.argument("what", metavar="PROJECT-or-DATASET")
def verify(what: str) -> int:
    """Prove every quote and link of a project or a dataset file, and every byte of a dataset folder."""
    with progress(tr("Verifying")) as shown:
        if exchange.is_dataset(what):
            verdict = exchange.verify(Path(what), shown)
        else:
            with opened(what, None, write=False) as it:
                verdict = exchange.verify_project(it, shown)
    for problem in verdict.problems:
        say(f"{what}, {short(problem, 300)}")
    if verdict.count > len(verdict.problems):
        say(tr("… and {more} more.", more=verdict.count - len(verdict.problems)))
    say(verdict.sentence)
    return 1 if verdict.count else 0
