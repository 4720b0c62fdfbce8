"""No word of the window is missed where another language is spoken."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.language.pseudo import LANGUAGE, ROOT, write_catalog

KEYS = frozenset(
    ["Ctrl", "Alt", "Shift", "Meta", "Enter", "Return", "Esc", "Tab", "Del", "Backspace", "Space", "PgUp", "PgDown", "Up", "Down", "Left", "Right"]
)  # fmt: skip
OURS = {"Annotator", "JSON", "train", "test"}
"""Names that are the same in every language."""
QTS = {"OK", "Cancel", "Scroll Left", "Scroll Right", "Press shortcut"}
"""Qt says these itself; it has translations of its own."""
NAMED = re.compile(
    r"<[^>]*>|\w+://\S+|\S*[./]\S*[A-Za-z]\S*|[0-9a-f]{8}-\S*|#[0-9a-f]{6}|порт-dataset\S*"
)
"""Markup, files, addresses, ids and colors."""
FILES = ("Record", "QListWidget in HelpDialog", "Written in HelpDialog")
"""The beginning of a dataset, and the pages of help, of which each language has its own."""
CAPITALIZED = ("said", "MarkPage", "Foot")
"""Where the name of a label stands with a capital letter."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a tour of the window in the pseudo language tells."""
    folder = tmp_path_factory.mktemp("language")
    write_catalog(folder / "locale")
    done = subprocess.run(
        [sys.executable, "-m", "tests.language.tour", str(folder)],
        env={
            **os.environ,
            "ANNOTATOR_LOCALE": str(folder / "locale"),
            "LANGUAGE": LANGUAGE,
            "PYTHONUTF8": "1",
        },
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def shown(told: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Every text that the window shows, with where; and what is data."""
    return told["seen"], told["data"]


def missed(words: str, where: str, data: list[str]) -> list[str]:
    """The English words in a text that are neither data nor keys."""
    if words in QTS or where.startswith(FILES):
        return []
    for known in data:
        words = words.replace(known, " ")
    words = NAMED.sub(" ", words)
    names = {one for one in data if one.isalpha()}
    if any(place in where for place in CAPITALIZED):
        names |= {form for one in names for form in (one.capitalize(), one.upper())}
    return [word for word in re.findall(r"[A-Za-z]{2,}", words) if word not in KEYS | OURS | names]


def test_every_text_of_the_window_can_be_translated(
    shown: tuple[dict[str, str], list[str]],
) -> None:
    seen, data = shown
    ranked = sorted(data, key=len, reverse=True)
    found = {words: where for words, where in seen.items() if missed(words, where, ranked)}
    assert found == {}


def test_no_words_are_cut(told: dict[str, Any]) -> None:
    if not told["has_fonts"]:
        pytest.skip("without any font nothing has the size that a person would see")
    assert told["cut"] == {}


def test_the_tour_goes_everywhere(shown: tuple[dict[str, str], list[str]]) -> None:
    places = {where.rpartition(" ")[2] for where in shown[0].values()}
    dialogs = {
        "BackupsDialog", "BesideDialog", "BugDialog", "CheatSheet", "ColumnsDialog", "CompareDialog", "ExportDialog",
        "FittingDialog", "HelpDialog", "ImportDialog", "Palette", "Preferences", "QMessageBox",
        "ReportDialog", "SchemaEditor", "StatisticsDialog", "Window", "Words",
    }  # fmt: skip
    assert dialogs <= places
