"""What the world around a project can do to it, and the exact sentence that the person is told."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.model import ids
from annotator.project import Project, articles, exchange, keep, open_project
from tests.faults import harness
from tests.faults.conftest import Tally
from tests.support import postgresql
from tests.support.builders import article, dump, mark

UNCHANGED = "it was not opened and not changed."
WORDS = "A text that is long enough to be one. " * 20


def told(act: Callable[[], object]) -> str:
    """The one sentence with which something is refused."""
    with pytest.raises(AnnotatorError) as caught:
        act()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def opening(path: Path, *, write: bool = True) -> str:
    """The sentence with which opening is refused; whatever is there stays as it is."""
    before = {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}
    said = told(lambda: open_project(path, person="Mara", write=write))
    assert {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()} == before
    return said


# The disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False, capture_output=True)  # fmt: skip
    if made.returncode != 0:
        pytest.skip("no small disk can be made here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def fill(disk: Path, left: int) -> Path:
    """Fill a disk up to so many bytes."""
    filler = disk / "filler"
    room = os.statvfs(disk)
    filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - left)))
    return filler


def test_a_disk_that_is_full_and_then_is_not(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    path = small_disk / "p.annotator"
    keep.create(path)
    with open_project(path, person="Mara") as project:
        document = article(project, WORDS)
        before = dump(project)
        filler = fill(small_disk, 0)
        with pytest.raises(AnnotatorError) as caught:  # noqa: PT012 - how often is not known
            for n in range(5_000):
                articles.describe(project, document, {"n": "m" * 900 + str(n)})
                before = dump(project)
        full = f"{path}: the disk is full. Nothing of this act was stored."
        assert str(caught.value) == full
        assert (
            told(lambda: articles.import_bytes(project, os.urandom(60_000).hex().encode())) == full
        )
        out = small_disk / "out.jsonl"
        assert told(lambda: exchange.export(project, out)) == (
            f"{out} cannot be written (No space left on device); nothing was written."
        )
        assert not out.exists()
        monkeypatch.setenv("ANNOTATOR_BACKUPS", str(small_disk / "backups"))
        said = told(lambda: keep.backup(project, "full", always=True))
        assert said.startswith(f"{path}: no backup was made; {small_disk}")
        assert said.endswith("MB of room left.")
        assert dump(project) == before
        filler.unlink()
        mark(project, document, "long enough")
        assert project.read.findings() == ()
    assert {p.name for p in small_disk.iterdir()} == {path.name}
    tally(
        "a full disk: mark, import, export, backup, and after", 5, "exact sentences, nothing half"
    )


def test_a_disk_that_became_read_only(small_disk: Path, tally: Tally) -> None:
    path = small_disk / "p.annotator"
    keep.create(path)
    with open_project(path, person="Mara") as project:
        article(project, WORDS)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert opening(path) == (
        f"{path} cannot be opened for writing: its folder refuses a lock file "
        "(Read-only file system). Nothing was changed."
    )
    with open_project(path, person="Mara", write=False) as project:
        assert project.read.count_documents() == 1
    tally("a disk that can only be read", 2, "said; it can be read")


def test_a_log_left_on_a_disk_that_is_read_only(small_disk: Path, tally: Tally) -> None:
    path = small_disk / "p.annotator"
    document = harness.make(path)
    _write_and_die(path, document)
    assert path.with_name(path.name + "-wal").stat().st_size
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert opening(path).endswith("(Read-only file system). Nothing was changed.")
    with open_project(path, person="Mara", write=False) as project:
        assert len(project.read.annotations(document)) >= 2
    tally("a log left behind on a read-only disk", 2, "said; it can be read, the log too")


def _write_and_die(path: Path, document: str) -> None:
    with harness.child(harness.write_pairs, path, document, 0) as (process, connection):
        assert connection.recv() == "ready"
        assert connection.recv() == 0
        process.kill()


# What stands under the name


FOREIGN = {
    "a text file": (b"A shopping list. " * 20, "{path} is not an Annotator project; " + UNCHANGED),
    "nothing at all": (b"", "{path} is empty (0 bytes), not a project; " + UNCHANGED),
    "a name longer than most": (b"", "{path} is empty (0 bytes), not a project; " + UNCHANGED),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_project_is_refused(tmp_path: Path, what: str, tally: Tally) -> None:
    data, said = FOREIGN[what]
    name = "🚢 ü" * 20 if what.startswith("a name") else "p"
    path = tmp_path / f"{name}.annotator"
    path.write_bytes(data)
    assert opening(path) == said.format(path=path)
    assert opening(path, write=False) == said.format(path=path)
    tally(f"opening {what}", 2, "exact sentence, unchanged")


def _pragma(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


CHANGED = {
    "a newer project": (
        "PRAGMA user_version=99",
        "{path} was made by a newer Annotator (format 99; this one knows {newest}); " + UNCHANGED,
    ),
    "another program's database": (
        "PRAGMA application_id=7", "{path} is a database of another program; " + UNCHANGED,
    ),
    "one with a trigger": (
        "CREATE TRIGGER evil AFTER INSERT ON annotation BEGIN DELETE FROM segment; END",
        "{path} holds a trigger “evil” that no Annotator makes and that could act by itself; "
        + UNCHANGED,
    ),
    "one with a view": (
        "CREATE VIEW evil AS SELECT load_extension('x')",
        "{path} holds a view “evil” that no Annotator makes and that could act by itself; "
        + UNCHANGED,
    ),
    "one without a table": (
        "DROP TABLE mark_count", "{path} is damaged, it has no table “mark_count”; " + UNCHANGED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_what_is_not_quite_ours_is_refused(file: Path, what: str, tally: Tally) -> None:
    from annotator.storage.place import SCHEMA_ORDINAL

    statement, said = CHANGED[what]
    _pragma(file, statement)
    for write in (True, False):
        assert opening(file, write=write) == said.format(path=file, newest=SCHEMA_ORDINAL)
    tally(f"opening {what}", 2, "exact sentence, unchanged")


def test_a_file_that_was_cut_off(file: Path, tally: Tally) -> None:
    file.write_bytes(file.read_bytes()[:-4096])
    assert opening(file) == f"{file} is damaged, its end is missing; {UNCHANGED}"
    tally("opening what was cut off", 1, "exact sentence, unchanged")


def test_no_folder_and_a_folder(tmp_path: Path, tally: Tally) -> None:
    nowhere, folder = tmp_path / "nowhere" / "p.annotator", tmp_path / "folder"
    folder.mkdir()
    assert told(lambda: open_project(nowhere, person="M")) == f"There is no project {nowhere}."
    assert told(lambda: keep.create(nowhere)) == f"There is no folder {nowhere.parent}; no project was made."  # fmt: skip
    assert told(lambda: open_project(folder, person="M")) == f"{folder} is a folder, not a project file."  # fmt: skip
    assert list(tmp_path.iterdir()) == [folder]
    tally("no folder, a folder for a file", 3, "exact sentences, nothing made")


def test_a_second_name_of_the_same_file(file: Path, tally: Tally) -> None:
    file.with_name("second.annotator").hardlink_to(file)
    assert opening(file) == (
        f"{file} has a second name on this disk (a hard link), and being changed under both would "
        "destroy it; copy it to work on the copy. It was not opened and not changed."
    )
    tally("a second name of the same file", 1, "exact sentence, unchanged")


# Others at the same file


def hold(connection: harness.Connection, path: Path) -> None:
    """Have a project open until told otherwise."""
    with open_project(path, person="Jon", program="the other program"):
        connection.send(os.getpid())
        connection.recv()


def test_another_process_has_it_and_then_dies(file: Path, tally: Tally) -> None:
    with harness.child(hold, file) as (process, connection):
        pid = connection.recv()
        said = told(lambda: open_project(file, person="Mara"))
        assert said.startswith(
            f"{file} is open in the other program (process {pid} on {socket.gethostname()}, since "
        )
        assert said.endswith("; it can be read meanwhile, but not changed.")
        assert told(lambda: keep.restore(file, keep.find_backup(file, str(file)))).startswith(
            f"{file} is open in the other program"
        )
        process.kill()
        process.join()
    open_project(file, person="Mara").close()
    assert [p.name for p in file.parent.iterdir()] == [file.name]
    tally("open elsewhere; the other one killed", 3, "who has it is said; taken over")


def test_a_lock_of_another_computer(file: Path, tally: Tally) -> None:
    holder = file.with_name(f"{file.name}.holder.json")
    holder.write_text(
        json.dumps({"pid": 1, "host": "elsewhere", "program": "a desk", "since": "2026"})
    )
    assert told(lambda: open_project(file, person="Mara")) == (
        f"{file} is open in a desk (process 1 on elsewhere, since 2026). If that computer no longer "
        f"has it open, delete {holder.name} beside it."
    )
    tally("a lock of another computer", 1, "exact sentence, never taken over")


# While it is open


def _after(project: Project, file: Path, became: str) -> None:
    gone = f"{file} was {became} while it was open; nothing more is written to it."
    document = project.read.any_document
    assert document is not None
    assert told(lambda: article(project, WORDS)) == gone
    assert told(project.require_same) == gone
    assert told(project.undo) == gone


def test_the_file_is_taken_away_while_it_is_open(file: Path, tally: Tally) -> None:
    with open_project(file, person="Mara") as project:
        article(project)
        before = dump(project)
        file.unlink()
        _after(project, file, "removed or renamed")
        copy = keep.rescue(project)
    with open_project(copy, person="Mara") as project:
        assert dump(project) == before
    assert not file.exists()
    tally("taken away while it is open", 3, "exact sentence; a rescue copy holds all")


def test_the_file_is_replaced_while_it_is_open(file: Path, tally: Tally) -> None:
    with open_project(file, person="Mara") as project:
        article(project)
        other = file.with_name("other")
        other.write_bytes(b"somebody else's")
        other.replace(file)
        _after(project, file, "replaced by another file")
    assert file.read_bytes() == b"somebody else's"
    tally("replaced while it is open", 3, "exact sentence; the other file is left alone")


def test_a_log_of_another_project_beside_it(tmp_path: Path, tally: Tally) -> None:
    ours, other = tmp_path / "ours.annotator", tmp_path / "other.annotator"
    document = harness.make(other)
    harness.make(ours)
    _write_and_die(other, document)
    log = other.with_name(f"{other.name}-wal")
    for left in (f"{other.name}.lock", f"{other.name}.holder.json", f"{other.name}-shm"):
        other.with_name(left).unlink(missing_ok=True)
    log.rename(ours.with_name(f"{ours.name}-wal"))
    said = told(lambda: open_project(ours, person="Mara"))
    assert said == (
        f"{ours}-wal beside the project belongs to another one; take it away, or restore a backup. "
        f"{ours.name}: {UNCHANGED}"
    )
    tally("a log of another project beside it", 1, "exact sentence, unchanged")


def test_a_log_that_is_taken_away_after_a_crash(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "p.annotator"
    document = harness.make(path)
    _write_and_die(path, document)
    path.with_name(f"{path.name}-wal").unlink()
    # What was only in the log is gone with it, but what is left is whole.
    assert harness.pairs(path, document) == 0
    tally("the log is taken away after a crash", 1, "what is left is whole")


def test_the_clock_goes_back(file: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally) -> None:
    with open_project(file, person="Mara") as project:
        document = article(project)
        mark(project, document, "the pier")
        now = time.time_ns() - 10 * 365 * 86_400 * 10**9
        monkeypatch.setattr(ids.time, "time_ns", lambda: now)
        later = mark(project, document, "closed")
        assert project.read.history()[0].title == "Add claim"
        assert project.read.findings() == ()
        project.undo()
        assert later.id not in {one.id for one in project.read.annotations(document)}
    tally("the clock goes back ten years", 1, "order, undo and ids hold")


# A server


def test_a_server_that_is_not_there(tmp_path: Path, tally: Tally) -> None:
    url = f"postgresql+psycopg://mara:geheim@/nowhere?host={tmp_path}&port=1"
    said = told(lambda: open_project(url, person="Mara"))
    assert "geheim" not in said
    assert said.startswith("postgresql+psycopg://mara:***@/nowhere")
    tally("a server that is not there", 1, "said, without the password")


def test_a_server_that_dies_in_the_middle(tally: Tally) -> None:
    server = postgresql.server()
    url = server.new(server.template())
    try:
        with open_project(url, person="Mara") as project:
            document = article(project)

            def act() -> None:
                with project.op("Cut off"):
                    mark(project, document, "the pier")
                    _cut_off(url)
                    mark(project, document, "closed")

            assert "Nothing of this act was stored." in told(act)
            assert project.read.annotations(document) == ()
            mark(project, document, "the pier")
            assert project.read.findings() == ()
    finally:
        server.drop(url)
    tally("a server that dies in the middle of an act", 1, "said; the next act is stored")


def _cut_off(url: str) -> None:
    from tests.storage.test_databases import cut_off

    cut_off(url)
