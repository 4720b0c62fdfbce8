"""import, list, show, status."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from annotator.articles.columns import TableMapping
from annotator.cli.printing import (
    as_option,
    json_option,
    opened,
    print_json,
    progress,
    project_argument,
    say,
    short,
    table,
)
from annotator.formats.base import Options
from annotator.formats.registry import named
from annotator.language import tr
from annotator.model.annotation import STATUSES
from annotator.model.document import SORTS
from annotator.project import articles as verbs
from annotator.project.fitting import Terms
from annotator.project.frames import repeating, told
from annotator.project.importing import Way
from annotator.project.outcomes import ALREADY_THERE, IMPORTED, REFUSED, Report, as_document
from annotator.project.shapes import document_as_entry
from annotator.text.counting import BYTES, CODE_POINTS, UTF16

SOME_REFUSED = 3
UNITS = (CODE_POINTS, UTF16, BYTES)


@click.command("import")
@project_argument
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "name", default="", metavar="NAME", help="Datasets of this format.")
@click.option(
    "--map",
    "names",
    multiple=True,
    metavar="OLD=NEW",
    help="What a label or relation type is called here; OLD= leaves it out.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="THING=COLUMN",
    help="Which column of a table holds the text, title, authors…; THING= says that none does.",
)
@click.option("--strict", is_flag=True, help="Refuse labels and relation types that are not known.")
@click.option(
    "--offsets",
    type=click.Choice(UNITS),
    help="How a dataset counts, where its words do not show it.",
)
@click.option("--annotator", default="", metavar="NAME", help="Whose marks they are.")
@click.option("--by", "people", multiple=True, metavar="NAME", help="Only the sets of this person.")
@json_option
@as_option
def import_(
    project: str,
    paths: tuple[str, ...],
    name: str,
    names: tuple[str, ...],
    columns: tuple[str, ...],
    strict: bool,
    offsets: str | None,
    annotator: str,
    people: tuple[str, ...],
    as_json: bool,
    as_: str | None,
) -> int:  # fmt: skip
    """Take in saved articles, folders of them, or datasets; - reads one from standard input."""
    pasted = sys.stdin.buffer.read() if "-" in paths else None
    way = Way(
        format=named(name).name if name else "",
        terms=Terms.parse(names, strict=strict),
        options=Options(offsets=offsets or "", annotator=annotator),
        people=people,
    )
    mappings = [TableMapping.parse(columns)] if columns else []
    with opened(project, as_, write=True) as it, progress(tr("Importing")) as shown:
        files = [Path(path) for path in paths if path != "-"]
        report = verbs.import_paths(it, files, shown, way=way, mappings=mappings)
        if pasted is not None:
            report = Report((*report.outcomes, verbs.import_bytes(it, pasted)))
        new = {id_ for one in report.outcomes if one.result == IMPORTED for id_ in one.documents}
        found = repeating(it, new)
        report = replace(report, repeated=(len(found.lines), len(found.places)))
    if as_json:
        print_json(as_document(report))
    else:
        _say_report(report)
    return SOME_REFUSED if report.count(REFUSED) else 0


@click.command("list")
@project_argument
@click.option("--search", default="", metavar="TEXT", help="Only those with these words.")
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], help="In which order.")
@json_option
@as_option
def list_(project: str, search: str, sort: str, as_json: bool, as_: str | None) -> None:
    """List the documents."""
    with opened(project, as_, write=False) as it:
        found = it.read.library(it.person.id, search_for=search, sort=sort)
        labels = [label.name for label in it.read.schema().labels]
    if as_json:
        print_json(
            [
                {
                    "id": listed.document.id,
                    "title": listed.document.title,
                    "published": listed.document.published,
                    "outlet": listed.document.outlet,
                    "status": listed.status,
                    "counts": {name: listed.counts.get(name, 0) for name in labels},
                }
                for listed in found
            ]
        )
        return
    rows = [
        [
            listed.document.id,
            listed.document.published or "—",
            listed.status.replace("_", " "),
            " ".join(f"{name[0].upper()}{listed.counts.get(name, 0)}" for name in labels),
            short(listed.document.title, 70),
        ]
        for listed in found
    ]
    table(rows)
    if not rows:
        say(
            tr("Nothing is found.")
            if search
            else tr("There is no article yet; `import` takes some in.")
        )


@click.command()
@project_argument
@click.argument("document")
@json_option
@as_option
def show(project: str, document: str, as_json: bool, as_: str | None) -> None:
    """Show a document: text, metadata, blocks, marks and links."""
    with opened(project, as_, write=False) as it:
        found = it.read.find_document(document)
        shape = document_as_entry(it, found)
    if as_json:
        print_json(shape)
        return
    _say_document(shape)


@click.command()
@project_argument
@click.argument("document")
@click.argument("status", type=click.Choice(STATUSES))
@click.option("--reason", default="", metavar="TEXT", help="Why it is excluded.")
@as_option
def status(project: str, document: str, status: str, reason: str, as_: str | None) -> None:
    """Say how far your work on a document is."""
    with opened(project, as_, write=True) as it:
        found = it.read.find_document(document)
        verbs.set_status(it, found.id, status, reason)
    say(f"{found.id}: {status.replace('_', ' ')}.")


def _counts(report: Report) -> dict[str, int]:
    return {result: report.count(result) for result in (IMPORTED, ALREADY_THERE, REFUSED)}


def _say_report(report: Report) -> None:
    for outcome in report.outcomes:
        if outcome.result == REFUSED:
            say(f"refused        {short(outcome.reason, 300)}")
        else:
            ids = " ".join(outcome.documents)
            say(f"{outcome.result.replace('_', ' '):<14} {short(outcome.name, 80)}  {ids}".rstrip())
            if outcome.same_as:
                say(
                    tr(
                        "               {likeness:.0%} the same words as {same_as}",
                        likeness=outcome.likeness,
                        same_as=outcome.same_as,
                    )
                )
            if outcome.earlier:
                say(
                    tr(
                        "               a later text of {earlier}; see versions",
                        earlier=outcome.earlier,
                    )
                )
        for note in outcome.notes:
            say(f"               {short(note, 300)}")
    counts = _counts(report)
    say(
        tr(
            "{imported} imported, {already} already there, {refused} refused.",
            imported=counts[IMPORTED],
            already=counts[ALREADY_THERE],
            refused=counts[REFUSED],
        )
    )
    lines, articles = report.repeated
    if lines:
        say(f"{told(lines, articles)} {tr('`repeated PROJECT --dim` dims them.')}")


def _say_document(shape: dict[str, Any]) -> None:
    metadata = shape["metadata"]
    say(short(str(metadata.get("title") or shape["id"]), 96))
    for key, value in metadata.items():
        if key != "title":
            words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            say(f"{key}: {short(words, 90)}")
    say(f"id: {shape['id']}")
    say()
    for block in shape["blocks"]:
        words = shape["text"][block.start : block.end]
        say(("  | " if block.dimmed else "") + short(words, 10_000))
    if shape["annotations"]:
        say()
    table(
        [
            [mark["id"], mark["label"], _where(mark), short(mark["text"])]
            for mark in shape["annotations"]
        ]
    )
    table([[r["id"], r["type"], f"{r['from']} → {r['to']}"] for r in shape["relations"]])


def _where(mark: dict[str, Any]) -> str:
    return ",".join(f"{start}:{end}" for start, end in mark["segments"])
