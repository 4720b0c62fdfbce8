"""The forms of the schema editor: one for each kind of thing. Each writes into the draft at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import RuleError
from annotator.gui.buttons import flat_button
from annotator.gui.parts import label, row
from annotator.gui.schema.parts import Colors, Guideline, OneOf, SomeOf
from annotator.language import tr
from annotator.model.draft import Draft
from annotator.model.schema import ANY_LABEL, Attribute, Label, RelationType

WAS = Qt.ItemDataRole.UserRole
STYLES = {
    "fill": tr("fill"),
    "underline": tr("underline"),
    "hatch": tr("hatch"),
    "dashes": tr("dashes"),
}
"""How marks of a label can be drawn."""


class Form(QWidget):
    """Fields under one another, a guideline below them."""

    changed = Signal()
    renamed = Signal(str)
    """The new name of the thing."""
    refused = Signal(str)

    def __init__(self, draft: Draft, kind: str = "", name: str = "") -> None:
        super().__init__()
        self.draft, self.kind, self.name = draft, kind, name
        self._fields = QFormLayout()
        self._fields.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._fields.setHorizontalSpacing(18)
        self._fields.setVerticalSpacing(9)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 18, 24, 14)
        self._column.setSpacing(16)
        self._column.addLayout(self._fields)

    def put(self, **changed: Any) -> None:
        """Write into the draft."""
        self.draft.change(self.kind, self.name, **changed)
        self.changed.emit()

    def add(self, name: str, field: QWidget) -> QWidget:
        """A field with its name before it."""
        self._fields.addRow(label(name, soft=True), field)
        return field

    def line(
        self, name: str, value: str, write: Callable[[str], None], *, hint: str = ""
    ) -> QLineEdit:
        """A line that writes while one types."""
        field = QLineEdit(value)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.textEdited.connect(write)
        self.add(name, field)
        return field

    def named(self, name: str) -> None:
        """The line with the thing's name, which is led along when it changes."""
        field = self.line(tr("Name in files"), name, lambda _: None)
        field.setToolTip(
            tr("What datasets and the terminal call it. Marks follow when it changes.")
        )
        field.editingFinished.connect(lambda: self._rename(field))

    def guided(self, written: str, write: Callable[[str], None] | None = None) -> None:
        """The guideline."""
        self._column.addWidget(
            Guideline(written, write or (lambda words: self.put(guideline=words))), 1
        )

    def labels(self) -> list[tuple[str, str]]:
        """The labels that something can belong to, by name and title."""
        return [
            *((one.name, one.title) for one in self.draft.now.labels),
            (ANY_LABEL, tr("every label")),
        ]

    def _rename(self, field: QLineEdit) -> None:
        new = field.text().strip()
        if new == self.name:
            return
        try:
            self.draft.rename(self.kind, self.name, new)
        except RuleError as error:
            field.setText(self.name)
            self.refused.emit(str(error))
            return
        self.name = new
        self.renamed.emit(new)


