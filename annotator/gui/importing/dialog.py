"""Looking at what was found before it is stored, and afterwards at what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.bridge import Bridge
from annotator.gui.choices import Choices
from annotator.gui.importing.columns import (
    ColumnsDialog,
    mappings_of,
    with_these,
)
from annotator.gui.importing.kinds import Kinds
from annotator.gui.importing.offers import Offers
from annotator.gui.importing.preview import Preview
from annotator.gui.importing.table import (
    Filtered,
    Outcomes,
    OutcomesView,
)
from annotator.gui.parts import label, row, rule
from annotator.language import tr, trn
from annotator.progress import Pace
from annotator.project.gathering import Gathering, gather, store
from annotator.project.outcomes import IMPORTED, Report, written

LOOK_EACH = 100
"""Milliseconds between two looks at what was read meanwhile."""
REPORTS = f"{tr('Table ({pattern})', pattern='*.csv')};;JSON (*.json)"

NOT_YET = tr("Nothing is stored until you say so.")


class ImportDialog(QDialog):
    """Reads, shows, and stores what the person wants of it."""

    stored = Signal(object)
    """The Report, once it is stored."""
    asked_compare = Signal(str, str)
    """Two documents to be compared."""

    def __init__(
        self, bridge: Bridge, paths: Sequence[Path], choices: Choices, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bridge, self._paths, self._choices = bridge, list(paths), choices
        self._gathering = Gathering(mappings_of(choices.now.tables))
        self._pace = Pace()
        self._is_reading = self._is_storing = self._is_closing = self._is_done = False
        self.setWindowTitle(tr("Import articles"))
        self.outcomes = Outcomes()
        self.shown = Filtered(self.outcomes)
        self._build()
        self._look = QTimer(self, interval=LOOK_EACH)
        self._look.timeout.connect(self._grow)
        self.outcomes.chosen_changed.connect(self._tell)
        bridge.progressed.connect(self._show_progress)
        self.resize(1180, 680)

    def begin(self) -> bool:
        """Begin to read; False where something long is still under way."""
        if self._read():
            self.open()
        else:
            self._leave()
        return self._is_reading

    def _read(self) -> bool:
        work = (gather, self._gathering, self._paths)
        self._is_reading = self._bridge.start_job(*work, then=self._end_reading)
        if self._is_reading:
            self._pace = Pace()
            self.outcomes.follow(self._gathering.outcomes)
            self._look.start()
            self._tell()
        return self._is_reading

    def showEvent(self, event: QShowEvent) -> None:
        """Let the keys move through the table."""
        super().showEvent(event)
        self.table.setFocus()

    def reject(self) -> None:
        """Close it; what is still being read or stored is not gone on with."""
        self._look.stop()
        self._bridge.progressed.disconnect(self._show_progress)
        super().reject()
        if self._is_reading or self._is_storing:
            self._is_closing = self.offers.is_over = True
            self._bridge.finished.connect(self._leave)
            self._bridge.stop_job()
        else:
            self._leave()

    # Building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(rule())
        layout.addWidget(self._middle(), 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())

    def _head(self) -> QWidget:
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 18, 24, 16)
        inside.setSpacing(6)
        self.heading = label(tr("Import articles"), heading=True)
        self.whence = label("", soft=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(tr("How much is read"))
        self.said = label("", soft=True)
        self.said.setAccessibleName(tr("What is being done"))
        self.offers = Offers(self._bridge)
        self.offers.asked_columns.connect(self._ask_columns)
        for part in (self.heading, self.whence, self.bar, self.said, self.offers):
            inside.addWidget(part)
        return card

    def _middle(self) -> QWidget:
        self.table = OutcomesView(self.shown)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.preview = Preview()
        self.preview.show_nothing(tr("What is chosen in the table is shown here."))
        middle = QSplitter(Qt.Orientation.Horizontal)
        left = QWidget()
        left.setObjectName("card")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QHBoxLayout(left)
        inside.setContentsMargins(16, 8, 8, 0)
        inside.addWidget(self.table)
        middle.addWidget(left)
        middle.addWidget(self.preview)
        middle.setStretchFactor(0, 2)
        middle.setStretchFactor(1, 1)
        middle.setSizes([810, 370])
        middle.setChildrenCollapsible(False)
        return middle

    def _foot(self) -> QHBoxLayout:
        self.kinds = Kinds()
        self.kinds.chosen.connect(self._show_kind)
        self.kinds.searched.connect(lambda words: self.shown.show_only(words=words))
        self.stop, self.save, self.go = (
            QPushButton(words) for words in (tr("Stop"), tr("Save report"), "")
        )
        self.stop.clicked.connect(self._stop_or_close)
        self.save.clicked.connect(self._save)
        self.go.clicked.connect(self._store)
        for button in (self.stop, self.save):
            button.setAutoDefault(False)
        self.go.setDefault(True)
        foot = row(self.kinds, 1, self.stop, self.save, self.go, spacing=8)
        foot.setContentsMargins(16, 12, 24, 12)
        return foot

    # While it reads and stores

    def _grow(self) -> None:
        if self.outcomes.grow():
            self._tell()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)

    def _show_progress(self, done: int, total: int, note: str) -> None:
        if self._is_done:
            return
        self._tell()
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        at = tr("{done} of {total}", done=done, total=total)
        far = " — ".join(filter(None, (at, self._pace.words(done, total if total > 0 else None))))
        if self._is_reading:
            said = tr("Reading {name} — {far}.", name=note[:50], far=far)
            self.said.setText(f"{said} {NOT_YET}")
        else:
            self.said.setText(tr("Storing {name} — {far}.", name=note[:50], far=far))

    def _end_reading(self, _: object) -> None:
        self._is_reading = False
        if self._is_closing:
            return
        self._look.stop()
        self._grow()
        stopped = tr("Stopped; this is what was read.")
        self.said.setText(
            f"{tr('All is read.') if self._gathering.is_whole else stopped} {NOT_YET}"
        )
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        self._tell()
        if not self.outcomes.chosen() and self.offers.columns.isVisible():
            self.offers.columns.setFocus()  # it is what there is to be done

    def _store(self) -> None:
        if self._is_done:
            self.accept()
            self._leave()
            return
        chosen = self.outcomes.chosen()
        self._pace = Pace()
        work = (store, self._gathering, chosen)
        if self._bridge.start_job(*work, then=partial(self._end_storing, sorted(chosen))):
            self._is_storing = True
            self.go.setEnabled(False)

    def _end_storing(self, places: Sequence[int], report: Report) -> None:
        self._is_storing, self._is_done = False, True
        if self._is_closing:
            return
        became = dict(zip(places, report.outcomes, strict=True))
        before = self._gathering.outcomes
        kept = [
            became.get(n, one)
            for n, one in enumerate(before)
            if n in became or one.result != IMPORTED
        ]
        self.outcomes.end(kept)
        self.heading.setText(tr("Imported"))
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        self.said.setText(
            trn(
                "{count} article is in the project. Ctrl+Z takes it out again.",
                "{count} articles are in the project. Ctrl+Z takes them out again.",
                report.count(IMPORTED),
            )
        )
        self.go.setEnabled(True)
        self._tell()
        self.stored.emit(Report(tuple(kept)))
        new = {id_ for one in report.outcomes for id_ in one.documents}
        self.offers.look_for_lines(new)

    def _tell(self) -> None:
        """Say how many there are of each kind, and what the buttons do."""
        self.kinds.tell(self.outcomes.count, done=self._is_done)
        self.whence.setText(_whence(self._paths, self._gathering.files, self.outcomes.rowCount()))
        chosen = len(self.outcomes.chosen())
        self.go.setText(tr("Close") if self._is_done else tr("Import {chosen}", chosen=chosen))
        self.go.setEnabled(self._is_done or (chosen > 0 and not self._is_reading))
        self.offers.show_tables(
            self._gathering.tables,
            is_reading=self._is_reading,
            is_busy=self._is_reading or self._is_storing,
            is_done=self._is_done,
        )
        self.stop.setVisible(not self._is_done)
        self.stop.setText(tr("Stop") if self._is_reading else tr("Cancel"))

    # What the person does

    def _show_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            self.preview.show_nothing("")
            return
        at = self.shown.mapToSource(current).row()
        article = None if self._is_done else self._gathering.article(at)
        self.preview.show_thing(self.outcomes.outcome(at), article)

    def _show_kind(self, kind: str) -> None:
        self.shown.show_only(kind=kind)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _ask_columns(self) -> None:
        dialog = ColumnsDialog(self._gathering.tables, self)
        dialog.wanted.connect(self._read_again)
        dialog.open()

    def _read_again(self, said: dict[tuple[str, ...], dict[str, str]]) -> None:
        """Read everything once more, tables as the person says."""
        self._choices.keep(tables=with_these(self._choices.now.tables, said))
        before = self._gathering
        self._gathering = Gathering(mappings_of(self._choices.now.tables))
        if self._read():
            before.close()
            self.table.setFocus()
        else:
            self._gathering.close()
            self._gathering = before

    def _stop_or_close(self) -> None:
        if self._is_reading:
            self._bridge.stop_job()
        else:
            self.reject()

    def _save(self) -> None:
        name, chosen = QFileDialog.getSaveFileName(
            self, tr("Save report"), "import-report.csv", REPORTS
        )
        if name:
            self.save_report(Path(name), as_json=name.endswith(".json") or "JSON" in chosen)

    def save_report(self, path: Path, *, as_json: bool) -> None:
        """Write what is known of everything that was met."""
        met = tuple(self.outcomes.outcome(n) for n in range(self.outcomes.rowCount()))
        found = self.offers.repeated
        report = Report(met, (len(found.lines), len(found.places)))
        try:
            path.write_text(written(report, as_json=as_json), encoding="utf-8", newline="")
            self.said.setText(tr("The report is written to {name}.", name=path.name))
        except OSError as error:
            self.said.setText(
                tr(
                    "{path} cannot be written ({why}); there is no report.",
                    path=path,
                    why=error.strerror,
                )
            )

    def _leave(self) -> None:
        self._is_closing = self.offers.is_over = True
        self._gathering.close()
        self.deleteLater()


def _whence(paths: Sequence[Path], files: int, met: int) -> str:
    counts = tr(
        "{files}, {articles} found",
        files=trn("{count} file", "{count} files", files),
        articles=trn("{count} article", "{count} articles", met),
    )
    if len(paths) == 1:
        return tr("From “{name}” — {counts}.", name=paths[0].name, counts=counts)
    return tr("From several places — {counts}.", counts=counts)
