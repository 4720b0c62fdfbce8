"""formats."""

from __future__ import annotations

import click

from annotator.cli.printing import json_option, print_json, say, table
from annotator.formats.base import HOLDABLE, Format
from annotator.formats.registry import formats as known
from annotator.language import spoken, tr


@click.command()
@json_option
def formats(as_json: bool) -> None:
    """List the formats that datasets are written in and read from."""
    if as_json:
        print_json([{"name": f.name, "reads": f.reads, "writes": f.writes} for f in known()])
        return
    table([[one.name, _ways(one), " ".join(one.suffixes) or tr("a folder"), spoken(one.title)]
           for one in known()])  # fmt: skip
    say()
    for one in known():
        lacking = [words for name, words in HOLDABLE.items() if name not in one.holds]
        if lacking and one.writes:
            say(
                tr(
                    "{name} does not hold {lacking}.",
                    name=one.name,
                    lacking=", ".join(map(spoken, lacking)),
                )
            )


def _ways(one: Format) -> str:
    return " and ".join(way for way, can in (("out", one.writes), ("in", one.reads)) if can)
