"""One contract over all formats; ANNOTATOR_TABLE=1 with -s prints what each holds."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.errors import FormatError
from annotator.formats.base import HOLDABLE, Format
from annotator.formats.out import InMemory, Nowhere, OnDisk
from annotator.formats.registry import for_writing, formats, named, recognize, suffix_of
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.schema import builtin
from annotator.progress import Cancelled
from annotator.text.canonical import text_hash
from tests.formats.contract import NEEDS, place, proved, require_kept, round_trip
from tests.formats.rich import entry, rich
from tests.support.entries import datasets, raw
from tests.support.formats import on_disk, read, writing

SCHEMA = builtin()
LONG = "ANNOTATOR_SUITE" in os.environ


def available(*, reads: bool = False) -> list[Format]:
    return [one for one in proved() if one.writes and (one.reads or not reads)]


def ids(chosen: Format) -> str:
    return chosen.name


def require_library(chosen: Format) -> None:
    library = NEEDS.get(chosen.name)
    if library is not None and find_spec(library) is None:
        pytest.skip(f"{library} is not here")


@pytest.mark.parametrize("chosen", available(reads=True), ids=ids)
def test_what_is_not_declared_as_lost_comes_back(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)
    entries = rich()
    back, losses = round_trip(chosen, entries, tmp_path)
    require_kept(chosen, entries, back, losses)
    for one in back:
        assert text_hash(one.text) == one.text_sha256
        for span in one.spans:
            assert span.text == " … ".join(one.text[a:b] for a, b in span.segments)
    assert recognize(place(chosen, tmp_path)) is chosen


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_what_a_format_cannot_hold_is_counted_with_ids(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)
    losses = on_disk(chosen, rich(), place(chosen, tmp_path))
    gone = losses.ids("whole")
    if "attributes" not in chosen.holds:
        assert losses.ids("attributes") >= {"s1", "c1", "d1"} - gone
    if "notes" not in chosen.holds:
        assert "c3" in losses.ids("note") | gone
    if "cross" not in chosen.holds:
        assert "r4" in gone
    if "relations" not in chosen.holds:
        assert {"r1", "r2", "r3"} <= gone
    if "discontinuous" not in chosen.holds:
        assert "c3" in losses.ids("span") | gone
    if chosen.holds >= HOLDABLE.keys():
        assert losses.found() == ()


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_nothing_is_a_dataset_too(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)
    path = place(chosen, tmp_path)
    assert on_disk(chosen, [], path).found() == ()
    assert path.exists()
    if chosen.reads:
        assert read(chosen, path) == []


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_the_same_dataset_is_the_same_bytes(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)
    if chosen.name == "project":
        pytest.skip("a project says when it was made")
    found: list[dict[str, bytes]] = []
    for n in (1, 2):
        folder = tmp_path / str(n)
        folder.mkdir()
        on_disk(chosen, rich(), place(chosen, folder))
        found.append({
            str(file.relative_to(folder)): file.read_bytes()
            for file in sorted(folder.rglob("*")) if file.is_file()
        })  # fmt: skip
    assert found[0] == found[1]


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_a_stopped_export_leaves_no_trace(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)

    def until_stopped() -> Iterator[Entry]:
        yield from rich()
        raise Cancelled

    with pytest.raises(Cancelled):
        on_disk(chosen, until_stopped(), place(chosen, tmp_path))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chosen", available(reads=True), ids=ids)
def test_ten_thousand_marks_come_back(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)
    words = [f"word{n}" for n in range(10_000)]
    text = " ".join(words)
    spans: list[EntrySpan] = []
    at = 0
    for n, word in enumerate(words):
        spans.append(EntrySpan(
            f"m{n:05}", "claim" if n % 2 else "source", at, at + len(word), ((at, at + len(word)),),
            word, raw({}), "", "manual", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z", "Mara",
        ))  # fmt: skip
        at += len(word) + 1
    entries = [entry(*spans, text=text)]
    back, losses = round_trip(chosen, entries, tmp_path)
    require_kept(chosen, entries, back, losses)
    assert sum(len(one.spans) for one in back) == 10_000


@pytest.mark.parametrize("chosen", available(reads=True), ids=ids)
def test_whatever_hypothesis_makes_up_comes_back_or_is_declared(
    chosen: Format, tmp_path_factory: pytest.TempPathFactory
) -> None:
    require_library(chosen)
    if chosen.name in ("jsonl", "project"):
        pytest.skip("proved byte for byte where projects are")

    @settings(
        max_examples=200 if LONG else 25, deadline=None, print_blob=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(entries=datasets(SCHEMA))
    def play(entries: list[Entry]) -> None:
        back, losses = round_trip(chosen, entries, tmp_path_factory.mktemp("it"))
        require_kept(chosen, entries, back, losses)

    play()


class Full(io.RawIOBase):
    """A file on a disk that is full."""

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_a_full_disk_is_one_sentence_and_leaves_no_trace(
    chosen: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_library(chosen)
    path = place(chosen, tmp_path)

    def write() -> None:
        with OnDisk(path, suffix_of(path, chosen)) as out:
            monkeypatch.setattr(out, "file" if chosen.suffixes else "inside", lambda *_: Full())
            chosen.write(rich(), out, writing())

    with pytest.raises(FormatError, match=r"No space left on device.; nothing was written"):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_a_place_that_cannot_be_written_is_one_sentence_and_stays_as_it_is(
    chosen: Format, tmp_path: Path
) -> None:
    require_library(chosen)
    taken = place(chosen, tmp_path)
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    for path in (taken, tmp_path / "nowhere" / taken.name):
        with pytest.raises(FormatError, match="nothing was written"):
            on_disk(chosen, rich(), path)
    assert sorted(tmp_path.rglob("*")) == [taken, taken / "mine.txt"]


@pytest.mark.parametrize("chosen", available(), ids=ids)
def test_a_preview_and_a_forecast_say_what_the_file_says(chosen: Format, tmp_path: Path) -> None:
    require_library(chosen)
    suffix = next(iter(chosen.suffixes), "")
    for out in (InMemory(suffix), Nowhere()):
        asked = writing()
        chosen.write(rich(), out, asked)
        path = tmp_path / f"{type(out).__name__}{suffix}"
        assert asked.losses.found() == on_disk(chosen, rich(), path).found()


def test_a_name_asks_for_the_format_with_the_longest_ending() -> None:
    for name, due in (
        ("a.jsonl", "jsonl"), ("a.chat.jsonl", "chat"), ("a.hf.parquet", "hf"),
        ("a.parquet", "parquet"), ("a.sentences.CSV", "sentences"), ("a.tsv", "csv"),
    ):  # fmt: skip
        assert for_writing(Path(name)) is named(due), name


def test_the_table_of_what_each_format_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """Printed when asked; each format says only what a dataset can hold."""
    names = list(HOLDABLE)
    rows = [[""] + names]
    for one in formats():
        assert one.holds <= HOLDABLE.keys()
        assert one.reads or one.writes
        rows.append([one.name, *("yes" if name in one.holds else "-" for name in names)])
    if os.environ.get("ANNOTATOR_TABLE"):
        with capsys.disabled():
            print()
            for row in rows:
                print(
                    "  ".join(
                        cell.ljust(14 if n == 0 else len(names[n - 1]))
                        for n, cell in enumerate(row)
                    )
                )
