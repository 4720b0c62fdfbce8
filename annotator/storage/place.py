"""Where a project lives: a file path or a PostgreSQL URL; and what a file must be to be opened."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from annotator.errors import ProjectError, ProjectTooNew
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
            f"“{kind}://” is not a kind of project; use a file path or a {POSTGRESQL} URL."
        )


def require_new(path: Path) -> None:
    """A project can be made at this path. Raises ProjectError."""
    if path.exists():
        raise ProjectError(f"{path} is already there; nothing was made and it was not changed.")
    if not path.parent.is_dir():
        raise ProjectError(f"There is no folder {path.parent}; no project was made.")
    if not os.access(path.parent, os.W_OK):
        raise ProjectError(f"The folder {path.parent} cannot be written to; no project was made.")


def require_project(path: Path) -> int:
    """The file is a project that this program can open; the ordinal of its tables.

    Reads its header only; changes nothing. Raises ProjectError, or ProjectTooNew for one that a newer program made.
    """
    unchanged = "it was not opened and not changed"
    if path.is_dir():
        raise ProjectError(f"{path} is a folder, not a project file.")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectError(f"There is no project {path}.") from None
    except OSError as error:
        raise ProjectError(f"{path} cannot be read ({error.strerror}); {unchanged}.") from None
    if not header:
        raise ProjectError(f"{path} is empty (0 bytes), not a project; {unchanged}.")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise ProjectError(f"{path} is not an Annotator project; {unchanged}.")
    application, version = (int.from_bytes(header[at : at + 4], "big") for at in (68, 60))
    if application != APPLICATION_ID:
        raise ProjectError(f"{path} is a database of another program; {unchanged}.")
    if version > SCHEMA_ORDINAL:
        raise ProjectTooNew(
            f"{path} was made by a newer Annotator (format {version}; this one knows "
            f"{SCHEMA_ORDINAL}); {unchanged}."
        )
    if _is_cut_off(path, header):
        raise ProjectError(f"{path} is damaged, its end is missing; {unchanged}.")
    return version


def _is_cut_off(path: Path, header: bytes) -> bool:
    """Whether the file is shorter than it says; while a log lies beside it, it may well be."""
    page, pages = (int.from_bytes(header[a:b], "big") for a, b in ((16, 18), (28, 32)))
    whole = (65536 if page == 1 else page) * pages
    return path.stat().st_size < whole and not path.with_name(path.name + "-wal").exists()


def leave_at_rest(path: Path) -> None:
    """Fold the write-ahead log into the file, so that the project is one plain file.

    Where another process still reads it, the log stays and the next sole opener puts it right.
    """
    connection = sqlite3.connect(path, timeout=2.0, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
    except sqlite3.DatabaseError:
        pass  # the file is damaged, as whoever opened it has been told; it is left as it is
    finally:
        connection.close()
