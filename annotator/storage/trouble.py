"""What a database says of disk, locks and servers, as one sentence for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

import msgspec
from sqlalchemy import exc, make_url

from annotator.errors import (
    AnnotatorError,
    NotStored,
    ProjectDamaged,
    ProjectError,
    ProjectReadOnly,
)
from annotator.language import tr
from annotator.storage.place import is_url

_REASONS = {
    "SQLITE_FULL": tr("the disk is full"),
    "SQLITE_IOERR": tr("the disk reports an error"),
    "SQLITE_READONLY": tr("the file or its folder cannot be written to"),
    "SQLITE_BUSY": tr("another program is writing to it"),
    "SQLITE_NOTADB": tr("the file is not a project, or it is damaged"),
    "SQLITE_CORRUPT": tr("the file is damaged"),
    "SQLITE_CANTOPEN": tr("the file cannot be opened"),
}
"""By the beginning of SQLite's name of an error; the longer names say only where it happened."""
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


@contextmanager
def translated(where: str, stored: str = "") -> Generator[None]:
    """Turn a database's error into one sentence, which ends in ``stored``. Raises ProjectError."""
    try:
        yield
    except AnnotatorError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProjectDamaged(
            tr(
                "{where}: the file is damaged, something in it cannot be read. {stored}",
                where=shown(where),
                stored=stored,
            ).strip()
        ) from error
    except (exc.DatabaseError, sqlite3.DatabaseError) as error:
        reason = reason_of(error)
        if reason is None:
            raise
        sentence = f"{shown(where)}: {reason}. {stored}".strip()
        if name_of(error).startswith(_DAMAGE) or _is_undecodable(error):
            raise ProjectDamaged(sentence) from error
        if name_of(error).startswith("SQLITE_READONLY"):
            raise ProjectReadOnly(sentence) from error
        raise ProjectError(sentence) from error


@contextmanager
def not_stored(where: str) -> Generator[None]:
    """The same for an act that is to be stored. Raises NotStored: it can be tried again."""
    try:
        with translated(where, tr("Nothing of this act was stored.")):
            yield
    except ProjectDamaged:
        raise
    except ProjectError as error:
        if isinstance(error.__cause__, exc.DatabaseError | sqlite3.DatabaseError):
            raise NotStored(str(error)) from error.__cause__
        raise


def reason_of(error: Exception) -> str | None:
    """Why a statement failed, in words; None where it is no matter of disk, lock or server."""
    name, said = name_of(error), str(_original(error)).strip()
    if _is_undecodable(error):  # the driver repeats the words, which are the article's
        return tr("the file is damaged")
    known = next((words for start, words in _REASONS.items() if name.startswith(start)), None)
    if known is not None or not isinstance(error, exc.OperationalError | sqlite3.OperationalError):
        return known
    return said.splitlines()[0] if said else str(error)


def name_of(error: Exception) -> str:
    """SQLite's own name of an error, such as SQLITE_IOERR_WRITE; empty for other databases."""
    return getattr(_original(error), "sqlite_errorname", "")


def _is_undecodable(error: Exception) -> bool:
    """Whether SQLite found a text that is none."""
    return str(_original(error)).startswith("Could not decode to UTF-8")


def _original(error: Exception) -> object:
    """What the driver itself raised."""
    return error.orig if isinstance(error, exc.DBAPIError) else error


def shown(where: str) -> str:
    """A project's place as a person may see it: without a password."""
    if not is_url(where):
        return where
    try:
        return make_url(where).set(password=None).render_as_string()
    except (exc.ArgumentError, ValueError):  # it is none, and may hold a password somewhere
        return f"{where.partition('://')[0]}://…"
