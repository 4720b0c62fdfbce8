"""Migrating from nothing gives the very tables that a new project has."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy.exc
from sqlalchemy import URL, Connection, Engine, create_engine, inspect

from annotator.errors import ProjectError
from annotator.project import open_project
from annotator.storage import create, migrations
from annotator.storage.connecting import postgresql_engine
from annotator.storage.place import SCHEMA_ORDINAL, is_url
from tests.support import postgresql

FIRST_FORMAT = gzip.decompress(
    (Path(__file__).parents[1] / "golden" / "projects" / "format-1.annotator.gz").read_bytes()
)


@pytest.fixture
def engines(database: str, tmp_path: Any) -> Iterator[tuple[Engine, Engine]]:
    """Two empty databases of one kind."""
    places = [
        postgresql.server().new() if database == "postgresql" else str(tmp_path / name)
        for name in "ab"
    ]
    found = [
        postgresql_engine(where) if is_url(where) else create_engine(URL.create("sqlite", database=where))
        for where in places
    ]  # fmt: skip
    yield found[0], found[1]
    for engine, where in zip(found, places, strict=True):
        engine.dispose()
        if is_url(where):
            postgresql.server().drop(where)


def tables(connection: Connection) -> dict[str, Any]:
    """Columns, types, keys and indexes of every table; the order of constraints says nothing."""
    found = inspect(connection)
    return {
        name: {
            "columns": [
                (c["name"], str(c["type"]), getattr(c["type"], "collation", None), c["nullable"], c["default"])
                for c in found.get_columns(name)
            ],
            "primary": found.get_pk_constraint(name),
            "foreign": sorted(map(str, found.get_foreign_keys(name))),
            "unique": sorted(map(str, found.get_unique_constraints(name))),
            "checks": sorted(map(str, found.get_check_constraints(name))),
            "indexes": sorted(
                (str(i["name"]), i["column_names"], i["unique"]) for i in found.get_indexes(name)
            ),
            "kind": _kind(connection, name),
        }
        for name in found.get_table_names()
    }  # fmt: skip


def _kind(connection: Connection, name: str) -> str:
    """STRICT and WITHOUT ROWID, as SQLite wrote them down; indexes with their conditions."""
    if connection.dialect.name == "postgresql":
        query = "SELECT indexdef FROM pg_indexes WHERE tablename = %s ORDER BY indexname"
        return str(connection.exec_driver_sql(query, (name,)).all())
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = ? ORDER BY type, name"
    written = [row[0] or "" for row in connection.exec_driver_sql(query, (name,))]
    ends = [one.rpartition(")")[2].strip() for one in written]
    return str([ends, [one for one in written if "INDEX" in one]])


def test_migrating_from_nothing_makes_the_tables_of_a_new_project(
    engines: tuple[Engine, Engine],
) -> None:
    one, other = engines
    with one.begin() as connection:
        migrations.upgrade(connection)
        assert migrations.revision(connection) == SCHEMA_ORDINAL
    with other.begin() as connection:
        create.create_tables(connection)
        assert migrations.revision(connection) == SCHEMA_ORDINAL
    with one.connect() as migrated, other.connect() as created:
        assert tables(migrated) == tables(created)
        assert len(tables(created)) > 15


def test_the_newest_tables_are_not_migrated_again(engines: tuple[Engine, Engine]) -> None:
    engine, _ = engines
    for _ in range(2):
        with engine.begin() as connection:
            migrations.upgrade(connection)
    with engine.connect() as connection:
        assert migrations.revision(connection) == SCHEMA_ORDINAL


def test_a_database_without_tables_has_no_revision(engines: tuple[Engine, Engine]) -> None:
    with engines[0].connect() as connection:
        assert migrations.revision(connection) is None


def test_no_table_deletes_what_hangs_on_it(engines: tuple[Engine, Engine]) -> None:
    with engines[0].begin() as connection:
        create.create_tables(connection)
        found = inspect(connection)
        for name in found.get_table_names():
            assert all(
                not key.get("options", {}).get("ondelete") for key in found.get_foreign_keys(name)
            )


def test_a_project_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.annotator"
    path.write_bytes(FIRST_FORMAT)
    with pytest.raises(ProjectError, match="brings it up to date first"):
        open_project(path, person="Mara", write=False)
    assert path.read_bytes() == FIRST_FORMAT
    with open_project(path, person="Mara") as project:
        one, two = (listed.document for listed in project.read.library())
        assert two.address == "example.org/news/pier"
        assert two.outlet == "Gazette"
        assert len(project.read.annotations(one.id)) == 1
        assert [block.dimmed for block in project.read.blocks(one.id)] == [False] * 3
        assert project.read.findings() == ()
        project.redo()
        assert len(project.read.annotations(one.id)) == 2
        for _ in range(5):
            project.undo()
        assert project.read.library() == ()
        assert project.read.findings() == ()
    with open_project(path, person="Mara", write=False) as project:
        assert project.read.library() == ()


def test_what_cannot_be_brought_up_to_date_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.annotator"
    path.write_bytes(FIRST_FORMAT)

    def full(_connection: Connection) -> None:
        raise sqlalchemy.exc.OperationalError("", {}, sqlite3.OperationalError("disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "upgrade", full)
        with pytest.raises(ProjectError, match="not changed"):
            open_project(path, person="Mara")
    with open_project(path, person="Mara") as project:
        assert len(project.read.library()) == 2
