"""The desktop is told of the program and its projects, and forgets them again."""

from __future__ import annotations

import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Terminal

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux desktops")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the desktop looks."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_entry_starts_this_program_with_a_project(terminal: Terminal, home: Path) -> None:
    terminal.ok("desktop")
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(home / "applications/annotator.desktop")
    told = entry["Desktop Entry"]
    command = shlex.split(told["Exec"])
    assert command.pop() == "%f"
    answer = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("annotator")
    kinds = ElementTree.parse(home / "mime/packages/annotator.xml").getroot()
    (kind,) = kinds
    assert kind.attrib["type"] + ";" == told["MimeType"]
    assert [one.attrib["pattern"] for one in kind if one.tag.endswith("glob")] == ["*.annotator"]
    assert (home / f"icons/hicolor/scalable/apps/{told['Icon']}.svg").exists()


def test_it_is_taken_back(terminal: Terminal, home: Path) -> None:
    terminal.ok("desktop")
    terminal.ok("desktop", "--remove")
    left = [one for one in home.rglob("annotator*") if one.is_file()]
    assert left == []
    terminal.ok("desktop", "--remove")


def test_a_place_that_cannot_be_written_is_named(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    answer = terminal("desktop")
    assert answer.code == 1
    assert "cannot be written: Not a directory" in answer.err
