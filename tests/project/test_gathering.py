"""An import that is looked at before it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.articles.columns import Table, TableMapping, chosen
from annotator.progress import Cancelled, Pace
from annotator.project import Project, articles, keep
from annotator.project.exchange import export
from annotator.project.gathering import Gathering, gather, store
from annotator.project.taking_in import MANY_FILES
from tests.support.builders import STORY, article, dump, mark


@pytest.fixture
def gathering() -> Iterator[Gathering]:
    found = Gathering()
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles of one story, the same file twice, a page, and what is none."""
    place = tmp_path / "saved"
    place.mkdir()
    (place / "a.txt").write_text(STORY)
    (place / "b.txt").write_text("Another headline\n\n" + STORY + "\nWith more words behind it.\n")
    (place / "c.txt").write_text(STORY)
    (place / "d.html").write_text(
        "<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1>"
        "<p>The bridge was opened on Monday, the office said.</p></article></body></html>"
    )
    (place / "e.txt").write_bytes(b"")
    return place


def test_nothing_is_stored_until_it_is_said(
    project: Project, gathering: Gathering, folder: Path
) -> None:
    before = dump(project)
    gather(project, gathering, [folder])
    assert dump(project) == before
    assert project.read.last_seq() == 0
    found = gathering.outcomes
    results = ["imported", "imported", "already_there", "imported", "refused"]
    assert [outcome.result for outcome in found] == results
    assert found[1].same_title == "Harbour office closes pier"
    assert found[3].title == "Bridge"
    assert gathering.is_whole


def test_what_is_stored_is_what_was_foreseen(
    project: Project, gathering: Gathering, folder: Path
) -> None:
    gather(project, gathering, [folder])
    report = store(project, gathering)
    assert [one.result for one in report.outcomes] == [one.result for one in gathering.outcomes]
    assert [one.title for one in report.outcomes] == [one.title for one in gathering.outcomes]
    assert len(project.read.library()) == 3
    assert project.read.findings() == ()
    project.undo()
    assert project.read.library() == ()


def test_only_what_is_chosen_is_stored(
    project: Project, gathering: Gathering, folder: Path
) -> None:
    gather(project, gathering, [folder])
    report = store(project, gathering, {3})
    assert report.count("imported") == 1
    (only,) = project.read.library()
    assert only.document.title == "Bridge"
    assert project.read.source(only.document) == (folder / "d.html").read_bytes()


def test_stopped_it_holds_what_was_read(
    project: Project, gathering: Gathering, folder: Path
) -> None:
    def progress(done: int, _total: int | None, _note: str = "") -> None:
        if done >= 2:
            raise Cancelled

    gather(project, gathering, [folder], progress=progress)
    assert not gathering.is_whole
    assert [one.result for one in gathering.outcomes] == ["imported", "imported"]
    assert store(project, gathering).count("imported") == 2


def test_what_the_project_has_is_foreseen(
    project: Project, gathering: Gathering, folder: Path
) -> None:
    article(project)
    gather(project, gathering, [folder])
    found = gathering.outcomes
    assert (found[0].result, found[2].result) == ("already_there", "already_there")
    assert found[1].same_title == "Harbour office closes pier"


def test_a_dataset_comes_with_its_marks(
    project: Project, gathering: Gathering, tmp_path: Path
) -> None:
    mark(project, article(project), "the pier")
    export(project, tmp_path / "set.jsonl")
    articles.remove(project, project.read.library()[0].document.id)
    gather(project, gathering, [tmp_path / "set.jsonl"])
    (outcome,) = gathering.outcomes
    assert outcome.result == "imported"
    assert gathering.is_dataset(0)
    assert gathering.article(0) is None
    store(project, gathering)
    assert len(project.read.annotations(project.read.library()[0].document.id)) == 1


def test_a_backup_before_many_articles_is_told(
    project: Project, gathering: Gathering, tmp_path: Path
) -> None:
    article(project)
    many = tmp_path / "many"
    many.mkdir()
    for n in range(MANY_FILES):
        (many / f"{n}.txt").write_text(f"Pier {n}\n\n{STORY}")
    gather(project, gathering, [many])
    told: list[tuple[int, int | None, str]] = []
    there: list[int] = []

    def progress(done: int, total: int | None, note: str = "") -> None:
        told.append((done, total, note))
        if project.is_file:
            there.append(len(keep.backups(project.where)))

    store(project, gathering, progress=progress)
    if project.is_file:
        assert told.pop(0) == (0, MANY_FILES, "a backup of the project")
        assert there[:2] == [0, 1]
    assert told[0] == (0, MANY_FILES, "0.txt")


def test_pace_says_how_fast_and_how_long() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.words(0, 100) == ""
    now[0] = 2.0
    assert pace.words(20, 100) == "10 a second, about 8 s left"
    now[0] = 60.0
    assert pace.words(30, 100) == "30 a minute, about 2 min left"
    assert pace.words(30, None) == "30 a minute"


TABLE = "Kopf,Inhalt,Tag\nWho?,The line denied it on Monday.,2024-06-21\n"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({}, "has no column that is called text"),
        ({"text": "Inhalt", "title": "Kopf"}, ""),
        ({"text": "Body"}, "there is no column “Body”, only Kopf, Inhalt, Tag"),
    ],
)
def test_a_table_is_read_as_the_person_says(
    project: Project, tmp_path: Path, mapping: dict[str, str], said: str
) -> None:
    (tmp_path / "press.csv").write_text(TABLE)
    found = Gathering([TableMapping(mapping)])
    gather(project, found, [tmp_path / "press.csv"])
    (outcome,) = found.outcomes
    (table,) = found.tables.values()
    assert table.columns == ("Kopf", "Inhalt", "Tag")
    if said:
        assert said in outcome.reason
    else:
        assert outcome.title == "Who?"
        assert table.strange == ("Tag",)
        assert store(project, found).count("imported") == 1
    found.close()


def test_a_mapping_for_the_very_columns_goes_before_one_for_all_tables() -> None:
    table = Table(
        ("title", "text", "source"), (), {"title": "title", "text": "text", "outlet": "source"}
    )
    own = TableMapping({"title": "source", "outlet": ""}, table.columns)
    elsewhere = TableMapping({"text": "title"}, ("title", "x"))
    assert chosen(table, []) == table.mapping
    assert chosen(table, [own, TableMapping({"title": "text"}), elsewhere]) == {
        "text": "text",
        "title": "source",
    }
