"""Keeping projects: making, copying, backing up, restoring, examining and mending them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from annotator import settings
from annotator.errors import NotFound, ProjectError
from annotator.language import in_english, tr
from annotator.model.schema import Schema, builtin
from annotator.project.project import Project
from annotator.storage import backup as backing
from annotator.storage import create as creating
from annotator.storage import folders, mending, restoring
from annotator.storage.backup import Backup
from annotator.storage.place import is_url, require_project
from annotator.storage.restoring import Difference

__all__ = ["Backup", "Difference"]


def create(where: str | Path, schema: Schema | None = None) -> None:
    """Make an empty project, with the built-in schema where none is given. Raises ProjectError."""
    creating.create(where, schema or builtin())


def shared(where: str | Path) -> str | None:
    """What other computers may act in the project's folder, in words; None where there are none."""
    return None if is_url(where) else folders.shared(Path(where).resolve())


def rescue(project: Project) -> Path:
    """Write what is stored to a new file, although the project's name leads elsewhere by now.

    It lies beside the project, or among the backups where there is no room for it there; where it
    lies is given. Raises ProjectError where nothing could be written.
    """
    here = Path(project.where).absolute()
    name = f"{here.stem} rescued {datetime.now():%Y-%m-%d %H%M%S}{here.suffix}"
    try:
        return project.copy_to(here.with_name(name))
    except (ProjectError, OSError):
        settings.backups().mkdir(parents=True, exist_ok=True, mode=0o700)
        return project.copy_to(settings.backups() / name)


def backup(project: Project, reason: str, *, always: bool = False) -> Backup | None:
    """Back up a project file where it changed since its newest backup. Raises ProjectError.

    A project on a server is backed up where the server is; for it this does nothing.
    """
    if not project.is_file:
        return None
    make = backing.make if always else backing.make_if_changed
    return make(Path(project.where).resolve(), reason)


def backups(where: str | Path) -> tuple[Backup, ...]:
    """The backups of a project file, newest first. Raises ProjectError for a server's."""
    return backing.of_project(_file(where))


def find_backup(where: str | Path, named: str) -> Backup:
    """The backup of that file, or the newest whose local time begins so. Raises NotFound."""
    if Path(named).is_file():
        require_project(Path(named))
        return backing.standing_alone(Path(named))
    there = backups(where)
    said = named.replace("T", " ")
    found = [one for one in there if f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}".startswith(said)]
    if not found:
        if named:
            words = tr(
                "{where} has no backup of “{named}”; `backup --list` shows what there is.",
                where=where,
                named=named,
            )
        else:
            words = tr("{where} has no backup; `backup --list` shows what there is.", where=where)
        raise NotFound(words)
    return found[0]


def difference(where: str | Path, backup: Backup) -> Difference:
    """What a project and its backup hold, side by side."""
    return restoring.difference(_file(where), backup.path)


def restore(where: str | Path, backup: Backup, program: str = "annotator") -> Path:
    """Put a backup in the project's place; gives where that which was there is kept.

    Raises ProjectError, ProjectLocked or ProjectDamaged; the project is then unchanged.
    """
    return restoring.restore(_file(where), backup.path, program)


def mend(project: Project) -> Sequence[str]:
    """Make anew all that can be derived; what was done, one sentence each.

    Backs up a project file first. What cannot be derived stays among the findings.
    """
    backup(project, in_english("before a repair"), always=True)
    return project.mend(mending.mend)


def _file(where: str | Path) -> Path:
    if is_url(where):
        raise ProjectError(
            tr(
                "A project in PostgreSQL is backed up and restored where the server is, with pg_dump; "
                "nothing was done."
            )
        )
    return Path(where).resolve()
