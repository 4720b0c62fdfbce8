"""Where a test's project lives: a file and a PostgreSQL database, the same tests for both.

A folder's conftest takes these fixtures in by importing them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from annotator.project import Project, keep, open_project
from tests.support import postgresql

BOTH = ("sqlite", "postgresql")


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; PostgreSQL is skipped where it is not installed."""
    if request.param == "postgresql":
        postgresql.server()
    return request.param


@pytest.fixture
def empty(database: str, tmp_path: Path) -> Iterator[str]:
    """A place where a project can be made."""
    if database == "sqlite":
        yield str(tmp_path / "project.annotator")
        return
    server = postgresql.server()
    url = server.new()
    yield url
    server.drop(url)


@pytest.fixture
def place(database: str) -> Iterator[str]:
    """A new project's place."""
    with new_place(database) as where:
        yield where


@pytest.fixture
def project(place: str) -> Iterator[Project]:
    """A new project, open."""
    with open_project(place, person="Mara", durable=False) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A new project file."""
    return shutil.copy(_made_file(), tmp_path / "project.annotator")


@pytest.fixture
def another(tmp_path: Path) -> Generator[Callable[[], Project]]:
    """Opens further new project files, and closes them."""
    opened: list[Project] = []

    def make() -> Project:
        path = tmp_path / f"another-{len(opened)}.annotator"
        shutil.copy(_made_file(), path)
        opened.append(open_project(path, person="Jon", durable=False))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@contextmanager
def new_place(database: str) -> Generator[str]:
    """A new project that is gone afterwards."""
    if database == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(shutil.copy(_made_file(), Path(folder, "project.annotator")))
        return
    server = postgresql.server()
    url = server.new(server.template())
    try:
        yield url
    finally:
        server.drop(url)


@cache
def _made_file() -> Path:
    """A project file to copy: making one costs more than most tests."""
    path = Path(_folder(), "empty.annotator")
    keep.create(path)
    return path


@cache
def _folder() -> str:
    import atexit

    folder = tempfile.mkdtemp(prefix="annotator-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
