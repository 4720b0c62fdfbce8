"""What is shown and kept of a bug: where it happened, never a word of an article.

Whatever nothing else caught arrives here: in slots and paint events, on threads, in what Python
cannot raise, and what Qt itself complains of.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import platform
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QVBoxLayout

from annotator import __version__, settings
from annotator.gui.parts import label, row
from annotator.language import tr

log = logging.getLogger("annotator")
LARGEST_LOG = 512 * 1024
LOGS_KEPT = 3
_QUOTED = re.compile(r"[\"“'‘].*[\"”'’]", re.DOTALL)


def report(error: BaseException) -> str:
    """Frames and the kinds of the errors; their messages may hold words of an article and are left out."""
    system = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    parts: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        parts.append("".join(_frames(at.__traceback__)) + type(at).__name__)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return f"Annotator {__version__}, {system}\n\n" + "\n\ncaused by\n\n".join(parts)


def _frames(trace: TracebackType | None) -> list[str]:
    """File, line and function of each frame; the source lines are ours and may be looked up."""
    return [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}\n"
        for frame in traceback.extract_tb(trace)
    ]


def _short(name: str) -> str:
    """A source file without the folders of the person's machine."""
    parts = re.split(r"[\\/]", name)
    for root in ("annotator", "site-packages"):
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]


class BugDialog(QDialog):
    """Tells the person, who may go on; what was stored stays stored."""

    open_now: BugDialog | None = None

    def __init__(self, words: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(tr("Something went wrong"))
        said = label(tr("Annotator made a mistake. What was saved stays saved, and you can go on."))
        holds = label(
            tr(
                "The report holds no text of your articles. It is also in {logs}.",
                logs=settings.logs(),
            )
        )
        holds.setProperty("soft", True)
        for words_ in (said, holds):
            words_.setWordWrap(True)
        self.text = QPlainTextEdit(words)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Report"))
        copy, close = QPushButton(tr("Copy report")), QPushButton(tr("Close"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for part in (said, holds, self.text):
            layout.addWidget(part)
        layout.addLayout(row(1, copy, close, spacing=12))
        self.resize(640, 400)
        self.finished.connect(self._closed)

    def _closed(self) -> None:
        BugDialog.open_now = None
        self.deleteLater()


def show(words: str) -> None:
    """Show a report; while one is shown, others only join it: a paint that fails, fails often."""
    there = BugDialog.open_now
    if there is None:
        BugDialog.open_now = there = BugDialog(words)
        there.open()
    elif words not in there.text.toPlainText():
        there.text.appendPlainText(f"\n{words}")


def take(error: BaseException) -> None:
    """Keep and show a bug, on whatever thread it happened."""
    words = report(error)
    log.error(words)
    if _reporter is not None:
        _reporter.came.emit(words)


class _Reporter(QObject):
    """Leads reports to the GUI's thread."""

    came = Signal(str)


_reporter: _Reporter | None = None
_fatal: Any = None


def install() -> None:
    """Have every bug that nothing else caught, and every complaint of Qt, arrive here."""
    global _reporter
    _reporter = _Reporter()
    _reporter.came.connect(show)
    keep_log()
    sys.excepthook = _hook
    threading.excepthook = lambda about: take(about.exc_value) if about.exc_value else None
    sys.unraisablehook = lambda about: (
        log.error(report(about.exc_value)) if about.exc_value else None
    )
    qInstallMessageHandler(_note_qt)


class _Log(logging.Handler):
    """The log where logs lie, opened with its first line; where it cannot be, the program goes without.

    Most runs have nothing to write, and what writes takes long to load.
    """

    def __init__(self) -> None:
        super().__init__()
        self._to: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._to is None:
            self._to = _opened()
            begins = f"Annotator {__version__}, Qt {qVersion()}, {platform.platform()}"
            self._to.handle(logging.makeLogRecord({"levelname": "INFO", "msg": begins}))
        self._to.handle(record)

    def close(self) -> None:
        if self._to is not None:
            self._to.close()
        super().close()


def _opened() -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    try:
        handler = RotatingFileHandler(
            _folder() / "annotator.log",
            maxBytes=LARGEST_LOG,
            backupCount=LOGS_KEPT,
            encoding="utf-8",
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


def _folder() -> Path:
    """Where logs lie. Raises OSError where it cannot be made."""
    folder = settings.logs()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep_log() -> None:
    """Write the log anew from its first line on."""
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(_Log())


def keep_fatal() -> None:
    """Have what Python itself does not survive leave its frames beside the log."""
    global _fatal
    with contextlib.suppress(OSError):
        _fatal = (_folder() / "fatal.log").open("a", encoding="utf-8")
        faulthandler.enable(_fatal)


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    take(error.with_traceback(trace))
    sys.stderr.write(f"{report(error)}\n")


def _note_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Keep what Qt says, without what it quotes."""
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        return
    said = " ".join(_QUOTED.sub("“…”", message).split())[:200]
    log.warning("Qt %s: %s", context.category or "", said)
