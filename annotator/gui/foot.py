"""The status bar: whether everything is saved, what was just done, counts, checks, long work."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from annotator.gui.bridge import Bridge
from annotator.gui.parts import flat_button, free_width, label
from annotator.gui.workbench import Workbench

SAID_FOR = 8000
"""Milliseconds that an answer stays."""


class Foot(QWidget):
    """The line at the foot of the window."""

    def __init__(self, bridge: Bridge, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._bench = bridge, bench
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self.saved = label("Saved", ok=True)
        self.saved.setAccessibleName("Saved")
        self.said = label("", small=True)
        self.said.setAccessibleName("Last answer")
        self.counts = label("", small=True)
        self.checks = label("", warn=True)
        self.right = label("", small=True)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self.what = label("", small=True)
        self.stop = flat_button("Stop")
        self.stop.clicked.connect(bridge.stop_job)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(20)
        for part in (self.saved, self.counts, self.checks):
            layout.addWidget(part)
        layout.addWidget(free_width(self.said), 1)
        for part in (self.what, self.bar, self.stop, self.right):
            layout.addWidget(part)
        self._forget = QTimer(self, singleShot=True, interval=SAID_FOR)
        self._forget.timeout.connect(lambda: self.said.setText(""))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count)
        bridge.saved.connect(self._show_saved)
        bridge.refused.connect(self.say)
        bridge.progressed.connect(self._show_progress)
        bridge.finished.connect(self._end_progress)
        bench.opened.connect(self._soon.start)
        bench.marks_changed.connect(lambda _: self._soon.start())
        bench.held_changed.connect(self._soon.start)
        self._end_progress()

    def say(self, words: str) -> None:
        """Answer the person."""
        self.said.setText(words)
        self.said.setToolTip(words)
        self._forget.start()

    def _show_saved(self, is_saved: bool, why: str) -> None:
        if is_saved:
            self.saved.setText("Saved")
        else:
            self.saved.setText(f"Not saved: {why}" if why else "Saving…")
        self.saved.setProperty("ok", is_saved)
        self.saved.setProperty("warn", bool(why))
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)

    def _count(self) -> None:
        if self._bench.document is None:
            self.counts.setText("")
            self.checks.setText("")
            return
        said = [_many(n, name) for name, n in self._bench.counts().items() if n]
        self.counts.setText("    ".join(said) or "no marks")
        checks = len(self._bench.checks())
        self.checks.setText(_many(checks, "open check") if checks else "")

    def _show_progress(self, done: int, total: int, note: str) -> None:
        for part in (self.what, self.bar, self.stop):
            part.show()
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        of = f" of {total}" if total > 0 else ""
        self.what.setText(f"{done}{of}  {note[:30]}")

    def _end_progress(self) -> None:
        for part in (self.what, self.bar, self.stop):
            part.hide()


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
