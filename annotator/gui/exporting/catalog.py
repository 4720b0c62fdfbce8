"""The list of formats, under headings; what is selected goes out, what is current is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.formats.base import EVERYTHING, Format
from annotator.gui import theme as themes
from annotator.language import spoken, tr

NAME, HINT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LOSSLESS, TRAINING = tr("LOSSLESS"), tr("FOR TRAINING")
TABLES, OTHERS = tr("TABLES"), tr("OTHER TOOLS")
_TABULAR = (".csv", ".tsv", ".parquet")
_BEFORE, _BETWEEN, _BEHIND = 20, 8, 14
"""Pixels before a title, between it and how its files are called, and behind that."""
_WIDEST = 360


class Catalog(QListWidget):
    """Every format that writes."""

    def __init__(self, formats: Sequence[Format], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Formats"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Lines(self))
        self.setMouseTracking(True)
        for heading in (LOSSLESS, TRAINING, OTHERS, TABLES):
            found = [one for one in formats if one.writes and heading_of(one) == heading]
            if found:
                head = QListWidgetItem(heading)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(head)
            for one in found:
                item = QListWidgetItem(spoken(one.title))
                item.setData(NAME, one.name)
                item.setData(HINT, _ending(one))
                self.addItem(item)

    def width_of_titles(self) -> int:
        """The pixels in which every title stands whole, if those are not too many."""
        bar = self.verticalScrollBar().sizeHint().width()
        return min(_WIDEST, self.sizeHintForColumn(0) + bar + 2 * self.frameWidth())

    def chosen(self) -> tuple[str, ...]:
        """Names of the formats that go out, in the order of the list."""
        rows = sorted(self.row(item) for item in self.selectedItems())
        return tuple(self.item(at).data(NAME) for at in rows)

    def shown(self) -> str:
        """The name of the format that is looked at: the current one where it goes out."""
        chosen = self.chosen()
        name = self.currentItem().data(NAME) if self.currentRow() >= 0 else None
        return name if name in chosen else next(iter(chosen), "")

    def choose(self, names: Sequence[str]) -> None:
        """Let these go out; the first of them is looked at."""
        self.blockSignals(True)  # one change, not one for each row
        self.clearSelection()
        for at in range(self.count()):
            item = self.item(at)
            if item.data(NAME) in names:
                if item.data(NAME) == names[0]:
                    self.setCurrentItem(item)
                item.setSelected(True)
        self.blockSignals(False)
        self.itemSelectionChanged.emit()


def heading_of(one: Format) -> str:
    """Under which heading a format stands."""
    if one.holds >= EVERYTHING - {"texts"}:
        return LOSSLESS
    if one.trains:
        return TRAINING
    return TABLES if set(one.suffixes) & set(_TABULAR) else OTHERS


def _ending(one: Format) -> str:
    """How the files are called, as briefly as it can be said."""
    return f".{one.suffixes[0].rpartition('.')[2]}" if one.suffixes else tr("folder")


def _font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


class _Lines(QStyledItemDelegate):
    """A title, and faintly to the right what its files are called."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        if index.data(NAME) is None:
            return QSize(0, 34)
        title = QFontMetrics(_font(13, QFont.Weight.DemiBold)).horizontalAdvance(index.data())
        hint = QFontMetrics(_font(11)).horizontalAdvance(index.data(HINT))
        return QSize(_BEFORE + title + _BETWEEN + hint + _BEHIND, 31)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = themes.of_application()
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if index.data(NAME) is None:
            font = _font(11, QFont.Weight.DemiBold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            painter.setFont(font)
            painter.setPen(theme.color("soft"))
            painter.drawText(
                rect.adjusted(_BEFORE, 8, -8, -2), Qt.AlignmentFlag.AlignVCenter, index.data()
            )
            painter.restore()
            return
        is_chosen = bool(state & state.State_Selected)
        if is_chosen or state & state.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if is_chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("focus"))
        if state & state.State_HasFocus and not is_chosen:
            painter.setPen(theme.color("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inside = rect.adjusted(_BEFORE, 0, -_BEHIND, 0)
        painter.setFont(_font(11))
        painter.setPen(theme.color("soft"))
        taken = painter.boundingRect(inside, Qt.AlignmentFlag.AlignRight, index.data(HINT)).width()
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, index.data(HINT)
        )
        painter.setFont(_font(13, QFont.Weight.DemiBold if is_chosen else QFont.Weight.Normal))
        painter.setPen(theme.color("ink"))
        room = inside.width() - taken - _BETWEEN
        words = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
