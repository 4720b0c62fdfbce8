"""rehydrate."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.printing import json_option, print_json, progress, say
from annotator.language import tr
from annotator.project import rehydration


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("texts", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to; without it FOLDER-with-texts."
)
@click.option("--partial", is_flag=True, help="Go on without the articles whose texts are missing.")
@json_option
def rehydrate(
    folder: Path, texts: tuple[Path, ...], out: Path | None, *, partial: bool, as_json: bool
) -> int:
    """Put a dataset without texts together again.

    TEXTS are files or folders of saved articles or their texts, datasets, or projects. Only a text
    that is, to the last character, the one that was annotated is taken.
    """
    place = out or folder.absolute().with_name(f"{folder.absolute().name}-with-texts")
    with progress(tr("Reading texts")) as shown:
        done = rehydration.rehydrate(folder, texts, place, shown, partial=partial)
    if as_json:
        print_json(done)
    else:
        for sentence in done.sentences():
            say(sentence)
    return 3 if done.missing else 0
