"""The export dialog. Its recipe is all that it knows; every change of it is worked out beside the acts
and shown: what goes out, what stays behind and why, how it is split, how it begins, what is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.datasets.counts import Counts
from annotator.errors import AnnotatorError
from annotator.formats.registry import formats
from annotator.gui.buttons import flat_button
from annotator.gui.exporting.about import ask_about
from annotator.gui.exporting.balance import Balance
from annotator.gui.exporting.catalog import Catalog
from annotator.gui.exporting.choices import Choices
from annotator.gui.exporting.place import Place
from annotator.gui.exporting.presets import Presets
from annotator.gui.exporting.record import Record
from annotator.gui.exporting.saying import going_out, kept_together, lost
from annotator.gui.parts import label, row, rule
from annotator.language import tr
from annotator.model.annotation import STATUSES
from annotator.project.foreseeing import Foreseen, foreseen
from annotator.project.in_place import is_folder
from annotator.project.planning import Outlined, PartPlan, Plan, outlined, planned
from annotator.project.recipes import Recipe

if TYPE_CHECKING:
    from annotator.gui.bridge import Bridge
    from annotator.project.project import Queries

SIZE = (1080, 740)
MARGIN = 24


class ExportDialog(QDialog):
    """Asks for a dataset; what it writes it leaves to whoever listens."""

    wanted = Signal(object, object, bool)
    """A recipe, a path, and whether the dataset that lies there may be replaced."""

    def __init__(self, bridge: Bridge, place: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export a dataset"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self.recipe = Recipe()
        self.plan: Plan | None = None
        self._outlined: Outlined | None = None
        self._turn = 0
        """Counts what was asked for; an answer to an earlier question is dropped."""
        self._is_writable = True
        """Whether the library that the shown format needs is there."""
        self.said = label("", soft=True)
        self.include = flat_button(tr("Include them"))
        self.include.setAutoDefault(False)
        self.presets = Presets(bridge)
        self.about = QPushButton(tr("Card…"))
        self.catalog = Catalog(formats())
        self.choices = Choices()
        self.beginning = Record()
        self.losses = label("")
        self.split_note = label("", small=True)
        self.balance = Balance()
        self.place = Place(place)
        self.export = QPushButton(tr("Export"))
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._work_out)
        bridge.changed.connect(self._read_anew)
        self.catalog.choose(("jsonl",))
        self._read_anew()

    # What it is made of

    def _build(self) -> None:
        self.presets.asked.connect(self.ask)
        self.about.setProperty("chip", True)
        self.about.setAutoDefault(False)
        self.about.setToolTip(tr("Title, purpose and licence, as the dataset card says them"))
        self.about.clicked.connect(self._ask_about)
        self.include.clicked.connect(self._include_all)
        self.catalog.itemSelectionChanged.connect(self._choose_formats)
        self.catalog.currentItemChanged.connect(lambda *_: self._soon.start())
        self.choices.asked.connect(self.ask)
        self.choices.failed.connect(self._refuse)
        self.catalog.setObjectName("catalog")
        self.catalog.setFixedWidth(self.catalog.width_of_titles())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(rule())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.catalog)
        middle.addWidget(self._page(), 1)
        layout.addLayout(middle, 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())
        room = self.screen().availableSize()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("card")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = label(tr("Export a dataset"), heading=True)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(title)
        lines.addLayout(row(self.said, self.include, 1, spacing=2))
        self.include.setFixedHeight(26)
        self.said.setFixedHeight(26)  # nothing jumps when the button comes and goes
        layout = QHBoxLayout(head)
        layout.setContentsMargins(MARGIN, 18, MARGIN, 12)
        layout.addLayout(lines, 1)
        layout.addLayout(row(self.about, self.presets, spacing=8))
        return head

    def _page(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("card")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.losses.setObjectName("losses")
        self.losses.setWordWrap(True)
        self.losses.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(MARGIN, 18, MARGIN, 18)
        layout.setSpacing(8)
        layout.addWidget(self.choices)
        for head, note, part in (
            (tr("FIRST RECORD"), None, self.beginning),
            (tr("WHAT THIS FORMAT CANNOT HOLD"), None, self.losses),
            (tr("BALANCE"), self.split_note, self.balance),
        ):
            layout.addSpacing(8)
            layout.addLayout(
                row(label(head, section=True), *([note] if note else []), 1, spacing=8)
            )
            layout.addWidget(part, int(part is self.beginning))
        area = QScrollArea()
        area.setObjectName("paper")
        area.setWidget(page)
        area.setWidgetResizable(True)
        return area

    def _foot(self) -> QHBoxLayout:
        self.place.chosen_anew.connect(self._show_place)
        cancel = QPushButton(tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.export.setDefault(True)
        self.export.clicked.connect(self._want)
        foot = row(self.place, 1, cancel, self.export, spacing=10)
        foot.setContentsMargins(MARGIN, 14, MARGIN, 14)
        return foot

    # From a change to what is shown

    def ask(self, recipe: Recipe) -> None:
        """Let this be the recipe."""
        self.recipe = recipe
        if recipe.formats != self.catalog.chosen():
            self.catalog.choose(recipe.formats)
        self._soon.start()

    def _choose_formats(self) -> None:
        chosen = self.catalog.chosen()
        if chosen and chosen != self.recipe.formats:
            self.recipe = replace(self.recipe, formats=chosen)
        self._soon.start()

    def _read_anew(self, _changes: object = None) -> None:
        self._bridge.look(outlined, then=self._take_outline)

    def _take_outline(self, found: Outlined) -> None:
        if self._turn < 0:
            return
        self._outlined = found
        self._work_out()

    def _work_out(self) -> None:
        if self._outlined is None or self._turn < 0:
            return
        self._turn += 1
        self._is_writable = True
        self.presets.recipe = self.recipe
        self.choices.show_recipe(self.recipe, self._outlined)
        look = partial(_plan, known=self._outlined, recipe=self.recipe)
        self._bridge.look(look, then=partial(self._take_plan, self._turn))

    def _take_plan(self, turn: int, found: Plan | AnnotatorError) -> None:
        if turn != self._turn:
            return
        if not isinstance(found, Plan):
            self.export.setEnabled(False)
            self._refuse(str(found))
            return
        self.plan = found
        part = self._part(found)
        self._show_head(found, part)
        labels = [(one.name, one.title) for one in found.outlined.schema.labels]
        self.balance.show_counts(part.counts or {"": Counts()}, labels)
        self.split_note.setText(kept_together(found))
        self._show_place()
        look = partial(_foresee, plan=found, part=part, is_wanted=lambda: turn == self._turn)
        self._bridge.look(look, then=partial(self._take_foreseen, turn))

    def _take_foreseen(self, turn: int, found: Foreseen | AnnotatorError) -> None:
        if turn != self._turn:
            return
        can = isinstance(found, Foreseen)
        self.beginning.show_beginning((can and found.beginning) or tr("This format is not text."))
        self.losses.setText("\n".join(lost(found)) if can else str(found))
        self.losses.setProperty("lossy", not can or bool(found.losses or found.not_held))
        self.losses.style().polish(self.losses)
        self._is_writable = can
        self._show_place()

    def _part(self, plan: Plan) -> PartPlan:
        shown = self.catalog.shown()
        return next((part for part in plan.parts if part.format.name == shown), plan.parts[0])

    def _show_head(self, plan: Plan, part: PartPlan) -> None:
        self.said.setText(going_out(plan, part))
        unfinished = ("new", "in_progress", "excluded")
        self.include.setVisible(any(part.left_out.get(status) for status in unfinished))

    def _refuse(self, why: str) -> None:
        self.said.setText(why)
        self.include.hide()

    def _include_all(self) -> None:
        selection = replace(self.recipe.selection, statuses=STATUSES)
        self.ask(replace(self.recipe, selection=selection))

    def _ask_about(self) -> None:
        recipe = ask_about(self.recipe, self)
        if recipe is not None:
            self.ask(recipe)

    def _show_place(self) -> None:
        parts = self.plan.parts if self.plan else ()
        is_split = self.recipe.split is not None
        can = self.place.show_for([part.format for part in parts], is_split=is_split)
        self.export.setEnabled(can and self._is_writable and any(part.sets for part in parts))

    def _want(self) -> None:
        path = self.place.path
        self.wanted.emit(self.recipe, path, is_folder(path))
        self.accept()

    def done(self, result: int) -> None:
        """Whatever is still being worked out is not wanted any more."""
        self._turn = -1
        super().done(result)


def _plan(_read: Queries, *, known: Outlined, recipe: Recipe) -> Plan | AnnotatorError:
    try:
        return planned(known, recipe)
    except AnnotatorError as error:
        return error


def _foresee(
    read: Queries, *, plan: Plan, part: PartPlan, is_wanted: Callable[[], bool]
) -> Foreseen | AnnotatorError:
    """A format may need a library that is not there."""
    try:
        return foreseen(read, plan, part, is_wanted)
    except AnnotatorError as error:
        return error
