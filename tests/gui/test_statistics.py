"""The statistics, through the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.statistics.charts import Chart, ranges
from annotator.gui.statistics.dialog import StatisticsDialog
from tests.gui.conftest import Driver


def shown(dialog: StatisticsDialog) -> dict[str, str]:
    return {
        chart.accessibleName(): chart.accessibleDescription()
        for chart in dialog.findChildren(Chart)
        if chart.isVisibleTo(dialog)
    }


def test_the_numbers_are_drawn_and_follow_what_is_done(app: Driver) -> None:
    app.mark("Harbor officials", "s")
    app.desk.do("see.statistics")
    app.settle()
    dialog = app.desk.findChild(StatisticsDialog)
    assert isinstance(dialog, StatisticsDialog)
    assert shown(dialog)["Marks by label"] == "Claim: 0; Source: 1; Denial: 0; Cue: 0"
    assert shown(dialog)["Sources by their marks"] == "Harbor officials: 1"
    numbers = [one.accessibleName() for one in dialog.findChildren(QWidget)]
    assert "1 articles" not in numbers
    assert "1 article" in numbers
    app.mark("a fisherman", "s")
    QTest.qWait(450)
    app.settle()
    assert "Source: 2" in shown(dialog)["Marks by label"]
    assert not dialog.grab().isNull()
    dialog.close()


@pytest.mark.parametrize(
    ("counted", "names", "numbers"),
    [
        ([], [], []),
        ([(0, 4)], ["0"], [4]),
        ([(0, 1), (1, 2), (3, 1)], ["0", "1", "2", "3"], [1, 2, 0, 1]),
        ([(2, 1), (19, 1)], ["0–1", "2–3", "4–5", "6–7", "8–9", "10–11", "12–13", "14–15", "16–17", "18–19"], [0, 1, 0, 0, 0, 0, 0, 0, 0, 1]),
        ([(1, 99), (5000, 1)], ["0", "1+"], [0, 100]),
    ],
)  # fmt: skip
def test_ranges_are_round_and_keep_their_shape(
    counted: list[tuple[int, int]], names: list[str], numbers: list[int]
) -> None:
    bars = ranges(counted, "source")
    assert ([bar.name for bar in bars], [bar.n for bar in bars]) == (names, numbers)


def test_a_closed_dialog_no_longer_follows_the_work(app: Driver) -> None:
    app.control(Qt.Key.Key_T, shift=True)
    dialog = app.desk.findChild(StatisticsDialog)
    assert dialog is not None
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.mark("the old pier was unsafe", "c")
