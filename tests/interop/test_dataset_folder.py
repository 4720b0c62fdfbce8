"""A dataset folder in the hands of the libraries that it is meant for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotator.datasets.splits import planned
from annotator.project import articles, datasets, keep, open_project, relations
from annotator.project.recipes import Recipe
from tests.support.builders import article, mark

pytestmark = pytest.mark.filterwarnings("default")  # theirs are theirs
LOADED = ("jsonl", "hf", "chat", "sentences", "relation-pairs", "doccano", "prodigy", "csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten articles in three splits and all formats of lines."""
    keep.create(tmp_path / "p.annotator")
    with open_project(tmp_path / "p.annotator", person="Mara", durable=False) as project:
        for n in range(10):
            text = f"Pier {n}\n\nThe office said pier {n} would close 🚢. Two men denied it.\n"
            document = article(project, text, f"{n}.txt")
            claim = mark(project, document, f"pier {n} would close")
            denial = mark(project, document, "denied it", "denial")
            relations.link(project, "denies", denial.id, claim.id)
            articles.set_status(project, document, "complete")
        recipe = Recipe(formats=LOADED, split=planned("40/30/30", stratified=True), title="Piers")
        datasets.write_folder(project, recipe, tmp_path / "out")
    return tmp_path / "out"


def test_hugging_face_datasets_loads_what_the_card_offers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library: Any = pytest.importorskip("datasets")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    card = yaml.safe_load((folder / "README.md").read_text("utf-8").split("---\n")[1])
    names = [config["config_name"] for config in card["configs"]]
    assert {"hf", "chat", "sentences", "relation-pairs", "documents"} <= set(names)
    for name in names:
        loaded = library.load_dataset(str(folder), name, cache_dir=str(tmp_path / "cache"))
        due = {"train"} if name == "documents" else {"train", "validation", "test"}
        assert set(loaded) == due
        assert all(len(part) for part in loaded.values())


def test_mlcroissant_finds_no_fault_and_reads_every_record(folder: Path) -> None:
    library: Any = pytest.importorskip("mlcroissant")
    dataset = library.Dataset(str(folder / "croissant.json"))
    assert dataset.metadata.ctx.issues.report() == ""
    described = json.loads((folder / "croissant.json").read_bytes())["recordSet"]
    for record_set in described:
        path = folder / "data" / f"{record_set['name']}.jsonl"
        path = path if path.exists() else folder / f"{record_set['name']}.jsonl"
        lines = len(path.read_text("utf-8").splitlines())
        assert sum(1 for _ in dataset.records(record_set["@id"])) == lines
