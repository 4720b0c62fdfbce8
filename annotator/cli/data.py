"""export, verify."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.printing import opened, progress, project_argument, say, short
from annotator.formats.registry import named
from annotator.project import exchange


@click.command()
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "name", metavar="NAME", help="See `annotator formats`.")
def export(project: str, out: Path, name: str | None) -> None:
    """Write the project as a dataset; without --format in the one that the name asks for."""
    chosen = named(name) if name else None
    with opened(project, None, write=False) as it, progress("Exporting") as shown:
        report = exchange.export(it, out, shown, chosen=chosen)
    for sentence in report.sentences():
        say(sentence)


@click.command()
@click.argument("what", metavar="PROJECT-or-FILE")
def verify(what: str) -> int:
    """Prove every quote and every link of a project or a dataset."""
    with progress("Verifying") as shown:
        if exchange.is_dataset(what):
            verdict = exchange.verify(Path(what), shown)
        else:
            with opened(what, None, write=False) as it:
                verdict = exchange.verify_project(it, shown)
    for problem in verdict.problems:
        say(f"{what}, {short(problem, 300)}")
    if verdict.count > len(verdict.problems):
        say(f"… and {verdict.count - len(verdict.problems)} more.")
    good = "every quote and every link holds" if not verdict.count else f"{verdict.count} are wrong"
    say(f"{verdict.lines} lines, {verdict.spans} marks, {verdict.relations} links: {good}.")
    return 1 if verdict.count else 0
