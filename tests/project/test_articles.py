"""Articles in: what is the same, what comes back, and what one step is."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import NotFound, RuleError, UndoRefused
from annotator.model.changes import Changes
from annotator.project import Project, articles, marks, open_project, relations
from annotator.project.taking_in import BATCH
from tests.support.builders import STORY, article, dump, mark


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:03}.txt").write_text(f"Article number {n}\n\n{STORY}")
    return folder


def test_the_same_bytes_are_already_there_under_any_name(project: Project) -> None:
    first = articles.import_bytes(project, STORY.encode(), "one.txt")
    again = articles.import_bytes(project, STORY.encode(), "two.txt")
    assert (first.result, again.result) == ("imported", "already_there")
    assert again.documents == first.documents
    assert len(project.read.library()) == 1


def test_the_same_text_from_other_bytes_is_a_document_of_its_own(project: Project) -> None:
    one = article(project)
    other = articles.import_bytes(project, STORY.encode("utf-16"), "one.txt").documents[0]
    assert one != other
    assert project.read.text(one) == project.read.text(other)
    mark(project, other, "the pier")
    assert project.read.annotations(one) == ()
    assert project.read.findings() == ()


def test_the_saved_bytes_stay_in_the_project(project: Project) -> None:
    for data in (STORY.encode("utf-16"), b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode()):
        key = articles.import_bytes(project, data, "one.txt").documents[0]
        assert project.read.source(project.read.document(key)) == data
        assert project.read.text(key) == STORY


def test_one_file_twice_in_a_folder_is_one_document(project: Project, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    (folder / "copy.txt").write_bytes((folder / "000.txt").read_bytes())
    report = articles.import_paths(project, [folder])
    assert [outcome.result for outcome in report.outcomes] == [
        "imported",
        "imported",
        "already_there",
    ]
    assert len(project.read.library()) == 2


def test_each_file_succeeds_or_fails_alone(project: Project, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    (folder / "005.txt").write_bytes(b"")
    (folder / "006.pdf").write_bytes(b"%PDF-1.4 ...")
    report = articles.import_paths(project, [folder, tmp_path / "nowhere.txt"])
    assert [report.count(result) for result in ("imported", "refused")] == [2, 3]
    for outcome in report.outcomes[2:]:
        assert "\n" not in outcome.reason
        assert Path(outcome.name).name in outcome.reason


def test_a_folder_is_one_step_however_many_batches_it_takes(
    project: Project, tmp_path: Path
) -> None:
    before = dump(project)
    report = articles.import_paths(project, [folder_of(tmp_path, 2 * BATCH + 3)])
    assert report.count("imported") == 2 * BATCH + 3
    assert project.read.last_seq() == 3
    after = dump(project)
    project.undo()
    assert dump(project) == before
    project.redo()
    assert dump(project) == after
    assert project.read.findings() == ()


def test_work_between_two_batches_is_undone_before_the_import(
    project: Project, tmp_path: Path
) -> None:
    done: list[str] = []

    def work(changes: Changes) -> None:
        if not done:
            done.append(min(changes.documents))
            mark(project, done[0], "the pier")

    project.listen(work)
    articles.import_paths(project, [folder_of(tmp_path, BATCH + 3)])
    after = dump(project)
    assert project.undo().title == "Add claim"
    assert project.undo().title == "Import articles"
    assert project.read.library() == ()
    project.redo()
    project.redo()
    assert dump(project) == after


def test_an_import_is_not_undone_under_another_s_work(place: str, tmp_path: Path) -> None:
    with open_project(place, person="Mara", durable=False) as mara:
        report = articles.import_paths(mara, [folder_of(tmp_path, BATCH + 3)])
    with open_project(place, person="Jon", durable=False) as jon:
        mark(jon, report.outcomes[0].documents[0], "the pier")
    with open_project(place, person="Mara", durable=False) as mara:
        with pytest.raises(UndoRefused, match=r"work of somebody|marks on the article"):
            mara.undo()
        assert len(mara.read.library()) == BATCH + 3


def test_a_removed_article_comes_back_with_its_marks(project: Project) -> None:
    document = article(project)
    made = mark(project, document, "the pier")
    articles.remove(project, document)
    for ask in (project.read.document, project.read.text):
        with pytest.raises(NotFound):
            ask(document)
    with pytest.raises(NotFound):
        marks.set_note(project, made.id, "there?")
    with pytest.raises(NotFound):
        marks.remove(project, [made.id])
    again = articles.import_bytes(project, STORY.encode(), "story.txt")
    assert (again.result, again.documents) == ("imported", (document,))
    assert project.read.annotation(made.id) == made
    project.undo()
    assert project.read.library() == ()


def test_removing_can_be_undone_and_redone(project: Project) -> None:
    document = article(project)
    mark(project, document, "the pier")
    articles.remove(project, document)
    project.undo()
    assert len(project.read.annotations(document)) == 1
    project.redo()
    assert project.read.library() == ()
    project.undo()
    project.undo()
    project.undo()
    assert project.read.library() == ()
    with pytest.raises(NotFound, match="nothing to undo"):
        project.undo()


def test_an_article_whose_import_was_undone_comes_back_with_a_set(project: Project) -> None:
    document = article(project)
    project.undo()
    assert article(project) == document
    (own,) = project.read.sets(document)
    assert own.annotator_id == project.person.id


def test_an_article_linked_with_another_is_not_removed(project: Project) -> None:
    one, two = article(project), article(project, STORY + "\nMore.\n", "two.txt")
    denial = mark(project, one, "denied that anybody had asked them", "denial")
    claim = mark(project, two, "the pier 🚢 would be closed")
    link = relations.link(project, "denies", denial.id, claim.id)
    for document in (one, two):
        with pytest.raises(RuleError, match="remove that link first"):
            articles.remove(project, document)
    relations.unlink(project, [link.id])
    articles.remove(project, two)
    assert project.read.findings() == ()


def test_details_are_described_and_undone(project: Project) -> None:
    document = article(project)
    before = project.read.document(document)
    articles.describe(project, document, {"outlet": "Gazette", "title": None, "file": None})
    after = project.read.document(document)
    assert (after.outlet, after.title) == ("Gazette", document)
    project.undo()
    assert project.read.document(document) == before


@pytest.mark.parametrize(("status", "reason"), [("done", ""), ("complete", "why")])
def test_a_status_that_is_none_is_refused(project: Project, status: str, reason: str) -> None:
    document = article(project)
    before = dump(project)
    with pytest.raises(RuleError):
        articles.set_status(project, document, status, reason)
    assert dump(project) == before


def test_the_first_mark_begins_the_work(project: Project) -> None:
    document = article(project)
    assert project.read.library(project.person.id)[0].status == "new"
    mark(project, document, "the pier")
    assert project.read.library(project.person.id)[0].status == "in_progress"
    articles.set_status(project, document, "complete")
    mark(project, document, "closed")
    assert project.read.library(project.person.id)[0].status == "complete"
