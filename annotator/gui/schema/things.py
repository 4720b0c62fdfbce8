"""What there is in a schema: labels, attributes and links below one another, one of them chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.gui import theme as themes
from annotator.gui.bar import swatch
from annotator.gui.buttons import flat_button
from annotator.gui.parts import row
from annotator.language import tr
from annotator.model.draft import THINGS, Draft

THING = Qt.ItemDataRole.UserRole
HEADS = {"label": tr("LABELS"), "attribute": tr("ATTRIBUTES"), "relation": tr("LINKS")}
ADD = {"label": tr("+ Label"), "attribute": tr("+ Attribute"), "relation": tr("+ Link")}
NEW = {"label": tr("New label"), "attribute": tr("New attribute"), "relation": tr("New link")}


class Things(QWidget):
    """The list, and a button for a new one of each kind."""

    chosen_anew = Signal()
    added = Signal(str)
    """The kind of thing that is asked for."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setMinimumWidth(200)
        self.list.setObjectName("things")
        self.list.setAccessibleName(tr("What is in the schema"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.currentItemChanged.connect(lambda *_: self.chosen_anew.emit())
        self.adds = {kind: flat_button(ADD[kind], NEW[kind]) for kind in THINGS}
        for kind, button in self.adds.items():
            button.setProperty("small", True)
            button.clicked.connect(partial(self._add, kind))
        adds = row(*self.adds.values(), 1, spacing=0)
        adds.setContentsMargins(8, 0, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.addWidget(self.list, 1)
        column.addLayout(adds)

    def fill(self, kind: str, name: str) -> None:
        """List everything anew and choose one; no kind is the schema itself."""
        self.list.blockSignals(True)
        self.list.clear()
        self._line(tr("This schema"), ("", ""))
        for of in THINGS:
            self._head(HEADS[of])
            for one in self._draft.things(of):
                self._line("", (of, one.name))
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item and item.data(THING):
                self._show(item)
                if item.data(THING) == (kind, name):
                    self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.chosen_anew.emit()

    @property
    def chosen(self) -> tuple[str, str]:
        """The kind and name of what is chosen; no kind is the schema itself."""
        item = self.list.currentItem()
        return item.data(THING) if item else ("", "")

    def lead(self, kind: str, name: str) -> None:
        """The chosen line stands for another thing now, until the list is made anew."""
        item = self.list.currentItem()
        if item:
            item.setData(THING, (kind, name))

    def follow(self) -> None:
        """Show the chosen thing as it is now."""
        item = self.list.currentItem()
        if item:
            self._show(item)

    def _add(self, kind: str, _checked: bool = False) -> None:
        self.added.emit(kind)

    def _head(self, words: str) -> None:
        head = QListWidgetItem(words)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setSizeHint(QSize(0, 36))
        head.setTextAlignment(Qt.AlignmentFlag.AlignBottom)
        head.setForeground(themes.of_application().color("faint"))
        self.list.addItem(head)

    def _line(self, words: str, thing: tuple[str, str]) -> None:
        item = QListWidgetItem(words)
        item.setData(THING, thing)
        self.list.addItem(item)

    def _show(self, item: QListWidgetItem) -> None:
        kind, name = item.data(THING)
        if kind:
            one = self._draft.find(kind, name)
            title = one.title or one.name
            item.setText(tr("{title} (retired)", title=title) if one.retired else title)
            if kind == "label":
                item.setIcon(QIcon(swatch(one.style, one.color, themes.of_application())))
