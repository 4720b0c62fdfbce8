"""Where a dataset goes, and what becomes of what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.formats.base import Format
from annotator.formats.registry import suffix_of
from annotator.gui.buttons import flat_button
from annotator.gui.parts import label, row
from annotator.language import tr
from annotator.project.in_place import is_folder


class Place(QWidget):
    """A folder or a file, in words, with a button to choose another."""

    chosen_anew = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.words = label("", soft=True)
        self.change = flat_button(tr("Change…"), tr("Change where to"))
        self.change.setAutoDefault(False)
        self.change.clicked.connect(self._ask)
        self.setLayout(row(self.words, self.change, spacing=10))

    def show_for(self, formats: Sequence[Format], *, is_split: bool) -> bool:
        """Say what would become of the place; whether these formats can go there."""
        said, good = self._standing(formats, is_split)
        self.words.setText(said)
        self.words.setToolTip(str(self.path))
        return good

    def _standing(self, formats: Sequence[Format], is_split: bool) -> tuple[str, bool]:
        path = self.path
        if any(suffix_of(path, one) for one in formats):
            if is_split or len(formats) > 1:
                words = tr("{name} would be one file, and this needs a folder", name=path.name)
                return words, False
            becomes = tr("replaces the file there") if path.exists() else tr("a file")
            return f"{path.name}  ·  {becomes}", True
        if is_folder(path):
            becomes = tr("replaces the dataset there, and says what moved")
            return f"{path.name}/  ·  {becomes}", True
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            words = tr("{name} is there and is no dataset; choose another name", name=path.name)
            return words, False
        return f"{path.name}/  ·  {tr('data, schema, manifest, dataset card')}", True

    def _ask(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Where to"), str(self.path), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self.path = Path(name)
            self.chosen_anew.emit()
