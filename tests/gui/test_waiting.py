"""What takes long before anything else can be done leaves the window painted."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.errors import ProjectError
from annotator.gui.waiting import waited


def test_the_window_lives_while_one_waits(qapp: QApplication) -> None:
    ticks: list[float] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    seen: list[bool] = []

    def work() -> str:
        time.sleep(0.5)
        seen.append(QGuiApplication.overrideCursor() is not None)
        return "done"

    assert waited(work) == "done"
    assert len(ticks) > 5
    assert seen == [True]
    assert QGuiApplication.overrideCursor() is None


def test_what_it_raises_is_raised_here(qapp: QApplication) -> None:
    def fail() -> None:
        raise ProjectError("no")

    with pytest.raises(ProjectError, match="no"):
        waited(fail)
    assert QGuiApplication.overrideCursor() is None
