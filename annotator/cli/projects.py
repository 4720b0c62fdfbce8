"""new, doctor."""

from __future__ import annotations

import click

from annotator.cli.printing import opened, project_argument, say
from annotator.project import keep


@click.command()
@project_argument
def new(project: str) -> None:
    """Make an empty project."""
    keep.create(project)
    say(f"Made {project}.")


@click.command()
@project_argument
def doctor(project: str) -> int:
    """Read all of a project and say what is wrong in it."""
    with opened(project, None, write=False) as it:
        found = it.read.findings()
    for finding in found:
        say(finding)
    say(f"{len(found)} things are wrong." if found else "All is well.")
    return 1 if found else 0
