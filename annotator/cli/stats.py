"""stats."""

from __future__ import annotations

import click
from msgspec.structs import asdict

from annotator.cli.printing import (
    as_option,
    json_option,
    opened,
    print_json,
    project_argument,
    say,
    short,
    table,
)
from annotator.language import tr, trn
from annotator.model.names import STATUS_NAMES
from annotator.model.statistics import PAUSE, Statistics, duration
from annotator.project.statistics import statistics

SHOWN = 15


@click.command()
@project_argument
@click.option(
    "--all-denials", is_flag=True, help="Count refusals and non-denials among the denials."
)
@json_option
@as_option
def stats(project: str, all_denials: bool, as_json: bool, as_: str | None) -> None:
    """Count marks, articles by your status, sources by frequency, time by article.

    The time between two acts counts for the article of the later one, unless it is a pause of more
    than five minutes.
    """
    with opened(project, as_, write=False) as it:
        found = statistics(it.read, it.person.id, all_denials=all_denials)
    if as_json:
        print_json({**asdict(found), "pause": PAUSE, "median_seconds": found.median_seconds})
    else:
        _say(found)


def _say(found: Statistics) -> None:
    articles, marks = (
        trn("{count:,} article", "{count:,} articles", found.articles),
        trn("{count:,} mark", "{count:,} marks", found.total),
    )
    links = trn("{count:,} link", "{count:,} links", sum(found.links.values()))
    say(f"{articles}, {marks}, {links}.")
    _part(tr("Your articles"), [(STATUS_NAMES[k], n) for k, n in found.statuses.items() if n])
    _part(tr("Marks"), list(found.marks.items()))
    if found.left_out:
        say(
            trn(
                "{count:,} refusal or non-denial is left out; --all-denials counts them.",
                "{count:,} refusals and non-denials are left out; --all-denials counts them.",
                found.left_out,
            )
        )
    _part(tr("Links"), sorted(found.links.items()))
    _part(tr("Sources"), [(short(one.name, 50), one.marks) for one in found.sources[:SHOWN]])
    if found.source_names > SHOWN:
        say(tr("… and {more:,} more.", more=found.source_names - SHOWN))
    if found.worked:
        say()
        say(
            trn(
                "Worked on {count:,} article, {all} in all, {median} in the middle; longest:",
                "Worked on {count:,} articles, {all} in all, {median} in the middle; longest:",
                len(found.worked),
                all=duration(sum(one.seconds for one in found.worked)),
                median=duration(found.median_seconds),
            )
        )
        table([(duration(one.seconds), short(one.title)) for one in found.worked[:5]])


def _part(name: str, rows: list[tuple[str, int]]) -> None:
    if rows:
        say()
        say(name)
        table([(f"{n:>9,}", words) for words, n in rows])
