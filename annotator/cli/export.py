"""export."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from annotator.cli.printing import json_option, opened, print_json, progress, project_argument, say
from annotator.datasets import splits
from annotator.datasets.groups import KINDS, USUAL
from annotator.datasets.selection import selected
from annotator.errors import DatasetError
from annotator.language import tr
from annotator.project import datasets, recipes
from annotator.project.recipes import Recipe

HELP = f"""Write a project, or what is finished of it, as a dataset.

OUT is a file where its name ends as those of a format do (annotator formats), and else a folder with
data, schema, manifest, dataset card, Croissant description and hashes.

Formats for training take one set of each article, complete or reviewed, the curated one first; a split
takes only complete and reviewed sets. --only says otherwise: all; a status or several (reviewed);
annotator=NAME; label=NAME; outlet=NAME; date=FROM..TO; refusals (count them as denials).

--group says what no split may part: {", ".join(KINDS)}; without it {", ".join(USUAL)}. Linked articles
stay together always.
"""


@click.command(help=HELP)
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "formats", metavar="NAME", multiple=True, help="Several make a folder.")
@click.option("--only", metavar="WHAT", multiple=True, help="What goes out; see above.")
@click.option(
    "--split", "shares", metavar="80/10/10", help="Shares of train, dev, test, or of two."
)
@click.option("--group", metavar="KINDS", help="What joins articles, with commas between.")
@click.option("--seed", type=int, default=0, help="Another number, another split.")
@click.option("--stratified", is_flag=True, help="Spread rare labels evenly over the splits.")
@click.option(
    "--cut", metavar="DATE[,DATE]", help="Split by time: dev from the first, test from the last."
)
@click.option("--no-text", is_flag=True, help="Offsets and hashes only; see annotator rehydrate.")
@click.option("--title", help="What the dataset is called.")
@click.option("--about", help="Why it is made.")
@click.option("--licence", help="Of the annotations.")
@click.option("--replace", "replacing", is_flag=True, help="Replace the dataset folder at OUT.")
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Name the articles that were in another split there.",
)
@click.option("--preset", metavar="NAME", help="Begin with the recipe kept under this name.")
@click.option("--keep-as", metavar="NAME", help="Keep the recipe in the project under this name.")
@json_option
def export(
    project: str,
    out: Path,
    formats: tuple[str, ...],
    only: tuple[str, ...],
    shares: str | None,
    group: str | None,
    seed: int,
    *,
    stratified: bool,
    cut: str | None,
    no_text: bool,
    title: str | None,
    about: str | None,
    licence: str | None,
    replacing: bool,
    before: Path | None,
    preset: str | None,
    keep_as: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write a dataset."""
    said: dict[str, object] = {"title": title, "about": about, "licence": licence}
    said["formats"] = ("offsets",) if no_text else formats
    said["selection"] = selected(only) if only else None
    if (group or seed) and not (shares or cut or stratified):
        raise DatasetError(tr("--group and --seed are ways to split; say --split or --cut too."))
    if shares or cut or stratified:
        kinds = [kind.strip() for kind in group.split(",") if kind.strip()] if group else USUAL
        dates = [day.strip() for day in cut.split(",")] if cut else ()
        said["split"] = splits.planned(
            shares or "80/10/10", together=kinds, seed=seed, stratified=stratified, cut=dates
        )
    with (
        opened(project, None, write=keep_as is not None) as it,
        progress(tr("Exporting")) as shown,
    ):
        recipe = recipes.preset(it, preset) if preset else Recipe()
        recipe = replace(recipe, **{key: value for key, value in said.items() if value})
        report = datasets.export(it, recipe, out, shown, replacing=replacing, before=before)
        if keep_as is not None:
            recipes.keep_preset(it, keep_as, recipe)
    if as_json:
        print_json(report)
        return
    for sentence in report.sentences():
        say(sentence)
