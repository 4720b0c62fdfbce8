"""A window on a project of its own, driven by keys; leaked widgets fail the test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.app import make_application
from annotator.gui.desk import Desk
from annotator.gui.reading import ReadingView
from annotator.gui.window import Window
from annotator.project import articles, keep, open_project
from annotator.settings import Settings

STORY = (
    "Harbor office closes pier\n\n"
    "Harbor officials told the Courier that the old pier was unsafe 🚢. "
    "The mayor’s office denied it.\n\n"
    "“We heard it on the radio,” a fisherman said, and Café Müller stays open.\n"
)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    application = QApplication.instance()
    return application if isinstance(application, QApplication) else make_application()


@pytest.fixture(autouse=True)
def _no_leaks(qapp: QApplication) -> Iterator[None]:
    before = set(QApplication.topLevelWidgets())
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    now = QApplication.topLevelWidgets()
    left = [widget for widget in now if widget.isVisible() and widget not in before]
    names = [type(widget).__name__ for widget in left]
    for widget in left:
        widget.close()
    assert not names, f"left open: {names}"


class Driver:
    """Uses the window as a person does: keys, and looking."""

    def __init__(self, window: Window) -> None:
        self.window = window

    @property
    def desk(self) -> Desk:
        assert isinstance(self.window.desk, Desk)
        return self.window.desk

    @property
    def view(self) -> ReadingView:
        return self.desk.view

    def keys(self, *keys: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press keys in the text, each with what it sets off."""
        self.view.setFocus()
        for key in keys:
            held = modifiers or Qt.KeyboardModifier.NoModifier
            if isinstance(key, str):
                QTest.keyClicks(self.view, key, held)
            else:
                QTest.keyClick(self.view, key, held)
            self.settle()

    def control(self, key: Qt.Key, *, shift: bool = False) -> None:
        """Press a key with Ctrl, anywhere in the window."""
        held = Qt.KeyboardModifier.ControlModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self.view, key, held)
        self.settle()

    def settle(self) -> None:
        """Let everything that waits be done and drawn."""
        for _ in range(3):  # what was done is read, and what was read is drawn
            QApplication.processEvents()
            assert self.desk.bridge.idle(10)
        QTest.qWait(5)

    def select(self, words: str, nth: int = 1) -> None:
        """Select words of the text."""
        at = -1
        for _ in range(nth):
            at = self.desk.bench.text.index(words, at + 1)
        self.view.set_selection(at, at + len(words))

    def mark(self, words: str, key: str) -> str:
        """Select words and press a label's key; the id of the new mark."""
        self.select(words)
        self.keys(key)
        held = self.desk.bench.held
        assert held is not None
        assert held.words == words
        return held.id

    def said(self) -> str:
        """The last answer."""
        return self.desk.foot.said.text()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project with one article."""
    where = tmp_path / "harbor.annotator"
    keep.create(where)
    with open_project(where, person="Mara", durable=False) as project:
        articles.import_bytes(project, STORY.encode(), "story.txt")
    return where


@pytest.fixture
def app(qapp: QApplication, place: Path) -> Iterator[Driver]:
    """The window, open on that project."""
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(place))
    driver = Driver(window)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()
