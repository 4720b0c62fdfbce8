"""Choices that are kept in the project under a name, to be made again with one press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from annotator.gui.buttons import Chip
from annotator.gui.dialogs import ask_words
from annotator.language import tr
from annotator.project import recipes
from annotator.project.recipes import Recipe

if TYPE_CHECKING:
    from annotator.gui.bridge import Bridge


class Presets(Chip):
    """The kept recipes; the one that is shown can be kept, others forgotten."""

    asked = Signal(object)
    """A recipe that was kept."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(tr("Presets"), self._fill)
        self._bridge = bridge
        self.recipe = Recipe()
        """The one that would be kept."""
        self.show_answer(tr("Presets"))

    def _fill(self, menu: QMenu) -> None:
        kept = recipes.presets(self._bridge.read)
        for name, recipe in kept.items():
            menu.addAction(name.replace("&", "&&"), partial(self.asked.emit, recipe))
        if kept:
            menu.addSeparator()
        menu.addAction(tr("Keep this as…"), self._keep)
        forget = menu.addMenu(tr("Forget"))
        forget.setEnabled(bool(kept))
        for name in kept:
            drop = partial(self._bridge.run, recipes.drop_preset, name)
            forget.addAction(name.replace("&", "&&"), drop)

    def _keep(self) -> None:
        known = list(recipes.presets(self._bridge.read))
        question = tr("Keep these choices in the project under the name")
        name = ask_words(tr("Keep"), question, known, "", self)
        if name:
            self._bridge.run(recipes.keep_preset, name, self.recipe)
