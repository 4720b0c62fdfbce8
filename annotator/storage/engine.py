"""Connections: one recipe for SQLite, one for PostgreSQL, and compiled statements for both."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    create_engine,
    event,
    exc,
    inspect,
    make_url,
)
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import ClauseElement

from annotator.errors import AnnotatorError, ProjectError, ProjectTooNew
from annotator.storage import migrations
from annotator.storage.lock import ProjectLock
from annotator.storage.place import (
    SCHEMA_ORDINAL,
    is_url,
    leave_at_rest,
    require_project,
    require_url,
)

BUSY_SECONDS = 5.0
OP_LOCK = 0x414E4E31
"""The advisory lock that puts the ops of a PostgreSQL project in one order."""


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

        Raises ProjectError, ProjectLocked or ProjectTooNew; the project is then unchanged.
        """
        self.where = str(where)
        self.is_file = not is_url(where)
        self.may_write = write
        self._lock: ProjectLock | None = None
        if self.is_file:
            path = Path(where)
            version = require_project(path)
            if version < SCHEMA_ORDINAL and not write:
                raise ProjectError(
                    f"{path} was made by an older Annotator (format {version}, now {SCHEMA_ORDINAL}); "
                    "whoever opens it to work in it brings it up to date first. It was not changed."
                )
            if write:
                self._lock = ProjectLock(path, program)
            self.engine = _sqlite_engine(path, write=write, durable=durable)
            if version < SCHEMA_ORDINAL:
                self._bring_up_to_date()
        else:
            require_url(self.where)
            self.engine = postgresql_engine(self.where)
            try:
                with translated(self.where), self.engine.connect() as connection:
                    version = _require_known(connection)
                if version < SCHEMA_ORDINAL and write:
                    self._bring_up_to_date()
            except BaseException:
                self.engine.dispose()
                raise
        self._statements: dict[ClauseElement, Compiled] = {}
        self._writer: Connection | None = None
        self.write_turn = threading.RLock()
        """Held by the thread that runs an op; ops of one process run one after the other."""

    def _bring_up_to_date(self) -> None:
        """Migrate an older project in one transaction; where that fails it is as it was."""
        begun = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        with translated(self.where, "It was not changed."), begun.begin() as connection:
            migrations.upgrade(connection)
            if self.is_file:
                connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_ORDINAL}")

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection in a short read transaction that sees one state of the project."""
        with translated(self.where), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """The writing connection in a transaction that commits at the end or leaves no trace."""
        if not self.may_write:
            shown = _without_password(self.where)
            raise ProjectError(f"{shown} was opened for reading only; nothing was changed.")
        with self.write_turn, translated(self.where, "Nothing of this act was stored."):
            if self._writer is None or self._writer.invalidated:
                self._writer = self.engine.connect().execution_options(sqlite_begin="IMMEDIATE")
            with self._writer.begin():
                if not self.is_file:
                    self._writer.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (OP_LOCK,))
                yield self._writer

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
        if rows:
            connection.exec_driver_sql(self.compiled(statement).sql, list(rows))

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
            self.engine.dispose()
            if self._lock is not None:
                leave_at_rest(Path(self.where))
                self._lock.release()
                self._lock = None


def _require_known(connection: Connection) -> int:
    """The database holds a project of a kind this program knows; the ordinal of its tables."""
    name = connection.engine.url.database
    if not inspect(connection).has_table("alembic_version"):
        raise ProjectError(f"The database {name} holds no Annotator project; `new` makes one.")
    version = int(
        connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    )
    if version > SCHEMA_ORDINAL:
        raise ProjectTooNew(
            f"The project in {name} was made by a newer Annotator (format {version}; this one knows "
            f"{SCHEMA_ORDINAL}); it was not opened and not changed."
        )
    return version


@contextmanager
def translated(where: str, stored: str = "") -> Generator[None]:
    """Turn what the database says of disk, locks and servers into one sentence."""
    try:
        yield
    except AnnotatorError:
        raise
    except exc.OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
        reason = _REASONS.get(getattr(error.orig, "sqlite_errorname", ""), reason)
        where = _without_password(where)
        raise ProjectError(f"{where}: {reason}. {stored}".strip()) from error
    except exc.DatabaseError as error:
        if getattr(error.orig, "sqlite_errorname", "") not in _REASONS:
            raise
        reason = _REASONS[error.orig.sqlite_errorname]  # type: ignore[union-attr]
        raise ProjectError(f"{where}: {reason}. {stored}".strip()) from error


_REASONS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the file or its folder cannot be written to",
    "SQLITE_BUSY": "another program is writing to it",
    "SQLITE_NOTADB": "the file is not a project, or it is damaged",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_CANTOPEN": "the file cannot be opened",
}


def _without_password(where: str) -> str:
    return repr(make_url(where)) if is_url(where) else where


def _sqlite_engine(path: Path, *, write: bool, durable: bool) -> Engine:
    """WAL and synchronous=FULL while open for writing; a reader sets no journal mode at all."""
    query = {} if write else {"mode": "ro", "uri": "true"}
    name = str(path) if write else f"file:{_quoted(path)}"
    engine = create_engine(
        URL.create("sqlite", database=name, query=query),
        connect_args={"timeout": BUSY_SECONDS},
        poolclass=QueuePool,
    )
    pragmas = ["foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"]
    if write:
        pragmas += ["journal_mode=WAL", f"synchronous={'FULL' if durable else 'OFF'}"]
    else:
        pragmas += ["query_only=ON"]

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the driver's own ways lose DDL
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def postgresql_engine(url: str) -> Engine:
    """The engine of a PostgreSQL project. Raises ProjectError for a URL that is none."""
    try:
        address = make_url(url)
    except (exc.ArgumentError, ValueError):
        # The URL itself is not repeated: it may hold a password.
        raise ProjectError(
            "This is no PostgreSQL URL; one looks like postgresql+psycopg://user@host/database."
        ) from None
    # Positional parameters, so that compiled statements take tuples as SQLite's do.
    return create_engine(
        address,
        paramstyle="format",
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "application_name": "annotator"},
    )


def _quoted(path: Path) -> str:
    """A path as it stands in a SQLite URI."""
    from urllib.parse import quote

    return quote(str(path.absolute()))
