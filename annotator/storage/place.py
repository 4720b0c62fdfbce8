"""Where a project lives: a file path or a PostgreSQL URL; and what a file must be to be opened."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.errors import ProjectDamaged, ProjectError, ProjectTooNew
from annotator.language import tr
from annotator.storage.tables import APPLICATION_ID

SCHEMA_ORDINAL = 2
"""The ordinal of the newest migration; a project file carries it as user_version."""

POSTGRESQL = "postgresql+psycopg://"


def is_url(where: str | Path) -> bool:
    """Whether a project is named by a database URL rather than a path."""
    return "://" in str(where)


def require_url(where: str) -> None:
    """Only PostgreSQL with psycopg. Raises ProjectError."""
    if not where.startswith(POSTGRESQL):
        kind = where.partition("://")[0]
        raise ProjectError(
            tr(
                "“{kind}://” is not a kind of project; use a file path or a {url} URL.",
                kind=kind,
                url=POSTGRESQL,
            )
        )


def require_new(path: Path) -> None:
    """A project can be made at this path. Raises ProjectError."""
    if path.exists():
        raise ProjectError(
            tr("{path} is already there; nothing was made and it was not changed.", path=path)
        )
    if not path.parent.is_dir():
        raise ProjectError(
            tr("There is no folder {parent}; no project was made.", parent=path.parent)
        )
    if not os.access(path.parent, os.W_OK):
        raise ProjectError(
            tr("The folder {parent} cannot be written to; no project was made.", parent=path.parent)
        )


def require_project(path: Path) -> int:
    """The file is a project that this program can open; the ordinal of its tables.

    Reads its header only; changes nothing. Raises ProjectError, ProjectTooNew or ProjectDamaged.
    """
    header = _header(path)
    application, version = (int.from_bytes(header[at : at + 4], "big") for at in (68, 60))
    if application != APPLICATION_ID:
        raise ProjectError(
            tr(
                "{path} is a database of another program; it was not opened and not changed.",
                path=path,
            )
        )
    if version > SCHEMA_ORDINAL:
        raise ProjectTooNew(
            tr(
                "{path} was made by a newer Annotator (format {version}; this one knows "
                "{known}); it was not opened and not changed.",
                path=path,
                version=version,
                known=SCHEMA_ORDINAL,
            )
        )
    if _is_cut_off(path, header):
        raise ProjectDamaged(
            tr(
                "{path} is damaged, its end is missing; it was not opened and not changed.",
                path=path,
            )
        )
    return version


def _header(path: Path) -> bytes:
    """The first 100 bytes of a file, where they are those of a database."""
    if path.is_dir():
        raise ProjectError(tr("{path} is a folder, not a project file.", path=path))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectError(tr("There is no project {path}.", path=path)) from None
    except OSError as error:
        raise ProjectError(
            tr(
                "{path} cannot be read ({why}); it was not opened and not changed.",
                path=path,
                why=error.strerror,
            )
        ) from None
    if not header:
        raise ProjectError(
            tr(
                "{path} is empty (0 bytes), not a project; it was not opened and not changed.",
                path=path,
            )
        )
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise ProjectError(
            tr("{path} is not an Annotator project; it was not opened and not changed.", path=path)
        )
    return header


def _is_cut_off(path: Path, header: bytes) -> bool:
    """Whether the file is shorter than it says; while a log lies beside it, it may well be."""
    page, pages = (int.from_bytes(header[a:b], "big") for a, b in ((16, 18), (28, 32)))
    whole = (65536 if page == 1 else page) * pages
    return path.stat().st_size < whole and not path.with_name(path.name + "-wal").exists()
