"""Dataset folders: what is in them, whole or not at all, and that every fault in one is found."""

from __future__ import annotations

import atexit
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from annotator.datasets.selection import selected
from annotator.datasets.splits import planned
from annotator.errors import DatasetError, FormatError
from annotator.formats.registry import formats
from annotator.project import Project, articles, datasets, keep, open_project, recipes, relations
from annotator.project.exchange import verify
from annotator.project.importing import import_dataset
from annotator.project.planning import outlined
from annotator.project.planning import planned as worked_out
from annotator.project.recipes import Recipe
from tests.support.builders import article, mark

RECIPE = Recipe(formats=("jsonl",), split=planned("50/25/25", stratified=True), title="Piers")
"""Stratified, so that no split can be empty: the ids are others at each run."""


@cache
def made_piers() -> Path:
    """Twelve finished articles and one that is not; the first two are linked."""
    place = Path(tempfile.mkdtemp(prefix="annotator-piers-")) / "piers.annotator"
    atexit.register(shutil.rmtree, place.parent, ignore_errors=True)
    keep.create(place)
    with open_project(place, person="Mara", durable=False) as project:
        claims: list[str] = []
        for n in range(13):
            text = (
                f"Pier {n}\n\nThe harbour office said 🚢 pier {n} would close. Two men denied it.\n"
            )
            document = article(project, text, f"pier-{n}.txt")
            claim = mark(project, document, f"pier {n} would close")
            source = mark(project, document, "The harbour office", "source")
            relations.link(project, "attributed_to", claim.id, source.id)
            denial = mark(project, document, "denied it", "denial")
            claims.append(claim.id)
            relations.link(project, "denies", denial.id, claims[0] if n == 1 else claim.id)
            if n < 12:
                articles.set_status(project, document, "complete")
    return place


@pytest.fixture
def piers(tmp_path: Path) -> Iterator[Project]:
    place = shutil.copy(made_piers(), tmp_path / "piers.annotator")
    with open_project(place, person="Mara", durable=False) as project:
        yield project


@pytest.fixture
def folder(piers: Project, tmp_path: Path) -> Path:
    datasets.write_folder(piers, RECIPE, tmp_path / "out")
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_dataset_folder_holds_the_data_and_all_that_describes_them(folder: Path) -> None:
    found = contents(folder)
    data = {path for path in found if path.startswith("data/")}
    assert data == {f"data/jsonl/{split}.jsonl" for split in ("train", "dev", "test")}
    assert found.keys() - data == {
        "README.md", "croissant.json", "documents.jsonl", "manifest.json", "schema.json", "SHA256SUMS",
    }  # fmt: skip
    for line in found["SHA256SUMS"].decode().splitlines():
        digest, _, path = line.partition("  ")
        assert sha256(found[path]).hexdigest() == digest
    listed = lines(folder / "documents.jsonl")
    assert len(listed) == 12
    assert {one["group"] for one in listed[:2]} == {listed[0]["doc_id"]}  # they are linked
    assert sum(len(lines(folder / path)) for path in data) == 12


def test_the_card_can_be_read_by_programs_and_counts_what_is_there(folder: Path) -> None:
    _, front, body = (folder / "README.md").read_text("utf-8").split("---\n", 2)
    card = yaml.safe_load(front)
    assert card["pretty_name"] == "Piers"
    for config in card["configs"]:
        assert all((folder / file["path"]).is_file() for file in config["data_files"])
    assert "12 news articles" in body
    assert "Articles left out: 1 in progress." in body
    assert "| all | 12 | 0 | 12 | 12 | 12 | 12 |" in body


def test_croissant_names_every_file_with_its_hash(folder: Path) -> None:
    croissant = json.loads((folder / "croissant.json").read_bytes())
    named = {one["@id"]: one["sha256"] for one in croissant["distribution"]}
    due = {p: sha256(b).hexdigest() for p, b in contents(folder).items()}
    described = ("README.md", "croissant.json", "manifest.json", "SHA256SUMS")
    assert named == {path: digest for path, digest in due.items() if path not in described}


