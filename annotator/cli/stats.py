"""stats."""

from __future__ import annotations

import click
from msgspec.structs import asdict

from annotator.cli.printing import (
    as_option,
    counted,
    json_option,
    opened,
    print_json,
    project_argument,
    say,
    short,
    table,
)
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
        counted(found.articles, "article", "articles"),
        counted(found.total, "mark", "marks"),
    )
    say(f"{articles}, {marks}, {counted(sum(found.links.values()), 'link', 'links')}.")
    _part("Your articles", [(k.replace("_", " "), n) for k, n in found.statuses.items() if n])
    _part("Marks", list(found.marks.items()))
    if found.left_out:
        say(
            f"{counted(found.left_out, 'refusal or non-denial is', 'refusals and non-denials are')} left out; --all-denials counts them."
        )
    _part("Links", sorted(found.links.items()))
    _part("Sources", [(short(one.name, 50), one.marks) for one in found.sources[:SHOWN]])
    if found.source_names > SHOWN:
        say(f"… and {found.source_names - SHOWN:,} more.")
    if found.worked:
        say()
        say(
            f"Worked on {counted(len(found.worked), 'article', 'articles')}, "
            f"{duration(sum(one.seconds for one in found.worked))} in all, "
            f"{duration(found.median_seconds)} in the middle; longest:"
        )
        table([(duration(one.seconds), short(one.title)) for one in found.worked[:5]])


def _part(name: str, rows: list[tuple[str, int]]) -> None:
    if rows:
        say()
        say(name)
        table([(f"{n:>9,}", words) for words, n in rows])
