"""The library: every article of the project, searched, dropped on, pasted into."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import theme as themes
from annotator.gui.parts import label, row
from annotator.gui.theme import Theme
from annotator.gui.workbench import Workbench
from annotator.text.words import is_right_to_left

SIGNS = {"new": "○", "in_progress": "◐", "complete": "✓", "reviewed": "✓✓", "excluded": "—"}
Index = QModelIndex | QPersistentModelIndex


class LibraryModel(QAbstractListModel):
    """The documents as a list, each with its counts and the person's own status."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.listed: tuple = ()

    def show(self, listed: tuple) -> None:
        """Show these, keeping what did not change in place."""
        if [one.document.id for one in listed] == [one.document.id for one in self.listed]:
            self.listed = listed
            self.dataChanged.emit(self.index(0), self.index(max(0, len(listed) - 1)))
            return
        self.beginResetModel()
        self.listed = listed
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A document's line for screen readers and tool tips; the delegate draws the rest."""
        listed = self.listed[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{listed.document.title}, {listed.status.replace('_', ' ')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return listed.document.title
        if role == Qt.ItemDataRole.UserRole:
            return listed
        return None

    def row_of(self, document_id: str) -> int:
        """The row of a document, or -1."""
        ids = [one.document.id for one in self.listed]
        return ids.index(document_id) if document_id in ids else -1


class Line(QStyledItemDelegate):
    """Draws a document: title, outlet and date, how far it is, and what is marked in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = themes.load("light")
        self.colors: dict[str, str] = {}
        self._title = themes.sans(13, QFont.Weight.DemiBold)
        self._small = themes.sans(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of title where it needs them."""
        del option
        listed = index.data(Qt.ItemDataRole.UserRole)
        width = self.parent().list.viewport().width()
        lines = 2 if self._needs_two(listed.document.title, width - 32) else 1
        high = QFontMetrics(self._title).height() * lines + QFontMetrics(self._small).height()
        return QSize(width, high + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one document."""
        listed = index.data(Qt.ItemDataRole.UserRole)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area: QRect = option.rect
        painter.save()
        if is_on or is_under:
            painter.fillRect(area, self.theme.color("hover"))
        if is_on:
            edge = QRect(area.left(), area.top(), 3, area.height())
            painter.fillRect(edge, self.theme.color("focus"))
        self._words(painter, area.adjusted(16, 9, -16, 0), listed)
        painter.restore()

    def _words(self, painter: QPainter, area: QRect, listed: object) -> None:
        document = listed.document
        flags = Qt.TextFlag.TextWordWrap | _side(document.title)
        painter.setFont(self._title)
        painter.setPen(self.theme.color("ink"))
        two = self._needs_two(document.title, area.width())
        height = painter.fontMetrics().height() * (2 if two else 1)
        title = painter.fontMetrics().elidedText(
            document.title, Qt.TextElideMode.ElideRight, area.width() * 2 - 40
        )
        painter.drawText(QRect(area.left(), area.top(), area.width(), height), flags, title)
        at = area.top() + height + 3
        painter.setFont(self._small)
        painter.setPen(self.theme.color("soft"))
        line = QRect(area.left(), at, area.width(), painter.fontMetrics().height())
        said = " · ".join(part for part in (document.outlet, document.published) if part)
        painter.drawText(line.adjusted(0, 0, -26, 0), _side(document.title), said or "no date")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, SIGNS.get(listed.status, ""))
        self._bars(painter, area.left(), line.bottom() + 5, area.width(), listed.counts)

    def _bars(
        self, painter: QPainter, left: int, top: int, width: int, counts: dict[str, int]
    ) -> None:
        total = sum(counts.values())
        if not total:
            return
        room = min(width, 24 + total * 5)
        for name, color in self.colors.items():
            share = round(room * counts.get(name, 0) / total)
            if share:
                painter.fillRect(QRect(left, top, max(2, share - 2), 4), self.theme.color(color))
                left += share

    def _needs_two(self, title: str, width: int) -> bool:
        return QFontMetrics(self._title).horizontalAdvance(title) > width


class Library(QWidget):
    """Search, counts by status, and the list."""

    chosen = Signal(str)
    """The id of a document to open."""
    dropped = Signal(list)
    """Paths of files and folders to import."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setAccessibleName("Library")
        self._bench: Workbench | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search articles")
        self.search.setAccessibleName("Search all articles")
        self.search.setClearButtonEnabled(True)
        self._counts = label(small=True)
        self.model = LibraryModel(self)
        self.line = Line(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.line)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setAccessibleName("Articles")
        self.empty = label("", soft=True)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(16, 8, 16, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        top = row(self.search)
        top.setContentsMargins(12, 0, 12, 0)
        counts = row(self._counts, 1)
        counts.setContentsMargins(16, 0, 16, 0)
        layout.addLayout(top)
        layout.addLayout(counts)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._soon.start())
        self.list.selectionModel().currentChanged.connect(self._choose)

    def set_workbench(self, bench: Workbench | None) -> None:
        """Show this project's articles."""
        self._bench = bench
        if bench is not None:
            self.line.colors = {one.name: one.color for one in bench.schema.labels}
            bench.library_changed.connect(self._soon.start)
            bench.opened.connect(self._follow)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colors."""
        self.line.theme = theme
        self.list.viewport().update()

    def refresh(self) -> None:
        """Read the list anew."""
        if self._bench is None:
            self.model.show(())
            self.empty.setText("")
            self._counts.setText("")
            return
        read, person = self._bench.bridge.read, self._bench.bridge.person
        words = self.search.text()
        listed = read.library(person, search_for=words)
        self.model.show(listed)
        self._say(listed, words)
        self._follow()

    def _say(self, listed: tuple, words: str) -> None:
        tally: dict[str, int] = {}
        for one in listed:
            tally[one.status] = tally.get(one.status, 0) + 1
        said = [f"{n} {status.replace('_', ' ')}" for status, n in sorted(tally.items())]
        self._counts.setText("   ".join(said))
        teach = "There is no article yet. Drop saved pages here, press Ctrl+O, or paste one with Ctrl+V."
        nothing = f"Nothing holds “{words}”." if words else teach
        self.empty.setText("" if listed else nothing)
        self.empty.setVisible(not listed)

    def step(self, by: int) -> None:
        """Go to the next or previous article of the list."""
        count = self.model.rowCount()
        if count:
            at = self.list.currentIndex().row()
            self.list.setCurrentIndex(self.model.index(min(max(at + by, 0), count - 1)))

    def _follow(self) -> None:
        """Show which document is open."""
        document = self._bench.document if self._bench else None
        at = self.model.row_of(document.id) if document else -1
        current = self.list.selectionModel()
        current.blockSignals(True)
        self.list.setCurrentIndex(self.model.index(at) if at >= 0 else QModelIndex())
        current.blockSignals(False)
        self.list.viewport().update()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.data(Qt.ItemDataRole.UserRole).document.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped."""
        files = _files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _side(words: str) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if is_right_to_left(words) else Qt.AlignmentFlag.AlignLeft