class SchemaForm(Form):
    """What the schema says of itself."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        now = draft.now
        self.line(tr("Title"), now.title, lambda words: self._describe(title=words))
        self.line(tr("Name in files"), now.name, lambda words: self._describe(name=words.strip()))
        self.guided(now.guideline, lambda words: self._describe(guideline=words))

    def _describe(self, **changed: Any) -> None:
        self.draft.describe(**changed)
        self.changed.emit()


class LabelForm(Form):
    """A label."""

    def __init__(self, draft: Draft, one: Label) -> None:
        super().__init__(draft, "label", one.name)
        self.line(tr("Title"), one.title, lambda words: self.put(title=words))
        self.named(one.name)
        key = self.line(
            tr("Key"),
            one.key,
            lambda words: self.put(key=words.strip().upper()),
            hint=tr("none: a figure"),
        )
        key.setMaxLength(1)
        key.setFixedWidth(120)
        style = OneOf(tr("Drawn as"), STYLES, one.style)
        style.chosen.connect(lambda value: self.put(style=value))
        self.add(tr("Drawn as"), style)
        colors = Colors(one.color)
        colors.chosen.connect(lambda value: self.put(color=value))
        self.add(tr("Color"), colors)
        self.guided(one.guideline)


class AttributeForm(Form):
    """An attribute."""

    def __init__(self, draft: Draft, one: Attribute) -> None:
        super().__init__(draft, "attribute", one.name)
        self.line(tr("Title"), one.title, lambda words: self.put(title=words))
        self.named(one.name)
        on = SomeOf(tr("Said of"), self.labels(), one.on)
        on.chosen.connect(lambda names: self.put(on=names))
        self.add(tr("Said of"), on)
        self.add(tr("Values"), self._values(one))
        places = {"first": tr("at once"), "more": tr("under More")}
        offered = OneOf(tr("Shown"), places, "first" if one.offered else "more")
        offered.chosen.connect(lambda place: self.put(offered=place == "first"))
        self.add(tr("Shown"), offered)
        self.guided(one.guideline)

    def _values(self, one: Attribute) -> QWidget:
        self.values = QListWidget()
        self.values.setObjectName("values")
        self.values.setAccessibleName(tr("Values"))
        self.values.setFixedHeight(112)
        self.values.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        for value in one.values:
            self._add_value(value)
        self.values.itemChanged.connect(self._rename_value)
        self.values.model().rowsMoved.connect(lambda *_: self._order())
        add = flat_button(tr("Add"), tr("Add a value"))
        add.clicked.connect(self._new_value)
        away = flat_button(tr("Remove"), tr("Remove the value"))
        away.clicked.connect(self._remove_value)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.values)
        layout.addLayout(
            row(add, away, label(tr("F2 renames; the same name merges"), small=True), 1)
        )
        return holder

    def _add_value(self, value: str) -> QListWidgetItem:
        item = QListWidgetItem(value)
        item.setData(WAS, value)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.values.addItem(item)
        return item

    def _new_value(self) -> None:
        there = self.draft.find("attribute", self.name).values
        value = next(f"value_{n}" for n in range(1, len(there) + 2) if f"value_{n}" not in there)
        self.put(values=(*there, value))
        self.values.blockSignals(True)
        item = self._add_value(value)
        self.values.blockSignals(False)
        self.values.setCurrentItem(item)
        self.values.editItem(item)

    def _remove_value(self) -> None:
        item = self.values.currentItem()
        if item:
            self.values.takeItem(self.values.row(item))
            self._order()

    def _order(self) -> None:
        self.put(values=tuple(dict.fromkeys(self._item(n) for n in range(self.values.count()))))

    def _item(self, at: int) -> str:
        item = self.values.item(at)
        return str(item.data(WAS)) if item else ""

    def _rename_value(self, item: QListWidgetItem) -> None:
        was, new = str(item.data(WAS)), "_".join(item.text().split())
        if new == was:
            return
        merging = new in self.draft.find("attribute", self.name).values
        if new:
            self.draft.rename_value(self.name, was, new)
        self.values.blockSignals(True)
        item.setData(WAS, new or was)
        item.setText(new or was)
        if merging:
            self.values.takeItem(self.values.row(item))
        self.values.blockSignals(False)
        self.changed.emit()


class RelationForm(Form):
    """A relation type."""

    def __init__(self, draft: Draft, one: RelationType) -> None:
        super().__init__(draft, "relation", one.name)
        self.line(tr("Reads"), one.title, lambda words: self.put(title=words))
        self.line(tr("From the other end"), one.inverse, lambda words: self.put(inverse=words))
        self.named(one.name)
        for name, field, ends in (
            (tr("Leads from"), "from_", one.from_),
            (tr("Leads to"), "to", one.to),
        ):
            some = SomeOf(name, self.labels(), ends)
            some.chosen.connect(lambda names, field=field: self.put(**{field: names}))
            self.add(name, some)
        fates = {"allowed": tr("allowed"), "refused": tr("refused")}
        circles = OneOf(tr("Circles"), fates, "refused" if one.acyclic else "allowed")
        circles.chosen.connect(lambda fate: self.put(acyclic=fate == "refused"))
        self.add(tr("Circles"), circles)
        self.guided(one.guideline)


def form(draft: Draft, kind: str, name: str) -> Form:
    """The form for a thing; that of the schema itself where there is no kind."""
    if not kind:
        return SchemaForm(draft)
    made = {"label": LabelForm, "attribute": AttributeForm, "relation": RelationForm}[kind]
    return made(draft, draft.find(kind, name))
