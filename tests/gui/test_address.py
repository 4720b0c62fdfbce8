"""An article's address is opened outside only when the person says so, having seen whom it reaches."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from annotator.project import articles
from tests.gui.conftest import Driver


class Browser(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def asked(app: Driver, address: str) -> QMessageBox:
    """The box that asks, once the article has that address."""
    document = app.desk.bench.document
    assert document is not None
    app.desk.bridge.run(articles.describe, document.id, {"url": address})
    app.settle()
    QTest.keyClick(
        app.view,
        Qt.Key.Key_W,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    )
    (box,) = app.window.findChildren(QMessageBox)
    return box


def press(box: QMessageBox, words: str) -> None:
    (button,) = [one for one in box.findChildren(QPushButton) if one.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_page_is_opened_after_its_host_was_shown(app: Driver) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    try:
        box = asked(app, "https://bank.example@evil.example/story")
        assert "reaches evil.example:" in box.text()
        assert box.textFormat() == Qt.TextFormat.PlainText
        assert browser.opened == []
        press(box, "Open it")
        assert browser.opened == ["https://bank.example@evil.example/story"]
    finally:
        QDesktopServices.unsetUrlHandler("https")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)"])
def test_what_is_no_page_is_only_copied(app: Driver, address: str) -> None:
    box = asked(app, address)
    assert "is not opened" in box.text()
    assert "Open it" not in [one.text() for one in box.findChildren(QPushButton)]
    press(box, "Copy the address")
    assert QGuiApplication.clipboard().text() == address
