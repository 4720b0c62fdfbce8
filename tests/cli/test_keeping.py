"""backup, restore and doctor, as a person at a terminal uses them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture(autouse=True)
def _own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def place(terminal: Terminal) -> str:
    return terminal.project


def test_a_backup_is_made_listed_and_restored(terminal: Terminal, place: str) -> None:
    assert "There is no backup yet." in terminal("backup", place, "--list").out
    assert "Backed up to" in terminal("backup", place).out
    assert "asked for" in terminal("backup", place, "--list").out
    assert terminal("status", place, "Harbor office closes pier", "complete").code == 0
    preview = terminal("restore", place)
    assert "1 act is not in the backup" in preview.out
    assert "Nothing was done; --yes restores it." in preview.out
    assert "complete" in terminal("list", place, "--json").out
    assert "is kept in" in terminal("restore", place, "--yes").out
    assert "complete" not in terminal("list", place, "--json").out
    there = json.loads(terminal("backup", place, "--list", "--json").out)
    assert [one["reason"] for one in there] == ["before a restore", "asked for"]


def test_the_doctor_mends_what_can_be_derived_and_says_what_cannot(
    terminal: Terminal, place: str
) -> None:
    assert terminal("doctor", place).out == "All is well.\n"
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE document SET title = 'x'")
        connection.execute("UPDATE block SET kind = 'x' WHERE ord = 1")
    found = terminal("doctor", place)
    assert (found.code, found.out.splitlines()[-1]) == (1, "2 things are wrong.")
    mended = terminal("doctor", place, "--repair")
    assert mended.code == 1
    assert "Mended: What document" in mended.out
    assert "1 thing is wrong." in mended.out
    assert "`restore` brings back a backup" in mended.out
    assert "before a repair" in terminal("backup", place, "--list").out


def test_what_has_no_backups_says_so_in_one_line(terminal: Terminal, place: str) -> None:
    for words in (("restore", place), ("backup", "postgresql+psycopg://x@/y?host=/nowhere")):
        answer = terminal(*words)
        assert answer.code == 1
        assert answer.err.count("\n") == 1
