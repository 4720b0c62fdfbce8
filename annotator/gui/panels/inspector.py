"""The inspector: the held mark, or with nothing held the document."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from annotator.gui.panels.document_page import DocumentPage
from annotator.gui.panels.mark_page import MarkPage, Note
from annotator.gui.panels.page import Page
from annotator.gui.workbench import Workbench
from annotator.language import tr


class Inspector(QScrollArea):
    """One page at a time, made anew when what it shows has changed."""

    asked = Signal(str)
    """The id of an action to do."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._everything = False
        """Whether all attributes are shown, or those that the schema offers."""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Inspector"))
        # Several signals of one act make one drawing.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._draw)
        for signal in (bench.held_changed, bench.opened, bench.schema_changed):
            signal.connect(self._soon.start)
        bench.marks_changed.connect(lambda _: self._soon.start())
        bench.library_changed.connect(lambda _: self._soon.start())
        self._draw()

    @property
    def note(self) -> Note | None:
        """The field of the held mark's note."""
        page = self.widget()
        return page.note if isinstance(page, MarkPage) else None

    def edit_note(self) -> None:
        """Put the cursor into the held mark's note."""
        self._soon.stop()
        self._draw()
        if self.note is not None:
            self.ensureWidgetVisible(self.note)
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Draw anew, in the colors of another theme."""
        self._soon.start()

    def _draw(self) -> None:
        if self.note is not None and self.note.hasFocus():
            return  # somebody is writing; it is drawn anew when they leave
        before = self.focusWidget() if self.isAncestorOf(self.focusWidget()) else None
        focused = before.objectName() if before is not None and before.hasFocus() else ""
        at = self.verticalScrollBar().value()
        page = self._page()
        page.asked.connect(self.asked)
        self.setWidget(page)
        self.verticalScrollBar().setValue(at)
        again = page.findChild(QWidget, focused) if focused else None
        if again is not None:
            again.setFocus()

    def _page(self) -> Page:
        held, document = self._bench.held, self._bench.document
        if held is not None:
            everything = self._everything
            return MarkPage(self._bench, held, everything=everything, toggle=self._toggle)
        if document is not None:
            return DocumentPage(self._bench, document)
        page = Page(self._bench)
        page.said(tr("Nothing is open. Choose an article on the left."), soft=True)
        page.column.addStretch(1)
        return page

    def _toggle(self) -> None:
        self._everything = not self._everything
        self._soon.start()
