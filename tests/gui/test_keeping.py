"""The window keeps a project: what is gone is rescued, what is locked is read, what is broken restored."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import settings as settings_file
from annotator.gui.app import Application
from annotator.gui.backups import BackupsDialog
from annotator.gui.window import Window
from annotator.project import keep, marks, open_project
from annotator.settings import Settings
from annotator.text.span import Span
from tests.gui.conftest import Driver

WAIT_WITH_IT_OPEN = """
import sys
from annotator.project import open_project
project = open_project(sys.argv[1], person="Jon", program="the other desk")
print("open", flush=True)
sys.stdin.readline()
project.close()
"""


@pytest.fixture(autouse=True)
def _own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def window(qapp: QApplication) -> Iterator[Window]:
    made = Window(Settings(), "Mara")
    made.show()
    yield made
    made.close()
    made.deleteLater()


def asked(button: str | None = None) -> str:
    """What a box says; it is answered, with this button where one is named."""
    QTest.qWait(10)
    box = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()
    )
    said = box.text()
    if button is None:
        box.close()
    else:
        next(one for one in box.buttons() if one.text() == button).click()
    QTest.qWait(10)
    return said


def test_a_file_that_is_removed_is_rescued_with_what_was_not_stored(
    app: Driver, place: Path
) -> None:
    app.mark("the old pier was unsafe", "c")
    gone = place.with_name("taken away")
    place.rename(gone)
    before = gone.read_bytes()
    app.select("a fisherman")
    app.keys("s")
    QTest.qWait(50)
    said = asked()
    assert f"{place} was removed or renamed while it was open" in said
    assert "is open now" in said
    rescued = Path(app.desk.bridge.where)
    assert rescued.parent == place.parent
    assert "rescued" in rescued.name
    app.settle()
    words = sorted(mark.words for mark in app.desk.bench.bridge.read.annotations(
        app.desk.bridge.read.library()[0].document.id
    ))  # fmt: skip
    assert words == ["a fisherman", "the old pier was unsafe"]
    assert app.desk.foot.saved.text() == "Saved ✓"
    assert app.desk.bridge.read.findings() == ()
    assert gone.read_bytes() == before, "nothing more was written to what was taken away"
    assert not place.exists()


def test_a_file_that_is_replaced_is_left_alone(app: Driver, place: Path) -> None:
    other = place.with_name("other")
    other.write_bytes(b"somebody else's")
    other.replace(place)
    app.desk.bridge.watch()
    assert "replaced by another file" in (app.settle(), asked())[1]
    assert "rescued" in app.desk.bridge.where
    assert place.read_bytes() == b"somebody else's"


def test_a_project_that_is_open_elsewhere_can_be_read_and_keeps_up(
    window: Window, place: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WAIT_WITH_IT_OPEN, str(place)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    window.open_project(str(place))
    assert "the other desk" in asked("Open to read")
    app = Driver(window)
    app.settle()
    assert app.desk.foot.saved.text() == "Read only"
    assert "read only" in window.windowTitle()
    app.select("a fisherman")
    app.keys("s")
    assert "was opened for reading only" in app.said()
    assert app.desk.bridge.unsaved == 0
    child.communicate("\n", timeout=20)
    with open_project(place, person="Jon") as project:
        document = project.read.library()[0].document.id
        made = marks.add(project, document, Span.of([(0, 6)]), "source")
        app.desk.bridge.look_at_others()
        app.settle()
        assert list(app.desk.bench.marks) == [made.id]
        project.undo()
        app.desk.bridge.look_at_others()
        app.settle()
        assert app.desk.bench.marks == {}


def test_what_others_write_is_looked_for_by_itself(window: Window, place: Path) -> None:
    window.open_project(str(place), write=False)
    app = Driver(window)
    app.settle()
    with open_project(place, person="Jon") as project:
        marks.add(project, project.read.library()[0].document.id, Span.of([(0, 6)]), "source")
    for _ in range(40):
        QTest.qWait(100)
        if app.desk.bench.marks:
            break
    assert len(app.desk.bench.marks) == 1


def test_a_damaged_project_is_offered_its_backups(window: Window, place: Path) -> None:
    with open_project(place, person="Mara") as project:
        keep.backup(project, "while working")
    damaged = place.read_bytes()[:-4096]
    place.write_bytes(damaged)
    window.open_project(str(place))
    assert "its end is missing" in asked("Backups…")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BackupsDialog))
    assert "The project cannot be read" in dialog.said.text()
    assert dialog.put_back.isEnabled()
    dialog.put_back.click()
    QTest.qWait(20)
    kept = asked().rsplit("kept in ", 1)[1].rstrip(".")
    assert Path(kept + "." if not Path(kept).exists() else kept).read_bytes() == damaged
    app = Driver(window)
    app.settle()
    assert app.desk.bridge.read.count_documents() == 1


def test_an_older_state_is_compared_and_put_back(app: Driver, place: Path) -> None:
    app.window.show_backups()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BackupsDialog))
    dialog.now.click()
    app.settle()
    dialog.close()
    app.mark("the old pier was unsafe", "c")
    app.window.show_backups()
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, BackupsDialog) and w.isVisible()
    )
    app.settle()
    assert "1 act is not in the backup" in dialog.said.text()
    dialog.put_back.click()
    QTest.qWait(20)
    assert "Restored" in asked()
    app.settle()
    assert app.desk.bench.marks == {}
    assert [one.reason for one in keep.backups(place)] == ["before a restore", "asked for"]


def test_a_shared_folder_is_cautioned_of_once(window: Window, place: Path, tmp_path: Path) -> None:
    shared = tmp_path / "Dropbox" / "harbor.annotator"
    shared.parent.mkdir()
    place.rename(shared)
    window.open_project(str(shared))
    assert "lies in a Dropbox folder" in asked("Go on here")
    Driver(window).settle()
    window.show_start()
    window.open_project(str(shared))
    QTest.qWait(20)
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert not any(box.isVisible() for box in boxes)
    assert settings_file.load().cautioned == (str(shared),)
    Driver(window).settle()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="bits do not bind root")
def test_a_project_that_cannot_be_written_is_offered_to_be_read(
    window: Window, place: Path
) -> None:
    place.chmod(0o444)
    window.open_project(str(place))
    assert "cannot be written" in asked("Open to read")
    assert Driver(window).desk.foot.saved.text() == "Read only"


def test_a_file_that_the_system_asks_to_open_is_passed_on(qapp: Application) -> None:
    asked: list[str] = []
    qapp.asked.connect(asked.append)
    QApplication.sendEvent(qapp, QFileOpenEvent("border.annotator"))
    assert asked == ["border.annotator"]
