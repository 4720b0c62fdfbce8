"""The backups of a project: what each holds beside what there is now, and putting one in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.gui.parts import label, row, rule
from annotator.language import in_english, spoken, tr
from annotator.project import keep

if TYPE_CHECKING:
    from annotator.gui.bridge import Bridge
    from annotator.project import Project

BACKUP = Qt.ItemDataRole.UserRole


class BackupsDialog(QDialog):
    """Lists the backups; the chosen one is compared with the project before it can replace it."""

    restore = Signal(object)
    """A backup that is to take the project's place."""

    def __init__(self, where: str, bridge: Bridge | None, parent: QWidget) -> None:
        """``bridge`` is None where the project itself cannot be opened."""
        super().__init__(parent)
        self._where, self._bridge = where, bridge
        self.setWindowTitle(tr("Backups"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("Backups"))
        self.list.setHeaderLabels([tr("made"), tr("why"), tr("size")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.itemSelectionChanged.connect(self._compare)
        self.said = label("", soft=True)
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(64)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.now = QPushButton(tr("Back up now"))
        self.now.setAutoDefault(False)
        self.now.setVisible(bridge is not None)
        self.now.clicked.connect(self._back_up)
        self.put_back = QPushButton(tr("Restore this one"))
        self.put_back.setAutoDefault(False)
        self.put_back.clicked.connect(self._restore)
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.reject)
        self._lay_out(close)
        self.refresh()

    def _lay_out(self, close: QPushButton) -> None:
        heading = label(tr("Backups of this project"), heading=True)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 20, 24, 18)
        inside.setSpacing(10)
        inside.addWidget(heading)
        kept = label(
            tr(
                "Made every 30 minutes of work and before whatever changes much. What is there now is "
                "kept when an older state takes its place."
            ),
            soft=True,
        )
        kept.setWordWrap(True)
        inside.addWidget(kept)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.said)
        buttons = row(self.now, 1, self.put_back, close, spacing=12)
        buttons.setContentsMargins(24, 14, 24, 14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(rule())
        layout.addLayout(buttons)
        self.resize(660, 480)

    def refresh(self) -> None:
        """Read which backups there are."""
        self.list.clear()
        try:
            there = keep.backups(self._where)
        except AnnotatorError as error:
            there = ()
            self.said.setText(str(error))
        for one in there:
            size = f"{one.size / 1e6:,.1f} MB"
            item = QTreeWidgetItem(
                [f"{one.at.astimezone():%Y-%m-%d  %H:%M:%S}", spoken(one.reason), size]
            )
            item.setData(0, BACKUP, one)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight)
            self.list.addTopLevelItem(item)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.put_back.setEnabled(False)
        if there:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        elif not self.said.text():
            self.said.setText(tr("There is no backup yet."))

    def _chosen(self) -> keep.Backup | None:
        items = self.list.selectedItems()
        return items[0].data(0, BACKUP) if items else None

    def _compare(self) -> None:
        one = self._chosen()
        self.put_back.setEnabled(False)
        if one is None:
            return
        self.said.setText(tr("Comparing…"))

        def compare(_project: Project | None = None) -> tuple[str, ...]:
            return keep.difference(self._where, one).sentences()

        if self._bridge is None:
            self._show_difference(one, compare())
        else:
            self._bridge.aside(compare, lambda said: self._show_difference(one, said))

    def _show_difference(self, one: keep.Backup, sentences: Sequence[str]) -> None:
        if one == self._chosen():
            self.said.setText("\n".join(sentences))
            self.put_back.setEnabled(True)

    def _back_up(self) -> None:
        assert self._bridge is not None
        self.now.setEnabled(False)
        self._bridge.aside(_make, self._made)

    def _made(self, trouble: str) -> None:
        self.now.setEnabled(True)
        self.refresh()
        if trouble:
            self.said.setText(trouble)

    def _restore(self) -> None:
        one = self._chosen()
        if one is not None:
            self.accept()
            self.restore.emit(one)


def _make(project: Project) -> str:
    """What went wrong, or an empty string."""
    try:
        keep.backup(project, in_english("asked for"), always=True)
    except AnnotatorError as error:
        return str(error)
    return ""
