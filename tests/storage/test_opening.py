"""What a project file must be to be opened, and who may have it."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import ProjectError, ProjectLocked, ProjectTooNew
from annotator.project import keep, open_project
from annotator.storage import engine
from annotator.storage.place import SCHEMA_ORDINAL
from tests.support.builders import STORY, article, mark

OPEN_AND_WAIT = """
import sys
from annotator.project import open_project
project = open_project(sys.argv[1], person="Jon", program="the other program")
print("open", flush=True)
sys.stdin.readline()
project.close()
"""

MARK_AND_DIE = """
import os, signal, sys
from annotator.project import marks, open_project
from annotator.text.span import Span
project = open_project(sys.argv[1], person="Jon")
marks.add(project, sys.argv[2], Span.of([(0, 7)]), "claim")
os.kill(os.getpid(), signal.SIGKILL)
"""


def beside(path: Path) -> set[str]:
    return {found.name for found in path.parent.iterdir()}


def other_process(path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_WAIT, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    return child


def refused(path: Path, kind: type[Exception] = ProjectError) -> str:
    """The sentence with which opening is refused, writing or reading; the folder stays as it is."""
    before, there = path.read_bytes() if path.is_file() else None, beside(path)
    said = set()
    for write in (True, False):
        with pytest.raises(kind) as caught:
            open_project(path, person="Mara", write=write)
        said.add(str(caught.value))
    assert (path.read_bytes() if path.is_file() else None) == before
    assert beside(path) == there
    assert len(said) == 1
    (sentence,) = said
    assert str(path) in sentence
    assert "\n" not in sentence
    return sentence


def test_it_is_one_plain_file_at_rest_and_wal_while_open(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        article(project)
        assert beside(file) == {
            file.name, f"{file.name}-wal", f"{file.name}-shm",
            f"{file.name}.lock", f"{file.name}.holder.json",
        }  # fmt: skip
        assert file.read_bytes()[18:20] == b"\x02\x02"  # the header's words for a write-ahead log
    assert beside(file) == {file.name}
    assert file.read_bytes()[18:20] == b"\x01\x01"


def test_the_header_says_whose_file_it_is(file: Path) -> None:
    header = file.read_bytes()[:100]
    assert header[68:72] == b"ANN1"
    assert int.from_bytes(header[60:64], "big") == SCHEMA_ORDINAL


def test_the_engine_is_as_safe_as_the_recipe(file: Path) -> None:
    with open_project(file, person="Mara") as project, project._database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "mmap_size",
            )
        }
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
        "mmap_size": 0,
    }  # fmt: skip


def test_reading_leaves_no_trace_and_changes_nothing(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        article(project)
    before = file.read_bytes()
    with open_project(file, person="Mara", write=False) as project:
        assert len(project.read.library()) == 1
        with pytest.raises(ProjectError, match="for reading only"):
            article(project, "Another text, long enough to be one.")
    assert file.read_bytes() == before
    assert beside(file) == {file.name}


def test_a_second_writer_is_told_who_has_it_and_may_read(file: Path) -> None:
    with open_project(file, person="Mara", program="the desk") as project:
        document = article(project)
        with pytest.raises(ProjectLocked, match=rf"the desk \(process {os.getpid()} on "):
            open_project(file, person="Jon")
        with open_project(file, person="Jon", write=False) as reader:
            assert reader.read.text(document) == STORY
            made = mark(project, document, "the pier")
            assert reader.read.annotation(made.id) == made
    assert beside(file) == {file.name}


def test_another_process_is_told_and_gets_it_afterwards(file: Path) -> None:
    child = other_process(file)
    try:
        with pytest.raises(ProjectLocked, match=rf"the other program \(process {child.pid} on "):
            open_project(file, person="Mara")
    finally:
        child.communicate("\n", timeout=20)
    open_project(file, person="Mara").close()
    assert beside(file) == {file.name}


def test_what_a_killed_process_left_is_taken_over(file: Path) -> None:
    child = other_process(file)
    child.kill()
    child.communicate()
    assert f"{file.name}.holder.json" in beside(file)
    with open_project(file, person="Mara") as project:
        assert project.read.findings() == ()
        holder = json.loads((file.parent / f"{file.name}.holder.json").read_text())
        assert holder["pid"] == os.getpid()
    assert beside(file) == {file.name}


def test_what_a_killed_process_wrote_can_be_read_before_anybody_writes(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        document = article(project)
    child = subprocess.run(
        [sys.executable, "-c", MARK_AND_DIE, str(file), document], check=False, capture_output=True
    )
    assert child.returncode != 0
    with open_project(file, person="Mara", write=False) as reader:
        assert [found.words for found in reader.read.annotations(document)] == ["Harbour"]
        assert reader.read.findings() == ()
    open_project(file, person="Mara").close()
    assert beside(file) == {file.name}


def test_a_reader_that_stays_keeps_nobody_from_closing(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        document = article(project)
    with open_project(file, person="Jon", write=False) as reader:
        reading = reader.read.entries()
        with open_project(file, person="Mara") as project:
            mark(project, document, "the pier")
            assert next(reading).doc_id == document
            mark(project, document, "closed")
        assert len(reader.read.annotations(document)) == 2
        reading.close()
    with open_project(file, person="Mara") as project:
        assert project.read.findings() == ()
    assert beside(file) == {file.name}


def test_another_program_that_writes_is_waited_for_and_then_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    with open_project(file, person="Mara") as project:
        document = article(project)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectError, match=r"another program is writing to it\. Nothing of"):
            mark(project, document, "the pier")
        other.close()
        mark(project, document, "the pier")


def test_a_lock_of_another_computer_is_never_taken_over(file: Path) -> None:
    left = file.parent / f"{file.name}.holder.json"
    left.write_text(json.dumps(
        {"pid": 1, "host": f"not-{socket.gethostname()}", "program": "a desk", "since": "2026"}
    ))  # fmt: skip
    before = left.read_bytes()
    with pytest.raises(ProjectLocked, match=r"a desk .*not-.*holder\.json"):
        open_project(file, person="Mara")
    assert left.read_bytes() == before
    with open_project(file, person="Mara", write=False) as reader:
        assert reader.read.library() == ()
    left.unlink()
    open_project(file, person="Mara").close()


def test_a_broken_holder_file_keeps_nobody_out(file: Path) -> None:
    (file.parent / f"{file.name}.holder.json").write_bytes(b"\xff{")
    open_project(file, person="Mara").close()
    assert beside(file) == {file.name}


def test_a_newer_file_is_refused_unchanged(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    assert "newer Annotator (format 99" in refused(file, ProjectTooNew)


def test_other_files_are_refused_unchanged(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.annotator"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert "another program" in refused(foreign)
    for name, content, said in (
        ("zero.annotator", b"", "is empty (0 bytes)"),
        ("note.annotator", b"A shopping list." * 20, "not an Annotator project"),
        ("short.annotator", b"SQLite format 3\0", "not an Annotator project"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert said in refused(path)
    (tmp_path / "folder").mkdir()
    assert "a folder" in refused(tmp_path / "folder")
    assert "no project" in refused(tmp_path / "nothing.annotator")


@pytest.mark.parametrize("kept", [120, 4096, 50_000, -4096, -1])
def test_a_truncated_file_is_refused_unchanged(file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    assert "its end is missing" in refused(file)


def test_a_file_that_is_damaged_inside_is_closed_all_the_same(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[100:4096] = bytes(3996)
    file.write_bytes(whole)
    with pytest.raises(ProjectError, match="damaged"):
        open_project(file, person="Mara")
    assert {name for name in beside(file) if not name.endswith(("-wal", "-shm"))} == {file.name}


def test_a_new_project_never_takes_the_place_of_anything(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(ProjectError, match="already there"):
        keep.create(file)
    assert file.read_bytes() == before
    with pytest.raises(ProjectError, match="no folder"):
        keep.create(tmp_path / "nowhere" / "p.annotator")
    assert beside(file) == {file.name}


def test_names_that_sqlite_could_misread(tmp_path: Path) -> None:
    path = tmp_path / "50% of a?b#c 🚢 ü.annotator"
    keep.create(path)
    with open_project(path, person="Mara") as project:
        article(project)
    with open_project(path, person="Mara", write=False) as project:
        assert len(project.read.library()) == 1
    assert beside(path) == {path.name}


@pytest.mark.parametrize("url", ["mysql://me@host/db", "sqlite:///x", "postgresql://host/db"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(ProjectError, match="is not a kind of project"):
        open_project(url, person="Mara")
    with pytest.raises(ProjectError, match="is not a kind of project"):
        keep.create(url)


def test_a_password_is_never_said(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://mara:geheim@/nowhere?host={tmp_path}&port=1"
    with pytest.raises(ProjectError) as caught:
        open_project(url, person="Mara")
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)
