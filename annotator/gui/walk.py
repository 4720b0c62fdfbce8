"""The first article, step by step: a strip above the text that goes on when the step is done."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from annotator.gui.buttons import IconButton, flat_button
from annotator.gui.help import with_keys
from annotator.gui.parts import label, row
from annotator.language import tr

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

ARTICLE = "Who emptied the reservoir?"
"""Of the sample project, not coded yet."""


class Now(NamedTuple):
    """What a step is judged by."""

    document: str
    selected: str
    labels: tuple[str, ...]
    """Of the person's marks."""
    things: int
    """Marks, links and attributes of theirs."""
    links: int
    attributes: int
    status: str


class Step(NamedTuple):
    """What to do, and how to tell that it was done since ``was``."""

    words: str
    is_done: Callable[[Now, Now], bool]


def _more(label_name: str) -> Callable[[Now, Now], bool]:
    return lambda was, now: now.labels.count(label_name) > was.labels.count(label_name)


STEPS = (
    Step(
        tr(
            "This article is not coded yet. {{go.next_clause}} steps to words that can be coded: press it until "
            "“the upper reservoir had lost …” is selected."
        ),
        lambda _, now: now.selected.startswith("the upper reservoir"),
    ),
    Step(tr("Somebody claims that. {{mark.claim}} marks the words as a claim."), _more("claim")),
    Step(
        tr(
            "Who says so, and the word that tells it, are offered in dotted boxes. Enter takes them; "
            "Tab would show another reading, Esc would leave the plain claim."
        ),
        lambda was, now: now.links > was.links,
    ),
    Step(
        tr(
            "On with {{go.next_clause}} to “denied that he had taken any water”, and {{mark.denial}}: a denial."
        ),
        _more("denial"),
    ),
    Step(
        tr(
            "What it denies and who denies are offered in the same way: Enter, or Tab for another claim. "
            "With Esc you can link by hand: {{link.to}}, then the letter on the other mark."
        ),
        lambda was, now: now.links > was.links,
    ),
    Step(
        tr(
            "{{mark.attribute}} says more of the mark in hand: one letter for the attribute, one for its value."
        ),
        lambda was, now: now.attributes > was.attributes,
    ),
    Step(
        tr("Everything can be taken back, tomorrow too: {{edit.undo}}."),
        lambda was, now: now.things < was.things,
    ),
    Step(
        tr("And repeated: {{edit.redo}}."),
        lambda was, now: now.things > was.things,
    ),
    Step(
        tr(
            "The rule for the label in hand, with examples: {{go.guidelines}}. When the article is done, "
            "{{finish.complete}} says so and opens the next one."
        ),
        lambda _, now: now.status == "complete",
    ),
)
END = tr("That is all of it. {{help.keys}} shows every key, {{help.commands}} every command.")


class Walk(QFrame):
    """Shows a step until it is done; it never takes a key or the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("walk")
        self._desk = desk
        self._at: int | None = None
        self._was: Now | None = None
        self._document = ""
        self.count = label("", small=True)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("What to do"))
        self.skip = flat_button(tr("Skip"), tr("Skip this step"))
        self.close_button = IconButton("close", tr("End the walk-through"))
        for part in (self.skip, self.close_button):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = row(self.count, self.words, self.skip, self.close_button, spacing=12)
        layout.setContentsMargins(18, 9, 10, 9)
        layout.setStretchFactor(self.words, 1)
        self.setLayout(layout)
        self.skip.clicked.connect(self._next)
        self.close_button.clicked.connect(self.end)
        bench, view = desk.bench, desk.view
        for signal in (
            bench.opened,
            bench.marks_changed,
            bench.held_changed,
            bench.library_changed,
        ):
            signal.connect(lambda *_: self._look())
        view.selection_changed.connect(self._look)
        self.hide()

    def begin(self, document_id: str) -> None:
        """Walk through that article from the first step."""
        self._desk.bench.open(document_id)
        self._document, self._at = document_id, 0
        self._show()
        self.show()

    def end(self) -> None:
        """Go away."""
        self._at = None
        self.hide()

    def _look(self) -> None:
        """Go on where the step is done."""
        if self._at is None or self._at >= len(STEPS) or self._was is None:
            return
        if STEPS[self._at].is_done(self._was, self._now()):
            self._next()

    def _next(self) -> None:
        if self._at is None:
            return
        if self._at >= len(STEPS):
            self.end()
        else:
            self._at += 1
            self._show()

    def _show(self) -> None:
        assert self._at is not None
        self._was = self._now()
        is_end = self._at >= len(STEPS)
        said = END if is_end else STEPS[self._at].words
        self.count.setText(
            "" if is_end else tr("{at} of {total}", at=self._at + 1, total=len(STEPS))
        )
        self.skip.setText(tr("Close") if is_end else tr("Skip"))
        self.words.setText(with_keys(html.escape(said), self._desk.actions_now, "<b>{}</b>"))

    def _now(self) -> Now:
        bench = self._desk.bench
        marks = bench.own_marks()
        own = {mark.id for mark in marks}
        links = sum(one.from_id in own for one in bench.relations)
        attributes = sum(len(mark.attributes) for mark in marks)
        selected = self._desk.view.selection()
        walked = bench.bridge.read.own_set(self._document, bench.bridge.person)
        return Now(
            document=bench.document.id if bench.document else "",
            selected=bench.text[selected[0] : selected[1]] if selected else "",
            labels=tuple(mark.label for mark in marks),
            things=len(marks) + links + attributes,
            links=links,
            attributes=attributes,
            status=walked.status if walked else "new",
        )


def article(desk: Desk) -> str | None:
    """The id of the article to walk through, where the open project has it."""
    listed = desk.bridge.read.library(search_for="reservoir")
    return next((one.document.id for one in listed if one.document.title == ARTICLE), None)
