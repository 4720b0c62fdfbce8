"""Articles in and datasets out: what the desk asks, begins, and reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.gui.bridge import Bridge
from annotator.gui.choices import Choices
from annotator.gui.report import Line, ReportDialog
from annotator.language import tr, trn
from annotator.model.names import RESULT_NAMES

if TYPE_CHECKING:
    from annotator.project.datasets import DatasetReport
    from annotator.project.importing import Way
    from annotator.project.outcomes import Outcome, Report
    from annotator.project.proving import Verdict
    from annotator.project.recipes import Recipe
    from annotator.project.surveying import Survey

KINDS = tr("All files ({pattern})", pattern="*")
LOOKS = {"imported": "good", "already_there": "", "refused": "bad"}
"""How a line of the report looks, by what became of it."""
AT_ONCE = 256 * 1024
"""Bytes of one plain text up to which there is nothing to look at before it is stored."""


class Files(QObject):
    """Taking in, giving out, proving; everything long runs beside the work."""

    taken_in = Signal(list)
    """Ids of the documents that an import found or made."""

    def __init__(
        self, bridge: Bridge, choices: Choices, say: Callable[[str], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._bridge, self._choices, self._say, self._window = bridge, choices, say, window

    def ask_files(self) -> None:
        """Ask for files and take them in."""
        last = self._choices.now.folder
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Import"), last, KINDS)
        if names:
            self._choices.keep(folder=str(Path(names[0]).parent))
            self.take_in([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Ask for a folder and take in all of its files."""
        last = self._choices.now.folder
        name = QFileDialog.getExistingDirectory(self._window, tr("Import folder"), last)
        if name:
            self._choices.keep(folder=name)
            self.take_in([Path(name)])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take in files and folders: what is found, or what is in a dataset, is shown first.

        A short plain text is taken in at once.
        """
        from annotator.project import articles, surveying

        if len(paths) == 1 and articles.is_dataset(paths[0]) is True:
            self._bridge.start_job(surveying.survey, paths[0], then=self._ask_terms)
            return
        if len(paths) == 1 and _is_plain(paths[0]):
            self._bridge.start_job(articles.import_paths, list(paths), then=self._report_import)
            return
        from annotator.gui.importing.dialog import ImportDialog

        dialog = ImportDialog(self._bridge, paths, self._choices, self._window)
        dialog.stored.connect(self._tell_stored)
        dialog.begin()

    def _ask_terms(self, survey: Survey) -> None:
        from annotator.gui.fitting import FittingDialog
        from annotator.project import articles

        def take_in(path: Path, way: Way) -> None:
            verb = partial(articles.import_paths, way=way)
            self._bridge.start_job(verb, [path], then=self._report_import)

        dialog = FittingDialog(survey, self._bridge.read.schema(), self._window)
        dialog.wanted.connect(take_in)
        dialog.open()

    def take_in_names(self, names: Sequence[str]) -> None:
        """Take in files and folders by their names."""
        self.take_in([Path(name) for name in names])

    def paste(self) -> None:
        """Make an article of what is on the clipboard: files, else HTML, else text."""
        from annotator.project import articles

        data = (
            QGuiApplication.clipboard().mimeData() or QMimeData()
        )  # none where nothing was copied
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files and not data.hasHtml():
            self.take_in(files)
            return
        words = data.html() if data.hasHtml() else data.text()
        if not words.strip():
            self._say(tr("There is no text on the clipboard."))
            return
        self._bridge.run(articles.import_bytes, words.encode(), then=self._report_paste)

    def ask_export(self) -> None:
        """Ask for a dataset and write it."""
        from annotator.gui.exporting.dialog import ExportDialog

        where = self._bridge.where
        stem = "project" if "://" in where else Path(where).stem
        folder = Path.home() if "://" in where else Path(where).absolute().parent
        dialog = ExportDialog(self._bridge, folder / f"{stem}-dataset", self._window)
        dialog.wanted.connect(lambda recipe, path, old: self._export(recipe, path, replacing=old))
        dialog.open()

    def export(self, path: Path) -> None:
        """Write everything to a file, in the format that its name asks for."""
        from annotator.project.recipes import Recipe

        self._export(Recipe(), path, replacing=False)

    def _export(self, recipe: Recipe, path: Path, *, replacing: bool) -> None:
        from annotator.project import datasets

        def then(done: DatasetReport) -> None:
            self._say(tr("Exported to {name}.", name=path.name))
            self._show(
                tr("Export"),
                tr("The dataset is written to {name}", name=path.name),
                done.sentences(),
            )

        write = partial(datasets.export, replacing=replacing)
        self._bridge.start_job(write, recipe, path, then=then)

    def verify(self) -> None:
        """Prove every quote and every link of the project."""
        from annotator.project import exchange

        def then(verdict: Verdict) -> None:
            head = tr("Every quote and every link holds")
            if verdict.count:
                head = trn("{count} thing is wrong", "{count} things are wrong", verdict.count)
            counted = tr(
                "{sets}, {marks}, {links}.",
                sets=trn("{count} set", "{count} sets", verdict.lines),
                marks=trn("{count} mark", "{count} marks", verdict.spans),
                links=trn("{count} link", "{count} links", verdict.relations),
            )
            lines = [Line(problem, tr("wrong"), "", "bad") for problem in verdict.problems]
            self._say(f"{head}.")
            self._show(tr("Verify"), head, [counted], lines)

        self._bridge.start_job(exchange.verify_project, then=then)

    def _report_import(self, report: Report) -> None:
        said = _counts(report)
        self._say(said)
        outcomes = report.outcomes
        if len(outcomes) > 1 or any(one.result != "imported" or one.notes for one in outcomes):
            head = trn("Import of {count} file", "Import of {count} files", len(outcomes))
            # What went wrong stands first.
            order = ("refused", "imported", "already_there")
            ranked = sorted(outcomes, key=lambda one: order.index(one.result))
            self._show(tr("Import"), head, [said], [_line(one) for one in ranked])
        self.taken_in.emit([id_ for one in outcomes for id_ in one.documents])

    def _tell_stored(self, report: Report) -> None:
        self._say(_counts(report))
        self.taken_in.emit([id_ for one in report.outcomes for id_ in one.documents])

    def _report_paste(self, outcome: Outcome) -> None:
        known = {
            "imported": tr("Pasted as an article."),
            "already_there": tr("This article is here already."),
        }
        self._say(known.get(outcome.result, outcome.reason))
        self.taken_in.emit(list(outcome.documents))

    def _show(
        self, title: str, head: str, sentences: Sequence[str], lines: Sequence[Line] = ()
    ) -> None:
        ReportDialog(title, head, sentences, lines, self._window).open()


def _counts(report: Report) -> str:
    """How many articles became what: “2 imported, 0 already there, 1 refused.”."""
    return tr(
        "{imported} imported, {already} already there, {refused} refused.",
        imported=report.count("imported"),
        already=report.count("already_there"),
        refused=report.count("refused"),
    )


def _is_plain(path: Path) -> bool:
    try:
        is_short = path.is_file() and path.stat().st_size <= AT_ONCE
    except OSError:
        return False
    return is_short and path.suffix.lower() == ".txt"


def _line(outcome: Outcome) -> Line:
    why = outcome.reason or " ".join(outcome.notes)
    look = LOOKS[outcome.result]
    return Line(Path(outcome.name).name, RESULT_NAMES[outcome.result], why, look)
