"""The inspector with nothing held: the open document, how far it is, what is unfinished in it."""

from __future__ import annotations

from annotator.gui.buttons import WordsButton
from annotator.gui.panels.page import NOBODY_DECIDED, Page
from annotator.gui.times import day
from annotator.gui.workbench import Workbench
from annotator.model.annotation import STATUSES
from annotator.model.document import Document

MANY = 12
"""Checks that are shown at once."""


class DocumentPage(Page):
    """The facts, the person's status, counts and checks."""

    def __init__(self, bench: Workbench, document: Document) -> None:
        super().__init__(bench)
        self.head("Article")
        title = self.said(document.title)
        title.setStyleSheet("font-weight: 600; font-size: 14px;")
        title.setContentsMargins(0, 6, 0, 8)
        self._facts(document)
        self._status()
        counts = bench.counts()
        for one in bench.schema.labels:
            if one.retired and not counts.get(one.name):
                continue
            self.fact(f"{one.title}s", str(counts.get(one.name, 0)))
        self._checks()
        self.column.addStretch(1)

    def _facts(self, document: Document) -> None:
        metadata = document.metadata
        authors = metadata.get("authors")
        for name, value in (
            ("Outlet", document.outlet),
            ("Published", day(document.published)),
            ("Author", ", ".join(map(str, authors)) if isinstance(authors, list) else authors),
            ("File", metadata.get("file")),
        ):
            self.fact(name, str(value) if value else NOBODY_DECIDED)
        if metadata.get("url"):
            self.asking("Address", str(metadata["url"]), "article.address")

    def _status(self) -> None:
        own = self.bench.own_set()
        choices = [(status.replace("_", " "), status) for status in STATUSES]
        self.field("Your status", choices, self.bench.status, self._set_status)
        if own is not None and own.reason:
            self.said(own.reason, small=True)

    def _checks(self) -> None:
        self.section("Checks")
        found = self.bench.checks()
        if not self.bench.marks:
            keys = [
                f"{one.key} for a {one.name}" for one in self.bench.schema.current.labels if one.key
            ]
            self.said(
                f"Select words and press {', '.join(keys)}. "
                "Without a selection the clause under the caret is marked.",
                small=True,
            )
        elif not found:
            self.said("Nothing is unfinished.", small=True)
        for check in found[:MANY]:
            button = WordsButton(check.message)
            button.setProperty("warn", True)
            button.setStyleSheet("padding: 4px 0;")
            button.clicked.connect(lambda _=False, ids=check.ids: self.bench.show(ids[0]))
            self.column.addWidget(button)
        if len(found) > MANY:
            self.said(f"and {len(found) - MANY} more; X goes from one to the next", small=True)

    def _set_status(self, status: object) -> None:
        from annotator.project import articles

        if self.bench.document is not None:
            self.bench.bridge.run(articles.set_status, self.bench.document.id, status)
