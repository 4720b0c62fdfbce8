"""What the card says of a dataset that only its makers can know."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from annotator.gui.parts import label
from annotator.language import tr
from annotator.project.recipes import Recipe

QUESTIONS = (
    ("title", tr("What is it called?"), tr("The name of the folder")),
    ("about", tr("Why was it made?"), tr("Not stated")),
    ("licence", tr("Under which licence are the annotations?"), tr("Not stated")),
)
"""Of each: the field of the recipe, the question, and what holds where nothing is said."""


class About(QDialog):
    """A field for each question."""

    def __init__(self, recipe: Recipe, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What the card says"))
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(6)
        self.fields: dict[str, QLineEdit] = {}
        for name, question, otherwise in QUESTIONS:
            field = QLineEdit(getattr(recipe, name))
            field.setAccessibleName(question)
            field.setPlaceholderText(otherwise)
            layout.addWidget(label(question))
            layout.addWidget(field)
            layout.addSpacing(6)
            self.fields[name] = field
        texts = label(
            tr("The texts belong to their publishers; the card says so by itself."), small=True
        )
        layout.addWidget(texts)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(6)
        layout.addWidget(buttons)

    def said(self) -> dict[str, str]:
        """What was written, by field."""
        return {name: " ".join(field.text().split()) for name, field in self.fields.items()}


def ask_about(recipe: Recipe, parent: QWidget) -> Recipe | None:
    """The recipe with what the person wrote, or None where they did not want to."""
    dialog = About(recipe, parent)
    try:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return replace(recipe, **dialog.said()) if accepted else None
    finally:
        dialog.deleteLater()
