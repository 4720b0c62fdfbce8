"""The inspector: the held mark, or with nothing held the document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.gui import theme as themes
from annotator.gui.parts import empty, flat_button, label, row, rule
from annotator.gui.workbench import Workbench
from annotator.model.annotation import STATUSES, Annotation, Relation
from annotator.model.schema import Attribute

NOBODY_DECIDED = "—"


class Note(QPlainTextEdit):
    """A note; it is written when the field is left."""

    def __init__(self, written: str, write: Callable[[str], None]) -> None:
        super().__init__(written)
        self._written, self._write = written, write
        self.setPlaceholderText("Add a note")
        self.setAccessibleName("Note")
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
            self._written = words
            self._write(words)


class Inspector(QScrollArea):
    """Everything about the held mark, all of it editable; else about the document."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._all_attributes = False
        self.note: Note | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Inspector")
        body = QWidget()
        body.setObjectName("inspector")
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(18, 14, 18, 14)
        self._layout.setSpacing(0)
        self.setWidget(body)
        # Several signals of one act make one drawing.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._draw)
        for signal in (bench.held_changed, bench.opened, bench.schema_changed):
            signal.connect(self._soon.start)
        bench.marks_changed.connect(lambda _: self._soon.start())
        self._draw()

    def edit_note(self) -> None:
        """Put the cursor into the held mark's note."""
        self._soon.stop()
        self._draw()
        if self.note is not None:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _draw(self) -> None:
        if self.note is not None:
            if self.note.hasFocus():
                return  # somebody is writing; it is drawn anew when they leave
            self.note = None
        empty(self._layout)
        held = self._bench.held
        if held is not None:
            self._draw_mark(held)
        elif self._bench.document is not None:
            self._draw_document()
        else:
            words = label("Nothing is open. Choose an article on the left.", soft=True)
            words.setWordWrap(True)
            self._layout.addWidget(words)
        self._layout.addStretch(1)

    # A mark

    def _draw_mark(self, mark: Annotation) -> None:
        schema = self._bench.schema
        known = next((one for one in schema.labels if one.name == mark.label), None)
        color = known.color if known else "soft"
        head = label(mark.label.upper(), section=True)
        head.setStyleSheet(f"color: {themes.load(self._theme_name()).color(color).name()}")
        self._layout.addWidget(head)
        words = label(mark.words if len(mark.words) < 400 else mark.words[:399] + "…")
        words.setWordWrap(True)
        words.setFont(themes.serif(15))
        words.setStyleSheet(f"font-family: '{themes.serif(15).families()[0]}'; font-size: 15px;")
        words.setContentsMargins(0, 6, 0, 8)
        self._layout.addWidget(words)
        self._draw_attributes(mark)
        self._draw_links(mark)
        self._section("Note")
        self.note = Note(mark.note, lambda written: self._write_note(mark.id, written))
        self._layout.addWidget(self.note)
        self._draw_history(mark)

    def _draw_attributes(self, mark: Annotation) -> None:
        fitting = self._bench.schema.attributes_of(mark.label)
        for attribute in fitting:
            is_set = attribute.name in mark.attributes
            if attribute.offered or is_set or self._all_attributes:
                self._layout.addWidget(self._attribute(mark, attribute))
                self._layout.addWidget(rule())
        if mark.actor_id:
            actor = self._bench.bridge.read.actors([mark.actor_id])[mark.actor_id].name
            self._fact("Actor", actor)
        if mark.proposition_id:
            proposition = self._bench.bridge.read.proposition(mark.proposition_id)
            self._fact("Proposition", proposition.wording if proposition else mark.proposition_id)
        hidden = any(not a.offered and a.name not in mark.attributes for a in fitting)
        if hidden or self._all_attributes:
            button = flat_button("Fewer attributes" if self._all_attributes else "More attributes")
            button.clicked.connect(self._toggle_attributes)
            self._layout.addWidget(button)

    def _attribute(self, mark: Annotation, attribute: Attribute) -> QWidget:
        box = QComboBox()
        box.setAccessibleName(attribute.title)
        box.setToolTip(attribute.guideline)
        box.addItem(NOBODY_DECIDED, None)
        for value in attribute.values:
            box.addItem(value.replace("_", " "), value)
        box.setCurrentIndex(max(0, box.findData(mark.attributes.get(attribute.name))))
        box.activated.connect(lambda _: self._set_attribute(mark.id, attribute, box.currentData()))
        return _named(attribute.title, box)

    def _draw_links(self, mark: Annotation) -> None:
        links = [r for r in self._bench.relations if mark.id in (r.from_id, r.to_id)]
        self._section("Who says it, who denies it")
        if not links:
            self._layout.addWidget(label("No links. R links to another mark.", small=True))
        for link in links:
            self._layout.addWidget(self._link(mark, link))

    def _link(self, mark: Annotation, link: Relation) -> QWidget:
        kind = next((k for k in self._bench.schema.relations if k.name == link.type), None)
        outward = link.from_id == mark.id
        reads = (kind.title if outward else kind.inverse) if kind else link.type
        other = link.to_id if outward else link.from_id
        there = self._bench.marks.get(other)
        words = there.words if there else self._elsewhere(other)
        go = flat_button(words if len(words) <= 34 else words[:33] + "…", f"{reads} {words}")
        go.setToolTip(words)
        go.clicked.connect(lambda: self._go(other))
        away = flat_button("×", f"Remove link: {reads} {words}")
        away.setToolTip("Remove this link")
        away.clicked.connect(lambda: self._unlink(link.id))
        name = label(reads, soft=True)
        name.setFixedWidth(84)
        holder = QWidget()
        holder.setLayout(row(name, go, 1, away, spacing=2))
        return holder

    def _elsewhere(self, mark_id: str) -> str:
        """The words of a mark of another article."""
        found = self._bench.bridge.read.annotations_of([mark_id])
        return found[0].words if found else "?"

    def _draw_history(self, mark: Annotation) -> None:
        entries = self._bench.bridge.read.history(limit=8, of=mark.id)
        self._section("History")
        for entry in reversed(entries):
            said = f"{entry.at[11:16]}  {entry.title}" + (
                "" if entry.kind == "do" else f" ({entry.kind})"
            )
            line = label(said, small=True)
            line.setToolTip(f"{entry.at[:19].replace('T', ' ')} UTC, {entry.by}")
            self._layout.addWidget(line)

    # A document

    def _draw_document(self) -> None:
        bench = self._bench
        document = bench.document
        assert document is not None
        self._layout.addWidget(label("ARTICLE", section=True))
        title = label(document.title)
        title.setWordWrap(True)
        title.setStyleSheet("font-weight: 600; font-size: 14px;")
        title.setContentsMargins(0, 6, 0, 8)
        self._layout.addWidget(title)
        metadata = document.metadata
        authors = metadata.get("authors")
        for name, value in (
            ("Outlet", document.outlet),
            ("Published", document.published),
            ("Author", ", ".join(authors) if isinstance(authors, list) else authors),
            ("Address", metadata.get("url")),
            ("File", metadata.get("file")),
        ):
            self._fact(name, str(value) if value else NOBODY_DECIDED)
        self._layout.addWidget(self._status())
        self._layout.addWidget(rule())
        counts = bench.counts()
        for one in bench.schema.labels:
            self._fact(f"{one.title}s", str(counts.get(one.name, 0)))
        self._draw_checks()

    def _status(self) -> QWidget:
        box = QComboBox()
        box.setAccessibleName("Status")
        for status in STATUSES:
            box.addItem(status.replace("_", " "), status)
        box.setCurrentIndex(box.findData(self._bench.status))
        box.activated.connect(lambda _: self._set_status(box.currentData()))
        return _named("Your status", box)

    def _draw_checks(self) -> None:
        self._section("Checks")
        found = self._bench.checks()
        if not found:
            self._layout.addWidget(label("Nothing is unfinished.", small=True))
        for check in found[:30]:
            button = flat_button(check.message)
            button.setStyleSheet("white-space: normal;")
            button.clicked.connect(lambda _=False, ids=check.ids: self._go(ids[0]))
            self._layout.addWidget(button)

    # Small things

    def _section(self, words: str) -> None:
        head = label(words.upper(), section=True)
        head.setContentsMargins(0, 18, 0, 4)
        self._layout.addWidget(head)

    def _fact(self, name: str, value: str) -> None:
        shown = label(value if len(value) <= 40 else value[:39] + "…")
        shown.setToolTip(value)
        holder = QWidget()
        holder.setLayout(row(label(name, soft=True), 1, shown))
        holder.layout().setContentsMargins(0, 5, 0, 5)
        self._layout.addWidget(holder)
        self._layout.addWidget(rule())

    def _theme_name(self) -> str:
        dark = self.palette().window().color().lightness() < 128
        return "dark" if dark else "light"

    def _toggle_attributes(self) -> None:
        self._all_attributes = not self._all_attributes
        self._soon.start()

    # Acts

    def _set_attribute(self, mark_id: str, attribute: Attribute, value: str | None) -> None:
        from annotator.project import marks

        self._bench.bridge.run(marks.set_attribute, mark_id, attribute.name, value)

    def _write_note(self, mark_id: str, written: str) -> None:
        from annotator.project import marks

        self._bench.bridge.run(marks.set_note, mark_id, written)

    def _unlink(self, relation_id: str) -> None:
        from annotator.project import relations

        self._bench.bridge.run(relations.unlink, [relation_id])

    def _set_status(self, status: str) -> None:
        from annotator.project import articles

        if self._bench.document is not None:
            self._bench.bridge.run(articles.set_status, self._bench.document.id, status)

    def _go(self, mark_id: str) -> None:
        if mark_id not in self._bench.marks:
            found = self._bench.bridge.read.annotations_of([mark_id])
            if found:
                self._bench.open(found[0].document_id)
        self._bench.hold(mark_id)


def _named(name: str, box: QComboBox) -> QWidget:
    """A field behind its name, all fields of the panel under one another."""
    words = label(name, soft=True)
    words.setFixedWidth(118)
    holder = QWidget()
    layout = row(words, box)
    layout.setStretch(1, 1)
    holder.setLayout(layout)
    return holder
