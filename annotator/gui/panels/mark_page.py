"""The inspector with a mark held: everything about it, all of it editable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from annotator.gui import theme as themes
from annotator.gui.buttons import IconButton, WordsButton, flat_button
from annotator.gui.panels.page import NOBODY_DECIDED, Page
from annotator.gui.parts import free_width, label, plain_tip, row
from annotator.gui.times import moment, whole
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model.annotation import Annotation, Relation
from annotator.model.names import of_op
from annotator.model.schema import Attribute, RelationType

LONGEST_QUOTE = 400
FURTHER = 3
"""How many links onward from the other end are told."""


class Note(QPlainTextEdit):
    """A note; it is written when the field is left."""

    def __init__(self, written: str, write: Callable[[str, str], None]) -> None:
        """``write`` is given the note that stood there, and the new one."""
        super().__init__(written)
        self._written, self._write = written, write
        self.setPlaceholderText(tr("Add a note (M)"))
        self.setAccessibleName(tr("Note"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(64)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write it, where it changed."""
        super().focusOutEvent(event)
        self.save()

    def save(self) -> None:
        """Write it, where it changed."""
        words = self.toPlainText().strip()
        if words != self._written.strip():
            was, self._written = self._written, words
            self._write(was, words)


class MarkPage(Page):
    """Label, words, attributes, links read both ways, note, history."""

    def __init__(
        self, bench: Workbench, mark: Annotation, *, everything: bool, toggle: Callable[[], None]
    ) -> None:
        super().__init__(bench)
        self.mark = mark
        self._draw_head()
        self._draw_attributes(everything, toggle)
        self._draw_links()
        for check in bench.checks():
            if mark.id in check.ids:
                self.said(check.message, warn=True).setContentsMargins(0, 6, 0, 0)
        self.section(tr("Note"))
        self.note = Note(mark.note, self._write_note)
        self.column.addWidget(self.note)
        self._draw_history()
        self.column.addStretch(1)

    def _draw_head(self) -> None:
        mark, theme = self.mark, themes.of_application()
        known = next((one for one in self.bench.schema.labels if one.name == mark.label), None)
        self.head(mark.label, theme.color(known.color if known else "soft").name())
        quote = mark.words
        if len(quote) > LONGEST_QUOTE:
            quote = quote[: LONGEST_QUOTE - 1] + "…"
        words = self.said(quote)
        family = themes.face("serif", 15).families()[0]
        words.setStyleSheet(f"font-family: '{family}'; font-size: 15px;")
        words.setContentsMargins(0, 6, 0, 8)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _draw_attributes(self, everything: bool, toggle: Callable[[], None]) -> None:
        mark = self.mark
        fitting = self.bench.schema.attributes_of(mark.label)
        for attribute in fitting:
            is_set = attribute.name in mark.attributes
            if is_set or (not attribute.retired and (attribute.offered or everything)):
                self._draw_attribute(attribute)
        read = self.bench.bridge.read
        if mark.label == "source":
            actor = read.actors([mark.actor_id])[mark.actor_id].name if mark.actor_id else ""
            self.asking(tr("Actor"), actor or NOBODY_DECIDED, "mark.behind")
        if mark.label == "claim":
            stated = read.proposition(mark.proposition_id) if mark.proposition_id else None
            self.asking(tr("States"), stated.wording if stated else NOBODY_DECIDED, "mark.behind")
        hidden = [a for a in fitting if not a.offered and not a.retired]
        if everything or any(a.name not in mark.attributes for a in hidden):
            button = flat_button(tr("Fewer attributes") if everything else tr("More attributes"))
            button.setProperty("small", True)
            button.setStyleSheet("padding: 6px 0;")
            button.clicked.connect(toggle)
            self.column.addWidget(button)

    def _draw_attribute(self, attribute: Attribute) -> None:
        from annotator.project import marks

        def choose(value: object) -> None:
            self.bench.bridge.run(marks.set_attribute, self.mark.id, attribute.name, value)

        choices: list[tuple[str, object]] = [(NOBODY_DECIDED, None)]
        choices += [(value.replace("_", " "), value) for value in attribute.values]
        chosen = self.mark.attributes.get(attribute.name)
        self.field(attribute.title, choices, chosen, choose, attribute.guideline)

    # Links

    def _draw_links(self) -> None:
        links = [r for r in self.bench.relations if self.mark.id in (r.from_id, r.to_id)]
        self.section(tr("Links"))
        if not links:
            self.said(tr("None yet. R links this mark to another one."), small=True)
        for link in links:
            self.column.addWidget(self._link(link))

    def _link(self, link: Relation) -> QWidget:
        kind = self._kind(link)
        outward = link.from_id == self.mark.id
        reads = (kind.title if outward else kind.inverse) if kind else link.type
        other = link.to_id if outward else link.from_id
        words = self._words(other)
        go = WordsButton(words, f"{reads} {words}")
        go.setStyleSheet(f"color: {themes.of_application().ink}; padding: 4px 2px;")
        go.clicked.connect(lambda: self.bench.show(other))
        away = IconButton(
            "close", tr("Remove this link: {reads} {words}", reads=reads, words=words)
        )
        away.setToolTip(tr("Remove this link"))
        away.clicked.connect(lambda: self._unlink(link.id))
        name = label(reads, soft=True)
        name.setFixedWidth(84)
        line = row(name, go, away, spacing=2)
        line.setStretch(1, 1)
        holder = QWidget()
        both = QVBoxLayout(holder)
        both.setContentsMargins(0, 0, -6, 0)
        both.setSpacing(0)
        both.addLayout(line)
        onward = self._onward(other)
        if onward:
            told = free_width(label(onward, small=True))
            told.setWordWrap(True)
            told.setContentsMargins(88, 0, 26, 4)
            both.addWidget(told)
        return holder

    def _onward(self, mark_id: str) -> str:
        """Where the other end leads on to: “via the Courier, via the radio”."""
        told: list[str] = []
        seen = {self.mark.id, mark_id}
        waiting = [mark_id]
        while waiting and len(told) < FURTHER:
            at = waiting.pop(0)
            for link in self.bench.relations:
                kind = self._kind(link)
                if link.from_id == at and link.to_id not in seen and kind is not None:
                    told.append(f"{kind.title} {_short(self._words(link.to_id))}")
                    seen.add(link.to_id)
                    waiting.append(link.to_id)
        return ", ".join(told[:FURTHER])

    def _kind(self, link: Relation) -> RelationType | None:
        return next((k for k in self.bench.schema.relations if k.name == link.type), None)

    def _words(self, mark_id: str) -> str:
        """The words of a mark, of this article or another."""
        there = self.bench.marks.get(mark_id)
        if there is None:
            there = next(iter(self.bench.bridge.read.annotations_of([mark_id])), None)
        return there.words if there else "?"

    def _unlink(self, relation_id: str) -> None:
        from annotator.project import relations

        self.bench.bridge.run(relations.unlink, [relation_id])

    # Note and history

    def _write_note(self, was: str, written: str) -> None:
        from annotator.project import marks

        self.bench.bridge.run(marks.set_note, self.mark.id, written, was=was)

    def _draw_history(self) -> None:
        self.section(tr("History"))
        for entry in reversed(self.bench.bridge.read.history(limit=8, of=self.mark.id)):
            line = label(f"{moment(entry.at)}  {of_op(entry.kind, entry.title)}", small=True)
            line.setToolTip(plain_tip(f"{whole(entry.at)}, {entry.by}"))
            line.setContentsMargins(0, 2, 0, 2)
            self.column.addWidget(line)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 40 else flat[:39].rstrip() + "…"
