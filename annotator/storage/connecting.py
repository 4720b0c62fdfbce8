"""How connections are made: one recipe for SQLite, one for PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import QueuePool

from annotator.errors import ProjectError
from annotator.language import tr

BUSY_SECONDS = 5.0
WRITER_CACHE = 16_000
"""KiB: what an import changes is then seldom written twice."""
OP_LOCK = 0x414E4E31
"""The advisory lock that puts the ops of a PostgreSQL project in one order."""
TAKE_TURN = (
    "SELECT set_config('lock_timeout', '15s', true),"
    " set_config('idle_in_transaction_session_timeout', '120s', true)"
)
"""Nobody waits for ever for one who has fallen asleep in the middle of an act."""

SAFE = ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0")


def sqlite_engine(
    path: Path,
    *,
    write: bool,
    durable: bool = True,
    journal: str = "WAL",
    check: Callable[[], None] = lambda: None,
) -> Engine:
    """Connections to a file that is there; none of them ever makes one.

    All begin as readers; the one that writes lifts ``query_only`` for itself. A reader of a project
    that is not opened for writing sets no journal mode at all. ``check`` is called with each new
    connection and may refuse it.
    """
    engine = create_engine(
        URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query=_MODES[write]),
        connect_args={"timeout": BUSY_SECONDS},
        poolclass=QueuePool,
    )
    pragmas: Sequence[str] = SAFE
    if write:
        # What a truncated journal does not sync, a folder's entry, WAL does not need.
        level = ("FULL" if journal == "WAL" else "EXTRA") if durable else "OFF"
        pragmas = (*SAFE, f"journal_mode={journal}", f"synchronous={level}")

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        check()
        connection.isolation_level = None  # we say BEGIN ourselves; the driver's own ways lose DDL
        for pragma in (*pragmas, "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


_MODES = {True: {"mode": "rw", "uri": "true"}, False: {"mode": "ro", "uri": "true"}}


def sqlite_writer(engine: Engine) -> Connection:
    """The connection that writes."""
    connection = engine.connect()
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA query_only=OFF")
    driver.execute(f"PRAGMA cache_size=-{WRITER_CACHE}")
    return connection.execution_options(sqlite_begin="IMMEDIATE")


def postgresql_engine(url: str) -> Engine:
    """The engine of a PostgreSQL project. Raises ProjectError for a URL that is none."""
    try:
        address = make_url(url)
    except (exc.ArgumentError, ValueError):
        # The URL itself is not repeated: it may hold a password.
        raise ProjectError(
            tr("This is no PostgreSQL URL; one looks like postgresql+psycopg://user@host/database.")
        ) from None
    # Positional parameters, so that compiled statements take tuples as SQLite's do.
    return create_engine(
        address,
        paramstyle="format",
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "annotator",
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    )
