"""Single bits turn over, pages are garbage: nothing crashes, and what changed is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from annotator.errors import AnnotatorError
from annotator.project import Project, articles, keep, marks, open_project, relations
from tests.faults import harness
from tests.faults.conftest import Tally
from tests.support.builders import STORY, article, at, dump, mark

FLIPS = harness.counted(40, 400)
GARBAGE = harness.counted(10, 100)
DRILLS = harness.counted(3, 20)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a project with something of everything."""
    path = tmp_path_factory.mktemp("sound") / "project.annotator"
    keep.create(path)
    with open_project(path, person="Mara", durable=False) as project:
        for n in range(4):
            document = article(project, f"{STORY}\nArticle {n}. " + f"And more of it {n}. " * 60)
            work(project, document)
            articles.set_status(project, document, "complete")
        project.undo()
    return path.read_bytes()


def work(project: Project, document: str) -> None:
    claim = mark(project, document, "the pier 🚢 would be closed", proposition="closed")
    source = mark(project, document, "The harbour office", "source", actor=f"Office {document}")
    relations.link(project, "attributed_to", claim.id, source.id)
    marks.add(project, document, at(project, document, "denied", "asked them"), "denial")
    marks.set_note(project, claim.id, "when?")


def everything(project: Project) -> dict[str, Any]:
    """All that a person could see of a project."""
    read = project.read
    documents = [found.document for found in read.library()]
    return {
        **dump(project),
        "texts": [read.text(one.id) for one in documents],
        "blocks": [read.blocks(one.id) for one in documents],
        "sources": [read.source(one) for one in documents],
        "history": read.history(limit=None),
        "people": read.annotators(),
    }


def looked_at(path: Path) -> tuple[dict[str, Any] | None, bool]:
    """What is seen of a project (None where it cannot be) and whether anything is said to be wrong.

    Whatever is raised that is no sentence for a person is a crash.
    """
    try:
        with open_project(path, person="Mara") as project:
            found = bool(project.read.findings())
            try:
                return everything(project), found
            except AnnotatorError:
                return None, found
    except AnnotatorError:
        return None, True


def damaged_in(
    sound: bytes, folder: Path, times: int, damage: Callable[[bytearray], None]
) -> tuple[int, int]:
    """How many of these damages changed something, and how many of those were found."""
    path = folder / "project.annotator"
    path.write_bytes(sound)
    before, found = looked_at(path)
    assert before is not None
    assert not found
    changed = found_of_changed = 0
    for _ in range(times):
        data = bytearray(sound)
        damage(data)
        path.write_bytes(data)
        now, found = looked_at(path)
        if now != before:
            changed += 1
            found_of_changed += found
        for left in folder.iterdir():
            left.unlink()
    return changed, found_of_changed


def test_bits_that_turn_over_are_found(sound: bytes, tmp_path: Path, tally: Tally) -> None:
    random = Random(23)

    used = [at for at, byte in enumerate(sound) if byte]

    def turn(data: bytearray) -> None:
        data[random.choice(used)] ^= 1 << random.randrange(8)

    changed, found = damaged_in(sound, tmp_path, FLIPS, turn)
    assert changed > FLIPS // 8
    assert found >= 0.99 * changed
    tally("bits turned over in the file", FLIPS, f"0 crashes; {found} of {changed} changes found")


def test_garbage_in_the_middle_is_found(sound: bytes, tmp_path: Path, tally: Tally) -> None:
    random = Random(5)

    def spoil(data: bytearray) -> None:
        start = random.randrange(100, len(data))
        size = random.choice((16, 512, 4096, 20_000))
        data[start : start + size] = random.randbytes(len(data[start : start + size]))

    changed, found = damaged_in(sound, tmp_path, GARBAGE, spoil)
    assert changed >= GARBAGE // 3
    assert found >= 0.99 * changed
    tally(
        "garbage written into the file", GARBAGE, f"0 crashes; {found} of {changed} changes found"
    )


def test_a_damaged_project_comes_back_from_its_backup(
    sound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    random = Random(31)
    for number in range(DRILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setenv("ANNOTATOR_BACKUPS", str(folder / "backups"))
        path = folder / "project.annotator"
        path.write_bytes(sound)
        with open_project(path, person="Mara") as project:
            for _ in range(random.randrange(4)):
                project.undo()
            then = everything(project)
            keep.backup(project, "drill")
            article(project, f"Work that came after the backup, number {number}.")
        spoiled = bytearray(path.read_bytes())
        how = random.randrange(4)
        if how == 0:
            del spoiled[random.randrange(len(spoiled)) :]
        elif how == 1:
            spoiled[:16] = bytes(16)
        else:
            at_page = 4096 * random.randrange(1, 8)
            spoiled[at_page : at_page + 4096] = random.randbytes(4096)
        path.write_bytes(spoiled)
        kept = keep.restore(path, keep.find_backup(path, ""))
        assert kept.read_bytes() == spoiled or kept.suffix == ".annotator"
        with open_project(path, person="Mara") as project:
            assert everything(project) == then
            assert project.read.findings() == ()
            article(project, "The work goes on where it was.")
    tally("damaged, restored, worked on", DRILLS, "equal to the moment of the backup")
