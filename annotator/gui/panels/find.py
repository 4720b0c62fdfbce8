"""Find in all articles: results while one types, and marking all that was found after a look at it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.errors import SearchError
from annotator.gui.buttons import ChoiceButton, IconButton, flat_button
from annotator.gui.panels.found import EDGE, LINE, TICK, FoundLine, FoundModel, Line
from annotator.gui.panels.mark_all import MarkAll
from annotator.gui.parts import label, row
from annotator.gui.workbench import Workbench
from annotator.language import tr, trn
from annotator.model.found import Page
from annotator.text.finding import MOST, PATTERN, Sought, sought

if TYPE_CHECKING:
    from annotator.project import Queries
    from annotator.project.finding import Marked

SECONDS = 0.05
"""How long one reading may take before others get their turn and what it found is shown."""
SHOWN = 300
"""Articles that are listed before one asks for more."""
AT_ONCE = 50_000
"""Places that can be looked at and marked at once."""
TEACH = tr(
    "Words that must all be there, “a phrase” in quotes, or the beginning of a word with *. "
    "Letter case and accents do not matter."
)


class List(QListView):
    """The lines; Enter goes to the text, Space and the box tick, letters choose a label."""

    entered = Signal()
    toggled = Signal(int)
    letter = Signal(str)

    def __init__(self, model: FoundModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(FoundLine(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Places found"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and letters; other keys move in the list."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self.toggled.emit(row)
        elif event.text().isalnum() and not event.modifiers():
            self.letter.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks and goes nowhere."""
        at: QPoint = event.position().toPoint()
        index = self.indexAt(at)
        checkable = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        if checkable and at.x() < EDGE + TICK + 6:
            self.toggled.emit(index.row())
        else:
            super().mousePressEvent(event)


