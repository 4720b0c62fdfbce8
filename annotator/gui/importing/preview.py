"""How an article was read: its headline, what is known of it, its body, its dimmed lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.gui import theme as themes
from annotator.gui.theme import Theme
from annotator.gui.times import day
from annotator.language import tr, trn
from annotator.model.document import Block
from annotator.model.names import PLACE_NAMES
from annotator.model.prepared import Prepared
from annotator.project.outcomes import Outcome

MOST = 12_000
"""Characters of an article that are shown."""
DIMMED = 3
"""Lines of what is dimmed that are named."""


class Preview(QTextEdit):
    """Shows words only, never what they might mean as HTML."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(tr("How it was read"))
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("preview")
        self.document().setDocumentMargin(20)

    def show_nothing(self, words: str) -> None:
        """Say why there is nothing to look at."""
        self.clear()
        _Writer(self.textCursor()).line(words, soft=True)

    def show_thing(self, outcome: Outcome, article: Prepared | None) -> None:
        """Show an article, or what is said of what is none."""
        self.clear()
        write = _Writer(self.textCursor())
        write.line(tr("How it was read"), soft=True)
        if article is None:
            write.line(outcome.name, soft=True)
        for words in filter(None, (outcome.reason, *outcome.notes)):
            write.line(words, warn=bool(outcome.reason))
        if outcome.same_title:
            same = tr(
                "Same story as “{title}”: {share:.0%} of its words. Kept apart, in one group.",
                title=outcome.same_title,
                share=outcome.likeness,
            )
            write.line(same, same=True)
        if outcome.earlier_title:
            write.line(tr("A later text of “{title}”.", title=outcome.earlier_title), same=True)
        if article is not None:
            self._show_article(write, outcome, article)
        self.verticalScrollBar().setValue(0)

    def _show_article(self, write: _Writer, outcome: Outcome, article: Prepared) -> None:
        if outcome.title:
            write.head(outcome.title)
        write.line(facts(article), soft=True)
        left = MOST
        shown = [block for block in article.blocks if block.stands_back or not block.dimmed]
        for is_dimmed, group in groupby(shown, key=lambda block: block.dimmed):
            blocks = list(group)
            if is_dimmed:
                write.dimmed(_dimmed(article.text, blocks))
                continue
            for block in blocks:
                words = article.text[block.start : block.end].strip()
                if words != outcome.title:
                    write.body(words[:left])
                left -= len(words)
                if left <= 0:
                    write.line("…", soft=True)
                    return


def facts(article: Prepared) -> str:
    """Outlet, date, authors, and where the date was found."""
    said = article.metadata
    authors = said.get("authors")
    parts = [
        str(said.get("outlet") or said.get("site") or ""),
        day(str(said.get("published") or "")) if said.get("published") else tr("no date found"),
        ", ".join(map(str, authors)) if isinstance(authors, list) else "",
    ]
    origin = article.origins.get("published")
    if origin is not None:
        parts.append(tr("date from {place}", place=PLACE_NAMES.get(origin.place, origin.place)))
    return " · ".join(part for part in parts if part)


def _dimmed(text: str, blocks: Sequence[Block]) -> str:
    """What is dimmed here, in one line."""
    lines = [" ".join(text[block.start : block.end].split())[:40] for block in blocks]
    named = [line for line in lines if line][:DIMMED]
    more = len(lines) - len(named)
    if more > 0:
        named.append(trn("{count} more dimmed line", "{count} more dimmed lines", more))
    return " · ".join(named)


class _Writer:
    """Writes lines, each with its look."""

    def __init__(self, cursor: QTextCursor) -> None:
        self._cursor = cursor
        self._theme: Theme = themes.of_application()
        self._is_first = True

    def line(
        self, words: str, *, soft: bool = False, warn: bool = False, same: bool = False
    ) -> None:
        """A line of the interface's own."""
        theme = self._theme
        look = QTextCharFormat()
        color = theme.warn if warn else theme.claim if same else theme.soft if soft else theme.ink
        look.setForeground(QColor(color))
        self._write(words, look, 6)

    def head(self, words: str) -> None:
        """A headline."""
        look = self._serif(1.25)
        look.setFontWeight(QFont.Weight.DemiBold)
        self._write(words, look, 4)

    def body(self, words: str) -> None:
        """A paragraph of the article."""
        self._write(words, self._serif(1.0), 8)

    def dimmed(self, words: str) -> None:
        """What is dimmed."""
        look = QTextCharFormat()
        look.setForeground(QColor(self._theme.faint))
        self._write(words, look, 8, indent=14)

    def _serif(self, size: float) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFontFamilies(list(themes.SERIFS))
        look.setFontPointSize(11 * size)
        look.setForeground(QColor(self._theme.ink))
        return look

    def _write(self, words: str, look: QTextCharFormat, below: int, indent: int = 0) -> None:
        around = QTextBlockFormat()
        around.setBottomMargin(below)
        around.setLeftMargin(indent)
        if self._is_first:
            self._cursor.setBlockFormat(around)
        else:
            self._cursor.insertBlock(around)
        self._is_first = False
        self._cursor.insertText(words.replace("\n", "\u2028"), look)
