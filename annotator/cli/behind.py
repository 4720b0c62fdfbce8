"""actors, propositions: what stands behind the marks of many articles."""

from __future__ import annotations

from collections.abc import Sequence

import click

from annotator.cli.printing import (
    as_option,
    json_option,
    opened,
    print_json,
    project_argument,
    short,
    table,
)
from annotator.project import behind


@click.command()
@project_argument
@click.option("--rename", nargs=2, metavar="ID NAME", help="Give an actor another name.")
@click.option(
    "--merge", nargs=2, multiple=True, metavar="INTO ID", help="Let one stand for the other."
)
@json_option
@as_option
def actors(
    project: str,
    rename: Sequence[str] | None,
    merge: Sequence[Sequence[str]],
    as_json: bool,
    as_: str | None,
) -> None:
    """List who stands behind sources, with how many marks of how many articles."""
    _standing((project, as_), "actor", rename, merge, as_json)


@click.command()
@project_argument
@click.option("--rename", nargs=2, metavar="ID WORDS", help="Give a proposition another wording.")
@click.option(
    "--merge", nargs=2, multiple=True, metavar="INTO ID", help="Let one stand for the other."
)
@json_option
@as_option
def propositions(
    project: str,
    rename: Sequence[str] | None,
    merge: Sequence[Sequence[str]],
    as_json: bool,
    as_: str | None,
) -> None:
    """List what claims state, with how many marks of how many articles."""
    _standing((project, as_), "proposition", rename, merge, as_json)


def _standing(
    where: tuple[str, str | None],
    kind: str,
    rename: Sequence[str] | None,
    merge: Sequence[Sequence[str]],
    as_json: bool,
) -> None:
    with opened(*where, write=bool(rename or merge)) as project:
        if rename:
            behind.rename(project, kind, *rename)
        for into, other in merge:
            behind.merge(project, kind, into, [other])
        found = project.read.standing(kind)
    if as_json:
        print_json(found)
        return
    table(
        [
            (one.id, f"{one.marks} marks", f"{one.documents} articles", short(one.words))
            for one in found
        ]
    )
