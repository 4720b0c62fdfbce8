"""The connections of one open project, and statements compiled once for its database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult, Insert, bindparam, exc, inspect, null
from sqlalchemy.sql import ClauseElement

from annotator.errors import NotStored, ProjectError, ProjectGone, ProjectTooNew, ProjectTooOld
from annotator.language import tr
from annotator.storage import folders, guard, placing, renewal
from annotator.storage.connecting import (
    OP_LOCK,
    TAKE_TURN,
    postgresql_engine,
    sqlite_engine,
    sqlite_writer,
)
from annotator.storage.lock import ProjectLock
from annotator.storage.place import SCHEMA_ORDINAL, is_url, require_project, require_url
from annotator.storage.trouble import not_stored, shown, translated

MANY = 100
"""Rows from which it pays to look at what is in all of them."""


class Compiled(NamedTuple):
    """A statement as text with places for values."""

    sql: str
    names: tuple[str, ...]
    """Its parameters in the order of their places."""
    constants: Mapping[str, Any]
    """The values that stand in the statement itself."""

    def arguments(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """What to hand to the driver."""
        return tuple([values[n] if n in values else self.constants[n] for n in self.names])


class Database:
    """The connections of one open project. Connections stay in their thread; values cross."""

    def __init__(
        self, where: str | Path, *, write: bool, program: str = "annotator", durable: bool = True
    ) -> None:
        """Open an existing project. ``durable=False`` gives up power-cut safety (tests only).

        Raises ProjectError or one of its kinds; the project is then unchanged.
        """
        self.is_file = not is_url(where)
        self.where = shown(str(where))
        """The file or URL, without a password."""
        self.may_write = write
        self._writer: Connection | None = None
        self._file: guard.FileId | None = None
        self._statements: dict[ClauseElement, Compiled] = {}
        self._partial: dict[tuple[Any, ...], Insert] = {}
        """Inserts of some columns, by the insert of all and the places of those."""
        self._opened = ExitStack()
        """What closing gives back, the newest first."""
        self.write_turn = threading.RLock()
        """Held by the thread that runs an op; ops of one process run one after the other."""
        try:
            if self.is_file:
                self._open_file(Path(where), program, durable=durable)
            else:
                self._open_server(str(where))
        except BaseException:
            self._opened.close()
            raise

    def _open_file(self, named: Path, program: str, *, durable: bool) -> None:
        version = require_project(named)
        self.path = path = named.resolve()
        """Where the file itself lies: links to it share its lock and its log."""
        was_left = False
        if self.may_write:
            guard.require_one_name(path)
            lock = ProjectLock(path, program)
            self._opened.callback(lock.release)
            was_left = lock.was_left or guard.was_left_open(path)
        guard.require_own_log(path)
        if was_left:
            guard.require_whole(path)
        with translated(self.where):
            guard.require_ours(path, all_tables=version == SCHEMA_ORDINAL)
        renewal.bring_up_to_date(path, write=self.may_write)
        self._file = guard.file_id(path)
        self.engine = sqlite_engine(
            path,
            write=self.may_write,
            durable=durable,
            journal="WAL" if folders.shared(path) is None else "TRUNCATE",
            check=self.require_same,
        )
        if self.may_write:
            self._opened.callback(self._leave_at_rest)
        self._opened.callback(self.engine.dispose)
        if self.may_write:
            with translated(self.where):
                self._writer = sqlite_writer(self.engine)

    def _open_server(self, url: str) -> None:
        require_url(url)
        self.engine = postgresql_engine(url)
        self._opened.callback(self.engine.dispose)
        with translated(self.where), self.engine.begin() as connection:
            if _require_known(connection) < SCHEMA_ORDINAL:
                self._renew_server(connection)

    def _renew_server(self, connection: Connection) -> None:
        if not self.may_write:
            raise ProjectTooOld(
                tr(
                    "{where} was made by an older Annotator; whoever opens it to work in it brings "
                    "it up to date first. It was not changed.",
                    where=self.where,
                )
            )
        renewal.migrate_server(connection)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection in a short read transaction that sees one state of the project."""
        with translated(self.where), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """The writing connection in a transaction that commits at the end or leaves no trace.

        Raises NotStored where the disk or the server does not take it, and ProjectGone where the
        file is no longer the one that was opened.
        """
        if not self.may_write:
            raise ProjectError(
                tr("{where} was opened for reading only; nothing was changed.", where=self.where)
            )
        with self.write_turn, not_stored(self.where):
            self.require_same()
            try:
                if self._writer is None or self._writer.invalidated:
                    self._writer = self._new_writer()
                with self._writer.begin():
                    if not self.is_file:
                        self._writer.exec_driver_sql(
                            f"{TAKE_TURN}, pg_advisory_xact_lock({OP_LOCK})"
                        )
                    yield self._writer
            except exc.OperationalError:
                self._drop_writer()
                raise

    def _new_writer(self) -> Connection:
        return sqlite_writer(self.engine) if self.is_file else self.engine.connect()

    def _drop_writer(self) -> None:
        """After an error of disk or server nothing that a connection remembers is believed."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(exc.DBAPIError):
                writer.invalidate()
                writer.close()

    def require_same(self) -> None:
        """The file is still the one that was opened. Raises ProjectGone."""
        if self.is_file and self._file is not None:
            guard.require_same(self.path, self._file)

    def copy_to(self, target: Path) -> None:
        """Write all that is stored to a new file, also where the name no longer leads to ours.

        Raises NotStored where no connection is left that holds the file, or no room.
        """
        with self.write_turn, not_stored(self.where), placing.draft_beside(target) as draft:
            held = self._writer or self._held_reader()
            driver: Any = held.connection.driver_connection
            try:
                with closing(sqlite3.connect(draft)) as copy:
                    driver.backup(copy)
                    copy.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.DatabaseError as error:
                raise NotStored(
                    tr("{target} could not be written ({error}).", target=target, error=error)
                ) from None
            finally:
                if held is not self._writer:
                    held.close()
            placing.take_free_place(draft, target)

    def _held_reader(self) -> Connection:
        try:
            return self.engine.connect()
        except ProjectGone:
            raise NotStored(
                tr("{where} cannot be reached any more; no copy was made.", where=self.where)
            ) from None

    def run(
        self, connection: Connection, statement: ClauseElement, **values: Any
    ) -> CursorResult[Any]:
        """Run a statement, compiled once for this database, with named values."""
        compiled = self.compiled(statement)
        return connection.exec_driver_sql(compiled.sql, compiled.arguments(values))

    def run_many(
        self, connection: Connection, statement: ClauseElement, rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Run an insert for many rows, each a tuple in the order of the table's columns."""
        if len(rows) >= MANY and isinstance(statement, Insert):
            statement, rows = self._without_empty(statement, rows)
        if rows:
            connection.exec_driver_sql(self.compiled(statement).sql, list(rows))

    def _without_empty(
        self, statement: Insert, rows: Sequence[tuple[Any, ...]]
    ) -> tuple[Insert, Sequence[tuple[Any, ...]]]:
        """The insert and its rows without the columns that are empty in all of them.

        Handing over nothing costs a driver more than handing over words.
        """
        maybe = [n for n, value in enumerate(rows[0]) if value is None]
        empty = {n for n in maybe if all(row[n] is None for row in rows)}
        full = [n for n in range(len(rows[0])) if n not in empty]
        if not empty or len(full) < 2:  # of one column an itemgetter makes no rows
            return statement, rows
        known = self._partial.get((statement, *full))
        if known is None:
            columns = {
                column: null() if n in empty else bindparam(column.name)
                for n, column in enumerate(statement.table.columns)
            }
            known = self._partial[statement, *full] = statement.values(columns)
        return known, list(map(itemgetter(*full), rows))

    def run_each(
        self, connection: Connection, statement: ClauseElement, values: Sequence[Mapping[str, Any]]
    ) -> None:
        """Run a statement once for each of these named values, handed to the driver in one call."""
        if values:
            compiled = self.compiled(statement)
            connection.exec_driver_sql(compiled.sql, [compiled.arguments(one) for one in values])

    def compiled(self, statement: ClauseElement) -> Compiled:
        """The statement as this database's driver takes it."""
        known = self._statements.get(statement)
        if known is None:
            compiled: Any = statement.compile(dialect=self.engine.dialect)
            names = tuple(compiled.positiontup or ())
            known = self._statements[statement] = Compiled(str(compiled), names, compiled.params)
        return known

    def close(self) -> None:
        """Close every connection; a project file is then one plain file, free for others."""
        with self.write_turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._opened.close()

    def _leave_at_rest(self) -> None:
        # What stands under the name now may be somebody else's.
        if guard.file_id(self.path) == self._file:
            guard.leave_at_rest(self.path)


def _require_known(connection: Connection) -> int:
    """The database holds a project of a kind this program knows; the ordinal of its tables."""
    name = connection.engine.url.database
    if not inspect(connection).has_table("alembic_version"):
        raise ProjectError(
            tr("The database {name} holds no Annotator project; `new` makes one.", name=name)
        )
    version = int(
        connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    )
    if version > SCHEMA_ORDINAL:
        raise ProjectTooNew(
            tr(
                "The project in {name} was made by a newer Annotator (format {version}; this one knows "
                "{known}); it was not opened and not changed.",
                name=name,
                version=version,
                known=SCHEMA_ORDINAL,
            )
        )
    return version
