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
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.datasets.counts import Counts
from annotator.datasets.words import many
from annotator.errors import AnnotatorError
from annotator.formats.registry import formats, suffix_of
from annotator.gui.buttons import Chip, flat_button
from annotator.gui.dialogs import ask_words
from annotator.gui.exporting.about import ask_about
from annotator.gui.exporting.balance import Balance
from annotator.gui.exporting.catalog import Catalog
from annotator.gui.exporting.choices import Choices
from annotator.gui.exporting.record import Record
from annotator.gui.parts import label, row, rule
from annotator.model.annotation import STATUSES
from annotator.project import recipes
from annotator.project.foreseeing import Foreseen, foreseen
from annotator.project.in_place import is_folder
from annotator.project.planning import Outlined, PartPlan, Plan, outlined, planned
from annotator.project.recipes import Recipe

if TYPE_CHECKING:
    from annotator.gui.bridge import Bridge
    from annotator.project.project import Queries

SIZE = (1080, 740)
MARGIN = 24
LOSSES = 8
"""Lines of losses that are shown."""


class ExportDialog(QDialog):
    """Asks for a dataset; what it writes it leaves to whoever listens."""

    wanted = Signal(object, object, bool)
    """A recipe, a path, and whether the dataset that lies there may be replaced."""

    def __init__(self, bridge: Bridge, place: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export a dataset")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self.recipe = Recipe()
        self.place = place
        self.plan: Plan | None = None
        self._outlined: Outlined | None = None
        self._turn = 0
        """Counts what was asked for; an answer to an earlier question is dropped."""
        self.said = label("", soft=True)
        self.include = flat_button("Include them")
        self.include.setAutoDefault(False)
        self.presets = Chip("Presets", self._fill_presets)
        self.about = QPushButton("Card…")
        self.catalog = Catalog(formats())
        self.choices = Choices()
        self.beginning = Record()
        self.losses = label("")
        self.split_note = label("", small=True)
        self.balance = Balance()
        self.where = label("", soft=True)
        self.export = QPushButton("Export")
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._work_out)
        bridge.changed.connect(self._read_anew)
        self.catalog.choose(("jsonl",))
        self._read_anew()

    # What it is made of

    def _build(self) -> None:
        self.presets.show_answer("Presets")
        self.about.setProperty("chip", True)
        self.about.setAutoDefault(False)
        self.about.setToolTip("Title, purpose and licence, as the dataset card says them")
        self.about.clicked.connect(self._ask_about)
        self.include.clicked.connect(self._include_all)
        self.catalog.itemSelectionChanged.connect(self._choose_formats)
        self.catalog.currentItemChanged.connect(lambda *_: self._soon.start())
        self.choices.asked.connect(self.ask)
        self.choices.failed.connect(self._refuse)
        self.catalog.setObjectName("catalog")
        self.catalog.setFixedWidth(250)
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
        title = label("Export a dataset")
        title.setStyleSheet("font-size: 17px; font-weight: 600;")
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
            ("FIRST RECORD", None, self.beginning),
            ("WHAT THIS FORMAT CANNOT HOLD", None, self.losses),
            ("BALANCE", self.split_note, self.balance),
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
        change = flat_button("Change…", "Change where to")
        change.setAutoDefault(False)
        change.clicked.connect(self._ask_place)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.export.setDefault(True)
        self.export.clicked.connect(self._want)
        foot = row(self.where, change, 1, cancel, self.export, spacing=10)
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
        self.choices.show_recipe(self.recipe, self._outlined)
        look = partial(_plan, known=self._outlined, recipe=self.recipe)
        self._bridge.look(look, then=partial(self._take_plan, self._turn))

    def _take_plan(self, turn: int, found: Plan | AnnotatorError) -> None:
        if turn != self._turn:
            return
        self.export.setEnabled(isinstance(found, Plan) and any(part.sets for part in found.parts))
        if not isinstance(found, Plan):
            self._refuse(str(found))
            return
        self.plan = found
        part = self._part(found)
        self._show_head(found, part)
        labels = [(one.name, one.title) for one in found.outlined.schema.labels]
        self.balance.show_counts(part.counts or {"": Counts()}, labels)
        self.split_note.setText(_split_note(found))
        self._show_place()
        look = partial(_foresee, plan=found, part=part, is_wanted=lambda: turn == self._turn)
        self._bridge.look(look, then=partial(self._take_foreseen, turn))

    def _take_foreseen(self, turn: int, found: Foreseen | AnnotatorError) -> None:
        if turn != self._turn:
            return
        can = isinstance(found, Foreseen)
        self.beginning.show_beginning((can and found.beginning) or "This format is not text.")
        self.losses.setText("\n".join(_lost(found)) if can else str(found))
        self.losses.setProperty("lossy", not can or bool(found.losses or found.not_held))
        self.losses.style().polish(self.losses)
        self.export.setEnabled(can and self.export.isEnabled())

    def _part(self, plan: Plan) -> PartPlan:
        shown = self.catalog.shown()
        return next((part for part in plan.parts if part.format.name == shown), plan.parts[0])

    def _show_head(self, plan: Plan, part: PartPlan) -> None:
        going, total = len(part.sets), len(plan.outlined.documents)
        said = f"{going:,} of {many(total, 'article')}"
        left = ", ".join(f"{n:,} {why.replace('_', ' ')}" for why, n in part.left_out.items())
        if left:
            verb = "is" if sum(part.left_out.values()) == 1 else "are"
            said += f". {sum(part.left_out.values()):,} {verb} left out: {left}"
        if part.second_sets:
            said += f". {many(part.second_sets, 'further set')} of the same articles stay behind"
        self.said.setText(f"{said}.")
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

    # Presets

    def _fill_presets(self, menu: QMenu) -> None:
        kept = recipes.presets(self._bridge.read)
        for name, recipe in kept.items():
            menu.addAction(name.replace("&", "&&"), partial(self.ask, recipe))
        if kept:
            menu.addSeparator()
        menu.addAction("Keep this as…", self._keep)
        forget = menu.addMenu("Forget")
        forget.setEnabled(bool(kept))
        for name in kept:
            drop = partial(self._bridge.run, recipes.drop_preset, name)
            forget.addAction(name.replace("&", "&&"), drop)

    def _keep(self) -> None:
        known = list(recipes.presets(self._bridge.read))
        name = ask_words(
            "Keep", "Keep these choices in the project under the name", known, "", self
        )
        if name:
            self._bridge.run(recipes.keep_preset, name, self.recipe)

    # Where to

    def _ask_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Where to", str(self.place), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self.place = Path(name)
            self._show_place()

    def _show_place(self) -> None:
        said, good = self._standing()
        self.where.setText(said)
        self.where.setToolTip(str(self.place))
        self.export.setEnabled(good and bool(self.plan and any(p.sets for p in self.plan.parts)))

    def _standing(self) -> tuple[str, bool]:
        """What would become of the place, and whether that can be."""
        place = self.place
        if any(suffix_of(place, part.format) for part in (self.plan.parts if self.plan else ())):
            if self.recipe.split is not None or len(self.recipe.formats) > 1:
                return f"{place.name} would be one file, and this needs a folder", False
            return (
                f"{place.name}  ·  {'replaces the file there' if place.exists() else 'a file'}",
                True,
            )
        if is_folder(place):
            return f"{place.name}/  ·  replaces the dataset there, and says what moved", True
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            return f"{place.name} is there and is no dataset; choose another name", False
        return f"{place.name}/  ·  data, schema, manifest, dataset card", True

    def _want(self) -> None:
        replacing = is_folder(self.place)
        self.wanted.emit(self.recipe, self.place, replacing)
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


def _split_note(plan: Plan) -> str:
    if plan.recipe.split is None:
        return ""
    sizes: dict[str, int] = {}
    for document in plan.documents:
        sizes[plan.group[document.id]] = sizes.get(plan.group[document.id], 0) + 1
    several = [n for n in sizes.values() if n > 1]
    if not several:
        return "no two of these articles belong together"
    groups = many(len(several), "group")
    return f"{groups} of articles that stay together, the largest of {max(several)}"


def _lost(found: Foreseen) -> list[str]:
    marks = many(found.marks, "mark") + (f" ({found.gaps:,} with gaps)" if found.gaps else "")
    seen = f"{marks} and {many(found.links, 'link')}"
    if found.sets < found.of:
        seen += f" in the first {found.sets:,} of {found.of:,} annotation sets"
    if not found.losses and not found.not_held:
        return [f"Nothing is lost: {seen} are written."]
    said = [str(loss) for loss in found.losses[:LOSSES]] or [f"Of {seen} none is lost."]
    if found.losses and found.sets < found.of:
        said.append(f"Counted {seen.partition(' in ')[2] and 'in' + seen.partition(' in')[2]}.")
    if found.not_held:
        said.append(f"Not part of it: {', '.join(found.not_held)}.")
    return said
