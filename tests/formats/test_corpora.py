"""Real exports of other programs, where the corpora are: every mark on its quote, nothing lost unsaid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.formats.base import Reading
from annotator.formats.registry import recognize
from annotator.model.dataset import Entry
from tests.support.formats import on_disk, read

CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", "../shared/corpora"))
EXPORTS = CORPORA / "annotation-exports"
POLNEAR = CORPORA / "polnear" / "data"

pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the corpora are not here")

REAL = {
    "prodigy-relations.jsonl": ("prodigy", 149, 466, 267),
    "doccano/export-sequence_labeling.jsonl": ("doccano", 3, 4, 0),
    "doccano/export-relation_extraction.jsonl": ("doccano", 1, 4, 3),
    "doccano/import-relation_extraction-example.jsonl": ("doccano", 1, 4, 3),
    "doccano/import-sequence_labeling-example_overlapping.jsonl": ("doccano", 1, 2, 0),
    "doccano/import-sequence_labeling-example.conll": ("conll", 1, 2, 0),
    "doccano/import-sequence_labeling-labeling.trailing.conll": ("conll", 1, 2, 0),
    "uima/emoji-debug.xmi": ("uima-xmi", 1, 9, 0),
    "uima/small_cas.xmi": ("uima-xmi", 1, 13, 0),
    "refi-qda/demo.qdpx": ("refi-qda", 2, 205, 0),
    "refi-qda/nvivo_project.qdpx": ("refi-qda", 2, 0, 0),
}


def sound(entries: list[Entry]) -> tuple[int, int, int]:
    for entry in entries:
        for span in entry.spans:
            assert span.text == " … ".join(entry.text[a:b] for a, b in span.segments)
    return (
        len(entries), sum(len(e.spans) for e in entries), sum(len(e.relations) for e in entries),
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(REAL))
def test_a_real_export_is_read_whole(name: str) -> None:
    path = EXPORTS / name
    chosen = recognize(path)
    assert chosen is not None
    look = Reading()
    assert (chosen.name, *sound(read(chosen, path, look))) == REAL[name]
    assert look.losses.found() == ()


def test_emoji_of_a_uima_file_are_counted_as_java_counts_them() -> None:
    path = EXPORTS / "uima" / "emoji-debug.xmi"
    (entry,) = read(recognize(path), path)  # type: ignore[arg-type]
    assert [span.text for span in entry.spans] == entry.text.split()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("doccano/import-sequence_labeling-example.jsonl", "record 3: the text is missing"),
        ("doccano/import-sequence_labeling-labeling.invalid.conll", "line 1: “SOCCERO"),
    ],
)
def test_a_broken_export_is_refused_by_its_record(name: str, said: str) -> None:
    path = EXPORTS / name
    with pytest.raises(FormatError, match=said):
        read(recognize(path), path)  # type: ignore[arg-type]


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="PolNeAR is not here")
def test_polnear_comes_in_and_goes_out_with_every_mark_and_event(tmp_path: Path) -> None:
    part = POLNEAR / "dev"
    chosen = recognize(part)
    assert chosen is not None
    assert chosen.name == "brat"
    entries = read(chosen, part)
    assert sound(entries)[:2] == (94, 9095)
    losses = on_disk(chosen, entries, tmp_path / "out")
    assert {loss.kind for loss in losses.found()} <= {"lines", "edges"}
    back = read(chosen, tmp_path / "out")
    assert sound(back) == sound(entries)
    events = sum(
        line.startswith("E") for file in (tmp_path / "out").rglob("*.ann")
        for line in file.read_text("utf-8").splitlines()
    )  # fmt: skip
    assert events == 2320


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="PolNeAR is not here")
def test_line_breaks_in_the_words_of_polnear_are_warned_about() -> None:
    part = POLNEAR / "train" / "attributions"
    look = Reading()
    for name in (
        "nyt_2016-04-18_for-news-outlets",
        "usa-today_2016-08-09_khans",
        "wash-post_2016-06-27_byline",
    ):
        (file,) = list(part.glob(f"{name}*_4e07.ann"))
        sound(read(recognize(file), file, look))  # type: ignore[arg-type]
    assert len(look.notes) == 3
