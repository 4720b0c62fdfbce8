"""Written rules as they are read, and the rule for the label in hand."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator.gui.workbench import Workbench


class Written(QTextBrowser):
    """Markdown as it is read: no HTML, no pictures, no links that lead away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(14)

    def loadResource(self, kind: int, name: QUrl) -> object:
        """No picture that a schema names is read from this machine: each is one empty point.

        Qt opens the file itself where nothing is given.
        """
        del kind, name
        point = QImage(1, 1, QImage.Format.Format_ARGB32)
        point.fill(QColor(0, 0, 0, 0))
        return point

    def show_written(self, markdown: str) -> None:
        """Show this."""
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(
            markdown.replace("\n*", "\n\n*"),
            features.MarkdownDialectGitHub | features.MarkdownNoHTML,
        )
        self._set_apart()

    def _set_apart(self) -> None:
        """Room between lines and paragraphs."""
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setTopMargin(10 if form.headingLevel() else 0)
            form.setBottomMargin(3 if block.textList() else 8)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()


class Guidelines(Written):
    """The rule for the label in hand, with examples."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.setAccessibleName("Guidelines")
        for signal in (bench.held_changed, bench.opened, bench.schema_changed):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        schema, held = self._bench.schema, self._bench.held
        chosen = [one for one in schema.labels if held and one.name == held.label]
        parts = [] if held else [f"## {schema.title}\n\n{schema.guideline}"]
        shown = chosen or schema.current.labels
        parts += [f"### {one.title}\n\n{one.guideline}" for one in shown]
        if held:
            fitting = schema.current.attributes_of(held.label)
            parts += [f"**{a.title}.** {a.guideline}" for a in fitting if a.guideline]
        self.show_written("\n\n".join(parts))
