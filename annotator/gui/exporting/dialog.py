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
from annotator.language import spoken, tr, trn
from annotator.model.annotation import STATUSES
from annotator.project import recipes
from annotator.project.foreseeing import Foreseen, foreseen
from annotator.project.in_place import is_folder
from annotator.project.planning import Outlined, PartPlan, Plan, outlined, planned, why_left_out
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
        self.setWindowTitle(tr("Export a dataset"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self.recipe = Recipe()
        self.place = place
        self.plan: Plan | None = None
        self._outlined: Outlined | None = None
        self._turn = 0
        """Counts what was asked for; an answer to an earlier question is dropped."""
        self.said = label("", soft=True)
        self.include = flat_button(tr("Include them"))
        self.include.setAutoDefault(False)
        self.presets = Chip(tr("Presets"), self._fill_presets)
        self.about = QPushButton(tr("Card…"))
        self.catalog = Catalog(formats())
        self.choices = Choices()
        self.beginning = Record()
        self.losses = label("")
        self.split_note = label("", small=True)
        self.balance = Balance()
        self.where = label("", soft=True)
        self.export = QPushButton(tr("Export"))
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._work_out)
        bridge.changed.connect(self._read_anew)
        self.catalog.choose(("jsonl",))
        self._read_anew()

    # What it is made of

    def _build(self) -> None:
        self.presets.show_answer(tr("Presets"))
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
        change = flat_button(tr("Change…"), tr("Change where to"))
        change.setAutoDefault(False)
        change.clicked.connect(self._ask_place)
        cancel = QPushButton(tr("Cancel"))
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
        self.beginning.show_beginning((can and found.beginning) or tr("This format is not text."))
        self.losses.setText("\n".join(_lost(found)) if can else str(found))
        self.losses.setProperty("lossy", not can or bool(found.losses or found.not_held))
        self.losses.style().polish(self.losses)
        self.export.setEnabled(can and self.export.isEnabled())

    def _part(self, plan: Plan) -> PartPlan:
        shown = self.catalog.shown()
        return next((part for part in plan.parts if part.format.name == shown), plan.parts[0])

    def _show_head(self, plan: Plan, part: PartPlan) -> None:
        going, total = len(part.sets), len(plan.outlined.documents)
        said = [
            trn(
                "{going:,} of {count:,} article.",
                "{going:,} of {count:,} articles.",
                total,
                going=going,
            )
        ]
        if part.left_out:
            said.append(
                trn(
                    "{count:,} is left out: {why}.",
                    "{count:,} are left out: {why}.",
                    sum(part.left_out.values()),
                    why=why_left_out(part.left_out),
                )
            )
        if part.second_sets:
            said.append(
                trn(
                    "{count:,} further set of the same articles stay behind.",
                    "{count:,} further sets of the same articles stay behind.",
                    part.second_sets,
                )
            )
        self.said.setText(" ".join(said))
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
        menu.addAction(tr("Keep this as…"), self._keep)
        forget = menu.addMenu(tr("Forget"))
        forget.setEnabled(bool(kept))
        for name in kept:
            drop = partial(self._bridge.run, recipes.drop_preset, name)
            forget.addAction(name.replace("&", "&&"), drop)

    def _keep(self) -> None:
        known = list(recipes.presets(self._bridge.read))
        name = ask_words(
            tr("Keep"), tr("Keep these choices in the project under the name"), known, "", self
        )
        if name:
            self._bridge.run(recipes.keep_preset, name, self.recipe)

    # Where to

    def _ask_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Where to"), str(self.place), options=QFileDialog.Option.DontConfirmOverwrite
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
                words = tr("{name} would be one file, and this needs a folder", name=place.name)
                return words, False
            becomes = tr("replaces the file there") if place.exists() else tr("a file")
            return f"{place.name}  ·  {becomes}", True
        if is_folder(place):
            becomes = tr("replaces the dataset there, and says what moved")
            return f"{place.name}/  ·  {becomes}", True
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            words = tr("{name} is there and is no dataset; choose another name", name=place.name)
            return words, False
        return f"{place.name}/  ·  {tr('data, schema, manifest, dataset card')}", True

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
        return tr("no two of these articles belong together")
    return trn(
        "{count:,} group of articles that stay together, the largest of {largest}",
        "{count:,} groups of articles that stay together, the largest of {largest}",
        len(several),
        largest=max(several),
    )


def _lost(found: Foreseen) -> list[str]:
    if not found.losses and not found.not_held:
        return [tr("Nothing is lost: {seen} are written.", seen=_seen(found))]
    said = [str(loss) for loss in found.losses[:LOSSES]]
    if not said:
        said.append(tr("Of {seen} none is lost.", seen=_seen(found)))
    elif found.sets < found.of:
        said.append(
            tr(
                "Counted in the first {sets:,} of {of:,} annotation sets.",
                sets=found.sets,
                of=found.of,
            )
        )
    if found.not_held:
        said.append(tr("Not part of it: {parts}.", parts=", ".join(map(spoken, found.not_held))))
    return said


def _seen(found: Foreseen) -> str:
    marks = trn("{count:,} mark", "{count:,} marks", found.marks)
    if found.gaps:
        marks = tr("{marks} ({gaps:,} with gaps)", marks=marks, gaps=found.gaps)
    links = trn("{count:,} link", "{count:,} links", found.links)
    if found.sets == found.of:
        return tr("{marks} and {links}", marks=marks, links=links)
    return tr(
        "{marks} and {links} in the first {sets:,} of {of:,} annotation sets",
        marks=marks,
        links=links,
        sets=found.sets,
        of=found.of,
    )
