"""The statistics of the project: read beside the acts, drawn on one page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.parts import empty, label, row
from annotator.gui.statistics.charts import Bar, Bars, Chart, Columns, Shares, bold, ranges
from annotator.gui.workbench import Workbench
from annotator.language import tr, trn
from annotator.model.names import STATUS_NAMES
from annotator.model.statistics import PAUSE, Statistics, duration

if TYPE_CHECKING:
    from annotator.project import Queries

STATUS_COLORS = {
    "new": "faint",
    "in_progress": "claim",
    "complete": "ok",
    "reviewed": "source",
    "excluded": "denial",
}
SOURCES = 12


class StatisticsDialog(QDialog):
    """Numbers above, charts below; follows what is done meanwhile."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(tr("Statistics"))
        self.resize(1040, 760)
        self._bench = bench
        self._reading = self._stale = False
        self.all_denials = QCheckBox(tr("Count refusals and non-denials among the denials"))
        self.all_denials.toggled.connect(lambda _: self.refresh())
        self.found: Statistics | None = None
        body = QWidget()
        body.setObjectName("card")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(56)
        self._grid.setVerticalSpacing(30)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._numbers = row(spacing=48)
        column = QVBoxLayout(body)
        column.setContentsMargins(32, 26, 32, 26)
        column.setSpacing(26)
        column.addLayout(self._numbers)
        column.addLayout(self._grid)
        column.addWidget(self.all_denials)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("card")
        area.setWidgetResizable(True)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self._soon = QTimer(self, singleShot=True, interval=400)
        self._soon.timeout.connect(self.refresh)
        bench.library_changed.connect(self._wait)  # a method: it is let go of with the dialog
        self._numbers.addWidget(label(tr("Counting…"), soft=True))
        self.refresh()

    def _wait(self, _changes: object) -> None:
        self._soon.start()

    def refresh(self) -> None:
        """Count anew; one counting at a time."""
        self._stale = self._reading
        if not self._reading:
            self._reading = True
            look = partial(
                _count, person=self._bench.bridge.person, every=self.all_denials.isChecked()
            )
            self._bench.bridge.look(look, then=self._take)

    def _take(self, found: Statistics) -> None:
        self._reading = False
        self.found = found
        self._show(found)
        if self._stale:
            self.refresh()

    def _show(self, found: Statistics) -> None:
        empty(self._numbers)
        done = found.statuses.get("complete", 0) + found.statuses.get("reviewed", 0)
        for n, what in (
            (f"{found.articles:,}", trn("article", "articles", found.articles)),
            (f"{done:,}", tr("done by you")),
            (f"{found.total:,}", trn("mark", "marks", found.total)),
            (f"{found.source_names:,}", trn("source", "sources", found.source_names)),
            (duration(found.median_seconds), tr("on an article")),
        ):
            self._numbers.addWidget(_number(n, what))
        self._numbers.addStretch(1)
        empty(self._grid)
        cards = self._cards(found)
        for at, (name, chart, note) in enumerate(cards):
            self._grid.addWidget(_card(name, chart, note), at // 2, at % 2)

    def _marks(self, found: Statistics) -> list[Bar]:
        labels = {one.name: one for one in self._bench.schema.labels}
        bars: list[Bar] = []
        for name, n in found.marks.items():
            one = labels.get(name)
            each = tr("{each:.1f} an article", each=n / found.articles) if found.articles else ""
            bars.append(Bar(one.title if one else name, n, one.color if one else "soft", each))
        return bars

    def _cards(self, found: Statistics) -> list[tuple[str, Chart, str]]:
        left = ""
        if found.left_out:
            left = trn(
                "{count:,} refusal or non-denial is left out.",
                "{count:,} refusals and non-denials are left out.",
                found.left_out,
            )
        statuses = [
            Bar(STATUS_NAMES[status], n, STATUS_COLORS.get(status, "soft"))
            for status, n in found.statuses.items()
            if n
        ]
        sources = [
            Bar(one.name, one.marks, "source", _in_articles(one.articles))
            for one in found.sources[:SOURCES]
        ]
        more = found.source_names - SOURCES
        minutes = [(one.seconds // 60, 1) for one in found.worked]
        kinds = {one.name: one.title for one in self._bench.schema.relations}
        links = [Bar(kinds.get(k, k), n, "cue") for k, n in sorted(found.links.items())]
        return [
            (tr("Your articles"), Shares(tr("Your articles by status"), statuses), ""),
            (tr("Marks"), Bars(tr("Marks by label"), self._marks(found)), left),
            (
                tr("Marks in an article"),
                Columns(
                    tr("Articles by their number of marks"), ranges(found.per_article, "claim")
                ),
                tr("How many articles have so many marks."),
            ),
            (
                tr("Minutes on an article"),
                Columns(tr("Articles by the minutes worked on them"), ranges(minutes, "source")),
                tr(
                    "The time between two acts counts for the article of the later one; "
                    "more than {pause} minutes are a pause.",
                    pause=PAUSE // 60,
                ),
            ),
            (
                tr("Sources"),
                Bars(tr("Sources by their marks"), sources, names=190),
                tr("and {more:,} more", more=more) if more > 0 else "",
            ),
            (tr("Links"), Bars(tr("Links by type"), links), ""),
        ]


def _number(n: str, what: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    large = label(n)
    large.setStyleSheet(f"font-size: {bold().pixelSize()}px; font-weight: 600;")
    column.addWidget(large)
    column.addWidget(label(what, soft=True))
    holder.setAccessibleName(f"{n} {what}")
    return holder


def _card(name: str, chart: Chart, note: str) -> QWidget:
    holder = QFrame()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(label(name.upper(), section=True))
    column.addWidget(chart if chart.bars else label(tr("Nothing yet."), soft=True))
    if note and chart.bars:
        said = label(note, small=True)
        said.setWordWrap(True)
        column.addWidget(said)
    column.addStretch(1)
    return holder


def _count(read: Queries, *, person: str, every: bool) -> Statistics:
    from annotator.project.statistics import statistics

    return statistics(read, person, all_denials=every)


def _in_articles(n: int) -> str:
    return trn("in {count:,} article", "in {count:,} articles", n)
