"""The text shows what the workbench has: the article, its blocks, its marks and links, the held one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.gui.reading import ReadingView
from annotator.gui.workbench import Workbench


class Mirror(QObject):
    """Shows in a reading view whatever changes on the bench; a click and the caret go the other way."""

    def __init__(self, bench: Workbench, view: ReadingView) -> None:
        super().__init__(view)
        self._bench, self._view = bench, view
        view.set_schema(bench.schema)
        bench.opened.connect(self.show_document)
        bench.blocks_changed.connect(lambda: view.set_blocks(bench.blocks))
        bench.marks_changed.connect(self._show_marks)
        bench.held_changed.connect(self._show_held)
        bench.shown.connect(self._show_mark)
        bench.schema_changed.connect(lambda: view.set_schema(bench.schema))
        view.mark_clicked.connect(bench.hold)
        view.caret_moved.connect(self._let_go)

    def show_document(self) -> None:
        """Show the article that is open, or nothing."""
        bench, view = self._bench, self._view
        view.show_document(bench.document, bench.text, bench.blocks)
        view.set_marks(bench.marks.values())
        view.set_relations(bench.relations)

    def _show_marks(self, touched: list[str] | None) -> None:
        bench, view = self._bench, self._view
        if touched is None:
            view.set_marks(bench.marks.values())
        else:
            for mark_id in touched:
                if mark_id in bench.marks:
                    view.put_mark(bench.marks[mark_id])
                else:
                    view.remove_mark(mark_id)
        view.set_relations(bench.relations)

    def _show_held(self) -> None:
        held = self._bench.held
        self._view.set_relations(self._bench.relations)
        self._view.hold(held.id if held else None)

    def _show_mark(self, mark_id: str) -> None:
        mark = self._bench.marks[mark_id]
        self._view.set_caret(mark.start)
        self._view.reveal(mark.start, mark.end)

    def _let_go(self, caret: int) -> None:
        """Hold a mark no longer when the caret goes elsewhere: the next key means what is there."""
        held = self._bench.held
        if held and self._view.selection() is None and not held.start <= caret <= held.end:
            self._bench.hold(None)
