"""schema."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from annotator.cli.printing import as_option, opened, progress, project_argument, say
from annotator.errors import AnnotatorError
from annotator.language import tr
from annotator.model import revision as revisions
from annotator.model import schema as schemas
from annotator.model.revision import KINDS, Revision
from annotator.model.schema import Schema
from annotator.project.schema import effects, revise

KIND = click.Choice(KINDS)


@click.command()
@project_argument
@click.option("--set", "file", type=click.Path(path_type=Path), help="Put this schema in force.")
@click.option(
    "--rename", type=(KIND, str, str), metavar="KIND OLD NEW", help="Give another name everywhere."
)
@click.option(
    "--merge", type=(KIND, str, str), metavar="KIND OLD INTO", help="Let one take another's place."
)
@click.option("--retire", type=(KIND, str), metavar="KIND NAME", help="For no new work.")
@click.option("--bring-back", type=(KIND, str), metavar="KIND NAME", help="For new work again.")
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
@as_option
def schema(
    project: str,
    file: Path | None,
    rename: tuple[str, str, str] | None,
    merge: tuple[str, str, str] | None,
    retire: tuple[str, str] | None,
    bring_back: tuple[str, str] | None,
    preview: bool,
    as_: str | None,
) -> None:
    """Print the project's schema, put another one in force, or change what is in it.

    KIND is label, attribute, relation or value; a value is named attribute=value.
    """
    asked = [one for one in (file, rename, merge, retire, bring_back) if one is not None]
    if len(asked) > 1:
        raise click.UsageError("One change at a time.")
    if preview and not asked:
        raise click.UsageError("--preview needs a change to preview.")
    with opened(project, as_, write=bool(asked) and not preview) as it:
        now = it.read.schema()
        if not asked:
            say(msgspec.json.format(schemas.dump(now), indent=2).decode())
            return
        revision, title = _revision(now, file, rename, merge, retire, bring_back)
        said = effects(it.read, revision)
        if not preview:
            with progress(tr("Changing")) as shown:
                now = revise(it, revision, shown, title=title)
    for sentence in said or (tr("Nothing changes."),):
        say(sentence)
    if not preview:
        say(tr("The schema is now {name} {version}.", name=now.name, version=now.version))


def _revision(
    now: Schema,
    file: Path | None,
    rename: tuple[str, str, str] | None,
    merge: tuple[str, str, str] | None,
    retire: tuple[str, str] | None,
    bring_back: tuple[str, str] | None,
) -> tuple[Revision, str]:
    """What was asked for, and the title of the act."""
    if file is not None:
        return Revision(schema=schemas.load(_bytes(file), str(file))), "Change schema"
    if rename is not None:
        return revisions.renamed(now, *rename), f"Rename {rename[1]} to {rename[2]}"
    if merge is not None:
        return revisions.merged(now, *merge), f"Merge {merge[1]} into {merge[2]}"
    if retire is not None:
        return revisions.retired(now, *retire), f"Retire {retire[1]}"
    assert bring_back is not None
    return revisions.retired(now, *bring_back, retire=False), f"Bring back {bring_back[1]}"


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise AnnotatorError(
            tr("{file} cannot be read ({why}); nothing was changed.", file=file, why=error.strerror)
        ) from None
