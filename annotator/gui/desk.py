"""The desk: one open project with all its panels, and what the actions do with them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui import dialogs, session
from annotator.gui import theme as themes
from annotator.gui.actions import Action, linking
from annotator.gui.again import Again
from annotator.gui.asking import Asking, Tip
from annotator.gui.bar import Bar
from annotator.gui.bridge import Bridge
from annotator.gui.choices import Choices
from annotator.gui.context import ContextMenu
from annotator.gui.edges import Edges
from annotator.gui.files import Files
from annotator.gui.find import FindBar
from annotator.gui.foot import Foot
from annotator.gui.mirror import Mirror
from annotator.gui.offering import Offering
from annotator.gui.palette import CheatSheet, Palette, of_actions, of_mark
from annotator.gui.panels.find import FindPanel
from annotator.gui.panels.guidelines import Guidelines
from annotator.gui.panels.inspector import Inspector
from annotator.gui.panels.library import Library
from annotator.gui.panels.lists import History, MarksList
from annotator.gui.panels.standing import StandingPanel
from annotator.gui.reading import ReadingView
from annotator.gui.side import Side
from annotator.gui.walk import Walk
from annotator.gui.workbench import Workbench
from annotator.language import tr, trn
from annotator.model.annotation import Annotation
from annotator.model.found import Found

WIDTHS = [276, 852, 312]
LONGEST_SOUGHT = 200
"""Characters of a selection up to which Find takes it over."""


class Sight:
    """What the person wants to see for now."""

    def __init__(self) -> None:
        self.arcs = False
        self.chips = False


class Desk(QWidget):
    """Library, text and inspector of one project."""

    def __init__(self, bridge: Bridge, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.choices = choices
        self.bench = Workbench(bridge, self)
        self.sight = Sight()
        self.actions_now: Sequence[Action] = ()
        """Every action of the project's schema."""
        self.last_link = ""
        self.checks_gone = 0
        self._build()
        self._connect()
        self._show_choices({"theme", "fold_dimmed", "zoom", "face"})
        self.mirror.show_document()
        self._begin_document()

    def _build(self) -> None:
        self.view = ReadingView()
        self.finder = FindBar(self.bridge)
        self.bar = Bar(self.bridge.where)
        self.library = Library(self.bench, self.choices.now.order)
        self.find_panel = FindPanel(self.bench)
        self.left = QStackedWidget()
        self.left.addWidget(self.library)
        self.left.addWidget(self.find_panel)
        self.inspector = Inspector(self.bench)
        self.marks_list = MarksList(self.bench)
        self.history = History(self.bench)
        self.guidelines = Guidelines(self.bench)
        self.standing = StandingPanel(self.bench)
        self.foot = Foot(self.bridge, self.bench)
        self.files = Files(self.bridge, self.choices, self.say, self)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.walk = Walk(self)
        column.addWidget(self.walk)
        column.addWidget(self.finder)
        column.addWidget(self.view, 1)
        self.tip = Tip(self.view)
        self.asking = Asking(self.view, self.tip)
        self.again = Again(self.view, self.tip)
        self.edges = Edges(self)
        self.context = ContextMenu(self)
        self.offering = Offering(self)
        self.side = Side()
        self.side.add(self.inspector, "Inspector", tr("Inspector"), "inspector")
        self.side.add(self.marks_list, "Marks", tr("Marks"), "marks")
        self.side.add(self.history, "History", tr("History"), "history")
        self.side.add(self.guidelines, "Guidelines", tr("Guidelines"), "guide")
        self.side.add(self.standing, "Actors", tr("Actors"), "actors")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        for part, stretch in ((self.left, 0), (middle, 1), (self.side, 0)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.left.setMinimumWidth(180)
        self.side.setMinimumWidth(240)
        self.splitter.setSizes(WIDTHS)
        if self.choices.now.state:
            self.splitter.restoreState(QByteArray(base64.b64decode(self.choices.now.state)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self.splitter, self.foot):
            layout.addWidget(part, 1 if part is self.splitter else 0)

    def _connect(self) -> None:
        bench, view, library = self.bench, self.view, self.library
        self.mirror = Mirror(bench, view)
        bench.opened.connect(self._begin_document)
        view.link_dragged.connect(lambda a, b: linking.link(self, a, b))
        view.zoomed.connect(lambda zoom: self.choices.keep(zoom=zoom))
        self.choices.changed.connect(self._show_choices)
        self.choices.failed.connect(self.say)
        view.letter_pressed.connect(self._do_by_key)
        library.chosen.connect(self._open)
        library.listed_anew.connect(self._open_one)
        library.listed_anew.connect(self._show_size)
        library.list.pasted.connect(self.files.paste)
        library.list.entered.connect(view.setFocus)
        self.files.taken_in.connect(self._open_new)
        self.finder.found.connect(view.set_found)
        self.finder.gone_to.connect(self._show_place)
        self.finder.closed.connect(view.setFocus)
        self.find_panel.gone_to.connect(self._show_found)
        self.find_panel.entered.connect(view.setFocus)
        self.find_panel.closed.connect(self.show_library)
        self.find_panel.said.connect(self.say)
        self.history.asked_back.connect(self._undo_many)
        self.foot.asked_check.connect(lambda: self.do("go.check"))
        self.inspector.asked.connect(self.do)
        view.installEventFilter(self)
        for part in (self.left, self.side):
            self._let_escape(part)

    def _let_escape(self, part: QWidget) -> None:
        """Esc anywhere beside the text leads back to it."""
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), part)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.view.setFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tip keeps to its corner."""
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self.tip.place()
        return super().eventFilter(watched, event)

    # What is shown

    def _begin_document(self) -> None:
        """Nothing that was asked, offered or looked for in the article before goes on."""
        self.asking.cancel()
        self.offering.end()
        self.finder.set_text(self.bench.text)
        self.checks_gone = 0
        self._show_size()

    def _show_size(self) -> None:
        count = self.library.total
        self.bar.size_label.setText(trn("{count:,} article", "{count:,} articles", count))
        document = self.bench.document
        at = self.library.model.row_of(document.id) + 1 if document else 0
        of = self.library.model.rowCount()
        where = tr("Article {at} of {of}", at=at, of=of) if at else ""
        shown = [f"{round(self.view.zoom * 100)} %", where, self.bridge.person_name]
        self.foot.right.setText("    ".join(part for part in shown if part))

    def _show_place(self, start: int, end: int) -> None:
        self.view.set_selection(start, end)
        self.view.reveal(start, end)

    def _show_found(self, found: Found, start: int, end: int) -> None:
        """Open the article and show every place in it."""
        if not self.bridge.read.documents_by("id", [found.document_id]):
            self.say(tr("This article was removed meanwhile."))
            return
        self._open(found.document_id)
        self.finder.hide()
        self.bench.hold(None)
        self.view.set_found(found.places)
        self._show_place(start, end)

    # What is open

    def _open(self, document_id: str) -> None:
        if self.bench.document is None or self.bench.document.id != document_id:
            self.bench.open(document_id)

    @property
    def place(self) -> str:
        """Where the project is, as the settings name it."""
        where = self.bridge.where
        return where if "://" in where else str(Path(where).absolute())

    def _open_one(self) -> None:
        """With nothing open yet, go on: where one was, else what is begun, else what is new."""
        if self.bench.document is None and not session.go_back(self, self.choices):
            self.bench.open(self.library.first_to_do())

    def _open_new(self, documents: list[str]) -> None:
        if documents and (self.bench.document is None or len(documents) == 1):
            self._open(documents[0])

    # What actions ask of the desk

    def do(self, action_id: str) -> None:
        """Do the action of that id, where it can be done now."""
        for action in self.actions_now:
            if action.id == action_id and action.when(self):
                action.do(self)

    def _do_by_key(self, key: str) -> None:
        """Do what a letter key is for, where the keyboard itself has no such letter."""
        for action in self.actions_now:
            if key in action.keys:
                self.do(action.id)

    def say(self, words: str) -> None:
        """Answer the person at the foot of the window."""
        self.foot.say(words)

    def write_note(self) -> None:
        """Write the note that is being written."""
        if self.inspector.note is not None:
            self.inspector.note.save()

    def edit_note(self) -> None:
        """Write the held mark's note."""
        self.side.setCurrentWidget(self.inspector)
        self.inspector.edit_note()

    def show_side(self, name: str) -> None:
        """Show a panel of the right side and go there."""
        self.side.show_panel(name)
        self.side.currentWidget().setFocus()

    def show_schema(self) -> None:
        """Edit the schema; one editor at a time."""
        from annotator.gui.schema.editor import SchemaEditor

        there = [one for one in self.findChildren(SchemaEditor) if one.isVisible()]
        editor = there[0] if there else SchemaEditor(self.bench, self.say, self)
        editor.show()
        editor.activateWindow()

    def show_statistics(self) -> None:
        """Show the numbers of the project."""
        from annotator.gui.statistics.dialog import StatisticsDialog

        there = [one for one in self.findChildren(StatisticsDialog) if one.isVisible()]
        dialog = there[0] if there else StatisticsDialog(self.bench, self)
        dialog.show()
        dialog.activateWindow()

    def show_library(self) -> None:
        """Show the library and go there."""
        self.left.setCurrentWidget(self.library)
        self.library.list.setFocus()

    def selected_words(self) -> str:
        """What is selected, where it is short enough to be looked for."""
        selected = self.view.selection()
        words = self.bench.text[slice(*selected)].strip() if selected else ""
        return words if len(words) <= LONGEST_SOUGHT and "\n" not in words else ""

    def ask_words(
        self, title: str, question: str, known: Sequence[str], proposed: str
    ) -> str | None:
        """A few words of the person, or None."""
        return dialogs.ask_words(title, question, known, proposed, self)

    def copy(self, words: str) -> None:
        """Put words on the clipboard."""
        QGuiApplication.clipboard().setText(words)
        self.say(tr("Copied."))

    def ask_mark(
        self, question: str, marks: Sequence[Annotation], then: Callable[[str], None]
    ) -> None:
        """One of these marks: by letters on those in sight, the others from a list."""
        seen = [mark for mark in marks if self.view.is_in_sight(mark)]
        away = [mark for mark in marks if mark not in seen]
        found = [of_mark(mark, self.bench.schema) for mark in away]

        def choose() -> None:
            Palette(question, found, lambda one: then(str(one)), self).show()

        if not seen:
            choose()
            return
        others = (tr("{count} out of sight", count=len(away)), choose) if away else None
        self.asking.marks(question, [mark.id for mark in seen], lambda one: then(str(one)), others)

    def show_palette(self) -> None:
        """Every action that can be done now."""
        now = [action for action in self.actions_now if action.when(self)]
        Palette(tr("Type a command"), of_actions(now), lambda one: one.do(self), self).show()

    def show_keys(self) -> None:
        """The sheet of all keys."""
        CheatSheet(self.actions_now, self).show()

    def _show_choices(self, new: set[str]) -> None:
        """Draw what the person chose."""
        now = self.choices.now
        if "theme" in new:
            self.apply_theme()
        if "fold_dimmed" in new:
            self.view.set_dimmed_folded(now.fold_dimmed)
        if "face" in new:
            self.view.set_face(now.face)
        if "zoom" in new:
            self.view.set_zoom(now.zoom)
            self._show_size()

    def apply_theme(self) -> None:
        """Draw everything in the chosen colors."""
        theme = themes.load(self.choices.now.theme)
        themes.dress(QApplication.instance(), theme)
        self.view.set_theme(theme)
        self.library.set_theme(theme)
        self.inspector.refresh()

    def state(self) -> str:
        """How wide the panels are, as the settings keep it."""
        return base64.b64encode(self.splitter.saveState().data()).decode()

    def _undo_many(self, count: int) -> None:
        for _ in range(count):
            self.bridge.undo()
        self.say(
            trn(
                "{count} act is taken back; Ctrl+Shift+Z repeats them.",
                "{count} acts are taken back; Ctrl+Shift+Z repeats them.",
                count,
            )
        )
