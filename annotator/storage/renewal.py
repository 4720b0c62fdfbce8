"""Bringing an older project up to date: on a copy, behind a backup, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event, inspect
from sqlalchemy.pool import NullPool

from annotator.errors import ProjectDamaged, ProjectError, ProjectLocked, ProjectTooOld
from annotator.language import in_english, tr
from annotator.storage import backup, guard, migrations, placing
from annotator.storage.connecting import OP_LOCK
from annotator.storage.place import SCHEMA_ORDINAL, require_project
from annotator.storage.trouble import translated

REASON = in_english("before an update")


def bring_up_to_date(path: Path, *, write: bool) -> None:
    """Migrate an older project file; one that is up to date is left alone.

    Whoever calls this holds the lock. A copy is migrated and then takes the file's place in one
    step, so that at every moment the project is the old one or the new one. Raises ProjectTooOld
    where it is only to be read, ProjectError where it cannot be done; the file is then unchanged.
    """
    version = require_project(path)
    if version == SCHEMA_ORDINAL:
        return
    if not write:
        raise ProjectTooOld(
            tr(
                "{path} was made by an older Annotator (format {version}, now {now}); whoever "
                "opens it to work in it brings it up to date first. It was not changed.",
                path=path,
                version=version,
                now=SCHEMA_ORDINAL,
            )
        )
    guard.leave_at_rest(path)
    if guard.was_left_open(path):
        raise ProjectLocked(
            tr(
                "{path} was made by an older Annotator and cannot be brought up to date while another "
                "program reads it; it was not opened and not changed.",
                path=path,
            )
        )
    backup.make(path, REASON)
    try:
        with placing.draft_beside(path) as draft:
            shutil.copy2(path, draft)
            migrate(draft, str(path))
            placing.take_place(draft, path)
    except OSError as error:
        raise ProjectError(
            tr(
                "{path} cannot be brought up to date ({why}); it was not opened and not changed.",
                path=path,
                why=error.strerror,
            )
        ) from None


def migrate(draft: Path, named: str) -> None:
    """Migrate a file that nobody else has; errors call it ``named``.

    Raises ProjectDamaged where rows would not come along.
    """
    engine = create_engine(URL.create("sqlite", database=str(draft)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _connect(connection: object, _record: object) -> None:
        connection.isolation_level = None  # pyright: ignore
        # Before BEGIN: a change of a table that others point to would empty or break them.
        connection.execute("PRAGMA foreign_keys=OFF")  # pyright: ignore

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with translated(named, tr("It was not changed.")), engine.begin() as connection:
            before = _counts(connection)
            migrations.upgrade(connection)
            _require_same_rows(connection, named, before)
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_ORDINAL}")
    finally:
        engine.dispose()


def migrate_server(connection: Connection) -> None:
    """Migrate a PostgreSQL project in place, in the caller's transaction."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OP_LOCK})")
    before = _counts(connection)
    migrations.upgrade(connection)
    _require_same_rows(
        connection, tr("The project in {database}", database=connection.engine.url.database), before
    )


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has; the search index is derived and may be made anew."""
    tables = [n for n in inspect(connection).get_table_names() if not n.startswith("search_")]
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in tables
    }


def _require_same_rows(connection: Connection, named: str, before: dict[str, int]) -> None:
    after = _counts(connection)
    lost = [name for name, n in before.items() if name in after and after[name] != n]
    torn = connection.dialect.name == "sqlite" and bool(
        connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    )
    if lost or torn:
        what = tr("rows would belong to nothing")
        if lost:
            what = tr("rows of {table} would be lost", table=min(lost))
        raise ProjectDamaged(
            tr(
                "{named} cannot be brought up to date: {what}. It was not changed.",
                named=named,
                what=what,
            )
        )
