"""new."""

from __future__ import annotations

import click

from annotator.cli.printing import project_argument, say
from annotator.language import tr
from annotator.project import keep


@click.command()
@project_argument
def new(project: str) -> None:
    """Make an empty project."""
    keep.create(project)
    say(tr("Made {project}.", project=project))
