"""Tools that others wrote read what we write: `run.py interop`; without them these tests are skipped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.base import Options, Reading
from annotator.formats.registry import named, recognize
from annotator.model.dataset import Entry
from tests.formats.contract import place
from tests.formats.rich import rich
from tests.support.formats import on_disk, read

CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", "../shared/corpora"))
XSD = CORPORA / "annotation-exports" / "refi-qda" / "schema.xsd"
POLNEAR = CORPORA / "polnear" / "data"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


def marks(entries: list[Entry]) -> list[tuple[str, str]]:
    return sorted((span.label, span.text) for entry in entries for span in entry.spans)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("hf", ".hf.jsonl"), ("hf", ".hf.parquet"), ("chat", ".chat.jsonl"),
        ("sentences", ".sentences.jsonl"), ("sentences", ".sentences.csv"),
        ("sentences", ".sentences.parquet"), ("relation-pairs", ".pairs.jsonl"),
        ("relation-pairs", ".pairs.parquet"), ("csv", ".csv"), ("parquet", ".parquet"),
    ],
)  # fmt: skip
def test_hugging_face_datasets_loads_it(tmp_path: Path, name: str, suffix: str) -> None:
    datasets = pytest.importorskip("datasets")
    path = place(named(name), tmp_path, suffix)
    on_disk(named(name), rich(), path)
    kind = {".jsonl": "json", ".csv": "csv", ".parquet": "parquet"}[path.suffix]
    loaded = datasets.load_dataset(
        kind, data_files=str(path), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert len(loaded) > 0
    if name == "hf":
        row = loaded[0]
        assert len(row["tokens"]) == len(row["tags_claim"]) == len(row["ner_tags"])
        text = rich()[0].text
        for token, start in zip(row["tokens"], row["token_starts"], strict=True):
            assert text[start : start + len(token)] == token
    if name == "chat":
        assert [one["role"] for one in loaded[0]["messages"]] == ["system", "user", "assistant"]


@pytest.mark.filterwarnings("ignore")
def test_spacy_reads_the_spans(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    chosen = named("spacy")
    path = place(chosen, tmp_path)
    losses = on_disk(chosen, rich(), path)
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in docs] == [entry.text for entry in rich()]
    theirs = {(span.label_, span.text) for doc in docs for span in doc.spans["sc"]}
    moved = losses.ids("span")
    ours = {(s.label, s.text) for entry in rich() for s in entry.spans if s.id not in moved}
    assert ours <= theirs


def test_pybrat_reads_the_same_entities_and_events_of_polnear(tmp_path: Path) -> None:
    pytest.importorskip("pybrat")
    from pybrat.parser import BratParser

    if not POLNEAR.is_dir():
        pytest.skip("PolNeAR is not here")
    # It calls two entities on the same words an error, and PolNeAR has many: triggers are cues.
    for part, entities, events in (("dev", 9095, 2320), ("train", 88051, 22501)):
        source = POLNEAR / part
        chosen = recognize(source)
        assert chosen is not None
        look = Reading()
        entries = read(chosen, source, look)
        assert len(look.notes) == (3 if part == "train" else 0)
        out = tmp_path / part
        on_disk(chosen, entries, out)
        found = [
            one for folder in sorted(out.iterdir()) if folder.is_dir()
            for one in BratParser(error="ignore").parse(str(folder))
        ]  # fmt: skip
        assert sum(len(one.entities) for one in found) == entities
        assert sum(len(one.events) for one in found) == events


def test_cassis_reads_the_marks_behind_emoji(tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis")
    chosen = named("uima-xmi")
    out = place(chosen, tmp_path)
    on_disk(chosen, rich(), out)
    with (out / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    found: list[tuple[str, str]] = []
    links = 0
    for path in sorted(out.glob("*.xmi")):
        with path.open("rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=types)
        for one in cas.select("webanno.custom.Mark"):
            if one.pieceOf is None:
                others = [o for o in cas.select("webanno.custom.Mark") if o.pieceOf is one]
                pieces = [one, *sorted(others, key=lambda o: o.begin)]
                found.append((one.label, " … ".join(o.get_covered_text() for o in pieces)))
        links += len(list(cas.select("webanno.custom.MarkLink")))
    assert sorted(found) == marks(rich())
    assert links == 3


@pytest.mark.filterwarnings("ignore")
def test_seqeval_takes_the_tags_as_strict_iob2(tmp_path: Path) -> None:
    pytest.importorskip("seqeval")
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2, Entities

    chosen = named("conll")
    path = place(chosen, tmp_path)
    losses = on_disk(chosen, rich(), path)
    sentences: list[list[str]] = [[]]
    for line in path.read_text("utf-8").split("\n"):
        parts = line.split(" ")
        if len(parts) == 4 and parts[0] != "-DOCSTART-":
            sentences[-1].append(parts[3])
        elif sentences[-1]:
            sentences.append([])
    tags = [one for one in sentences if one]
    assert f1_score(tags, tags, mode="strict", scheme=IOB2) == 1.0
    cut = [[("I" + tag[1:] if tag[0] == "B" else tag) for tag in one] for one in tags]
    assert f1_score(tags, cut, mode="strict", scheme=IOB2) == 0.0
    entities = sum(len(one) for one in Entities(tags, scheme=IOB2).entities)
    kept = [s for entry in rich() for s in entry.spans if s.id not in losses.ids("whole")]
    assert entities == sum(len(s.segments) for s in kept)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("offsets", ["", "code_points"])
def test_label_studio_takes_every_annotation(tmp_path: Path, offsets: str) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    import json

    chosen = named("label-studio")
    path = place(chosen, tmp_path)
    on_disk(chosen, rich(), path, options=Options(offsets=offsets))
    config = (tmp_path / "data.config.xml").read_text("utf-8")
    labels = interface.LabelInterface(config)
    labels.validate()
    for task in json.loads(path.read_text("utf-8")):
        for annotation in task["annotations"]:
            assert labels.validate_annotation(annotation)
        text = task["data"]["text"]
        units = text if offsets else text.encode("utf-16-le")
        step = 1 if offsets else 2
        for region in task["annotations"][0]["result"]:
            if region["type"] == "labels":
                value = region["value"]
                words: Any = units[value["start"] * step : value["end"] * step]
                words = words if offsets else words.decode("utf-16-le")
                assert words == value["text"]


def test_the_schema_of_refi_qda_takes_the_project(tmp_path: Path) -> None:
    import zipfile

    import lxml.etree as etree

    if not XSD.exists():
        pytest.skip("the schema of REFI-QDA is not here")
    chosen = named("refi-qda")
    path = place(chosen, tmp_path)
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    for entries in (rich(), []):
        on_disk(chosen, entries, path)
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("project.qde"))
        schema.assertValid(root)
