"""Pages written in Markdown: guidelines and help, calm to read, with nothing fetched from anywhere."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget


class Written(QTextBrowser):
    """A page of Markdown. Links do nothing, pictures are one empty point, HTML is shown as text."""

    def __init__(self, name: str, parent: QWidget | None = None, *, margin: int = 14) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(margin)

    def loadResource(self, kind: int, name: QUrl) -> object:
        """No picture that a page names is read from this machine: each is one empty point.

        Qt opens the file itself where nothing is given.
        """
        del kind, name
        point = QImage(1, 1, QImage.Format.Format_ARGB32)
        point.fill(QColor(0, 0, 0, 0))
        return point

    def write(self, markdown: str) -> None:
        """Show a page from its beginning."""
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(
            markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML
        )
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setTopMargin(10 if form.headingLevel() else 0)
            form.setBottomMargin(3 if block.textList() else 8)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)
