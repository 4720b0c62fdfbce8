"""The panels beside the text: an icon for each, and the name of the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from annotator.gui.icons import icon
from annotator.gui.parts import plain_tip


class Side(QTabWidget):
    """Panels by name; only the shown one's name is written, so that all fit a narrow side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[tuple[str, str]] = []
        self.setObjectName("side")
        self.setDocumentMode(True)
        self.setIconSize(QSize(17, 17))
        self.tabBar().setAccessibleName("Panels")
        self.currentChanged.connect(self._write_name)

    @property
    def name(self) -> str:
        """The panel that is shown."""
        return self._names[self.currentIndex()][0] if self._names else ""

    def add(self, panel: QWidget, name: str, icon_name: str) -> None:
        """Add a panel at the end."""
        self._names.append((name, icon_name))
        at = self.addTab(panel, "")
        self.setTabToolTip(at, plain_tip(name))
        self.tabBar().setAccessibleTabName(at, name)
        self._write_name()

    def show_panel(self, name: str) -> None:
        """Show the panel of that name, where there is one."""
        at = [one for one, _ in self._names].index(name) if name in dict(self._names) else -1
        if at >= 0:
            self.setCurrentIndex(at)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in the colors of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._write_name()

    def _write_name(self, _at: int = 0) -> None:
        colors = QApplication.palette()
        for at, (name, icon_name) in enumerate(self._names):
            is_shown = at == self.currentIndex()
            role = QPalette.ColorRole.Text if is_shown else QPalette.ColorRole.PlaceholderText
            self.setTabIcon(at, icon(icon_name, colors.color(role), 17))
            self.setTabText(at, name if is_shown else "")
