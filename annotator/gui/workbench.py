"""What is open and held: the one place that panels look at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.errors import NotFound
from annotator.gui.bridge import Bridge
from annotator.model import rules
from annotator.model.annotation import Annotation, AnnotationSet, Relation
from annotator.model.changes import Changes
from annotator.model.document import Block, Document
from annotator.model.schema import Schema
from annotator.suggest.language import language_of
from annotator.suggest.stretches import Stretches

FEW = 200
"""Touched marks up to which they are read one by one rather than all anew."""
BESIDE = ("byline", "dateline", "section", "bio", "boilerplate")
CODED = ("headline", "caption")
"""What is no part of the body, but states something."""
"""Roles of blocks in which nothing is claimed."""


class Workbench(QObject):
    """The open document with its marks, and the held one of them."""

    opened = Signal()
    """Another document is open, or none."""
    marks_changed = Signal(object)
    """Ids of the marks that came, changed or went; None: look at all."""
    blocks_changed = Signal()
    """Blocks of the open document are dimmed, or not, or have another role."""
    held_changed = Signal()
    shown = Signal(str)
    """A mark was gone to, from wherever: bring it into sight."""
    library_changed = Signal(object)
    """Ids of the documents that came, changed or went."""
    schema_changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.schema: Schema = bridge.read.schema()
        self.document: Document | None = None
        self.text = ""
        self.blocks: tuple[Block, ...] = ()
        self.marks: dict[str, Annotation] = {}
        self.relations: tuple[Relation, ...] = ()
        self.stretches = Stretches("")
        """What of the open document can be coded."""
        self._held: str | None = None
        bridge.changed.connect(self._look)

    def open(self, document_id: str | None) -> None:
        """Open a document; None opens none."""
        read = self.bridge.read
        try:
            self.document = read.document(document_id) if document_id else None
        except NotFound:
            self.document = None
        here = self.document
        self.text = read.text(here.id) if here else ""
        self.blocks = read.blocks(here.id) if here else ()
        self.marks = {mark.id: mark for mark in read.annotations(here.id)} if here else {}
        self.relations = read.relations(here.id) if here else ()
        self.stretches = self._stretches()
        self._held = None
        self.opened.emit()
        self.held_changed.emit()

    def _stretches(self) -> Stretches:
        named = self.document.metadata.get("language") if self.document else None
        beside = [
            (b.start, b.end)
            for b in self.blocks
            if b.role in BESIDE or (b.dimmed and b.role not in CODED)
        ]
        return Stretches(self.text, language_of(self.text, named), beside)

    def hold(self, mark_id: str | None) -> None:
        """Hold a mark of the open document; it stays held until another one is, or None."""
        mark_id = mark_id if mark_id in self.marks else None
        if mark_id != self._held:
            self._held = mark_id
            self.held_changed.emit()

    def show(self, mark_id: str) -> None:
        """Hold a mark and bring it into sight; one of another article opens that."""
        if mark_id not in self.marks:
            found = self.bridge.read.annotations_of([mark_id])
            if found:
                self.open(found[0].document_id)
        if mark_id in self.marks:
            self.hold(mark_id)
            self.shown.emit(mark_id)

    @property
    def held(self) -> Annotation | None:
        """The held mark."""
        return self.marks.get(self._held or "")

    @property
    def status(self) -> str:
        """How far the person is with the open document."""
        own = self.own_set()
        return own.status if own else "new"

    def own_set(self) -> AnnotationSet | None:
        """The person's own set of the open document."""
        if self.document is None:
            return None
        return self.bridge.read.own_set(self.document.id, self.bridge.person)

    def own_marks(self) -> list[Annotation]:
        """The marks of the person's own set, to which what is marked now belongs."""
        own = self.own_set()
        return [mark for mark in self.marks.values() if own and mark.set_id == own.id]

    def counts(self) -> dict[str, int]:
        """Marks of the open document by label."""
        counts = {label.name: 0 for label in self.schema.labels}
        for mark in self.marks.values():
            counts[mark.label] = counts.get(mark.label, 0) + 1
        return counts

    def checks(self) -> tuple[rules.Check, ...]:
        """What is unfinished or odd in the open document."""
        return rules.checks(self.schema, tuple(self.marks.values()), self.relations)

    def in_order(self) -> list[Annotation]:
        """The marks in the order of the text, the outer before the inner."""
        return sorted(self.marks.values(), key=lambda mark: (mark.start, -mark.end, mark.id))

    def _look(self, changes: Changes) -> None:
        """Take in what an act changed, whoever did it."""
        if any(noun == "schema" for noun, _ in changes.touched):
            self.schema = self.bridge.read.schema()
            self.schema_changed.emit()
        self.library_changed.emit(changes.documents)
        if self.document is None or self.document.id not in changes.documents:
            return
        if ("document", self.document.id) in changes.touched:
            self._look_at_document()
            return
        if any(noun == "block_choice" for noun, _ in changes.touched):
            self.blocks = self.bridge.read.blocks(self.document.id)
            self.blocks_changed.emit()
        touched = [key for noun, key in changes.touched if noun == "annotation"]
        self.relations = self.bridge.read.relations(self.document.id)
        if len(touched) > FEW or all(noun == "schema" for noun, _ in changes.touched):
            everything = self.bridge.read.annotations(self.document.id)
            self.marks = {mark.id: mark for mark in everything}
            self.marks_changed.emit(None)
        else:
            self._look_at(touched)
        if self._held not in self.marks:
            self._held = None
        self.held_changed.emit()

    def _look_at(self, touched: list[str]) -> None:
        assert self.document is not None
        there = {mark.id: mark for mark in self.bridge.read.annotations_of(touched)}
        for mark_id in touched:
            mark = there.get(mark_id)
            if mark is not None and mark.document_id == self.document.id:
                self.marks[mark_id] = mark
            else:
                self.marks.pop(mark_id, None)
        self.marks_changed.emit(touched)

    def _look_at_document(self) -> None:
        """The open document itself changed, or was removed."""
        assert self.document is not None
        try:
            self.document = self.bridge.read.document(self.document.id)
        except NotFound:
            self.open(None)
            return
        self.marks_changed.emit([])
        self.held_changed.emit()
