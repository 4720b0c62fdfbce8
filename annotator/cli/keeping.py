"""backup, restore, doctor."""

from __future__ import annotations

import sys

import click

from annotator.cli.printing import (
    as_option,
    json_option,
    line,
    opened,
    print_json,
    project_argument,
    say,
    table,
)
from annotator.language import in_english, spoken, tr, trn
from annotator.project import keep


@click.command()
@project_argument
@click.option("--list", "only_list", is_flag=True, help="Show the backups there are.")
@json_option
@as_option
def backup(project: str, only_list: bool, as_json: bool, as_: str | None) -> None:
    """Copy the project to a safe place; the copy is proved, and the older ones are thinned out."""
    if not only_list:
        with opened(project, as_, write=False) as it:
            if not it.is_file:
                keep.backups(project)  # says where such a project is backed up
            made = keep.backup(it, in_english("asked for"), always=True)
        if not as_json and made is not None:
            say(tr("Backed up to {path}.", path=made.path))
        if not as_json:
            return
    there = keep.backups(project)
    if as_json:
        print_json([_as_json(one) for one in there])
        return
    table([[_when(one), _size(one), one.reason, str(one.path)] for one in there])
    if not there:
        say(tr("There is no backup yet."))


@click.command()
@project_argument
@click.argument("which", default="", metavar="[TIME|FILE]")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(project: str, which: str, yes: bool) -> None:
    """Put a backup in the project's place: the newest, that of a TIME, or a FILE.

    What would change is shown first, and what was there is kept.
    """
    chosen = keep.find_backup(project, which)
    say(tr("The backup of {at} ({reason}):", at=_when(chosen), reason=line(spoken(chosen.reason))))
    for sentence in keep.difference(project, chosen).sentences():
        say(f"  {line(sentence)}")
    if not yes:
        if not sys.stdin.isatty():
            say(tr("Nothing was done; --yes restores it."))
            return
        click.confirm(tr("Put it in the project's place?"), abort=True)
    kept = keep.restore(project, chosen, "annotator (terminal)")
    say(tr("Restored. What was there before is kept in {kept}.", kept=kept))


@click.command()
@project_argument
@click.option("--repair", is_flag=True, help="Make anew what can be derived; backs up first.")
@as_option
def doctor(project: str, repair: bool, as_: str | None) -> int:
    """Read all of a project and say what is wrong in it."""
    with opened(project, as_, write=repair) as it:
        done = keep.mend(it) if repair else ()
        found = it.read.findings()
    for sentence in done:
        say(tr("Mended: {sentence}", sentence=line(sentence)))
    for finding in found:
        say(line(finding))
    wrong = trn("{count} thing is wrong.", "{count} things are wrong.", len(found))
    say(wrong if found else tr("All is well."))
    if found and repair:
        say(tr("What is left cannot be derived from the rest; `restore` brings back a backup."))
    return 1 if found else 0


def _when(one: keep.Backup) -> str:
    return f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}"


def _size(one: keep.Backup) -> str:
    return f"{one.size / 1e6:.1f} MB"


def _as_json(one: keep.Backup) -> dict[str, str | int]:
    return {
        "at": one.at.isoformat(), "reason": one.reason, "path": str(one.path), "bytes": one.size
    }  # fmt: skip
