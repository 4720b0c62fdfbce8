"""new, schema."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from annotator.cli.printing import as_option, opened, project_argument, say
from annotator.errors import AnnotatorError
from annotator.model import schema as schemas
from annotator.project import keep
from annotator.project.schema import set_schema


@click.command()
@project_argument
def new(project: str) -> None:
    """Make an empty project."""
    keep.create(project)
    say(f"Made {project}.")


@click.command()
@project_argument
@click.option("--set", "file", type=click.Path(path_type=Path), help="Put this schema in force.")
@as_option
def schema(project: str, file: Path | None, as_: str | None) -> None:
    """Print the project's schema, or put another one in force."""
    if file is None:
        with opened(project, as_, write=False) as it:
            say(msgspec.json.format(schemas.dump(it.read.schema()), indent=2).decode())
        return
    try:
        data = file.read_bytes()
    except OSError as error:
        raise AnnotatorError(
            f"{file} cannot be read ({error.strerror}); nothing was changed."
        ) from None
    loaded = schemas.load(data, str(file))
    with opened(project, as_, write=True) as it:
        now = set_schema(it, loaded)
    say(f"The schema is now {now.name} {now.version}.")
