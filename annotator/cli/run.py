"""The command line as a whole: what it answers, and how it fails."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from annotator import __version__
from annotator.cli import (
    articles,
    behind,
    data,
    desktop,
    export,
    extract,
    finding,
    formats,
    history,
    keeping,
    marks,
    projects,
    reading,
    rehydrate,
    schema,
    stats,
)
from annotator.cli.printing import fail, plain
from annotator.errors import AnnotatorError

DONE, EXPECTED, USAGE, SOME_REFUSED, STOPPED = 0, 1, 2, 3, 130

HELP = """Mark who claims what, who is the source, and who denies it.

Without a verb, `annotator [PROJECT]` opens the app. PROJECT is a file or a postgresql+psycopg:// URL;
DOCUMENT an id, a unique part of one, or the exact title. Offsets are code points, half-open.
"""


@click.group(
    help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96}
)
@click.version_option(__version__, prog_name="annotator")
@click.option("--as", "name", metavar="NAME", help="Who marks.")
@click.pass_context
def annotator(context: click.Context, name: str | None) -> None:
    """Remember who acts."""
    context.obj = name


for command in (
    projects.new,
    articles.import_,
    extract.extract,
    articles.list_,
    articles.show,
    finding.find,
    marks.add,
    marks.link,
    marks.remove,
    history.undo,
    history.redo,
    history.history,
    export.export,
    data.verify,
    rehydrate.rehydrate,
    formats.formats,
    articles.status,
    behind.actors,
    behind.propositions,
    keeping.doctor,
    keeping.backup,
    keeping.restore,
    desktop.desktop,
    schema.schema,
    stats.stats,
    reading.blocks,
    reading.details,
    reading.duplicates_,
    reading.repeated_,
    reading.versions_,
):
    annotator.add_command(command)

VERBS = frozenset(annotator.commands)


def main(arguments: Sequence[str]) -> int:
    """Run one verb; the exit code says how it went."""
    plain(sys.stdout)
    plain(sys.stderr)
    try:
        result = annotator.main(list(arguments), prog_name="annotator", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return USAGE
    except AnnotatorError as error:
        fail(str(error))
        return EXPECTED
    except (KeyboardInterrupt, click.Abort):
        fail("Stopped; what was stored before stays.")
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return EXPECTED
    return result if isinstance(result, int) else DONE
