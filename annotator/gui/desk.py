"""The desk: one open project with all its panels, and what the actions do with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator import settings as settings_file
from annotator.errors import SettingsError
from annotator.gui import dialogs
from annotator.gui import theme as themes
from annotator.gui.actions import linking
from annotator.gui.asking import Asking, Tip
from annotator.gui.bridge import Bridge
from annotator.gui.edges import Edges
from annotator.gui.find import FindBar
from annotator.gui.foot import Foot
from annotator.gui.panels.inspector import Inspector
from annotator.gui.panels.library import Library
from annotator.gui.panels.lists import Guidelines, History, MarksList
from annotator.gui.parts import label
from annotator.gui.reading import ReadingView
from annotator.gui.workbench import Workbench
from annotator.settings import Settings


class Sight:
    """What the person chose to see."""

    def __init__(self, *, folded: bool) -> None:
        self.folded = folded
        self.arcs = False
        self.chips = False


class Desk(QWidget):
    """Library, text and inspector of one project."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.settings = settings
        self.bench = Workbench(bridge, self)
        self.sight = Sight(folded=settings.fold_dimmed)
        self.last_link = ""
        self.checks_gone = 0
        self._build()
        self._connect()
        self.view.set_schema(self.bench.schema)
        self.view.set_dimmed_folded(self.sight.folded)
        self.view.set_zoom(settings.zoom)
        self.apply_theme()
        self.library.set_workbench(self.bench)
        self._show_document()

    def _build(self) -> None:
        self.view = ReadingView()
        self.finder = FindBar()
        self.library = Library()
        self.inspector = Inspector(self.bench)
        self.marks_list = MarksList(self.bench)
        self.history = History(self.bench)
        self.guidelines = Guidelines(self.bench)
        self.foot = Foot(self.bridge, self.bench)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.finder)
        column.addWidget(self.view, 1)
        self.tip = Tip(self.view)
        self.asking = Asking(self.view, self.tip)
        self.side = QTabWidget()
        self.side.setDocumentMode(True)
        self.side.addTab(self.inspector, "Inspector")
        self.side.addTab(self.marks_list, "Marks")
        self.side.addTab(self.history, "History")
        self.side.addTab(self.guidelines, "Guide")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(True)
        for part, stretch in ((self.library, 0), (middle, 1), (self.side, 0)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([276, 852, 312])
        self.library.setMinimumWidth(180)
        self.side.setMinimumWidth(220)
        self.edges = Edges(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.foot)

    def _bar(self) -> QWidget:
        """The project's name and the labels with their keys."""
        bar = QWidget()
        bar.setObjectName("bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(44)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        name = label(Path(self.bridge.where).stem if "://" not in self.bridge.where else "Project")
        name.setStyleSheet("font-weight: 600;")
        self.size_label = label("", soft=True)
        layout.addWidget(name)
        layout.addSpacing(8)
        layout.addWidget(self.size_label)
        layout.addStretch(1)
        self.legend = QHBoxLayout()
        self.legend.setSpacing(8)
        layout.addLayout(self.legend)
        layout.addStretch(1)
        self.hints = QHBoxLayout()
        self.hints.setSpacing(8)
        layout.addLayout(self.hints)
        return bar

    def _connect(self) -> None:
        bench, view = self.bench, self.view
        bench.opened.connect(self._show_document)
        bench.marks_changed.connect(self._show_marks)
        bench.held_changed.connect(self._show_held)
        bench.schema_changed.connect(lambda: view.set_schema(bench.schema))
        bench.library_changed.connect(self._show_size)
        view.mark_clicked.connect(bench.hold)
        view.link_dragged.connect(lambda a, b: linking.link(self, a, b))
        view.zoomed.connect(self._zoomed)
        self.library.chosen.connect(self._open)
        self.library.dropped.connect(lambda paths: self.import_paths([Path(p) for p in paths]))
        self.library.list.installEventFilter(self)
        self.finder.found.connect(view.set_found)
        self.finder.gone_to.connect(self._show_place)
        self.finder.closed.connect(view.setFocus)
        self.history.asked_back.connect(self._undo_many)
        self.view.installEventFilter(self)
        for part in (self.library, self.side):
            self._let_escape(part)

    def _let_escape(self, part: QWidget) -> None:
        """Esc anywhere beside the text leads back to it."""
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), part)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.view.setFocus)

    # What the workbench says, shown

    def _show_document(self) -> None:
        bench = self.bench
        self.asking.cancel()
        self.view.show_document(bench.document, bench.text, bench.blocks)
        self.view.set_marks(bench.marks.values())
        self.view.set_relations(bench.relations)
        self.finder.set_text(bench.text)
        self.checks_gone = 0
        self._show_size()

    def _show_marks(self, touched: list[str] | None) -> None:
        if touched is None:
            self.view.set_marks(self.bench.marks.values())
        else:
            for mark_id in touched:
                if mark_id in self.bench.marks:
                    self.view.put_mark(self.bench.marks[mark_id])
                else:
                    self.view.remove_mark(mark_id)
        self.view.set_relations(self.bench.relations)

    def _show_held(self) -> None:
        held = self.bench.held
        self.view.set_relations(self.bench.relations)
        self.view.hold(held.id if held else None)

    def _show_size(self) -> None:
        count = self.bridge.read.count_documents()
        self.size_label.setText(f"{count} article" + ("" if count == 1 else "s"))
        document = self.bench.document
        at = self.library.model.row_of(document.id) + 1 if document else 0
        where = f"Article {at} of {count}" if at else ""
        shown = [f"{round(self.view.zoom * 100)} %", where, self.bridge.person_name]
        self.foot.right.setText("    ".join(part for part in shown if part))

    def _show_place(self, start: int, end: int) -> None:
        self.view.set_selection(start, end)
        self.view.reveal(start, end)

    def _zoomed(self, zoom: float) -> None:
        self.keep_settings(zoom=zoom)
        self._show_size()

    def _open(self, document_id: str) -> None:
        if self.bench.document is None or self.bench.document.id != document_id:
            self.bench.open(document_id)

    # What actions ask of the desk

    def say(self, words: str) -> None:
        """Answer the person at the foot of the window."""
        self.foot.say(words)

    def hold_and_show(self, mark_id: str) -> None:
        """Hold a mark and bring it into sight."""
        mark = self.bench.marks.get(mark_id)
        if mark is not None:
            self.bench.hold(mark_id)
            self.view.set_caret(mark.start)
            self.view.reveal(mark.start, mark.end)

    def edit_note(self) -> None:
        """Write the held mark's note."""
        self.side.setCurrentWidget(self.inspector)
        self.inspector.edit_note()

    def show_side(self, at: int) -> None:
        """Show a panel of the right side and go there."""
        self.side.setCurrentIndex(at)
        self.side.currentWidget().setFocus()

    def ask_words(
        self, title: str, question: str, known: Sequence[str], proposed: str
    ) -> str | None:
        """A few words of the person, or None."""
        return dialogs.ask_words(title, question, known, proposed, self)

    def copy(self, words: str) -> None:
        """Put words on the clipboard."""
        QGuiApplication.clipboard().setText(words)
        self.say("Copied.")

    def apply_theme(self) -> None:
        """Draw everything in the chosen colors."""
        theme = themes.load(self.settings.theme)
        application = QApplication.instance()
        application.setPalette(themes.palette(theme))
        application.setStyleSheet(themes.style_sheet(theme))
        self.view.set_theme(theme)
        self.library.set_theme(theme)

    def keep_settings(self, **changed: Any) -> None:
        """Remember what was chosen."""
        self.settings = replace(self.settings, **changed)
        try:
            settings_file.save(self.settings)
        except SettingsError as error:
            self.say(str(error))

    def show_legend(self, parts: Sequence[QWidget], hints: Sequence[QWidget]) -> None:
        """Fill the bar with the labels and the most needed actions."""
        for part in parts:
            self.legend.addWidget(part)
        for hint in hints:
            self.hints.addWidget(hint, 0, Qt.AlignmentFlag.AlignVCenter)

    def _undo_many(self, count: int) -> None:
        for _ in range(count):
            self.bridge.undo()
        self.say(f"{count} acts are taken back; Ctrl+Shift+Z repeats them.")

    # Taking in and giving out

    def import_files(self) -> None:
        """Ask for files and take them in."""
        kinds = "Articles and datasets (*.txt *.md *.html *.htm *.jsonl);;All files (*)"
        names, _ = QFileDialog.getOpenFileNames(self, "Import", "", kinds)
        if names:
            self.import_paths([Path(name) for name in names])

    def import_folder(self) -> None:
        """Ask for a folder and take in all of its files."""
        name = QFileDialog.getExistingDirectory(self, "Import folder")
        if name:
            self.import_paths([Path(name)])

    def import_paths(self, paths: list[Path]) -> None:
        """Take in files and folders."""
        from annotator.project import articles

        self.bridge.start_job(articles.import_paths, paths, then=self._report_import)

    def paste(self) -> None:
        """Make an article of what is on the clipboard: HTML where there is some, else text."""
        from annotator.project import articles

        data = QGuiApplication.clipboard().mimeData()
        words = data.html() if data.hasHtml() else data.text()
        if data.hasUrls() and not data.hasHtml():
            files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
            if files:
                self.import_paths(files)
                return
        if not words.strip():
            self.say("There is no text on the clipboard.")
            return
        self.bridge.run(articles.import_bytes, words.encode(), then=self._report_paste)

    def export(self) -> None:
        """Ask where to and write a dataset."""
        proposed = str(Path(self.bridge.where).with_suffix(".jsonl").name)
        name, _ = QFileDialog.getSaveFileName(self, "Export", proposed, "Annotator JSONL (*.jsonl)")
        if name:
            self.export_to(Path(name if name.endswith(".jsonl") else f"{name}.jsonl"))

    def export_to(self, path: Path) -> None:
        """Write a dataset."""
        from annotator.project import exchange

        self.bridge.start_job(
            exchange.export, path, then=lambda done: self._report("Export", done.sentences())
        )

    def verify(self) -> None:
        """Prove every quote and every link of the project."""
        from annotator.project import exchange

        def then(verdict: Any) -> None:
            good = "Every quote and every link holds." if not verdict.count else ""
            counted = f"{verdict.lines} sets, {verdict.spans} marks, {verdict.relations} links."
            self._report("Verify", [part for part in (good, counted) if part], [
                (problem, "wrong", "") for problem in verdict.problems
            ])  # fmt: skip

        self.bridge.start_job(exchange.verify_project, then=then)

    def _report_import(self, report: Any) -> None:
        counts = [
            f"{report.count(result)} {result.replace('_', ' ')}"
            for result in ("imported", "already_there", "refused")
        ]
        said = ", ".join(counts) + "."
        self.say(said)
        notable = [one for one in report.outcomes if one.result != "imported" or one.notes]
        if notable or len(report.outcomes) > 1:
            lines = [
                (
                    Path(one.name).name,
                    one.result.replace("_", " "),
                    one.reason or " ".join(one.notes),
                )
                for one in report.outcomes
            ]
            self._report("Import", [said], lines)
        self._open_first(report.outcomes)

    def _report_paste(self, outcome: Any) -> None:
        said = {
            "imported": "Pasted as an article.",
            "already_there": "This article is here already.",
        }
        self.say(said.get(outcome.result, outcome.reason))
        self._open_first([outcome])

    def _open_first(self, outcomes: Sequence[Any]) -> None:
        self.library.refresh()
        new = [id_ for one in outcomes for id_ in one.documents]
        if new and (self.bench.document is None or len(outcomes) == 1):
            self.bench.open(new[0])

    def _report(
        self, title: str, sentences: Sequence[str], lines: Sequence[tuple[str, str, str]] = ()
    ) -> None:
        dialogs.ReportDialog(title, sentences, lines, self).open()

    # Keys that belong to no action

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V in the library pastes an article; the tip keeps to its corner."""
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self.tip.place()
        is_key = watched is self.library.list and event.type() == QEvent.Type.KeyPress
        if (
            is_key
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            self.paste()
            return True
        if is_key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view.setFocus()
            return True
        return super().eventFilter(watched, event)
