"""The status bar: whether everything is saved, what was just done, counts, checks, long work."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from annotator.gui.bridge import Bridge
from annotator.gui.buttons import flat_button
from annotator.gui.parts import free_width, label, plain_tip
from annotator.gui.workbench import Workbench
from annotator.language import tr, trn
from annotator.model.names import of_label
from annotator.text.visible import visible

SAID_FOR = 8000
"""Milliseconds that an answer stays."""


class Foot(QWidget):
    """The line at the foot of the window."""

    asked_check = Signal()
    """Go to the next thing that is unfinished."""

    def __init__(self, bridge: Bridge, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._bench = bridge, bench
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self.saved = label(tr("Saved ✓"), ok=True)
        self.saved.setAccessibleName(tr("Saved"))
        self.said = label("", small=True)
        self.said.setAccessibleName(tr("Last answer"))
        self.counts = label("", small=True)
        self.again = flat_button(tr("Try again"), tr("Try again to store what is not saved"))
        self.again.clicked.connect(bridge.try_again)
        self.again.hide()
        self.checks = flat_button("", tr("Next check"))
        self.checks.setProperty("warn", True)
        self.checks.setToolTip(tr("Go to the next of them (X)"))
        self.checks.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.checks.clicked.connect(self.asked_check)
        self.right = label("", small=True)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self.what = label("", small=True)
        self.stop = flat_button(tr("Stop"))
        self.stop.clicked.connect(bridge.stop_job)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(20)
        for part in (self.saved, self.again, self.counts, self.checks):
            layout.addWidget(part)
        layout.addWidget(free_width(self.said), 1)
        for part in (self.what, self.bar, self.stop, self.right):
            layout.addWidget(part)
        self._forget = QTimer(self, singleShot=True, interval=SAID_FOR)
        self._forget.timeout.connect(lambda: self.said.setText(""))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count)
        bridge.saved.connect(self._show_saved)
        bridge.refused.connect(self.refuse)
        bridge.progressed.connect(self._show_progress)
        bridge.finished.connect(self._end_progress)
        bench.opened.connect(self._soon.start)
        bench.marks_changed.connect(lambda _: self._soon.start())
        bench.held_changed.connect(self._soon.start)
        self._end_progress()
        if not bridge.may_write:
            self.saved.setText(tr("Read only"))
            _look(self.saved, ok=False, warn=True)

    def say(self, words: str) -> None:
        """Answer the person."""
        self._show_said(words, refused=False)

    def refuse(self, words: str) -> None:
        """Say why something was not done."""
        self._show_said(words, refused=True)

    def _show_said(self, words: str, *, refused: bool) -> None:
        self.said.setText(visible(words))
        self.said.setToolTip(plain_tip(words))
        _look(self.said, small=not refused, warn=refused)
        self._forget.start()

    def _show_saved(self, is_saved: bool, why: str) -> None:
        if not self._bridge.may_write:
            return
        trouble = tr("Not saved: {why}", why=self._short(why)) if why else tr("Saving…")
        self.saved.setText(tr("Saved ✓") if is_saved else trouble)
        self.saved.setToolTip(plain_tip(why) if why else "")
        self.again.setVisible(bool(why))
        _look(self.saved, ok=is_saved, warn=bool(why), small=not is_saved)

    def _short(self, why: str) -> str:
        """A reason without what the person sees anyway: which project, and that it was not stored."""
        reason = why.removeprefix(f"{self._bridge.where}: ")
        return reason.removesuffix(tr("Nothing of this act was stored.")).rstrip(" .")

    def _count(self) -> None:
        if self._bench.document is None:
            self.counts.setText("")
            self.checks.hide()
            return
        said = [of_label(name, n) for name, n in self._bench.counts().items() if n]
        self.counts.setText("    ".join(said) or tr("no marks"))
        checks = self._bench.checks()
        only = checks[0].message if len(checks) == 1 else ""
        many = trn("{count} open check", "{count} open checks", len(checks))
        said = only if only and len(only) < 60 else many
        self.checks.setText(said if checks else "")
        self.checks.setVisible(bool(checks))

    def _show_progress(self, done: int, total: int, note: str) -> None:
        for part in (self.what, self.bar, self.stop):
            part.show()
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        said = tr("{done} of {total}", done=done, total=total) if total > 0 else str(done)
        self.what.setText(f"{said}  {note[:30]}")

    def _end_progress(self) -> None:
        for part in (self.what, self.bar, self.stop):
            part.hide()


def _look(widget: QWidget, **look: bool) -> None:
    """Give a label another look of the style sheet."""
    for name, value in look.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
