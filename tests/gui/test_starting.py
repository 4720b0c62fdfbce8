"""The program as it starts, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

START = """
import gc, sys
from PySide6.QtCore import QTimer
from annotator.gui import app

class Window(app.Window):
    def __init__(self, *given):
        super().__init__(*given)
        self.begun.connect(lambda: QTimer.singleShot(0, self, self.tell))

    def tell(self):
        print(self.windowTitle(), "desk" if self.desk else "page", gc.get_freeze_count() > 10_000)
        self.close()

app.Window = Window
sys.exit(app.run(sys.argv[1] if len(sys.argv) > 1 else None, person="Mara"))
"""


@pytest.mark.parametrize("with_project", [True, False])
def test_what_was_loaded_at_the_start_is_never_looked_through_again(
    with_project: bool, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_LOGS", str(tmp_path / "logs"))
    given = [str(place)] if with_project else []
    done = subprocess.run(
        [sys.executable, "-c", START, *given], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    title, what, frozen = done.stdout.rsplit(maxsplit=2)
    assert (what, frozen) == (("desk", "True") if with_project else ("page", "True"))
    assert title.startswith("harbor" if with_project else "Annotator")
    assert (tmp_path / "logs" / "fatal.log").exists()
