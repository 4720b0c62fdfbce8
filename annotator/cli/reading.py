"""blocks, details, repeated, duplicates, versions: what was read of articles, and what they have in common."""

from __future__ import annotations

import click

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
from annotator.language import tr, trn
from annotator.model.document import ROLES, Document
from annotator.model.names import PLACE_NAMES
from annotator.project import articles, duplicates, frames, versions
from annotator.project import blocks as block_verbs

LISTS = ("authors", "tags")


@click.command()
@project_argument
@click.argument("document")
@click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")
@click.option("--dim/--undim", "dimmed", default=None, help="Whether it is the article's own text.")
@click.option("--role", type=click.Choice(ROLES), help="What it is.")
@json_option
@as_option
def blocks(
    project: str,
    document: str,
    numbers: tuple[int, ...],
    dimmed: bool | None,
    role: str | None,
    as_json: bool,
    as_: str | None,
) -> None:
    """Show the blocks of a document, or dim some of them, by their numbers from 0."""
    changes = dimmed is not None or role is not None
    if changes != bool(numbers):
        raise click.UsageError("Say which blocks, and --dim, --undim or --role.")
    with opened(project, as_, write=changes) as it:
        found = it.read.find_document(document)
        if changes:
            block_verbs.choose(it, found.id, numbers, role=role, dimmed=dimmed)
        text, standing = it.read.text(found.id), it.read.blocks(found.id)
        sure, chosen = it.read.read_blocks(found.id), it.read.block_choices(found.id)
    if as_json:
        print_json(
            [
                {
                    "start": block.start,
                    "end": block.end,
                    "kind": block.kind,
                    "role": block.role,
                    "dimmed": block.dimmed,
                    "confidence": sure[n][2],
                    "chosen": n in chosen,
                }
                for n, block in enumerate(standing)
            ]
        )
        return
    table(
        [
            [
                str(n),
                "|" if block.dimmed else " ",
                block.role + ("*" if n in chosen else ""),
                short(text[block.start : block.end], 80),
            ]
            for n, block in enumerate(standing)
        ]
    )


@click.command()
@project_argument
@click.argument("document")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@json_option
@as_option
def details(
    project: str, document: str, values: tuple[str, ...], as_json: bool, as_: str | None
) -> None:
    """Show or change title, outlet, authors, dates, url; KEY= takes one away, authors by “;”."""
    pairs = [value.partition("=") for value in values]
    if any(not key or not sign for key, sign, _ in pairs):
        raise click.UsageError("A detail is written KEY=VALUE.")
    said = {key: _value(key, value) for key, _, value in pairs}
    with opened(project, as_, write=bool(said)) as it:
        found = it.read.find_document(document)
        if said:
            found = articles.describe(it, found.id, said)
    if as_json:
        print_json({"id": found.id, "metadata": found.metadata, "origins": found.origins})
        return
    for key, value in found.metadata.items():
        origin = found.origins.get(key)
        words = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        told = (
            f"  ({PLACE_NAMES.get(origin.place, origin.place)}, {origin.confidence:.0%})"
            if origin
            else ""
        )
        say(f"{key}: {short(words, 90)}{told}")


@click.command("repeated")
@project_argument
@click.option("--dim", is_flag=True, help="Dim them all, as one act.")
@json_option
@as_option
def repeated_(project: str, dim: bool, as_json: bool, as_: str | None) -> None:
    """List the lines that the articles of one site have in common, or dim them."""
    with opened(project, as_, write=dim) as it:
        with progress("Comparing") as shown:
            found = frames.repeating(it, progress=shown)
        if dim and found.lines:
            frames.dim(it, found)
    if as_json:
        print_json({
            "lines": [{"text": words, "articles": n} for words, n in found.lines],
            "articles": len(found.places), "dimmed": dim,
        })  # fmt: skip
        return
    table([[str(n), short(words, 90)] for words, n in found.lines])
    if not found.lines:
        say(tr("Nothing repeats."))
        return
    say(found.sentence() + (f" {tr('They are dimmed.')}" if dim else ""))


@click.command("duplicates")
@project_argument
@click.option("--look-again", is_flag=True, help="Compare all articles first.")
@click.option("--apart", metavar="DOCUMENT", help="Take this one out of its group.")
@click.option(
    "--together",
    nargs=2,
    metavar="ONE OTHER",
    help="Put these two, and their groups, in one group.",
)
@json_option
@as_option
def duplicates_(
    project: str,
    look_again: bool,
    apart: str | None,
    together: tuple[str, str] | None,
    as_json: bool,
    as_: str | None,
) -> None:
    """List the groups of articles that tell one story in the same words."""
    writes = look_again or apart is not None or together is not None
    with opened(project, as_, write=writes) as it:
        if together is not None:
            duplicates.put_together(it, [it.read.find_document(one).id for one in together])
        if apart is not None:
            duplicates.set_apart(it, it.read.find_document(apart).id)
        if look_again:
            with progress(tr("Comparing")) as shown:
                duplicates.look_again(it, shown)
        found = duplicates.groups(it)
    if as_json:
        print_json(
            [
                {
                    "id": group.id,
                    "documents": [
                        {**_named(one), "likeness": like}
                        for one, like in zip(group.documents, group.likeness, strict=True)
                    ],
                }
                for group in found
            ]
        )
        return
    for group in found:
        for one, like in zip(group.documents, group.likeness, strict=True):
            say(f"{like:>4.0%}  {one.id}  {one.published or '—'}  {short(one.title, 70)}")
        say()
    groups = trn("{count} group.", "{count} groups.", len(found))
    say(groups if found else tr("No two articles tell one story in the same words."))


@click.command("versions")
@project_argument
@click.option("--carry", metavar="DOCUMENT", help="Carry your marks to this later text.")
@json_option
@as_option
def versions_(project: str, carry: str | None, as_json: bool, as_: str | None) -> None:
    """List later texts of articles that you have marked, or carry the marks over."""
    with opened(project, as_, write=carry is not None) as it:
        if carry is None:
            _say_offered(versions.offered(it), as_json=as_json)
            return
        done = versions.carry(it, it.read.find_document(carry).id)
    if as_json:
        print_json(done)
        return
    for mark in done.orphans:
        say(
            tr(
                "no certain place  {label:<8} {words}",
                label=mark.label,
                words=short(mark.words, 70),
            )
        )
    say(
        tr(
            "Marks: {placed} carried over, {already} already there, "
            "{orphans} without a certain place, which stay with the earlier text only.",
            placed=len(done.placed),
            already=done.already,
            orphans=len(done.orphans),
        )
    )


def _say_offered(pairs: tuple[tuple[Document, Document], ...], *, as_json: bool) -> None:
    if as_json:
        print_json([{"earlier": _named(a), "later": _named(b)} for a, b in pairs])
        return
    for earlier, later in pairs:
        say(f"{earlier.id} → {later.id}  {short(later.title, 70)}")
    if not pairs:
        say(tr("No article that you have marked has a later text here."))


def _named(document: Document) -> dict[str, str]:
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "outlet": document.outlet,
    }


def _value(key: str, value: str) -> str | list[str] | None:
    if not value.strip():
        return None
    if key in LISTS:
        return [one.strip() for one in value.split(";") if one.strip()]
    return value
