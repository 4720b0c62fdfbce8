"""Projects on PostgreSQL: made, refused, shared by several."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from annotator.errors import ProjectError, ProjectTooNew
from annotator.project import Project, keep, marks, open_project
from annotator.text.span import Span
from tests.support import postgresql
from tests.support.builders import article, mark


@pytest.fixture
def url() -> str:
    return postgresql.server().new()


def said(url: str, statement: str) -> None:
    where = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(statement)  # pyright: ignore


def test_a_database_without_a_project_is_refused_and_left_empty(url: str) -> None:
    with pytest.raises(ProjectError, match="holds no Annotator project"):
        open_project(url, person="Mara")
    keep.create(url)
    with open_project(url, person="Mara") as project:
        assert project.read.library() == ()


def test_a_second_project_in_a_database_is_refused(url: str) -> None:
    keep.create(url)
    with pytest.raises(ProjectError, match="already holds a project"):
        keep.create(url)


def test_a_newer_project_is_refused(url: str) -> None:
    keep.create(url)
    said(url, "UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(ProjectTooNew, match="format 99"):
        open_project(url, person="Mara")


def test_several_people_write_at_once_and_nothing_is_lost(url: str) -> None:
    keep.create(url)
    with open_project(url, person="Mara") as project:
        document = article(project, "word " * 400)

    def work(n: int) -> None:
        with open_project(url, person=f"Person {n}") as own:
            for at in range(20):
                marks.add(own, document, Span.of([(5 * at, 5 * at + 4)]), "claim")
            own.undo()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    with open_project(url, person="Mara") as project:
        assert len(project.read.annotations(document)) == 4 * 19
        assert project.read.last_seq() == 1 + 4 * 21
        assert project.read.findings() == ()


def test_two_see_each_others_acts_at_once(url: str) -> None:
    keep.create(url)
    with open_project(url, person="Mara") as mara, open_project(url, person="Jon") as jon:
        document = article(mara)
        made = mark(jon, document, "the pier")
        assert mara.read.annotation(made.id) == made
        marks.set_note(mara, made.id, "which one?")
        assert jon.read.annotation(made.id).note == "which one?"


def test_a_server_that_goes_away_is_told_in_one_sentence(url: str) -> None:
    keep.create(url)
    with open_project(url, person="Mara") as project:
        document = article(project)
        with pytest.raises(ProjectError, match="Nothing of this act was stored"):
            _mark_and_lose_the_server(project, document, url)
        assert project.read.annotations(document) == ()
        mark(project, document, "the pier")
        assert project.read.findings() == ()


def _mark_and_lose_the_server(project: Project, document: str, url: str) -> None:
    with project.op("Cut off"):
        mark(project, document, "the pier")
        cut_off(url)
        mark(project, document, "closed")


def cut_off(url: str) -> None:
    said(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
