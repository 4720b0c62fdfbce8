"""undo, redo, history."""

from __future__ import annotations

import click

from annotator.cli.printing import (
    as_option,
    json_option,
    opened,
    print_json,
    project_argument,
    say,
    short,
    table,
)
from annotator.language import tr

times_option = click.option(
    "--times", type=click.IntRange(min=1), default=1, metavar="N", help="How many acts."
)


@click.command()
@project_argument
@times_option
@as_option
def undo(project: str, times: int, as_: str | None) -> None:
    """Take back your newest acts."""
    with opened(project, as_, write=True) as it:
        for _ in range(times):
            say(tr("Undone: {title}", title=it.undo().title))


@click.command()
@project_argument
@times_option
@as_option
def redo(project: str, times: int, as_: str | None) -> None:
    """Repeat what you took back."""
    with opened(project, as_, write=True) as it:
        for _ in range(times):
            say(tr("Redone: {title}", title=it.redo().title))


@click.command()
@project_argument
@json_option
@as_option
def history(project: str, as_json: bool, as_: str | None) -> None:
    """Show every act, newest first."""
    with opened(project, as_, write=False) as it:
        entries = it.read.history(limit=None)
    if as_json:
        print_json(entries)
        return
    rows = [
        [str(e.seq), e.at[:19].replace("T", " "), short(e.by, 20), e.kind, short(e.title)]
        for e in entries
    ]
    table(rows)
