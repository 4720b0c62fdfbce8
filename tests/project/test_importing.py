"""Other programs' annotations in a project: beside what is there, under names that fit, as one act."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import FormatError, RuleError
from annotator.formats.base import Options, Writing
from annotator.formats.jsonl import JSONL
from annotator.formats.out import OnDisk
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.rules import checks
from annotator.project import Project, articles, relations
from annotator.project.exchange import export
from annotator.project.fitting import Terms
from annotator.project.importing import Way, import_dataset
from tests.formats import rich
from tests.support.builders import STORY, article, dump, mark
from tests.support.places import new_place


def doccano(path: Path, *labels: tuple[str, str], text: str = STORY, **more: Any) -> Path:
    spans = [[text.index(quote), text.index(quote) + len(quote), label] for quote, label in labels]
    path.write_text(json.dumps({"text": text, "label": spans, **more}) + "\n", "utf-8")
    return path


def test_marks_of_another_program_lie_beside_ours_on_the_same_article(
    project: Project, tmp_path: Path
) -> None:
    document = article(project)
    mark(project, document, "the pier")
    path = doccano(tmp_path / "a.jsonl", ("The harbour office", "source"))
    report = import_dataset(project, path)
    assert (report.documents, report.new_sets, report.spans) == ((), 1, 1)
    assert any("1 article was here" in note for note in report.notes)
    own, theirs = sorted(project.read.sets(document), key=lambda one: one.kind != "individual")
    assert (own.status, theirs.kind, theirs.status) == ("in_progress", "imported", "complete")
    assert len(project.read.annotations(document)) == 2
    assert project.read.findings() == ()


def test_the_same_file_again_is_already_there(project: Project, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a.jsonl", ("the pier", "claim"))
    assert len(import_dataset(project, path).documents) == 1
    before = dump(project)
    report = import_dataset(project, path)
    assert (report.documents, report.new_sets, report.known_sets) == ((), 0, 1)
    assert dump(project) == before


def test_unknown_names_come_into_the_schema_with_the_marks_and_go_with_them(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    entities = [
        {"id": n, "start_offset": n, "end_offset": n + 3, "label": label}
        for n, label in enumerate(("CLAIM", "Person", "Person"))
    ]
    links = [{"from_id": 0, "to_id": 1, "type": "mentions"}]
    path.write_text(json.dumps({"text": STORY, "entities": entities, "relations": links}))
    before = dump(project)
    report = import_dataset(project, path)
    said = " ".join(report.notes)
    assert "“CLAIM” was taken for “claim”." in said
    assert "New in the schema: label “Person”." in said
    assert "New in the schema: relation type “mentions”." in said
    schema = project.read.schema()
    assert schema.label("Person").color.startswith("#")
    assert schema.relation("mentions").fits("claim", "Person")
    (document,) = report.documents
    assert sorted(m.label for m in project.read.annotations(document)) == [
        "Person", "Person", "claim",
    ]  # fmt: skip
    project.undo()
    assert dump(project) == before


def test_strict_refuses_names_that_the_schema_has_not(project: Project, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a.jsonl", ("the pier", "Person"))
    before = dump(project)
    with pytest.raises(FormatError, match="has no “Person”.* Nothing of the file was stored"):
        import_dataset(project, path, way=Way(terms=Terms(strict=True)))
    assert dump(project) == before


def test_a_person_says_what_names_are_called_here(project: Project, tmp_path: Path) -> None:
    path = doccano(
        tmp_path / "a.jsonl", ("the pier", "Person"), ("The harbour office", "ORG"), ("🚢", "Boat")
    )
    terms = Terms.parse(["Person=claim", "ORG=organisation", "Boat="])
    report = import_dataset(project, path, way=Way(terms=terms, options=Options(annotator="Jon")))
    (document,) = report.documents
    assert sorted(m.label for m in project.read.annotations(document)) == ["claim", "organisation"]
    assert any("1 mark: left out, as was asked for" in note for note in report.notes)
    (own,) = project.read.sets(document)
    assert project.read.annotator("Jon").id == own.annotator_id  # type: ignore[union-attr]
    with pytest.raises(RuleError, match="“Person” is not OLD=NEW"):
        Terms.parse(["Person"])


def test_marks_that_stand_there_twice_are_kept_and_shown_by_a_check(
    project: Project, tmp_path: Path
) -> None:
    path = doccano(tmp_path / "a.jsonl", ("the pier", "claim"), ("the pier", "claim"))
    report = import_dataset(project, path)
    (document,) = report.documents
    marks = project.read.annotations(document)
    assert len(marks) == 2
    assert any("1 mark stands on the same words" in note for note in report.notes)
    found = checks(project.read.schema(), marks, project.read.relations(document))
    assert [set(one.ids) for one in found if one.code == "double_mark"] == [{m.id for m in marks}]


def test_attributes_that_the_schema_has_not_are_kept_and_named(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "b" / "a.ann").write_text("T1\tclaim 0 3\tThe\nA1\tMood T1 glad\n")
    outcome = articles.import_paths(project, [tmp_path / "b"]).outcomes[0]
    assert outcome.result == "imported"
    assert any("Mood" in note for note in outcome.notes)
    (found,) = project.read.annotations(outcome.documents[0])
    assert found.attributes == {"Mood": "glad"}


def test_a_colleagues_marks_of_the_same_article_come_as_a_second_set(
    project: Project, tmp_path: Path
) -> None:
    """They loaded the article themselves, so its id is another one there."""
    document = article(project)
    mark(project, document, "the pier")
    with new_place("sqlite") as place:
        from annotator.project import open_project

        with open_project(place, person="Jon", durable=False) as theirs:
            mark(theirs, article(theirs), "The harbour office", "source")
            export(theirs, tmp_path / "jon.jsonl")
    report = import_dataset(project, tmp_path / "jon.jsonl")
    assert (report.documents, report.new_sets) == ((), 1)
    assert len(project.read.library(project.person.id)) == 1
    assert {m.label for m in project.read.annotations(document)} == {"claim", "source"}
    again = import_dataset(project, tmp_path / "jon.jsonl")
    assert (again.new_sets, again.known_sets) == (0, 1)


def test_only_the_sets_of_those_who_are_named_come_in(
    project: Project, another: Callable[[], Project], tmp_path: Path
) -> None:
    document = article(project)
    source = mark(project, document, "The harbour office", "source")
    export(project, tmp_path / "mine.jsonl")
    theirs = another()
    import_dataset(theirs, tmp_path / "mine.jsonl")
    claim = mark(theirs, document, "the pier")
    relations.link(theirs, "attributed_to", claim.id, source.id)
    export(theirs, tmp_path / "both.jsonl")
    mark(project, document, "Two fishermen", "source")  # the work goes on meanwhile
    with pytest.raises(FormatError, match="of Mara is in the project with other marks; those of"):
        import_dataset(project, tmp_path / "both.jsonl")
    report = import_dataset(project, tmp_path / "both.jsonl", way=Way(people=("Jon",)))
    assert (report.new_sets, report.spans, report.relations) == (1, 1, 1)
    assert len(project.read.annotations(document)) == 3
    with pytest.raises(FormatError, match="no marks by Zoe; nothing was stored"):
        import_dataset(project, tmp_path / "both.jsonl", way=Way(people=("Zoe",)))


def test_a_link_to_a_mark_that_does_not_come_in_is_counted(
    project: Project, another: Callable[[], Project], tmp_path: Path
) -> None:
    document = article(project)
    source = mark(project, document, "The harbour office", "source")
    export(project, tmp_path / "mine.jsonl")
    theirs = another()
    import_dataset(theirs, tmp_path / "mine.jsonl")
    relations.link(theirs, "attributed_to", mark(theirs, document, "the pier").id, source.id)
    export(theirs, tmp_path / "both.jsonl")
    report = import_dataset(another(), tmp_path / "both.jsonl", way=Way(people=("Jon",)))
    assert (report.spans, report.relations) == (1, 0)
    assert any("1 link: left out" in note for note in report.notes)


def test_a_folder_with_tables_in_it_is_taken_for_what_it_is(
    project: Project, tmp_path: Path
) -> None:
    """What lies beside a dataset is a part of it, and no article."""
    mark(project, article(project), "the pier")
    folder = tmp_path / "out"
    folder.mkdir()
    export(project, folder / "marks.csv")
    export(project, folder / "marks.label-studio.json")
    with new_place("sqlite") as place:
        from annotator.project import open_project

        with open_project(place, person="Jon", durable=False) as other:
            report = articles.import_paths(other, [folder])
            assert [Path(one.name).name for one in report.outcomes] == [
                "marks.csv", "marks.label-studio.json",
            ]  # fmt: skip
            assert {one.result for one in report.outcomes} == {"imported"}
            assert len(other.read.library(other.person.id)) == 1


def test_many_marks_come_in_whole_whether_something_stands_behind_all_some_or_none_of_them(
    project: Project, tmp_path: Path
) -> None:
    text, n = "a claim. " * 150, 0
    entries: list[Entry] = []
    for behind in (0, 1, 2):  # none of them, every second, all
        spans: list[EntrySpan] = []
        for start in range(0, len(text), 9):
            n += 1
            own = f"p{n}" if behind == 2 or (behind and n % 2) else UNSET
            span = rich.mark(f"m{n:04}", "claim", "a claim", text=text)
            place = {"start": start, "end": start + 7, "segments": ((start, start + 7),)}
            spans.append(replace(span, proposition=own, **place))
        entries.append(rich.entry(*spans, text=f"{text}{behind}", number=behind))
    with OnDisk(tmp_path / "many.jsonl", ".jsonl") as out:
        JSONL.write(entries, out, Writing(schema=rich.SCHEMA))
    empty = dump(project)
    assert import_dataset(project, tmp_path / "many.jsonl").spans == n
    assert [one.spans for one in project.read.entries()] == [one.spans for one in entries]
    full = dump(project)
    project.undo()
    assert dump(project) == empty
    project.redo()
    assert dump(project) == full
    assert project.read.findings() == ()


def test_an_id_that_the_project_has_is_refused_wherever_it_lies_among_those_of_the_file(
    project: Project, tmp_path: Path
) -> None:
    def dataset(name: str, number: int, *ids: str) -> Path:
        marks = [rich.mark(id_, "claim", "two posts") for id_ in ids]
        with OnDisk(tmp_path / name, ".jsonl") as out:
            JSONL.write([rich.entry(*marks, number=number)], out, Writing(schema=rich.SCHEMA))
        return tmp_path / name

    import_dataset(project, dataset("here.jsonl", 1, "d"))
    before = dump(project)
    for ids in ("d", "da", "cd", "edc", "dé"):
        with pytest.raises(FormatError, match="The id d is something else's"):
            import_dataset(project, dataset("there.jsonl", 2, *ids))
    assert dump(project) == before
    assert import_dataset(project, dataset("other.jsonl", 2, "c", "e")).spans == 2
