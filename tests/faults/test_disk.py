"""A disk that is full, a folder that refuses: one sentence, and nothing half written."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, FormatError, ProjectError
from annotator.project import Project, articles, keep, marks, open_project
from annotator.project.exchange import export
from annotator.text.span import Span
from tests.support.builders import article, dump, mark

needs_posix = pytest.mark.skipif(os.name == "nt", reason="file size limits are POSIX")
pytestmark = needs_posix


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file can be written beyond this many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def fill(project: Project, document: str) -> None:
    for at in range(2_000):
        marks.add(project, document, Span.of([(at, at + 5)]), "source", note="n" * 200)


def one_sentence(error: pytest.ExceptionInfo[AnnotatorError], *parts: str) -> None:
    said = str(error.value)
    assert "\n" not in said
    assert all(part in said for part in parts), said


def test_a_mark_that_finds_no_room_is_refused_and_the_others_stay(file: Path) -> None:
    with open_project(file, person="Mara") as project:
        document = article(project, "word " * 1_000)
        with files_end_at(file.stat().st_size + 150_000):
            with pytest.raises(ProjectError) as error:
                fill(project, document)
            one_sentence(error, str(file), "Nothing of this act was stored.")
            before = dump(project)
        count = len(project.read.annotations(document))
        assert 0 < count < 2_000
        assert dump(project) == before
        assert project.read.findings() == ()
        mark(project, document, "word")
    with open_project(file, person="Mara") as project:
        assert len(project.read.annotations(document)) == count + 1
        assert project.read.findings() == ()


def test_an_import_that_finds_no_room_leaves_nothing_of_it(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(20):
        words = " ".join(f"w{n}x{k}" for k in range(4_000))
        (folder / f"{n:02}.txt").write_text(f"Article {n} of a folder\n\n{words}.")
    with open_project(file, person="Mara") as project:
        before = dump(project)
        with files_end_at(file.stat().st_size + 200_000), pytest.raises(ProjectError) as error:
            articles.import_paths(project, [folder])
        one_sentence(error, str(file), "Nothing of this act was stored.")
        assert dump(project) == before or project.read.library()
        assert project.read.findings() == ()
        assert articles.import_paths(project, [folder]).count("refused") == 0
        assert len(project.read.library()) == 20


def test_an_export_that_finds_no_room_leaves_the_old_file(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with open_project(file, person="Mara") as project:
        article(project, "word " * 1_000)
        export(project, out)
        before, there = out.read_bytes(), set(tmp_path.iterdir())
        with files_end_at(1_000), pytest.raises(FormatError) as error:
            export(project, out)
        one_sentence(error, str(out), "nothing was written")
        assert out.read_bytes() == before
        assert set(tmp_path.iterdir()) == there


def test_an_export_to_a_place_that_cannot_be_written(file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with open_project(file, person="Mara") as project:
        article(project)
        for out in (tmp_path / "folder.jsonl", tmp_path / "nowhere" / "out.jsonl"):
            with pytest.raises(FormatError) as error:
                export(project, out)
            one_sentence(error, str(out), "nothing was written")
        with pytest.raises(FormatError, match=r"must end in \.jsonl"):
            export(project, tmp_path / "out.docx")
    assert {found.name for found in tmp_path.iterdir()} == {file.name, "folder.jsonl"}


def test_a_new_project_that_finds_no_room_leaves_nothing(tmp_path: Path) -> None:
    with files_end_at(20_000), pytest.raises(ProjectError) as error:
        keep.create(tmp_path / "new.annotator")
    one_sentence(error, "new.annotator")
    assert list(tmp_path.iterdir()) == []


@contextmanager
def nobody() -> Iterator[None]:
    """Act as a user without rights, where the tests run as root, whom no bits bind."""
    if os.geteuid() != 0:
        yield
        return
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def archive() -> Iterator[Path]:
    """A project in a folder in which nothing can be made or changed."""
    with tempfile.TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        path = Path(above, "archive", "project.annotator")
        path.parent.mkdir()
        keep.create(path)
        with open_project(path, person="Mara") as project:
            article(project)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        yield path
        path.parent.chmod(0o755)


def test_a_folder_that_cannot_be_written_may_be_read(archive: Path) -> None:
    before = archive.read_bytes()
    with nobody():
        with pytest.raises(ProjectError, match="cannot be opened for writing"):
            open_project(archive, person="Mara")
        with pytest.raises(ProjectError, match="cannot be written to"):
            keep.create(archive.with_name("new.annotator"))
        with open_project(archive, person="Mara", write=False) as project:
            assert len(project.read.library()) == 1
            with pytest.raises(FormatError, match="cannot be written"):
                export(project, archive.with_name("out.jsonl"))
    assert archive.read_bytes() == before
    assert [one.name for one in archive.parent.iterdir()] == [archive.name]


def test_a_file_that_cannot_be_written_in_a_folder_that_can(archive: Path) -> None:
    archive.parent.chmod(0o777)
    before = archive.read_bytes()
    with nobody():
        with pytest.raises(ProjectError, match="cannot be written"):
            open_project(archive, person="Mara")
        with open_project(archive, person="Mara", write=False) as project:
            assert len(project.read.library()) == 1
    assert archive.read_bytes() == before
    assert [one.name for one in archive.parent.iterdir()] == [archive.name]
