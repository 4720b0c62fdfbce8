"""Bugs arrive in one place, are kept, and carry no word of an article."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from annotator.gui import crash
from annotator.gui.crash import BugDialog
from tests.gui.conftest import Driver

SECRET = "the minister was seen at the harbor"
pytestmark = pytest.mark.no_qt_log


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """The log of a program in which every bug is caught."""
    monkeypatch.setenv("ANNOTATOR_LOGS", str(tmp_path / "logs"))
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    before = qInstallMessageHandler(lambda *_: None)
    crash.install()
    yield tmp_path / "logs" / "annotator.log"
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    qInstallMessageHandler(before)
    if BugDialog.open_now is not None:
        BugDialog.open_now.close()
    for handler in list(crash.log.handlers):
        crash.log.removeHandler(handler)
        handler.close()


def fail(*_: Any) -> None:
    raise ValueError(SECRET)


def shown() -> str:
    """The report, after a while in which the program runs as it does outside of tests."""
    application = QApplication.instance()
    assert application is not None
    QTimer.singleShot(100, application.exit)
    application.exec()
    assert BugDialog.open_now is not None
    return BugDialog.open_now.text.toPlainText()


@pytest.mark.qt_no_exception_capture
def test_a_slot_that_fails_is_reported_without_words(log: Path, qapp: QApplication) -> None:
    QTimer.singleShot(0, fail)
    said = shown()
    assert "ValueError" in said
    assert "test_crash.py" in said
    kept = log.read_text()
    for words in (said, kept):
        assert SECRET not in words
        assert str(Path.home()) + "/" not in words
    assert "ValueError" in kept
    copy = next(
        b for b in BugDialog.open_now.findChildren(QPushButton) if b.text() == "Copy report"
    )  # pyright: ignore
    copy.click()
    assert QGuiApplication.clipboard().text() == said


@pytest.mark.qt_no_exception_capture
def test_a_thread_that_fails_and_what_python_cannot_raise_arrive_too(log: Path) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in shown()

    class Odd:
        def __del__(self) -> None:
            raise KeyError(SECRET)

    Odd()
    kept = log.read_text()
    assert "KeyError" in kept
    assert SECRET not in kept


@pytest.mark.qt_no_exception_capture
def test_a_paint_that_fails_each_time_opens_one_window(log: Path, qapp: QApplication) -> None:
    class Broken(QWidget):
        def paintEvent(self, _event: object) -> None:
            fail()

    widget = Broken()
    again = QTimer(widget, interval=10)
    again.timeout.connect(widget.update)
    again.start()
    QTimer.singleShot(0, widget.show)
    assert shown().count("ValueError") == 1
    assert sum(isinstance(w, BugDialog) for w in QApplication.topLevelWidgets()) == 1
    widget.close()


@pytest.mark.qt_no_exception_capture
def test_a_verb_that_fails_is_reported_and_the_work_goes_on(app: Driver, log: Path) -> None:
    def broken(_project: object) -> None:
        try:
            raise LookupError(SECRET)
        except LookupError as error:
            raise TypeError(SECRET) from error

    app.desk.bridge.run(broken)
    said = shown()
    assert "TypeError" in said
    assert "caused by" in said
    assert "LookupError" in said
    assert SECRET not in said + log.read_text()
    assert BugDialog.open_now is not None
    BugDialog.open_now.close()
    app.mark("the old pier was unsafe", "c")
    assert app.desk.foot.saved.text() == "Saved ✓"


def test_what_qt_complains_of_is_kept_without_what_it_quotes(log: Path) -> None:
    qWarning(f'cannot draw "{SECRET}" here')
    crash._note_qt(QtMsgType.QtDebugMsg, None, "chatter")  # pyright: ignore
    kept = log.read_text()
    assert "cannot draw “…” here" in kept
    assert SECRET not in kept
    assert "chatter" not in kept


def test_the_log_does_not_grow_for_ever(log: Path) -> None:
    for _ in range(300):
        crash.log.error("x" * 10_000)
    files = list(log.parent.glob("annotator.log*"))
    assert len(files) <= 1 + crash.LOGS_KEPT
    assert sum(one.stat().st_size for one in files) <= (1 + crash.LOGS_KEPT) * crash.LARGEST_LOG


def test_no_place_for_a_log_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("ANNOTATOR_LOGS", str(tmp_path / "a file" / "logs"))
    crash.keep_log()
    crash.log.error("nowhere")
