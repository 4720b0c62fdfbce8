"""What a person sees, hears and is told by hovering: every text of every widget that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QTextEdit,
    QTreeView,
    QWidget,
)

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
ROWS = 40
"""Rows of a list that are read."""
Say = Callable[[str, str], None]


class Looking:
    """Collects texts with where they stood."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.cut: dict[str, str] = {}
        """Words that have less room than they need."""
        self.is_quiet = False

    def say(self, where: str, words: str) -> None:
        """One text."""
        if words.strip() and not self.is_quiet:
            self.seen.setdefault(words, where)

    def everywhere(self) -> None:
        """All windows that are shown now."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self.at(window)

    def at(self, widget: QWidget) -> None:
        """A widget, and all that is shown in it, when it is laid out."""
        for _ in range(2):  # a line that breaks asks for its height when it knows its width
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for one in (widget, *widget.findChildren(QWidget)):
            if one.isVisibleTo(widget):
                self._one(one)

    def _one(self, widget: QWidget) -> None:
        where = f"{type(widget).__name__} in {type(widget.window()).__name__}"
        for words in _texts(widget):
            self.say(where, words)
        if (lacks := _lacks(widget)) and widget.isVisible():
            self.cut.setdefault(f"{where}: {widget.text()}", lacks)
        heard = QAccessible.queryAccessibleInterface(widget)
        for at in (heard, *(heard.child(n) for n in range(min(heard.childCount(), ROWS)))):
            if at is not None and at.isValid():
                for kind in (QAccessible.Text.Name, QAccessible.Text.Description):
                    self.say(f"heard at {where}", at.text(kind))

    def listen(self) -> None:
        """From now on also what our own code paints, and what file dialogs would ask."""
        painted = QPainter.drawText

        def draw(painter: QPainter, *given: Any) -> Any:
            for words in given:
                if isinstance(words, str):
                    self.say("painted", words)
            return painted(painter, *given)

        QPainter.drawText = draw
        for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
            setattr(
                QFileDialog, name, staticmethod(self._asked_file([] if name[-1] == "s" else ""))
            )
        QFileDialog.getExistingDirectory = staticmethod(
            lambda _parent, title, *_: self.say("file dialog", title) or ""
        )

    def _asked_file(self, nothing: object) -> Callable[..., tuple[object, str]]:
        def ask(_parent: QWidget, title: str, _place: str, kinds: str = "", **_: object) -> Any:
            self.say("file dialog", title)
            self.say("file dialog", kinds)
            return nothing, ""

        return ask


def _lacks(widget: QWidget) -> str:
    """How much room the words of a label or button lack, in pixels; empty where there is enough."""
    if not isinstance(widget, QLabel | QAbstractButton) or not widget.text().strip():
        return ""
    if "…" in widget.text() and widget.toolTip():
        return ""  # cut by ourselves, and whole in the tip
    wide, high = widget.sizeHint().toTuple()
    if isinstance(widget, QLabel) and widget.wordWrap():
        wide, high = 0, widget.heightForWidth(widget.width())
    if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
        wide = 0  # it says less where there is less room
    short = wide - widget.width(), high - widget.height()
    # Widths of letters are rounded.
    return f"{short[0]} × {short[1]}" if max(short) > 1 else ""


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if widget.isWindow():
        yield widget.windowTitle()
    match widget:
        case QMessageBox():
            yield from (widget.text(), widget.informativeText(), widget.detailedText())
        case QMenuBar() | QMenu():
            yield from _of_actions(widget)
        case QLabel() | QCheckBox():
            yield widget.text()
        case QPushButton():
            yield widget.text()
            if widget.menu() is not None:
                widget.menu().aboutToShow.emit()
                yield from _of_actions(widget.menu())
        case QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText())
        case QTextEdit() | QPlainTextEdit():
            yield from (widget.toPlainText(), widget.placeholderText())
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QTabBar():
            for at in range(widget.count()):
                yield from (widget.tabText(at), widget.tabToolTip(at))
                yield widget.accessibleTabName(at)
        case QAbstractItemView():
            yield from _of_model(widget)
        case _:
            pass


def _of_actions(menu: QMenu | QMenuBar) -> Iterator[str]:
    for action in menu.actions():
        yield from _of_action(action)


def _of_action(action: QAction) -> Iterator[str]:
    yield action.text()
    if action.toolTip() != action.text():
        yield action.toolTip()
    yield action.statusTip()
    below: QObject | None = action.menu()
    if isinstance(below, QMenu):
        below.aboutToShow.emit()
        yield from _of_actions(below)


def _of_model(view: QAbstractItemView, above: QModelIndex | None = None) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    parent = above or QModelIndex()
    # Lists and tables have no columns or children below; Qt hides the questions after them.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for column in range(columns):
        if above is None:
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(parent), ROWS)):
            at = model.index(row, column, parent)
            yield from (said for role in ROLES if isinstance(said := at.data(role), str))
            if isinstance(view, QTreeView) and model.hasChildren(at):
                yield from _of_model(view, at)
