"""What an import would do is known before it is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.project import Project, articles
from annotator.project.fitting import Terms
from annotator.project.importing import Way, import_dataset
from annotator.project.surveying import Used, survey
from tests.support.builders import STORY, article, dump, mark


def doccano(path: Path, *labels: tuple[str, str], text: str = STORY) -> Path:
    spans = [[text.index(quote), text.index(quote) + len(quote), label] for quote, label in labels]
    path.write_text(json.dumps({"text": text, "label": spans}) + "\n", "utf-8")
    return path


def test_it_says_what_is_there_and_what_names_become_and_stores_nothing(
    project: Project, tmp_path: Path
) -> None:
    mark(project, article(project), "the pier")
    path = doccano(tmp_path / "a.jsonl", ("the radio", "Person"), ("Monday", "CLAIM"), ("pier", "Person"))  # fmt: skip
    before = dump(project)
    found = survey(project, path)
    assert dump(project) == before
    assert found.format.startswith("doccano")
    assert (found.articles, found.here, found.sets) == (1, 1, 1)
    assert (found.marks, found.links) == (3, 0)
    assert found.labels == (Used("Person", 2, "Person", True), Used("CLAIM", 1, "claim", False))


def test_what_it_says_is_what_the_import_does(project: Project, tmp_path: Path) -> None:
    mark(project, article(project), "the pier")
    path = doccano(tmp_path / "a.jsonl", ("the radio", "Person"), ("Monday", "CLAIM"))
    found = survey(project, path)
    report = import_dataset(project, path)
    assert (report.new_sets, report.spans, report.relations) == (found.sets, found.marks, 0)
    known = {label.name for label in project.read.schema().labels}
    assert {one.becomes for one in found.labels} <= known
    assert "Person" in known


def test_the_schema_that_an_empty_project_takes_over_is_named(
    project: Project, tmp_path: Path
) -> None:
    found = survey(project, doccano(tmp_path / "a.jsonl", ("pier", "claim")))
    assert found.schema == ""
    assert found.here == 0


def test_a_broken_dataset_is_refused_as_its_import_would(project: Project, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a.jsonl", ("the pier", "claim"))
    path.write_text(path.read_text().replace('"label": [[', '"label": [[9999, 99999, "claim"], ['))
    for look in (survey, import_dataset):
        with pytest.raises(FormatError, match="nothing of the file was stored"):
            look(project, path)
    (tmp_path / "b.jsonl").write_text('{"no": "dataset"}')
    with pytest.raises(FormatError, match="not a dataset of a known format"):
        survey(project, tmp_path / "b.jsonl")


def test_names_are_called_as_the_person_says(project: Project, tmp_path: Path) -> None:
    article(project)
    path = doccano(tmp_path / "a.jsonl", ("the radio", "Person"), ("Monday", "Date"))
    way = Way(terms=Terms(names={"Person": "source", "Date": ""}))
    articles.import_paths(project, [path], way=way)
    (theirs,) = [
        found for one in project.read.outlines() for found in project.read.annotations(one.id)
    ]
    assert (theirs.label, theirs.words) == ("source", "the radio")
