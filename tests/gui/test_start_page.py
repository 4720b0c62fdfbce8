"""Without a project: what can be begun, by button and by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from annotator.gui.window import Window
from annotator.settings import Settings


@pytest.fixture
def window(qapp: QApplication) -> Iterator[Window]:
    made = Window(Settings(keys={"project.open": ("Ctrl+G",)}), "Mara")
    made.show()
    made.show_start()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def test_every_way_to_begin_is_shown_with_the_persons_own_key(window: Window) -> None:
    keys = [one.text() for one in window.findChildren(QLabel) if one.property("key")]
    assert keys == ["Ctrl N", "Ctrl G", "Ctrl ⇧ N"]


def test_a_press_opens_the_sample(
    window: Window, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "annotator.project.sample.default_place", lambda: tmp_path / "sample.annotator"
    )
    next(b for b in window.findChildren(QPushButton) if b.text() == "Open the sample").click()
    for _ in range(5):
        qapp.processEvents()
    assert window.desk is not None
    assert window.desk.bridge.idle(10)
    assert window.windowTitle().startswith("sample")
