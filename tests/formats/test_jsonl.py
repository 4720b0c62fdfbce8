"""The file itself: which files are ours, how lines are written and read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.errors import FormatError, RuleError
from annotator.formats.base import Reading
from annotator.formats.jsonl import JSONL, SCHEMA
from annotator.formats.records import line
from annotator.formats.registry import for_writing, formats, recognize
from annotator.model.dataset import Entry, EntryOffer
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


FIRST = GOLDEN.read_bytes().split(b"\n")[0]


def lines(path: Path, *said: bytes) -> Path:
    path.write_bytes(b"\n".join(said) + b"\n")
    return path


def changed(**said: Any) -> bytes:
    return compact(json.loads(FIRST) | said)


def compact(record: dict[str, Any]) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode()


def refused(path: Path) -> FormatError:
    with pytest.raises(FormatError) as caught:
        list(JSONL.read(path, Reading()))
    return caught.value


def test_a_file_may_begin_with_a_mark_and_hold_blank_lines(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + FIRST, b"", b" ", FIRST)
    assert [(n, entry.doc_id) for n, entry in JSONL.read(path, Reading())] == [
        (1, "doc-a"),
        (4, "doc-a"),
    ]
    path = lines(tmp_path / "a.jsonl", FIRST, b"\xef\xbb\xbf" + FIRST)
    assert "line 2: this is not JSON" in str(refused(path))


def test_a_key_of_a_later_version_is_ignored_and_named(tmp_path: Path) -> None:
    record = json.loads(FIRST)
    record["spans"][0]["color"] = "red"
    record["spans"][0]["offered"] = {"rule": "r", "span": [[1, 2]], "why": {"a": 1}}
    record["relations"] = [
        {"id": "r", "type": "t", "from": "a1", "to": "a2", "attributes": {"x": {"y": 1}},
         "origin": "manual", "created": "", "updated": "", "by": "", "weight": 1}
    ]  # fmt: skip
    record["blocks"][1]["page"] = 4
    record["annotation_set"]["reason"] = "why"
    record["metadata"]["anything"] = {"goes": [1]}
    plain = json.loads(json.dumps(record))
    del plain["spans"][0]["color"], plain["spans"][0]["offered"]["why"]
    del plain["relations"][0]["weight"], plain["blocks"][1]["page"]
    record |= {"version": "1.7", "mood": {"format": 1}}
    reading = Reading()
    path = lines(tmp_path / "a.jsonl", compact(record))
    ((_, entry),) = JSONL.read(path, reading)
    assert reading.ignored == {
        "mood", "spans.color", "spans.offered.why", "relations.weight", "blocks.page",
    }  # fmt: skip
    path = lines(tmp_path / "b.jsonl", compact(plain))
    ((_, expected),) = JSONL.read(path, Reading())
    assert in_memory(JSONL, [entry]) == in_memory(JSONL, [expected])
    assert isinstance(entry.spans[0].offered, EntryOffer)
    assert (entry.metadata["anything"], entry.relations[0].from_) == ({"goes": [1]}, "a1")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            {"version": "2.0"},
            "version 2.0 is newer than this program reads (1.0)",
        ),
        (
            {"offset_unit": "utf16"},
            "offsets are counted in “utf16”, not in unicode_codepoint",
        ),
        ({"text": 4}, "Expected `str`, got `int` at text"),
        ({"text": 4, "mood": 1}, "Expected `str`, got `int` at text"),
        ({"spans": [{"id": 4}]}, "Expected `str`, got `int` at spans[0].id"),
        ({"format": "other"}, "Invalid value 'other' at format"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_why(
    tmp_path: Path, said: dict[str, Any], why: str
) -> None:
    path = lines(tmp_path / "a.jsonl", FIRST, changed(**said))
    error = refused(path)
    assert str(error) == f"{path}, line 2: {why}."
    assert error.line == 2


def test_what_is_no_json_or_no_object_says_so(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", b"{")
    assert str(refused(path)) == f"{path}, line 1: this is not JSON (Input data was truncated)."
    path = lines(tmp_path / "a.jsonl", FIRST, b"[]")
    assert str(refused(path)) == f"{path}, line 2: Expected `object`, got `array`."


@pytest.mark.parametrize(
    "twice",
    [
        FIRST.replace(b'"text":', b'"text":"x","text":', 1),
        FIRST.replace(b'"tone":"calm"', b'"tone":"calm","tone":"calm"', 1),
    ],
)
def test_a_key_that_stands_twice_is_refused_unless_the_file_was_proved(
    tmp_path: Path, twice: bytes
) -> None:
    path = lines(tmp_path / "a.jsonl", FIRST, twice)
    error = refused(path)
    assert str(error).startswith(f"{path}, line 2: ")
    assert "twice" in str(error)
    assert error.line == 2
    assert len(list(JSONL.read(path, Reading(again=True)))) == 2


def test_a_line_that_another_program_wrote_is_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", changed(), FIRST)
    one, other = (entry for _, entry in JSONL.read(path, Reading()))
    assert in_memory(JSONL, [one]) == in_memory(JSONL, [other])


@pytest.mark.parametrize("version", ["1", "1.9", "1.2.3"])
def test_a_minor_version_is_read_whatever_it_is_called(tmp_path: Path, version: str) -> None:
    path = lines(tmp_path / "a.jsonl", changed(version=version))
    assert len(list(JSONL.read(path, Reading()))) == 1


def test_a_schema_lies_beside_its_file_or_is_the_built_in_one(tmp_path: Path) -> None:
    assert JSONL.schema(tmp_path / "a.jsonl") is None
    (tmp_path / "a.schema.json").write_bytes(b"{")
    with pytest.raises(RuleError) as caught:
        JSONL.schema(tmp_path / "a.jsonl")
    assert str(caught.value).startswith(f"{tmp_path / 'a.schema.json'} is not a schema: ")
    assert set(in_memory(JSONL, [], builtin())) == {""}


def test_a_line_leaves_nothing_in_memory() -> None:
    line({"a": 1})
    before = sys.getallocatedblocks()
    for _ in range(1000):
        line({"a": 1})
    assert sys.getallocatedblocks() - before < 500
