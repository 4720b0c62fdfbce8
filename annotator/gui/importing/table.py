"""The things that an import met, as a table that can be sorted and filtered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from annotator.gui import theme as themes
from annotator.gui.parts import plain_tip
from annotator.gui.times import day
from annotator.language import tr, trn
from annotator.model.names import RESULT_NAMES
from annotator.project.outcomes import ALREADY_THERE, IMPORTED, REFUSED, Outcome
from annotator.text.words import fold

COLUMNS = (tr("article"), tr("outlet"), tr("date"), tr("body"), tr("will be"))
ARTICLE, OUTLET, DATE, BODY, RESULT = range(5)
EVERYTHING, SAME_STORY = "everything", "same_story"
Index = QModelIndex | QPersistentModelIndex
_RANK = {REFUSED: 0, IMPORTED: 1, ALREADY_THERE: 2}


class Outcomes(QAbstractTableModel):
    """What was met, one row each; those that are to be imported can be left out."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._outcomes: Sequence[Outcome] = ()
        self._shown = 0
        self._left_out: set[int] = set()
        self._is_done = False
        theme = themes.of_application()
        self._colors = {IMPORTED: QColor(theme.ok), REFUSED: QColor(theme.warn)}
        self._same, self._soft = QColor(theme.claim), QColor(theme.soft)
        self._strong = QFont(QApplication.font())
        self._strong.setWeight(QFont.Weight.DemiBold)

    def follow(self, outcomes: Sequence[Outcome]) -> None:
        """Show outcomes that may still become more; `grow` looks whether they did."""
        self.beginResetModel()
        self._outcomes, self._shown = outcomes, len(outcomes)
        self._left_out.clear()
        self.endResetModel()

    def grow(self) -> bool:
        """Show what was met since; whether anything was."""
        now = len(self._outcomes)
        if now == self._shown:
            return False
        self.beginInsertRows(QModelIndex(), self._shown, now - 1)
        self._shown = now
        self.endInsertRows()
        return True

    def end(self, outcomes: Sequence[Outcome]) -> None:
        """Show what became of everything."""
        self._is_done = True
        self.follow(outcomes)

    def outcome(self, row: int) -> Outcome:
        """What a row shows."""
        return self._outcomes[row]

    def chosen(self) -> set[int]:
        """The rows that are to be imported."""
        rows = range(self._shown)
        return {n for n in rows if self._outcomes[n].result == IMPORTED} - self._left_out

    def count(self, kind: str) -> int:
        """How many rows are of a kind; those that are left out are not to be imported."""
        if kind == IMPORTED and not self._is_done:
            return len(self.chosen())
        return sum(is_of(outcome, kind) for outcome in self._outcomes[: self._shown])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 as Qt declares it
        """How many things were met."""
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 as Qt declares it
        """What is said of each."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column says."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("result") if self._is_done and section == RESULT else COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(section)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is to be imported can be left out."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == ARTICLE and self._can_be_left_out(index.row()):
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, by Qt's roles; UserRole: what it is sorted by."""
        row, column = index.row(), index.column()
        outcome = self._outcomes[row]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(row, column)
            case Qt.ItemDataRole.UserRole:
                return _sorted_by(outcome, column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(outcome.reason or f"{outcome.title}\n{outcome.name}")
            case Qt.ItemDataRole.TextAlignmentRole:
                return _align(column)
            case Qt.ItemDataRole.ForegroundRole:
                return self._color(row, column)
            case Qt.ItemDataRole.FontRole:
                return self._strong if column == RESULT and row not in self._left_out else None
            case Qt.ItemDataRole.CheckStateRole if column == ARTICLE and self._can_be_left_out(row):
                return Qt.CheckState.Unchecked if row in self._left_out else Qt.CheckState.Checked
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Leave an article out, or not."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._left_out.discard(index.row())
        else:
            self._left_out.add(index.row())
        self.dataChanged.emit(index, index.siblingAtColumn(RESULT))
        self.chosen_changed.emit()
        return True

    def _can_be_left_out(self, row: int) -> bool:
        return not self._is_done and self._outcomes[row].result == IMPORTED

    def _words(self, row: int, column: int) -> str:
        outcome = self._outcomes[row]
        if column == ARTICLE:
            return outcome.title or Path(outcome.name).name
        if column == OUTLET:
            return outcome.outlet
        if column == DATE:
            return day(outcome.published) if outcome.published else ""
        if column == BODY:
            return trn("{count:,} word", "{count:,} words", outcome.words) if outcome.words else ""
        return tr("left out") if row in self._left_out else result_words(outcome)

    def _color(self, row: int, column: int) -> QColor | None:
        outcome = self._outcomes[row]
        if column == RESULT:
            if row in self._left_out:
                return self._soft
            return self._same if outcome.same_title else self._colors.get(outcome.result)
        return None


class Filtered(QSortFilterProxyModel):
    """Shows one kind of rows, with certain words."""

    def __init__(self, outcomes: Outcomes) -> None:
        super().__init__()
        self._outcomes = outcomes
        self._kind, self._words = EVERYTHING, ""
        self.setSourceModel(outcomes)
        self.setSortRole(Qt.ItemDataRole.UserRole)
        self.setDynamicSortFilter(True)

    def show_only(self, kind: str | None = None, words: str | None = None) -> None:
        """Show one kind only, or what has these words in title, outlet, file or reason."""
        self.beginFilterChange()
        self._kind = self._kind if kind is None else kind
        self._words = self._words if words is None else fold(words)
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether a row is shown."""
        outcome = self._outcomes.outcome(source_row)
        if not is_of(outcome, self._kind):
            return False
        said = (outcome.title, outcome.outlet, Path(outcome.name).name, outcome.reason)
        return not self._words or self._words in fold(" ".join(said))


def is_of(outcome: Outcome, kind: str) -> bool:
    """Whether a thing is of a kind: a result, or the same story as another."""
    if kind == SAME_STORY:
        return outcome.result == IMPORTED and bool(outcome.same_title)
    return kind in (EVERYTHING, outcome.result)


def result_words(outcome: Outcome) -> str:
    """What becomes of it, in few words."""
    said = [RESULT_NAMES[outcome.result]]
    if outcome.result != IMPORTED:
        return said[0]
    if outcome.same_title:
        said.append(tr("same story {share:.0%}", share=outcome.likeness))
    if outcome.earlier_title:
        said.append(tr("later text"))
    return " · ".join(said)


def _sorted_by(outcome: Outcome, column: int) -> Any:
    if column == ARTICLE:
        return fold(outcome.title or Path(outcome.name).name)
    if column == OUTLET:
        return fold(outcome.outlet) or "\U0010ffff"
    if column == DATE:
        return outcome.published or "9"
    if column == BODY:
        return outcome.words
    return _RANK[outcome.result] - outcome.likeness / 2


def _align(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column >= DATE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class OutcomesView(QTableView):
    """The table as it is shown: one line for each thing, moved through by the arrows."""

    def __init__(self, shown: Filtered) -> None:
        super().__init__()
        self.setObjectName("outcomes")
        self.setAccessibleName(tr("What was found"))
        self.setModel(shown)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(46)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setSectionResizeMode(ARTICLE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((OUTLET, 120), (DATE, 100), (BODY, 110), (RESULT, 200)):
            header.resizeSection(column, width)
