"""Datasets from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def finished(terminal: Terminal) -> Terminal:
    """A project with one article that is complete and one that is new."""
    claim = terminal.add("claim", "the old pier was unsafe")
    terminal.ok("link", terminal.project, "attributed_to", claim, terminal.add("source", "Harbor officials"))  # fmt: skip
    document = terminal.ok("list", terminal.project, "--json").json[0]["id"]
    terminal.ok("status", terminal.project, document, "complete")
    (terminal.folder / "other.txt").write_text("Mills\n\nThe mill burned, she said.\n")
    terminal.ok("import", terminal.project, terminal.folder / "other.txt")
    return terminal


def test_a_folder_is_exported_split_and_verified(finished: Terminal) -> None:
    out = finished.folder / "out"
    said = finished.ok("export", finished.project, out, "--split", "0/0/100", "--group", "outlet,story")  # fmt: skip
    assert "1 article (train 0, dev 0, test 1)" in said.out
    assert "Articles left out: 1 new." in said.out
    assert (out / "data" / "jsonl" / "test.jsonl").is_file()
    assert "every hash, quote, link and split holds" in finished.ok("verify", out).out
    (out / "README.md").write_text("mine now")
    wrong = finished("verify", out)
    assert wrong.code == 1
    assert "README.md: it has 8 bytes" in wrong.out


def test_the_report_is_one_json_document(finished: Terminal) -> None:
    out = finished.folder / "out"
    report = finished.ok("export", finished.project, out, "--only", "all", "--json").json
    assert (report["documents"], report["splits"], report["moves"]) == (2, {}, [])
    (part,) = report["parts"]
    assert part["counts"][""]["marks"] == {"claim": 1, "source": 1}
    assert part["left_out"] == {}


def test_a_recipe_is_kept_and_used_again(finished: Terminal) -> None:
    first, second = finished.folder / "one", finished.folder / "two"
    finished.ok("export", finished.project, first, "--split", "60/40", "--title", "Piers", "--keep-as", "Mine")  # fmt: skip
    finished.ok("export", finished.project, second, "--preset", "Mine")
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--split", "80"), "they look like 80/10/10"),
        (("--split", "0/0"), "add up to nothing"),
        (("--cut", "May"), "“May” is not a date"),
        (("--cut", "2024-06-01,2024-05-01"), "the earlier one first"),
        (("--cut", "2024-06-01", "--stratified"), "cannot be stratified"),
        (("--group", "outlet"), "say --split or --cut too"),
        (("--split", "80/20", "--group", "town"), "“town” joins no articles"),
        (("--only", "done"), "“done” selects nothing"),
        (("--only", "annotator=Nobody"), "no article that would go out"),
        (("--format", "word"), "There is no format “word”"),
        (("--preset", "X"), "There is no preset “X”"),
        (("--split", "80/20", "--before", "nowhere"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence_and_nothing_is_written(
    finished: Terminal, words: tuple[str, ...], why: str
) -> None:
    before = {path.name for path in finished.folder.iterdir()}
    answer = finished("export", finished.project, finished.folder / "out", *words)
    assert answer.code == 1
    assert why in answer.err
    assert len(answer.err.splitlines()) == 1
    assert {path.name for path in finished.folder.iterdir()} == before


def test_a_folder_with_a_file_s_name_is_refused(finished: Terminal) -> None:
    answer = finished("export", finished.project, finished.folder / "out.jsonl", "--split", "80/20")
    assert answer.code == 1
    assert "a split and several formats need a folder" in answer.err
    assert not (finished.folder / "out.jsonl").exists()


def test_a_damaged_manifest_is_told_in_one_sentence(finished: Terminal) -> None:
    out = finished.folder / "out"
    finished.ok("export", finished.project, out)
    manifest = json.loads((out / "manifest.json").read_bytes())
    for body in ("{", json.dumps({**manifest, "version": "2.0"}), ""):
        Path(out / "manifest.json").write_text(body)
        answer = finished("verify", out)
        assert (answer.code, len(answer.err.splitlines())) == (1, 1)
        assert "manifest.json" in answer.err


def test_texts_stay_behind_and_are_put_in_again(finished: Terminal) -> None:
    bare = finished.folder / "bare"
    finished.ok("export", finished.project, bare, "--no-text")
    assert b"the old pier" not in b"".join(p.read_bytes() for p in bare.rglob("*") if p.is_file())
    missing = finished("rehydrate", bare, finished.folder / "other.txt")
    assert missing.code == 1
    assert "1 text of 2 not found; nothing was written" in missing.err
    part = finished("rehydrate", bare, finished.folder / "other.txt", "--partial", "--out", finished.folder / "part")  # fmt: skip
    assert part.code == 3
    assert "Harbor office closes pier” is missing" in part.out
    finished.ok("rehydrate", bare, finished.folder / "story.txt", finished.folder / "other.txt")
    assert "every hash" in finished.ok("verify", finished.folder / "bare-with-texts").out
