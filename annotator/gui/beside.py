"""Two articles side by side, and what of the work on the one can be carried to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTableCell,
    QTextTableFormat,
)
from PySide6.QtWidgets import QDialog, QPushButton, QTextEdit, QVBoxLayout, QWidget

from annotator.gui import theme as themes
from annotator.gui.parts import label, row, rule
from annotator.gui.times import day
from annotator.language import tr, trn
from annotator.model.annotation import Annotation
from annotator.model.document import Document
from annotator.text.differences import Part, Row, side_by_side

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.project import Queries
    from annotator.project.versions import Carried

MOST = 400
"""Paragraphs that are shown; those around changes first."""
AROUND = 1
"""Paragraphs that read the same and are shown beside one that does not."""


class Sides(NamedTuple):
    """Two documents and their paragraphs."""

    left: Document
    right: Document
    rows: list[Row]


class BesideDialog(QDialog):
    """The paragraphs of two articles beside one another; what only one of them has is colored."""

    def __init__(self, title: str, sides: Sides, sentences: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.go = QPushButton()
        self.go.hide()
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 18, 24, 14)
        inside.setSpacing(6)
        heading = label(title, heading=True)
        inside.addWidget(heading)
        for sentence in (_changes(sides.rows), *sentences):
            words = label(sentence, soft=True)
            words.setWordWrap(True)
            inside.addWidget(words)
        self.words = _Beside(sides)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        buttons = row(1, self.close_button, self.go, spacing=12)
        buttons.setContentsMargins(24, 12, 24, 12)
        for part in (card, rule()):
            layout.addWidget(part)
        layout.addWidget(self.words, 1)
        layout.addWidget(rule())
        layout.addLayout(buttons)
        self.resize(1080, 680)

    def offer(self, words: str, do: Callable[[], None]) -> None:
        """A button that does something and closes."""
        self.go.setText(words)
        self.go.setDefault(True)
        self.go.clicked.connect(do)
        self.go.clicked.connect(self.accept)
        self.go.show()


class _Beside(QTextEdit):
    """A table of two columns; words only."""

    def __init__(self, sides: Sides) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setReadOnly(True)
        self.setAccessibleName(tr("Both texts"))
        self.document().setDocumentMargin(16)
        theme = themes.of_application()
        self._usual, self._gone, self._new = (QTextCharFormat() for _ in range(3))
        for look in (self._usual, self._gone, self._new):
            look.setForeground(QColor(theme.ink))
        self._gone.setBackground(QColor(theme.denial_fill))
        self._new.setBackground(QColor(theme.found))
        self._fill(sides, QColor(theme.soft))

    def _fill(self, sides: Sides, soft: QColor) -> None:
        shown = _worth_showing(sides.rows)
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(7)
        half = QTextLength(QTextLength.Type.PercentageLength, 50)
        form.setColumnWidthConstraints([half, half])
        table = QTextCursor(self.document()).insertTable(len(shown) + 1, 2, form)
        head = QTextCharFormat()
        head.setForeground(soft)
        for column, one in enumerate((sides.left, sides.right)):
            facts = " · ".join(
                filter(None, (one.title, one.outlet, day(one.published) if one.published else ""))
            )
            table.cellAt(0, column).firstCursorPosition().insertText(facts, head)
        for n, found in enumerate(shown, 1):
            if found is None:
                table.cellAt(n, 0).firstCursorPosition().insertText("…", head)
                continue
            _write(table.cellAt(n, 0), found.left, self._usual, self._gone)
            _write(table.cellAt(n, 1), found.right, self._usual, self._new)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def show_beside(desk: Desk, left: Document, right: Document) -> None:
    """Open the dialog for two documents; their texts are read and compared beside the acts."""

    def then(sides: Sides) -> None:
        BesideDialog(tr("The same story, twice"), sides, [], desk).open()

    desk.bridge.look(partial(_sides, left=left, right=right), then=then)


def show_carrying(desk: Desk, later: Document) -> None:
    """Open the dialog for a later text, with what can be carried over to it."""
    from annotator.project import versions

    def show(foreseen: Carried, sides: Sides) -> None:
        dialog = BesideDialog(tr("A later text of this article"), sides, _sentences(foreseen), desk)
        if foreseen.placed:
            words = trn("Carry {count} mark", "Carry {count} marks", len(foreseen.placed))
            dialog.offer(words, carry)
        dialog.open()

    def carry() -> None:
        desk.bridge.run(versions.carry, later.id, then=done)

    def done(carried: Carried) -> None:
        desk.say(_carried(len(carried.placed), len(carried.orphans)))

    def then(foreseen: Carried) -> None:
        earlier = desk.bridge.read.document(later.earlier_id or "")
        look = partial(_sides, left=earlier, right=later)
        desk.bridge.look(look, then=lambda sides: show(foreseen, sides))

    desk.bridge.run(versions.preview, later.id, then=then)


def _sides(read: Queries, *, left: Document, right: Document) -> Sides:
    return Sides(left, right, side_by_side(read.text(left.id), read.text(right.id)))


def _sentences(foreseen: Carried) -> list[str]:
    said = [
        trn(
            "{count} mark can be carried to where their words certainly stand.",
            "{count} marks can be carried to where their words certainly stand.",
            len(foreseen.placed),
        )
    ]
    if foreseen.already:
        said.append(
            trn("Already there: {count} mark.", "Already there: {count} marks.", foreseen.already)
        )
    if foreseen.orphans:
        said.append(
            trn(
                "No certain place for {count} mark, to be found in the earlier text only: {quotes}.",
                "No certain place for {count} marks, to be found in the earlier text only: {quotes}.",
                len(foreseen.orphans),
                quotes=_quotes(foreseen.orphans),
            )
        )
    return said


def _quotes(marks: Sequence[Annotation], most: int = 6) -> str:
    quotes = "; ".join(f"“{mark.words[:60]}” ({mark.label})" for mark in marks[:most])
    more = len(marks) - most
    return tr("{quotes} and {more} more", quotes=quotes, more=more) if more > 0 else quotes


def _carried(placed: int, orphans: int) -> str:
    if not orphans:
        return trn(
            "{count} mark carried over. Ctrl+Z takes it back.",
            "{count} marks carried over. Ctrl+Z takes it back.",
            placed,
        )
    return tr(
        "{carried} carried over; no certain place for {others}. Ctrl+Z takes it back.",
        carried=trn("{count} mark", "{count} marks", placed),
        others=trn("{count} mark", "{count} marks", orphans),
    )


def _changes(rows: Sequence[Row]) -> str:
    changed = sum(not one.is_same for one in rows)
    if not changed:
        return tr("Both read the same.")
    return tr("{changed} of {all} paragraphs differ.", changed=changed, all=len(rows))


def _worth_showing(rows: Sequence[Row]) -> list[Row | None]:
    """Changed paragraphs with their neighbors; None where some are left out."""
    if len(rows) <= 60:
        return list(rows)
    near = {
        n + by for n, one in enumerate(rows) if not one.is_same for by in range(-AROUND, AROUND + 1)
    }
    shown: list[Row | None] = []
    for n, one in enumerate(rows):
        if n in near and len(shown) < MOST:
            shown.append(one)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _write(
    cell: QTextTableCell, parts: Sequence[Part], usual: QTextCharFormat, changed: QTextCharFormat
) -> None:
    cursor = cell.firstCursorPosition()
    around = QTextBlockFormat()
    around.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(around)
    for part in parts:
        cursor.insertText(part.text, changed if part.differs else usual)
