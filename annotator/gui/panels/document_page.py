"""The inspector with nothing held: the open document, how far it is, what is unfinished in it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.gui.buttons import WordsButton
from annotator.gui.panels.page import NOBODY_DECIDED, Page
from annotator.gui.times import day
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model.document import Document
from annotator.model.names import STATUS_NAMES

MANY = 12
"""Checks that are shown at once."""


class DocumentPage(Page):
    """The facts, the person's status, counts and checks."""

    def __init__(self, bench: Workbench, document: Document) -> None:
        super().__init__(bench)
        self.head(tr("Article"))
        title = self.said(document.title)
        title.setStyleSheet("font-weight: 600; font-size: 14px;")
        title.setContentsMargins(0, 6, 0, 8)
        self._facts(document)
        self._status()
        counts = bench.counts()
        for one in bench.schema.labels:
            if one.retired and not counts.get(one.name):
                continue
            self.fact(tr("{label}s", label=one.title), str(counts.get(one.name, 0)))
        self._checks()
        self.column.addStretch(1)

    def _facts(self, document: Document) -> None:
        metadata = document.metadata
        authors = metadata.get("authors")
        for name, value in (
            (tr("Outlet"), document.outlet),
            (tr("Published"), day(document.published)),
            (tr("Author"), ", ".join(map(str, authors)) if isinstance(authors, list) else authors),
            (tr("File"), metadata.get("file")),
        ):
            self.fact(name, str(value) if value else NOBODY_DECIDED)
        if metadata.get("url"):
            self.asking(tr("Address"), str(metadata["url"]), "article.address")

    def _status(self) -> None:
        own = self.bench.own_set()
        choices = [(words, status) for status, words in STATUS_NAMES.items()]
        self.field(tr("Your status"), choices, self.bench.status, self._set_status)
        if own is not None and own.reason:
            self.said(own.reason, small=True)

    def _checks(self) -> None:
        self.section(tr("Checks"))
        found = self.bench.checks()
        if not self.bench.marks:
            keys = [
                tr("{key} for a {name}", key=one.key, name=one.name)
                for one in self.bench.schema.current.labels
                if one.key
            ]
            self.said(
                tr(
                    "Select words and press {keys}. "
                    "Without a selection the clause under the caret is marked.",
                    keys=", ".join(keys),
                ),
                small=True,
            )
        elif not found:
            self.said(tr("Nothing is unfinished."), small=True)
        for check in found[:MANY]:
            # What is wrong stands at the end.
            button = WordsButton(check.message, cut=Qt.TextElideMode.ElideMiddle)
            button.setProperty("warn", True)
            button.setStyleSheet("padding: 4px 0;")
            button.clicked.connect(lambda _=False, ids=check.ids: self.bench.show(ids[0]))
            self.column.addWidget(button)
        if len(found) > MANY:
            self.said(
                tr("and {count} more; X goes from one to the next", count=len(found) - MANY),
                small=True,
            )

    def _set_status(self, status: object) -> None:
        from annotator.project import articles

        if self.bench.document is not None:
            self.bench.bridge.run(articles.set_status, self.bench.document.id, status)
