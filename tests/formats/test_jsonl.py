"""The file itself: which files are ours, how lines are written and read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from annotator.errors import FormatError
from annotator.formats.base import Reading
from annotator.formats.jsonl import JSONL, SCHEMA
from annotator.formats.registry import for_writing, formats, recognize
from annotator.model.dataset import Entry
from annotator.model.schema import builtin
from tests.support.entries import datasets
from tests.support.formats import in_memory

GOLDEN = Path(__file__).parent.parent / "golden" / "jsonl" / "two-articles.jsonl"
LINE = b'{"format":"annotator-jsonl","version":"1.0"'


@pytest.mark.parametrize(
    ("name", "content", "ours"),
    [
        ("a.jsonl", LINE, True),
        ("a.txt", LINE, True),
        ("a.txt", b"\xef\xbb\xbf" + LINE, True),
        ("a.txt", b'\n { "format" : "annotator-jsonl"', True),
        ("a.jsonl", b'{"version":"1.0","format":"annotator-jsonl"}', True),
        ("a.jsonl", b"", True),
        ("a.txt", b"", False),
        ("a.jsonl", b'{"text":"x"}', False),
        ("a.txt", b'{"version":"1.0","format":"annotator-jsonl"}', False),
        ("a.txt", b"The format is annotator-jsonl.", False),
    ],
)
def test_a_file_is_known_by_its_beginning(
    tmp_path: Path, name: str, content: bytes, ours: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert (recognize(path) is JSONL) == ours


def test_what_is_not_there_is_of_no_format(tmp_path: Path) -> None:
    assert recognize(tmp_path / "nothing.jsonl") is None
    assert recognize(tmp_path) is None


def test_a_name_asks_for_its_format() -> None:
    assert for_writing(Path("a.b.jsonl")) is JSONL
    assert for_writing(Path("a.docx")) is None
    assert JSONL in formats()


def test_the_golden_file_is_read_and_written_as_it_is() -> None:
    entries = list(JSONL.read(GOLDEN, Reading()))
    assert [line for line, _ in entries] == [1, 2, 3, 4]
    schema = JSONL.schema(GOLDEN)
    out = in_memory(JSONL, [entry for _, entry in entries], schema)
    assert out[""] == GOLDEN.read_bytes()
    assert out[SCHEMA] == GOLDEN.with_name("two-articles.schema.json").read_bytes()


@given(entries=datasets(builtin()))
def test_lines_end_nowhere_but_at_their_end_for_any_program(entries: list[Entry]) -> None:
    written = in_memory(JSONL, entries)[""]
    assert written.decode().splitlines() == written.decode().split("\n")[:-1]
    assert [json.loads(line)["doc_id"] for line in written.splitlines()] == [
        entry.doc_id for entry in entries
    ]


def test_a_line_is_read_before_the_next_one_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOLDEN.read_bytes().split(b"\n")[0] + b"\n{broken")
    reading = JSONL.read(path, Reading())
    assert next(reading)[1].doc_id == "doc-a"
    with pytest.raises(FormatError, match="line 2") as caught:
        next(reading)
    assert caught.value.line == 2
