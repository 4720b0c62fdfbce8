"""The steps by which the tables came to be as they are, one Alembic revision each.

A revision's name is its ordinal with four digits; a project file carries the ordinal as its
user_version, so that a file can be judged before any of it is believed.
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_HERE = Path(__file__).parent


def stamp(connection: Connection) -> None:
    """Say that the tables are of the newest kind."""
    MigrationContext.configure(connection).stamp(_scripts(), "head")


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest kind, in the caller's transaction."""
    scripts = _scripts()

    def steps(revision: str, _context: object) -> object:
        return scripts._upgrade_revs("head", revision)  # pyright: ignore[reportPrivateUsage]

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def revision(connection: Connection) -> int | None:
    """The ordinal of the newest step that was taken; None where there are no tables of ours."""
    current = MigrationContext.configure(connection).get_current_revision()
    return None if current is None else int(current)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_HERE), version_locations=[str(_HERE / "versions")])
