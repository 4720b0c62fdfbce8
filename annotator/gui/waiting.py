"""Waiting for what takes long and must be done before anything else: the window stays painted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QGuiApplication

SOON = 0.2
"""Seconds after which the cursor says that it takes a while."""
Result = TypeVar("Result")


def waited(work: Callable[[], Result]) -> Result:
    """Do something on a thread of its own; gives what it gives, raises what it raises.

    Meanwhile the window is painted and takes no keys or clicks.
    """
    done: list[Result] = []
    failed: list[BaseException] = []

    def do() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=do, name="waited for", daemon=True)
    began = time.monotonic()
    thread.start()
    is_told = False
    while thread.is_alive():
        thread.join(0.005)
        if not is_told and time.monotonic() - began > SOON:
            is_told = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        if is_told:
            flags = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
            QCoreApplication.processEvents(flags, 20)
    if is_told:
        QGuiApplication.restoreOverrideCursor()
    if failed:
        raise failed[0]
    return done[0]
