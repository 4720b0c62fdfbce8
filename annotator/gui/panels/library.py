"""The library: every article of the project, searched, sifted by status, dropped on, pasted into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QElapsedTimer, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.gui.panels.library_line import LibraryModel, Line
from annotator.gui.panels.statuses import Statuses
from annotator.gui.parts import keycap, label, row
from annotator.gui.theme import Theme
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model.document import SORTS, Shelf

if TYPE_CHECKING:
    from annotator.model.document import Listed
    from annotator.project import Queries

UNIFORM = 200
"""Lines from which on all are equally high, so that none is read to be measured."""
MANY = 2_000
"""Changed documents from which on the whole order is read anew."""


class List(QListView):
    """The lines; Ctrl+V pastes an article, Enter goes to the text."""

    pasted = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste and Enter; other keys move in the list."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Library(QWidget):
    """Search, counts by status, and the list."""

    chosen = Signal(str)
    """The id of a document to open."""
    listed_anew = Signal()

    def __init__(
        self, bench: Workbench, order: str = SORTS[0], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._shelf = Shelf((), {})
        self._tally_now: dict[str, int] = {}
        self._there: set[str] = set()
        self.total = 0
        """How many articles there are, searched or not."""
        self.sort = order if order in SORTS else SORTS[0]
        """The order in which the articles stand."""
        self._reading = self._stale = False
        """Whether the list is being read, and whether it is out of date already."""
        self._touched: set[str] = set()
        self._listed_at = QElapsedTimer()
        """Since when lines came last."""
        self._following = False
        self._build()
        self._changed = QTimer(self, singleShot=True, interval=0)
        self._changed.timeout.connect(self._look_at_touched)
        self._typed = QTimer(self, singleShot=True, interval=150)
        self._typed.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._typed.start())
        self.list.selectionModel().currentChanged.connect(self._choose)
        bench.library_changed.connect(self._note)
        bench.opened.connect(self._follow)
        bench.schema_changed.connect(self._take_colors)
        self._take_colors()
        self.refresh()

    def _build(self) -> None:
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Library"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the library"))
        self.search.setAccessibleName(tr("Search the library"))
        self.search.setClearButtonEnabled(True)
        self.model = LibraryModel(self._fetch, self)
        self.list = List()
        self.line = Line(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.line)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setBatchSize(300)
        self.list.setAccessibleName(tr("Articles"))
        self.empty = label("", soft=True)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(16, 8, 16, 8)
        self.statuses = Statuses()
        self.statuses.chosen_anew.connect(lambda: self._show(self.search.text()))
        keys = keycap("Ctrl+L")
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(1, keys)
        inside.setContentsMargins(0, 0, 7, 0)
        self.search.setLayout(inside)
        self.search.textChanged.connect(lambda words: keys.setVisible(not words))
        top = row(self.search)
        top.setContentsMargins(12, 0, 12, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.statuses)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colors."""
        self.line.theme = theme
        self._tally()
        self.list.viewport().update()

    def step(self, by: int) -> None:
        """Go to the next or previous article of the list."""
        count = self.model.rowCount()
        if count:
            at = self.list.currentIndex().row()
            self.list.setCurrentIndex(self.model.index(min(max(at + by, 0), count - 1)))

    # What there is

    def refresh(self) -> None:
        """Read the whole list anew, beside the acts; one reading at a time."""
        self._stale = self._reading
        if self._reading:
            return
        self._reading = True
        self._touched.clear()
        words = self.search.text()
        look = partial(_read_shelf, person=self._bench.bridge.person, words=words, sort=self.sort)
        self._bench.bridge.look(look, then=partial(self._take, words=words))

    def sort_by(self, sort: str) -> None:
        """Let the articles stand in another order, one of SORTS."""
        self.sort = sort
        self.refresh()

    def first_to_do(self) -> str | None:
        """The article where there is work."""
        return self._shelf.first_to_do()

    def _fetch(self, ids: Sequence[str]) -> tuple[Listed, ...]:
        bridge = self._bench.bridge
        return bridge.read.library(bridge.person, of=ids)

    def _take(self, shelf: Shelf, words: str) -> None:
        self._reading = False
        self._shelf = shelf
        self._tally_now = shelf.tally()
        if not words.strip():
            self.total = len(shelf.ids)
        self._there = set(shelf.ids)
        self._show(words)
        self.listed_anew.emit()
        if self._stale:
            self.refresh()

    def _note(self, documents: frozenset[str]) -> None:
        """An act touched these documents."""
        self._touched |= documents
        is_known = documents <= self._there
        if is_known or not self._changed.isActive():
            # Many lines are laid out anew for each that comes: not for every few of an import.
            is_soon = self._listed_at.isValid() and not self._listed_at.hasExpired(1_000)
            self._changed.start(1_000 if self.line.is_uniform and not is_known and is_soon else 0)

    def _look_at_touched(self) -> None:
        touched, self._touched = self._touched, set()
        if len(touched) > MANY or (self._words() and not touched <= self._there):
            self.refresh()
        elif touched:
            look = partial(_read_lines, person=self._bench.bridge.person, of=sorted(touched))
            self._bench.bridge.look(look, then=partial(self._put, touched=touched))

    def _words(self) -> str:
        return self.search.text().strip()

    def _put(self, listed: tuple[Listed, ...], touched: set[str]) -> None:
        new = [one for one in listed if one.document.id not in self._there]
        if len(listed) < len(touched) or (new and not self._come_last(new)):
            self.refresh()  # one was removed, or came back among the others
            return
        if new:
            self._append(new)
        for one in listed:
            is_shown = self.model.row_of(one.document.id) >= 0
            self._stand(one)
            if is_shown != self._is_wanted(one.document.id):
                self._show(self.search.text())
                return
            if is_shown:
                self.model.put(one)
        self._tally()

    def _come_last(self, new: Sequence[Listed]) -> bool:
        """Whether these documents stand behind all others that are shown."""
        if self._reading or self._words() or self.statuses.chosen:
            return False
        last = self.model.last()
        key = ("", "") if last is None else (last.document.created, last.document.id)
        return all((one.document.created, one.document.id) > key for one in new)

    def _append(self, new: Sequence[Listed]) -> None:
        self._listed_at.start()
        ids = [one.document.id for one in new]
        self._there.update(ids)
        self._shelf = replace(self._shelf, ids=(*self._shelf.ids, *ids))
        self._tally_now["new"] += len(new)
        self.total += len(new)
        self.empty.hide()
        if len(self._shelf.ids) > UNIFORM and not self.line.is_uniform:
            self._show("")
        else:
            self.model.append(new)
        self.listed_anew.emit()

    def _stand(self, one: Listed) -> None:
        """Note how far the person is with a document now."""
        before = self._shelf.status(one.document.id)
        if before != one.status:
            self._tally_now[before] -= 1
            self._tally_now[one.status] = self._tally_now.get(one.status, 0) + 1
            statuses = {**self._shelf.statuses, one.document.id: one.status}
            self._shelf = replace(self._shelf, statuses=statuses)

    def _is_wanted(self, document_id: str) -> bool:
        return not self.statuses.chosen or self._shelf.status(document_id) == self.statuses.chosen

    def _show(self, words: str) -> None:
        ids = self._shelf.ids
        shown = tuple(filter(self._is_wanted, ids)) if self.statuses.chosen else ids
        self.line.is_uniform = len(shown) > UNIFORM
        self.list.setUniformItemSizes(self.line.is_uniform)
        self.model.show(shown)
        self._tally()
        self._follow()
        teach = tr(
            "There is no article yet. Drop saved pages here, import them with Ctrl+O, or paste one with Ctrl+V."
        )
        nothing = tr("Nothing holds “{words}”.", words=words) if words.strip() else teach
        self.empty.setText(nothing)
        self.empty.setVisible(not ids)

    def _tally(self) -> None:
        self.statuses.show_tally(self._tally_now, self.line.theme.color("soft"))

    def _take_colors(self) -> None:
        self.line.colors = {one.name: one.color for one in self._bench.schema.labels}

    # What is open

    def _follow(self) -> None:
        """Show which document is open."""
        document = self._bench.document
        at = self.model.row_of(document.id) if document else -1
        self._following = True
        self.list.setCurrentIndex(self.model.index(at) if at >= 0 else QModelIndex())
        self._following = False

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.chosen.emit(self.model.id_at(current.row()))

    def show_dropping(self, dropping: bool) -> None:
        """Show that files may be dropped now."""
        self.setProperty("dropping", dropping)
        self.style().unpolish(self)
        self.style().polish(self)


def _read_shelf(read: Queries, *, person: str, words: str, sort: str) -> Shelf:
    return read.shelf(person, search_for=words, sort=sort)


def _read_lines(read: Queries, *, person: str, of: list[str]) -> tuple[Listed, ...]:
    return read.library(person, of=of)
