"""add, link, remove."""

from __future__ import annotations

import click

from annotator.cli.printing import (
    as_option,
    json_option,
    opened,
    print_json,
    project_argument,
    say,
    short,
)
from annotator.errors import NotFound, RuleError
from annotator.language import tr
from annotator.project import Project, articles, relations
from annotator.project import marks as verbs
from annotator.project.shapes import link_as_entry, marks_as_entries
from annotator.text.span import Span
from annotator.text.words import fold


class SpanType(click.ParamType[Span]):
    """START:END[,START:END...] in code points."""

    name = "S:E"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Span:
        """Read a span; a wrong one is wrong usage."""
        if isinstance(value, Span):
            return value
        try:
            return Span.parse(str(value))
        except ValueError as error:
            self.fail(tr("{value} is not a span: {error}", value=value, error=error), param, ctx)


@click.command()
@project_argument
@click.argument("document")
@click.argument("label")
@click.option("--quote", metavar="TEXT", help="The words to mark.")
@click.option("--nth", type=click.IntRange(min=1), metavar="N", help="Which of several, from 1.")
@click.option("--span", type=SpanType(), help="Code points: S:E[,S:E...].")
@click.option("--attr", "attributes", multiple=True, metavar="KEY=VALUE")
@click.option("--actor", metavar="NAME", help="Who stands behind a source.")
@click.option("--proposition", metavar="ID", help="What a claim states.")
@click.option("--note", default="", metavar="TEXT")
@json_option
@as_option
def add(
    project: str,
    document: str,
    label: str,
    quote: str | None,
    nth: int | None,
    span: Span | None,
    attributes: tuple[str, ...],
    actor: str | None,
    proposition: str | None,
    note: str,
    as_json: bool,
    as_: str | None,
) -> None:
    """Mark words of a document."""
    if (quote is None) == (span is None):
        raise click.UsageError("Say either --quote TEXT or --span S:E.")
    if nth is not None and quote is None:
        raise click.UsageError("--nth belongs to --quote.")
    named = dict(_attribute(said) for said in attributes)
    with opened(project, as_, write=True) as it:
        found = it.read.find_document(document)
        text = it.read.text(found.id)
        where = span or _quoted(text, quote or "", nth)
        mark = verbs.add(
            it,
            found.id,
            where,
            label,
            attributes=named,
            actor=actor,
            proposition=proposition,
            note=note,
        )
        shape = marks_as_entries(it, (mark,))[0]
    if as_json:
        print_json(shape)
    else:
        say(f"{mark.id}  {label}  {mark.span}  {short(mark.words)}")
        if quote is not None and nth is None and text.count(quote) > 1:
            say(tr("It is the first of {n} places; --nth chooses another.", n=text.count(quote)))


@click.command()
@project_argument
@click.argument("kind", metavar="TYPE")
@click.argument("from_", metavar="FROM")
@click.argument("to")
@json_option
@as_option
def link(project: str, kind: str, from_: str, to: str, as_json: bool, as_: str | None) -> None:
    """Link two marks."""
    with opened(project, as_, write=True) as it:
        ends = [it.read.find_annotation(end).id for end in (from_, to)]
        relation = relations.link(it, kind, *ends)
        shape = link_as_entry(it, relation)
    if as_json:
        print_json(shape)
    else:
        say(f"{relation.id}  {kind}  {relation.from_id} → {relation.to_id}")


@click.command()
@project_argument
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@as_option
def remove(project: str, ids: tuple[str, ...], as_: str | None) -> None:
    """Remove marks, links or documents, as one act."""
    title = f"Remove {len(ids)} things" if len(ids) > 1 else "Remove"
    with opened(project, as_, write=True) as it, it.op(title):
        for id_ in ids:
            _remove_one(it, id_)
    say(tr("Removed {n}; `undo` brings back what was removed.", n=len(ids)))


def _remove_one(project: Project, id_: str) -> None:
    """Whatever has this id; a link may have gone with its mark just before."""
    with project.op("Remove") as act:
        try:
            verbs.remove(project, [act.read.find_annotation(id_).id])
            return
        except NotFound:
            pass
        try:
            relations.unlink(project, [act.read.relation(id_).id])
            return
        except NotFound:
            pass
        try:
            articles.remove(project, act.read.document(id_).id)
        except NotFound:
            raise NotFound(tr("Nothing has the id “{id}”; nothing was removed.", id=id_)) from None


def _attribute(said: str) -> tuple[str, str]:
    key, equals, value = said.partition("=")
    if not equals:
        raise click.UsageError(f"“{said}” is not KEY=VALUE.")
    return key.strip(), value.strip()


def _quoted(text: str, quote: str, nth: int | None) -> Span:
    """Where the words stand, the first place unless another is chosen. Raises RuleError."""
    if not quote:
        raise RuleError(tr("An empty quote stands nowhere; nothing was added."))
    places: list[int] = []
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        near = fold(" ".join(quote.split())) in fold(" ".join(text.split()))
        if near:
            raise RuleError(
                tr(
                    "“{quote}” does not stand in the text (it does with other blanks, accents or letter case); nothing was added.",
                    quote=short(quote),
                )
            )
        raise RuleError(
            tr("“{quote}” does not stand in the text; nothing was added.", quote=short(quote))
        )
    if nth is not None and nth > len(places):
        raise RuleError(
            tr(
                "“{quote}” stands in the text {n} times, not {nth}.",
                quote=short(quote),
                n=len(places),
                nth=nth,
            )
        )
    start = places[(nth or 1) - 1]
    return Span.of([(start, start + len(quote))])
