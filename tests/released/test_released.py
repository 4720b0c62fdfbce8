"""Every project that a release ever made opens today, with all that was in it, and can be worked in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from annotator.errors import ProjectTooOld
from annotator.project import keep, open_project
from annotator.project.exchange import verify_project
from annotator.storage.place import SCHEMA_ORDINAL
from tests.released.telling import told
from tests.support.builders import mark

HERE = Path(__file__).parent
KEPT = sorted(HERE.glob("format-*.annotator.gz"))


@pytest.fixture(params=KEPT, ids=lambda kept: kept.name.split(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path / "backups"))
    path = tmp_path / "old.annotator"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def expected(old: Path) -> object:
    number = int.from_bytes(old.read_bytes()[60:64], "big")
    return json.loads((HERE / f"format-{number}.json").read_text())


def test_the_formats_are_kept_from_the_first_on() -> None:
    numbers = [int(kept.name.split(".")[0].removeprefix("format-")) for kept in KEPT]
    assert numbers == list(range(1, len(numbers) + 1))
    assert 1 <= len(numbers) <= SCHEMA_ORDINAL


def test_it_opens_with_all_that_was_in_it_and_can_be_worked_in(old: Path) -> None:
    before, said = old.read_bytes(), expected(old)
    number = int.from_bytes(before[60:64], "big")
    if number < SCHEMA_ORDINAL:
        with pytest.raises(ProjectTooOld, match="It was not changed"):
            open_project(old, person="Mara", write=False)
        assert old.read_bytes() == before
    with open_project(old, person="Mara") as project:
        assert json.loads(json.dumps(told(project))) == said
        assert project.read.findings() == ()
        assert verify_project(project).problems == ()
        document = project.read.library()[0].document.id
        made = mark(project, document, "on Monday")
        project.undo()
        project.redo()
        assert project.read.annotation(made.id) == made
        assert project.read.findings() == ()
    if number < SCHEMA_ORDINAL:
        (kept,) = keep.backups(old)
        assert kept.reason == "before an update"
        assert kept.path.read_bytes()[60:64] == before[60:64]
