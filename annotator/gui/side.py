"""The panels beside the text: an icon for each, and the name of the one that is shown."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from annotator.gui.icons import icon
from annotator.gui.parts import plain_tip
from annotator.language import tr


class Panel(NamedTuple):
    """A panel as the side knows it."""

    id: str
    """What the settings keep; it is the same in every language."""
    title: str
    icon: str


class Side(QTabWidget):
    """Panels by id; only the shown one's title is written, so that all fit a narrow side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: list[Panel] = []
        self.setObjectName("side")
        self.setDocumentMode(True)
        self.setIconSize(QSize(17, 17))
        self.tabBar().setAccessibleName(tr("Panels"))
        self.currentChanged.connect(self._write_title)

    @property
    def name(self) -> str:
        """The id of the panel that is shown."""
        return self._panels[self.currentIndex()].id if self._panels else ""

    def add(self, panel: QWidget, id_: str, title: str, icon_name: str) -> None:
        """Add a panel at the end."""
        self._panels.append(Panel(id_, title, icon_name))
        at = self.addTab(panel, "")
        self.setTabToolTip(at, plain_tip(title))
        self.tabBar().setAccessibleTabName(at, title)
        self._write_title()

    def show_panel(self, id_: str) -> None:
        """Show the panel of that id, where there is one."""
        for at, panel in enumerate(self._panels):
            if panel.id == id_:
                self.setCurrentIndex(at)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in the colors of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._write_title()

    def _write_title(self, _at: int = 0) -> None:
        colors = QApplication.palette()
        for at, panel in enumerate(self._panels):
            is_shown = at == self.currentIndex()
            role = QPalette.ColorRole.Text if is_shown else QPalette.ColorRole.PlaceholderText
            self.setTabIcon(at, icon(panel.icon, colors.color(role), 17))
            self.setTabText(at, panel.title if is_shown else "")
