"""The command line as a person (or a script) calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from annotator.__main__ import main

STORY = (
    "Harbor office closes pier\n\n"
    "Harbor officials told the Courier that the old pier was unsafe 🚢. The mayor denied it.\n\n"
    "“The pier is safe,” the mayor said.\n"
)


class Answer(NamedTuple):
    """What came back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """Calls the program inside this process."""

    def __init__(self, capfd: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capfd = capfd
        self.folder = folder
        self.project = str(folder / "p.annotator")

    def __call__(self, *words: object) -> Answer:
        self._capfd.readouterr()
        code = main([str(word) for word in words])
        out, err = self._capfd.readouterr()
        return Answer(code, out, err)

    def ok(self, *words: object) -> Answer:
        answer = self(*words)
        assert answer.code == 0, answer
        return answer

    def add(self, label: str, quote: str, *more: object) -> str:
        document = self.ok("list", self.project, "--json").json[0]["id"]
        made = self.ok("add", self.project, document, label, "--quote", quote, *more, "--json")
        return made.json["id"]


@pytest.fixture
def terminal(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal in a folder with a project of one article, used by Mara."""
    monkeypatch.setenv("ANNOTATOR_NAME", "Mara")
    made = Terminal(capfd, tmp_path)
    (tmp_path / "story.txt").write_text(STORY)
    made.ok("new", made.project)
    made.ok("import", made.project, tmp_path / "story.txt")
    return made