def test_the_same_project_and_recipe_give_the_same_bytes(piers: Project, tmp_path: Path) -> None:
    for name in ("one", "two"):
        datasets.write_folder(piers, RECIPE, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_dataset_that_was_just_written_is_proved(folder: Path) -> None:
    verdict = verify(folder)
    assert verdict.problems == ()
    assert (verdict.files, verdict.lines, verdict.spans, verdict.relations) == (9, 12, 36, 24)


def test_any_byte_that_changes_is_found_and_its_file_named(folder: Path) -> None:
    for path, body in contents(folder).items():
        for at in (0, len(body) // 3, len(body) - 2):
            (folder / path).write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
            try:
                said = " ".join(verify(folder).problems)
            except DatasetError as error:  # the manifest itself
                said = str(error)
            assert path in said or (path == "manifest.json" and said), (path, at)
        (folder / path).write_bytes(body)
    assert not verify(folder).count


@pytest.mark.parametrize("path", ["schema.json", "data/jsonl/train.jsonl", "documents.jsonl", "SHA256SUMS"])  # fmt: skip
def test_a_file_that_is_missing_is_named(folder: Path, path: str) -> None:
    (folder / path).unlink()
    assert path in " ".join(verify(folder).problems)


def test_a_file_that_does_not_belong_there_is_named(folder: Path) -> None:
    (folder / "data" / "more.jsonl").write_text("{}")
    assert verify(folder).problems == (
        "data/more.jsonl: no file of this name belongs to the dataset",
    )


def forged(folder: Path, path: str, change: Callable[[list[Any]], None]) -> list[str]:
    """Change the lines of a file, make all hashes right again; what verify says."""
    found = lines(folder / path)
    change(found)
    (folder / path).write_text("".join(json.dumps(one) + "\n" for one in found), "utf-8")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for file in manifest["files"]:
        body = (folder / file["path"]).read_bytes()
        file["size"], file["sha256"] = len(body), sha256(body).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    sums = {file["path"]: file["sha256"] for file in manifest["files"]}
    sums["manifest.json"] = sha256((folder / "manifest.json").read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text("".join(f"{sums[p]}  {p}\n" for p in sorted(sums)))
    return list(verify(folder).problems)


def _move_an_offset(found: list[Any]) -> None:
    found[0]["spans"][0]["segments"][0][0] += 1
    found[0]["spans"][0]["start"] += 1


def _cut_a_link(found: list[Any]) -> None:
    found[0]["relations"][0]["to"] = "nothing"


def _rename_a_label(found: list[Any]) -> None:
    found[0]["spans"][0]["label"] = "rumour"


def _turn_a_link(found: list[Any]) -> None:
    link = next(one for one in found[0]["relations"] if one["type"] == "attributed_to")
    link["from"], link["to"] = link["to"], link["from"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_move_an_offset, "the text there is"),
        (_cut_a_link, "no such mark"),
        (_rename_a_label, "the schema has no label “rumour”"),
        (_turn_a_link, "attributed_to may not lead from source to claim"),
        (lambda found: found[0].update(doc_id="x"), "document x is not in documents.jsonl"),
        (lambda found: found[0].update(split="dev"), "is of the split train"),
        (lambda found: found[0]["annotation_set"].update(id="x"), "annotation set x is not in"),
    ],
)
def test_what_is_wrong_is_named_though_all_hashes_are_right(
    folder: Path, change: Callable[[list[Any]], None], what: str
) -> None:
    (problem, *_) = forged(folder, "data/jsonl/train.jsonl", change)
    assert problem.startswith("data/jsonl/train.jsonl, line 1")
    assert what in problem


def test_a_group_in_two_splits_is_named(folder: Path) -> None:
    def part(found: list[Any]) -> None:
        found[1]["split"] = next(one for one in ("dev", "test") if one != found[0]["split"])

    said = forged(folder, "documents.jsonl", part)
    assert any(one.startswith("documents.jsonl: group ") for one in said)


def test_what_is_there_already_is_not_replaced_unless_it_is_asked_for(
    folder: Path, piers: Project
) -> None:
    before = contents(folder)
    with pytest.raises(DatasetError, match="is there already; nothing was written"):
        datasets.write_folder(piers, replace(RECIPE, title="Other"), folder)
    assert contents(folder) == before
    datasets.write_folder(piers, replace(RECIPE, title="Other"), folder, replacing=True)
    assert not verify(folder).count
    assert "Other" in (folder / "README.md").read_text("utf-8")
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_dataset_is_never_replaced(piers: Project, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    (tmp_path / "note").write_text("x")
    for name in ("mine", "note"):
        with pytest.raises(DatasetError, match="is no dataset; nothing was written"):
            datasets.write_folder(piers, RECIPE, tmp_path / name, replacing=True)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "Dear"


def test_a_disk_that_fills_leaves_nothing_behind(
    piers: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = {path.name for path in tmp_path.iterdir()}
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        (DatasetError, FormatError), match=r"out.*No space left.*nothing was written"
    ):
        datasets.write_folder(piers, RECIPE, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_stopping_leaves_nothing_behind(piers: Project, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int | None, note: str = "") -> None:
        if done == 5:
            raise Stopped

    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(Stopped):
        datasets.write_folder(piers, RECIPE, tmp_path / "out", stop)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_both_databases_write_and_prove_a_dataset(project: Project, tmp_path: Path) -> None:
    claim = mark(project, article(project), "the pier 🚢 would be closed")
    articles.set_status(project, claim.document_id, "reviewed")
    datasets.write_folder(project, RECIPE, tmp_path / "out")
    assert not verify(tmp_path / "out").count


def test_nothing_that_would_go_out_is_refused(project: Project, tmp_path: Path) -> None:
    article(project)
    with pytest.raises(DatasetError, match=r"no article that would go out \(1 new\)"):
        datasets.write_folder(project, RECIPE, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_the_plan_foresees_is_what_is_written(piers: Project, tmp_path: Path) -> None:
    recipe = replace(RECIPE, selection=selected(["label=claim", "label=denial"]))
    plan = worked_out(outlined(piers.read), recipe)
    written = datasets.write_folder(piers, recipe, tmp_path / "out").parts[0].counts
    foreseen = plan.parts[0].counts
    assert {name: (c.documents, c.marks) for name, c in foreseen.items()} == {
        name: (c.documents, c.marks) for name, c in written.items()
    }


def test_moves_are_told_against_an_earlier_dataset(folder: Path, piers: Project) -> None:
    other = replace(RECIPE, split=planned("50/25/25", stratified=True, seed=7))
    report = datasets.write_folder(piers, other, folder, replacing=True)
    assert report.moves
    assert f"{report.moves[0].document} was in" in " ".join(report.sentences())


def test_articles_that_come_later_move_nothing(piers: Project, tmp_path: Path) -> None:
    recipe = replace(RECIPE, split=planned("50/25/25"))
    datasets.write_folder(piers, recipe, tmp_path / "out")
    document = article(piers, "Pier x\n\nThe port said that the pier would stay.\n", "x.txt")
    mark(piers, document, "the pier would stay")
    articles.set_status(piers, document, "complete")
    report = datasets.write_folder(piers, recipe, tmp_path / "out", replacing=True)
    assert (report.documents, report.moves) == (13, ())


def test_links_whose_other_end_stays_behind_are_counted(piers: Project, tmp_path: Path) -> None:
    first = sorted(one.id for one in piers.read.outlines())[0]
    articles.set_status(piers, first, "in_progress")
    report = datasets.write_folder(piers, RECIPE, tmp_path / "out")
    (loss,) = report.parts[0].losses
    assert (loss.kind, loss.count) == ("links_left_behind", 1)
    assert not verify(tmp_path / "out").count


def test_the_data_can_be_taken_into_another_project(folder: Path, project: Project) -> None:
    for split in ("train", "dev", "test"):
        import_dataset(project, folder / "data" / "jsonl" / f"{split}.jsonl")
    assert len(project.read.outlines()) == 12


def test_presets_are_kept_in_the_project(project: Project) -> None:
    recipes.keep_preset(project, "  For  training ", RECIPE)
    assert recipes.presets(project.read) == {"For training": RECIPE}
    recipes.keep_preset(project, "For training", replace(RECIPE, title="Again"))
    assert recipes.preset(project, "For training").title == "Again"
    with pytest.raises(DatasetError, match="no preset “X”; there are For training"):
        recipes.preset(project, "X")
    recipes.drop_preset(project, "For training")
    assert recipes.presets(project.read) == {}
    with pytest.raises(DatasetError, match="needs a name"):
        recipes.keep_preset(project, " ", RECIPE)


HEAVY = ("spacy", "parquet")
"""Formats that need libraries that are not always there."""


def test_every_format_goes_into_a_folder_that_is_proved_and_comes_out_the_same_again(
    piers: Project, tmp_path: Path
) -> None:
    names = [one.name for one in formats() if one.writes and one.name not in HEAVY]
    recipe = replace(RECIPE, formats=tuple(names))
    for name in ("one", "two"):
        datasets.write_folder(piers, recipe, tmp_path / name)
    assert verify(tmp_path / "one").problems == ()
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert {path.split("/")[1] for path in one if path.startswith("data/")} == set(names)
    differ = {path for path in one if one[path] != two[path]}
    # A project holds when it was made, and so these hold its hash.
    telling = {"manifest.json", "SHA256SUMS", "croissant.json"}
    assert {path for path in differ - telling if not path.endswith(".annotator")} == set()


def test_an_article_of_another_split_is_found_in_another_tool_s_file_too(
    piers: Project, tmp_path: Path
) -> None:
    datasets.write_folder(piers, replace(RECIPE, formats=("doccano",)), tmp_path / "out")
    train = lines(tmp_path / "out" / "data" / "doccano" / "train.doccano.jsonl")
    said = forged(tmp_path / "out", "data/doccano/test.doccano.jsonl", lambda found: found.append(train[0]))  # fmt: skip
    assert any("test.doccano.jsonl, record" in one and "no article of documents.jsonl here" in one for one in said)  # fmt: skip
