"""find."""

from __future__ import annotations

from collections.abc import Iterator

import click

from annotator.cli.printing import (
    as_option,
    json_option,
    line,
    opened,
    print_json,
    progress,
    project_argument,
    say,
    short,
)
from annotator.errors import SearchError
from annotator.language import tr, trn
from annotator.model.found import Found
from annotator.project import Project, finding
from annotator.text.finding import PATTERN, WORDS, Sought, sought

WIDTH = 100


@click.command()
@project_argument
@click.argument("text")
@click.option("--regex", is_flag=True, help="TEXT is a regular expression.")
@click.option("--in", "document", metavar="DOCUMENT", help="Look in this document only.")
@click.option("--mark", "label", metavar="LABEL", help="Mark every place, as one act.")
@json_option
@as_option
def find(
    project: str,
    text: str,
    regex: bool,
    document: str | None,
    label: str | None,
    as_json: bool,
    as_: str | None,
) -> None:
    """Find words, "phrases in quotes", beginnings* or a regular expression in all documents.

    Letter case and accents do not matter; of several words each must be in the document.
    """
    wanted = sought(text, PATTERN if regex else WORDS)
    _refuse_scattered(wanted, label)
    with opened(project, as_, write=label is not None) as it:
        only = it.read.find_document(document).id if document else None
        found = finding.everywhere(it.read, wanted, only)
        if label is not None:
            _mark(it, label, found, as_json=as_json)
        elif as_json:
            _print(found)
        else:
            _say(found)


def _refuse_scattered(wanted: Sought, label: str | None) -> None:
    """Marking words one by one that were meant as one is no use to anybody."""
    if label is not None and len(wanted.terms) > 1:
        raise SearchError(
            tr(
                "“{words}” is {n} words, each of which would be marked by itself; "
                "put them in quotes to mark them as one. Nothing was marked.",
                words=wanted.said,
                n=len(wanted.terms),
            )
        )


def _mark(it: Project, label: str, found: Iterator[Found], *, as_json: bool) -> None:
    places = ((one.document_id, finding.whole(one).places) for one in found)
    with progress(tr("Marking")) as shown:
        marked = finding.mark_all(it, label, places, shown)
    if as_json:
        print_json(marked)
        return
    documents = trn("{count:,} document", "{count:,} documents", marked.documents)
    made = trn(
        "{count:,} mark made in {documents}.",
        "{count:,} marks made in {documents}.",
        marked.marks,
        documents=documents,
    )
    say(made if marked.marks else tr("No mark was made."))
    if marked.already:
        say(
            trn(
                "{count:,} place was marked so already.",
                "{count:,} places were marked so already.",
                marked.already,
            )
        )
    if marked.marks:
        say(tr("`undo` takes all of them back."))


def _print(found: Iterator[Found]) -> None:
    shapes = [
        {
            "document": one.document_id,
            "title": one.title,
            "places": [
                {"start": start, "end": end, "before": before, "text": inside, "after": after}
                for (start, end), (before, inside, after) in zip(
                    one.places, one.snippets, strict=True
                )
            ],
        }
        for one in found
    ]
    print_json(shapes)


def _say(found: Iterator[Found]) -> None:
    documents = places = 0
    for one in found:
        documents, places = documents + 1, places + len(one.places)
        say(f"{one.document_id}  {short(one.title, 70)}")
        for (start, end), parts in zip(one.places, one.snippets, strict=True):
            say(f"  {start}:{end}  {line(_shown(*parts))}")
    if not documents:
        say(tr("Nothing is found."))
        return
    where = trn("{count:,} document", "{count:,} documents", documents)
    say(trn("{count:,} place in {where}.", "{count:,} places in {where}.", places, where=where))


def _shown(before: str, inside: str, after: str) -> str:
    room = max(10, WIDTH - len(before) - len(inside))
    return f"{before}[{inside}]{after[:room]}"
