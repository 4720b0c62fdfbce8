"""Help: pages of resources/help, with the keys as this person has them, found by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator import language
from annotator.gui.actions import Action
from annotator.gui.parts import native_keys
from annotator.gui.written import Written
from annotator.language import tr
from annotator.text.words import fold

PAGES = (
    "first",
    "marking",
    "linking",
    "finding",
    "schema",
    "progress",
    "articles",
    "datasets",
    "safe",
    "terminal",
)
"""In the order in which they are read."""
_KEY = re.compile(r"\{\{([\w.]+)\}\}")


class HelpPage(NamedTuple):
    """One page."""

    title: str
    markdown: str


def pages(actions: Sequence[Action]) -> list[HelpPage]:
    """All pages; ``{{mark.claim}}`` in one becomes the key of that action, or its title."""
    found = []
    for name in PAGES:
        source = language.text(f"help/{name}.md")
        written = with_keys(source, actions, "**{}**")
        found.append(HelpPage(source.splitlines()[0].removeprefix("# "), written))
    return found


def with_keys(written: str, actions: Sequence[Action], shape: str) -> str:
    """Words in which ``{{mark.claim}}`` is that action's key, or where to find it, in a shape."""
    shown = {action.id: _shown(action) for action in actions}
    return _KEY.sub(lambda match: shape.format(shown.get(match[1], match[1])), written)


def _shown(action: Action) -> str:
    if not action.keys:
        return f"{action.menu.partition('/')[0]} → {action.title}"
    return native_keys(action.keys[0])


class HelpDialog(QDialog):
    """Pages on the left, the chosen one on the right; the field finds pages by what they say."""

    def __init__(self, actions: Sequence[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Help"))
        self._pages = pages(actions)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search help"))
        self.field.setAccessibleName(tr("Search help"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Help pages"))
        self.page = Written(tr("Help page"), margin=26)
        left = QVBoxLayout()
        left.setContentsMargins(14, 16, 8, 14)
        left.addWidget(self.field)
        left.addWidget(self.list, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 2)
        layout.addWidget(self.page, 5)
        self.field.textChanged.connect(self._find)
        self.list.itemSelectionChanged.connect(self._show)
        self._find("")
        room = parent.window().size()
        self.resize(min(900, room.width() - 60), min(660, room.height() - 80))

    def _find(self, words: str) -> None:
        wanted = fold(words).split()
        self.list.clear()
        for page in self._pages:
            said = fold(page.markdown)
            if all(word in said for word in wanted):
                item = QListWidgetItem(page.title)
                item.setData(Qt.ItemDataRole.UserRole, page.markdown)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.page.write(tr("No page says this."))

    def _show(self) -> None:
        for item in self.list.selectedItems():
            self.page.write(item.data(Qt.ItemDataRole.UserRole))
