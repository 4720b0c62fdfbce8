"""`annotator schema`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Terminal


def test_renaming_is_told_before_and_done_as_one_act(terminal: Terminal) -> None:
    terminal.ok("find", terminal.project, '"the mayor"', "--mark", "source")
    asked = ("schema", terminal.project, "--rename", "label", "source", "voice")
    out = terminal.ok(*asked, "--preview").out
    assert out.startswith("2 marks “source” become “voice”.\n")
    assert "is now" not in out
    assert terminal.ok(*asked).out.endswith("The schema is now attribution 2.\n")
    assert terminal.ok("list", terminal.project, "--json").json[0]["counts"]["voice"] == 2
    assert "Rename source to voice" in terminal.ok("undo", terminal.project).out
    assert terminal.ok("list", terminal.project, "--json").json[0]["counts"]["source"] == 2


def test_merging_retiring_and_bringing_back(terminal: Terminal) -> None:
    terminal.ok("schema", terminal.project, "--merge", "label", "cue", "source")
    terminal.ok("schema", terminal.project, "--retire", "label", "denial")
    answer = terminal("find", terminal.project, "mayor", "--mark", "denial")
    assert (answer.code, "is retired" in answer.err) == (1, True)
    terminal.ok("schema", terminal.project, "--bring-back", "label", "denial")
    terminal.ok("find", terminal.project, "mayor", "--mark", "denial")


def test_a_wrong_file_and_a_taken_key_are_one_sentence(terminal: Terminal, tmp_path: Path) -> None:
    now = json.loads(terminal.ok("schema", terminal.project).out)
    now["labels"][1]["key"] = "C"
    for name, data, said in (
        ("key.json", json.dumps(now), "the key “C” of source is taken by claim"),
        ("wrong.json", "{", "is not a schema"),
    ):
        (tmp_path / name).write_text(data)
        answer = terminal("schema", terminal.project, "--set", str(tmp_path / name))
        assert answer.code == 1
        assert said in answer.err
        assert answer.err.count("\n") == 1
    answer = terminal("schema", terminal.project, "--rename", "label", "clam", "x")
    assert "no label “clam”" in answer.err
