"""Backups: verified, thinned out, found again, and put in the place of what was damaged."""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator import settings
from annotator.errors import NotFound, ProjectDamaged, ProjectError, ProjectLocked
from annotator.project import Project, articles, keep, marks, open_project
from annotator.storage import backup as backing
from annotator.text.span import Span
from tests.support.builders import article, dump, mark


@pytest.fixture(autouse=True)
def _own_backups(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path_factory.mktemp("backups")))


def work(project: Project, times: int = 3) -> None:
    document = article(project)
    for at in range(times):
        marks.add(project, document, Span.of([(at, at + 9)]), "claim")


def test_a_backup_is_the_project_at_that_moment(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        before = dump(project)
        made = keep.backup(project, "before a test")
        assert made is not None
        mark(project, project.read.library()[0].document.id, "pier")
    with open_project(made.path, person="Mara", write=False) as copy:
        assert dump(copy) == before
        assert copy.read.findings() == ()
    assert {one.name for one in file.parent.iterdir()} == {file.name}
    assert made.reason == "before a test"


def test_what_did_not_change_is_not_backed_up_again(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        assert keep.backup(project, "timer") is not None
        assert keep.backup(project, "timer") is None
        project.undo()
        assert keep.backup(project, "timer") is not None
    assert len(keep.backups(file)) == 2


def test_a_project_that_was_moved_finds_its_backups(file: Path, tmp_path: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        keep.backup(project, "timer")
    moved = tmp_path / "elsewhere.annotator"
    file.rename(moved)
    assert [one.reason for one in keep.backups(moved)] == ["timer"]
    moved.write_bytes(b"")
    assert keep.backups(moved) == (), "a file that says nothing of itself has none of another's"


def test_no_room_makes_no_backup_and_loses_none(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        keep.backup(project, "timer")
        usage = shutil.disk_usage(file)._replace(free=10 * 1024**2)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
        with pytest.raises(ProjectError, match="only 10 MB of room left"):
            keep.backup(project, "timer", always=True)
    assert len(keep.backups(file)) == 1


def test_the_ring_keeps_ten_then_days_weeks_and_months(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    for hours in range(0, 24 * 250, 7):
        at = now - timedelta(hours=hours)
        (tmp_path / f"{at:%Y-%m-%dT%H%M%S.%fZ} timer.annotator").write_bytes(b"x")
    (tmp_path / "notes.txt").write_text("not a backup")
    backing.thin(tmp_path, now)
    kept = sorted((p.name[:10] for p in tmp_path.iterdir() if "timer" in p.name), reverse=True)
    ages = [(now.date() - datetime.fromisoformat(day).date()).days for day in kept]
    assert ages[:10] == [0, 0, 1, 1, 1, 1, 2, 2, 2, 3] or ages[9] <= 3
    assert len([a for a in ages if a <= 7]) >= 10 + 3
    assert 10 + 3 <= len(kept) <= 10 + 7 + 4 + 6
    assert max(ages) > 120
    before = set(tmp_path.iterdir())
    backing.thin(tmp_path, now)
    assert set(tmp_path.iterdir()) == before
    assert (tmp_path / "notes.txt").exists()


def test_a_damaged_project_is_restored_and_what_was_there_is_kept(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        before = dump(project)
        keep.backup(project, "timer")
        project.undo()
    damaged = file.read_bytes()[:-4096]
    file.write_bytes(damaged)
    with pytest.raises(ProjectDamaged):
        open_project(file, person="Mara")
    chosen = keep.find_backup(file, "")
    found = keep.difference(file, chosen)
    assert found.now is None
    assert found.then is not None
    assert (found.then.articles, found.then.marks) == (1, 3)
    kept = keep.restore(file, chosen)
    assert kept.read_bytes() == damaged
    assert kept.parent == file.parent
    with open_project(file, person="Mara") as project:
        assert dump(project) == before
        assert project.read.findings() == ()
        mark(project, project.read.library()[0].document.id, "the pier")
    assert {one.name for one in file.parent.iterdir()} == {file.name, kept.name}


def test_a_sound_project_that_is_restored_is_itself_a_backup(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        keep.backup(project, "timer")
        mark(project, project.read.library()[0].document.id, "the pier")
        later = dump(project)
    chosen = keep.find_backup(file, "")
    assert any("1 act is not in" in one for one in keep.difference(file, chosen).sentences())
    kept = keep.restore(file, chosen)
    assert [one.reason for one in keep.backups(file)] == ["before a restore", "timer"]
    with open_project(file, person="Mara") as project:
        assert len(project.read.annotations(project.read.library()[0].document.id)) == 3
    keep.restore(file, keep.find_backup(file, str(kept)))
    with open_project(file, person="Mara") as project:
        assert dump(project) == later


def test_restoring_is_refused_while_it_is_open_and_from_what_is_damaged(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        made = keep.backup(project, "timer")
        assert made is not None
        with pytest.raises(ProjectLocked):
            keep.restore(file, made)
        before = dump(project)
    made.path.write_bytes(made.path.read_bytes()[:9000])
    with pytest.raises(ProjectDamaged, match="its end is missing"):
        keep.restore(file, made)
    with open_project(file, person="Mara") as project:
        assert dump(project) == before


def test_a_backup_of_what_is_damaged_is_not_made(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
    _damage_a_leaf(file)
    with (
        open_project(file, person="Mara", write=False) as project,
        pytest.raises(ProjectError, match="no backup was made"),
    ):
        keep.backup(project, "timer")
    assert keep.backups(file) == ()
    assert [p.name for p in settings.backups().rglob("*.annotator")] == []


def _damage_a_leaf(file: Path) -> None:
    """Turn the index over the journal upside down, as a bad disk might."""
    connection = sqlite3.connect(file)
    query = "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'op_change' AND type = 'index'"
    (page,) = connection.execute(query).fetchone()
    connection.close()
    whole = bytearray(file.read_bytes())
    at = 4096 * (page - 1)
    whole[at + 200 : at + 4000] = bytes(3800)
    file.write_bytes(whole)


def test_a_backup_that_is_not_there_is_said_to_be_missing(file: Path) -> None:
    with pytest.raises(NotFound, match="has no backup; "):
        keep.find_backup(file, "")
    with open_project(file, person="Mara") as project:
        articles.import_bytes(project, b"A text that is long enough to be one.", "a.txt")
        keep.backup(project, "timer")
    with pytest.raises(NotFound, match="of “1999”"):
        keep.find_backup(file, "1999")
    year = re.match(r"\d{4}", keep.backups(file)[0].path.name)
    assert year is not None
    assert keep.find_backup(file, year[0]) == keep.backups(file)[0]


def test_a_rescue_holds_all_that_was_stored_though_the_file_is_gone(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        work(project)
        before = dump(project)
        file.rename(file.with_name("taken away"))
        copy = keep.rescue(project)
        with open_project(copy, person="Mara") as rescued:
            assert dump(rescued) == before
            assert rescued.read.findings() == ()
    assert copy.parent == file.parent
