"""extract: what the readers find, without a project."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from annotator.cli.printing import fail, json_option, print_json, progress, say, short
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.prepared import Prepared
from annotator.progress import Progress
from annotator.project.extract import Found, as_shape, body_of, extract_bytes, extract_paths

SOME_REFUSED = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@json_option
def extract(paths: tuple[str, ...], as_json: bool) -> int:
    """Show what is found in saved articles: details, body, blocks; nothing is stored; - reads one."""
    shapes: list[dict[str, object]] = []
    refused = 0
    with progress(tr("Reading")) as shown:
        for source, found in _found(paths, shown):
            if isinstance(found, ArticleError):
                refused += 1
                fail(str(found))
            elif as_json:
                shapes.append(as_shape(source, found))
            else:
                _say(source, found)
    if as_json:
        print_json(shapes)
    return SOME_REFUSED if refused else 0


def _found(paths: tuple[str, ...], shown: Progress) -> Iterator[Found]:
    yield from extract_paths([Path(path) for path in paths if path != "-"], shown)
    if "-" in paths:
        yield from extract_bytes(sys.stdin.buffer.read(), "-")


def _say(source: str, article: Prepared) -> None:
    said = article.metadata
    say(short(str(said.get("title") or source), 96))
    for key in ("authors", "published", "outlet", "url"):
        if said.get(key):
            value = said[key]
            say(
                f"  {key}: {short(', '.join(value) if isinstance(value, list) else str(value), 84)}"
            )
    dimmed = sum(block.dimmed for block in article.blocks)
    say(
        tr(
            "  {blocks} blocks, {dimmed} dimmed; {length} characters of body",
            blocks=len(article.blocks),
            dimmed=dimmed,
            length=len(body_of(article)),
        )
    )
    for warning in article.warnings:
        say(f"  {short(warning, 300)}")
    say()
