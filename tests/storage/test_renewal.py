"""An older project is brought up to date on a copy, behind a backup, or left exactly as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ProjectDamaged, ProjectError, ProjectLocked, ProjectTooOld
from annotator.project import keep, open_project
from annotator.storage import migrations
from annotator.storage.place import SCHEMA_ORDINAL
from tests.support.builders import article, dump, mark


@pytest.fixture(autouse=True)
def _own_backups(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path_factory.mktemp("backups")))


@pytest.fixture
def old(file: Path) -> Path:
    """A project as an older program left it: its format is behind, and a step is to be taken."""
    with open_project(file, person="Mara") as project:
        mark(project, article(project), "the pier")
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version=0")
    connection.close()
    return file


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the newest step do something more."""
    plain = migrations.upgrade

    def take(*statements: str) -> None:
        def upgrade(connection: Any) -> None:
            plain(connection)
            for statement in statements:
                connection.exec_driver_sql(statement)

        monkeypatch.setattr(migrations, "upgrade", upgrade)

    return take


def test_reading_does_not_bring_it_up_to_date(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(ProjectTooOld, match=r"format 0, now \d+.*It was not changed\."):
        open_project(old, person="Mara", write=False)
    assert old.read_bytes() == before
    assert keep.backups(old) == ()


def test_working_does_behind_a_backup_and_loses_nothing(old: Path, step: Any) -> None:
    step("CREATE TABLE more (x INTEGER) STRICT")
    with open_project(old, person="Mara") as project:
        after = dump(project)
        assert project.read.findings() == ()
        mark(project, project.read.library()[0].document.id, "on Monday")
    assert int.from_bytes(old.read_bytes()[60:64], "big") == SCHEMA_ORDINAL
    (kept,) = keep.backups(old)
    assert kept.reason == "before an update"
    assert int.from_bytes(kept.path.read_bytes()[60:64], "big") == 0
    assert len(after["library"]) == 1
    assert [one.name for one in old.parent.iterdir()] == [old.name]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM segment", "rows of segment would be lost"),
        ("UPDATE segment SET annotation_id = 'nobody'", "rows would belong to nothing"),
        ("CREATE TABLE op (x INTEGER)", "already exists"),
    ],
)
def test_a_step_that_would_lose_something_is_not_taken(
    old: Path, step: Any, statement: str, said: str
) -> None:
    before = old.read_bytes()
    step(statement)
    with pytest.raises(ProjectError, match=said) as caught:
        open_project(old, person="Mara")
    assert isinstance(caught.value, ProjectDamaged) or said == "already exists"
    assert "\n" not in str(caught.value)
    assert old.read_bytes() == before
    assert [one.name for one in old.parent.iterdir()] == [old.name]
    assert len(keep.backups(old)) == 1


def test_it_waits_for_one_who_reads(old: Path) -> None:
    reader = sqlite3.connect(old)
    reader.execute("PRAGMA journal_mode=WAL")
    reader.execute("CREATE TABLE left_open (x)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM op").fetchone()
    with pytest.raises(ProjectLocked, match="while another program reads it"):
        open_project(old, person="Mara")
    reader.close()
    open_project(old, person="Mara").close()