class FindPanel(QWidget):
    """What is looked for, where it stands, and marking all of it."""

    gone_to = Signal(object, int, int)
    """A Found, and the place (code points) in it."""
    entered = Signal()
    """Enter: go on in the text."""
    closed = Signal()
    said = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._asked = 0
        """Which search it is; answers to an earlier one are dropped."""
        self._after: int | None = None
        self._articles = self._places = self._read = 0
        self._build()
        self._typed = QTimer(self, singleShot=True, interval=40)
        self._typed.timeout.connect(self.search)
        self.field.textChanged.connect(lambda _: self._typed.start())
        self.pattern.toggled.connect(lambda _: self.search())
        self.list.selectionModel().currentChanged.connect(self._follow)
        self.list.toggled.connect(self._toggle)
        self.list.letter.connect(self._choose_label)
        self.list.entered.connect(self.entered)
        self.setFocusProxy(self.field)
        self.search()

    def _build(self) -> None:
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Find"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find in all articles"))
        self.field.setAccessibleName(tr("Find in all articles"))
        self.field.installEventFilter(self)
        self.pattern = ChoiceButton(".*", tr("Regular expression"))
        self.pattern.setToolTip(tr("Regular expression"))
        close = IconButton("close", tr("Back to the library"))
        close.clicked.connect(self.closed)
        self.summary = label(small=True)
        self.summary.setWordWrap(True)
        self.summary.setAccessibleName(tr("What is found"))
        self.model = FoundModel(self)
        self.list = List(self.model)
        top = row(self.field, self.pattern, close, spacing=4)
        top.setContentsMargins(12, 0, 6, 0)
        said = row(self.summary)
        said.setContentsMargins(14, 0, 14, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(said)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._build_foot())

    def _build_foot(self) -> QWidget:
        self.further = flat_button(tr("Show more"))
        self.further.clicked.connect(self._go_on)
        self.begin_marking = flat_button(tr("Mark all…"), tr("Look at all places and mark them"))
        self.begin_marking.setToolTip(tr("Look at all places, then mark them"))
        self.begin_marking.clicked.connect(lambda: self.search(marking=True))
        self.marking = MarkAll(self._bench)
        self.marking.asked.connect(self._mark_all)
        self.marking.cancelled.connect(lambda: self.search())
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(12, 4, 12, 10)
        foot.addLayout(row(self.further, 1, self.begin_marking))
        foot.addWidget(self.marking)
        return self._foot

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead from the field to what was found."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in keys and self.model.rowCount():
                self.list.setFocus()
                self.list.setCurrentIndex(self.model.index(1 if self.model.rowCount() > 1 else 0))
                return True
        return super().eventFilter(watched, event)

    # Looking

    def begin(self, words: str = "", *, marking: bool = False) -> None:
        """Look for these words, or for what was looked for before."""
        if words:
            self.field.setText(words if self.pattern.isChecked() else f'"{words}"')
        self.field.setFocus()
        self.field.selectAll()
        if words or marking or self.model.is_marking:
            self.search(marking=marking)

    def search(self, *, marking: bool = False) -> None:
        """Look anew; ``marking`` lists every place with a box to tick."""
        self._typed.stop()
        self._asked += 1
        self._after, self._articles, self._places, self._read = 0, 0, 0, 0
        self.model.clear(marking=marking)
        wanted = self._wanted()
        if wanted.is_nothing:
            self._end(TEACH)
        elif marking and len(wanted.terms) > 1:
            self._end(
                tr("Put the words in quotes to mark them as one; each would be marked alone.")
            )
        else:
            self._next(wanted)

    def _wanted(self) -> Sought:
        if self.pattern.isChecked():
            return Sought(self.field.text(), PATTERN)  # read beside the acts, where it is used
        return sought(self.field.text(), typing=not self.model.is_marking)

    def _next(self, wanted: Sought) -> None:
        snippets = MOST if self.model.is_marking else 5
        look = partial(_page, wanted=wanted, after=self._after or 0, snippets=snippets)
        self._bench.bridge.look(look, then=partial(self._take, self._asked, wanted))

    def _take(self, asked: int, wanted: Sought, page: Page | SearchError) -> None:
        if asked != self._asked:
            return
        if isinstance(page, SearchError):
            self._after = None
            self._end(str(page))
            return
        self.model.more(page.found)
        self._after = page.after
        before = self._articles
        self._articles += len(page.found)
        self._places += sum(len(one.places) for one in page.found)
        self._read += page.read
        enough = (
            self._places > AT_ONCE
            if self.model.is_marking
            else before // SHOWN != self._articles // SHOWN
        )
        if self._after is not None and not enough:
            self._next(wanted)
        self._show(going_on=self._after is not None and not enough)

    def _go_on(self) -> None:
        self._next(self._wanted())

    # Saying

    def _end(self, words: str) -> None:
        self.summary.setText(words)
        self._foot.hide()

    def _show(self, *, going_on: bool) -> None:
        marking = self.model.is_marking
        self.summary.setText(self._summary(going_on=going_on))
        self._foot.setVisible(bool(self._places))
        self.further.setVisible(not going_on and not marking and self._after is not None)
        self.begin_marking.setVisible(not marking)
        self.marking.setVisible(marking)
        if marking and going_on:
            self.marking.show_count(self._places, ready=False)
        elif marking:
            self._show_ticked()

    def _summary(self, *, going_on: bool) -> str:
        places = trn("{count:,} place", "{count:,} places", self._places)
        articles = trn("{count:,} article", "{count:,} articles", self._articles)
        if going_on:
            return tr(
                "{places} in {articles} so far; {read:,} texts looked through…",
                places=places,
                articles=articles,
                read=self._read,
            )
        if self._after is not None and self.model.is_marking:
            return tr(
                "There are more than {most:,} places; look for something rarer to mark it all.",
                most=AT_ONCE,
            )
        if self._after is not None:
            return tr("{places} in the first {articles}.", places=places, articles=articles)
        if not self._places:
            return tr("Nothing is found.")
        said = tr("{places} in {articles}.", places=places, articles=articles)
        if not self.model.is_marking:
            return said
        return f"{said} {tr('Space unticks, a label’s letter chooses it.')}"

    def _show_ticked(self) -> None:
        ticked = sum(len(places) for _, places in self.model.ticked())
        self.marking.show_count(ticked, ready=self._after is None)

    # Going

    def _follow(self, current: QModelIndex) -> None:
        if current.isValid():
            line: Line = current.data(LINE)
            self.gone_to.emit(line.found, *line.place)

    # Marking

    def _choose_label(self, key: str) -> None:
        if self.model.is_marking:
            self.marking.choose_by_key(key)

    def _toggle(self, at: int) -> None:
        if self.model.is_marking:
            self.model.toggle(at)
            self._show_ticked()

    def _mark_all(self, label_name: str) -> None:
        from annotator.project import finding

        ticked = list(self.model.ticked())
        if any(len(places) >= MOST for _, places in ticked):
            self.said.emit(tr("One article alone holds it too often to mark it all at once."))
            return
        self._bench.bridge.start_job(finding.mark_all, label_name, ticked, then=self._marked)

    def _marked(self, marked: Marked) -> None:
        said = trn(
            "{count:,} mark was made in {articles}; Ctrl+Z takes all of them back.",
            "{count:,} marks were made in {articles}; Ctrl+Z takes all of them back.",
            marked.marks,
            articles=trn("{count:,} article", "{count:,} articles", marked.documents),
        )
        if marked.already:
            said += " " + tr("{already:,} stood there already.", already=marked.already)
        self.said.emit(said)
        self.search()


def _page(read: Queries, *, wanted: Sought, after: int, snippets: int) -> Page | SearchError:
    """The next of what is found; what is wrong with the search is an answer too."""
    from annotator.project import finding

    try:
        return finding.find(read, wanted, after, snippets=snippets, seconds=SECONDS, most=20)
    except SearchError as error:
        return error
