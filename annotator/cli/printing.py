"""What the terminal shows: calm lines for people, one JSON document for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import click
import msgspec

from annotator import settings
from annotator.progress import Progress, silent
from annotator.project import Project, open_project
from annotator.text.visible import visible, without_controls

NOTE = 24
"""Characters that name the next step beside the bar."""

as_option = click.option("--as", "as_", metavar="NAME", help="Who marks.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
project_argument = click.argument("project")


def plain(stream: TextIO) -> None:
    """Let a terminal that cannot show a character get its number instead of an error."""
    reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


@contextmanager
def opened(where: str, as_: str | None, *, write: bool) -> Generator[Project]:
    """The project for one verb, by the person whom the options or the settings name."""
    before_verb = click.get_current_context().find_root().obj
    person = settings.person(as_ or before_verb)
    with open_project(where, person=person, write=write, program="annotator (terminal)") as project:
        yield project


def fail(message: str) -> None:
    """One line on stderr."""
    print(f"annotator: {line(message)}", file=sys.stderr)


def say(message: str = "") -> None:
    """A line for a person; nothing in it moves the terminal."""
    print(without_controls(message))


def print_json(value: Any) -> None:
    """One JSON document, UTF-8 whatever the terminal is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def line(words: str) -> str:
    """Words on one line; what would act on a terminal is shown by its number."""
    flat = visible(" ".join(words.split()))
    return flat.encode("utf-8", "replace").decode()


def short(words: str, width: int = 60) -> str:
    """The beginning of words, on one line."""
    flat = line(words)
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"


def table(rows: Sequence[Sequence[str]]) -> None:
    """Rows under one another, each column as wide as its widest cell; the last one free."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)] if rows else []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        say("  ".join([*cells, row[-1]]).rstrip())


@contextmanager
def progress(what: str) -> Generator[Progress]:
    """A bar on a terminal, quiet in a pipe."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, note="")

        def show(done: int, total: int | None, note: str = "") -> None:
            # A name of a file could move the cursor.
            bar.update(task, completed=done, total=total, note=short(note, NOTE))

        yield show
