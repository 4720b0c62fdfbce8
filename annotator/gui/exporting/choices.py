"""What goes out and how it is split: one button for each question, with its answers in a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotator.datasets import splits
from annotator.datasets.groups import DUPLICATES, OUTLET, PROPOSITION, STORY
from annotator.datasets.selection import FINISHED, Selection, selected
from annotator.datasets.splits import SplitPlan
from annotator.errors import DatasetError
from annotator.formats.registry import named
from annotator.gui.buttons import Chip
from annotator.gui.dialogs import ask_words
from annotator.gui.parts import row
from annotator.language import tr, trn
from annotator.model.names import together
from annotator.project.recipes import Recipe

if TYPE_CHECKING:
    from annotator.project.planning import Outlined

USUAL, DONE, REVIEWED = tr("Usual for the format"), tr("Complete and reviewed"), tr("Only reviewed")
EVERYTHING = tr("Everything, also unfinished")
_STATUSES = {USUAL: (), DONE: FINISHED, REVIEWED: ("reviewed",)}
SHOWN = 2
"""Names that stand on a button; more of them are counted."""
SHARES = ("80/10/10", "70/15/15", "80/20")
TOGETHER = {
    DUPLICATES: tr("Near-duplicates"),
    STORY: tr("Articles of one story"),
    PROPOSITION: tr("Articles that state the same"),
    OUTLET: tr("Articles of one outlet"),
}


class Choices(QWidget):
    """The questions in a row. It changes nothing itself: it asks for another recipe."""

    asked = Signal(object)
    """The recipe that is asked for."""
    failed = Signal(str)
    """One sentence: why what was said is no answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipe = Recipe()
        self._people: list[str] = []
        self._outlets: list[str] = []
        self._labels: list[tuple[str, str]] = []
        self.status = Chip(tr("How far"), self._fill_status)
        self.people = Chip(tr("Whose"), self._fill_people)
        self.labels = Chip(tr("Labels"), self._fill_labels)
        self.where = Chip(tr("Outlets and dates"), self._fill_where)
        self.split = Chip(tr("Split"), self._fill_split)
        chips = (self.status, self.people, self.labels, self.where, self.split)
        self.setLayout(row(*chips, 1, spacing=8))

    def show_recipe(self, recipe: Recipe, outlined: Outlined) -> None:
        """Show the answers that a recipe gives, of this project."""
        self.recipe = recipe
        self._people = sorted({own.annotator for one in outlined.documents for own in one.sets})
        self._outlets = sorted({one.outlet for one in outlined.documents if one.outlet})
        self._labels = [(label.name, label.title) for label in outlined.schema.labels]
        chosen, split = recipe.selection, recipe.split
        self.status.show_answer(_status(recipe))
        titles = dict(self._labels)
        self.people.show_answer(_people(chosen.annotators))
        self.labels.show_answer(_labels([titles.get(one, one) for one in chosen.labels]))
        self.where.show_answer(_where(chosen))
        self.split.show_answer(_split(split))

    def _select(self, **said: object) -> None:
        self.asked.emit(replace(self.recipe, selection=replace(self.recipe.selection, **said)))

    # The menus

    def _fill_status(self, menu: QMenu) -> None:
        now = self.recipe.selection.statuses
        for words, statuses in _STATUSES.items():
            _add(menu, words, now == statuses, lambda s=statuses: self._select(statuses=s))
        everything = selected(["all"]).statuses
        _add(menu, EVERYTHING, now == everything, lambda: self._select(statuses=everything))

    def _fill_people(self, menu: QMenu) -> None:
        self._several(
            menu, "annotators", tr("All annotators"), [(one, one) for one in self._people]
        )

    def _fill_labels(self, menu: QMenu) -> None:
        self._several(menu, "labels", tr("All labels"), self._labels)
        menu.addSeparator()
        counted = self.recipe.selection.refusals
        _add(
            menu, tr("Refusals and dodges are denials for training too"), counted,
            lambda: self._select(refusals=not counted),
        )  # fmt: skip

    def _fill_where(self, menu: QMenu) -> None:
        self._several(menu, "outlets", tr("All outlets"), [(one, one) for one in self._outlets])
        menu.addSeparator()
        chosen = self.recipe.selection
        dated = bool(chosen.since or chosen.until)
        _add(menu, tr("Any date"), not dated, lambda: self._select(since="", until=""))
        _add(menu, tr("Published from … to …"), dated, self._ask_dates)

    def _fill_split(self, menu: QMenu) -> None:
        now = self.recipe.split
        _add(menu, tr("No split"), now is None, lambda: self._ask(None))
        shares = "" if now is None or now.cut else "/".join(map(str, now.shares))
        for one in dict.fromkeys((*SHARES, *([shares] if shares else []))):
            _add(menu, one.replace("/", " / "), one == shares, lambda s=one: self._shares(s))
        _add(menu, tr("Other shares…"), False, self._ask_shares)
        _add(menu, tr("By date…"), bool(now and now.cut), self._ask_cut)
        if now is None:
            return
        menu.addSeparator()
        if not now.cut:
            spread = now.stratified
            _add(menu, tr("Spread rare labels evenly"), spread,
                 lambda: self._ask(replace(now, stratified=not spread)))  # fmt: skip
            _add(menu, tr("Another seed (now {seed})", seed=now.seed), False,
                 lambda: self._ask(replace(now, seed=now.seed + 1)))  # fmt: skip
            menu.addSeparator()
        head = menu.addAction(tr("Keep together:"))
        head.setEnabled(False)
        for kind, words in TOGETHER.items():
            kept = tuple(k for k in TOGETHER if (k in now.together) != (k == kind))
            _add(menu, words, kind in now.together,
                 lambda t=kept: self._ask(replace(now, together=t)))  # fmt: skip

    def _several(
        self, menu: QMenu, field: str, everything: str, choices: Iterable[tuple[str, str]]
    ) -> None:
        now: tuple[str, ...] = getattr(self.recipe.selection, field)
        _add(menu, everything, not now, lambda: self._select(**{field: ()}))
        for value, words in choices:
            other = tuple(x for x in now if x != value) if value in now else (*now, value)
            _add(menu, words, value in now, lambda o=other: self._select(**{field: o}))

    # What is asked in words

    def _ask(self, split: SplitPlan | None) -> None:
        self.asked.emit(replace(self.recipe, split=split))

    def _shares(self, shares: str) -> None:
        now = self.recipe.split or SplitPlan()
        self._try(
            lambda: splits.planned(
                shares, together=now.together, seed=now.seed, stratified=now.stratified
            )
        )

    def _ask_shares(self) -> None:
        said = ask_words(tr("Shares"), tr("Shares of train, dev and test, or of two"), SHARES, "80/10/10", self)  # fmt: skip
        if said:
            self._shares(said)

    def _ask_cut(self) -> None:
        now = self.recipe.split or SplitPlan()
        question = tr(
            "Test begins with the day (or dev, test begin with two days, a comma between)"
        )
        said = ask_words(tr("Split by date"), question, [], ",".join(now.cut), self)
        if said:
            cut = [day.strip() for day in said.split(",")]
            self._try(lambda: splits.planned(cut=cut, together=now.together, seed=now.seed))

    def _try(self, plan: Callable[[], SplitPlan]) -> None:
        try:
            made = plan()
        except DatasetError as error:
            self.failed.emit(str(error))
        else:
            self._ask(made)

    def _ask_dates(self) -> None:
        now = self.recipe.selection
        proposed = f"{now.since}..{now.until}" if now.since or now.until else ""
        question = tr("Published, such as 2024-05-01..2024-06-30; either end may be left away")
        said = ask_words(tr("Dates"), question, [], proposed, self)
        if said:
            try:
                found = selected([f"date={said}"])
            except DatasetError as error:
                self.failed.emit(str(error))
            else:
                self._select(since=found.since, until=found.until)


def _add(menu: QMenu, words: str, checked: bool, do: Callable[[], None]) -> None:
    action = menu.addAction(words.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(checked)
    action.triggered.connect(lambda _checked: do())


def _status(recipe: Recipe) -> str:
    chosen = recipe.selection.statuses
    if not chosen:
        taken = {recipe.statuses(named(name)) for name in recipe.formats}
        return DONE if FINISHED in taken else tr("Everything")
    return next((words for words, one in _STATUSES.items() if one == chosen), tr("Everything"))


def _people(chosen: Sequence[str]) -> str:
    if len(chosen) > SHOWN:
        return trn("{count} annotator", "{count} annotators", len(chosen))
    return together(chosen) or tr("All annotators")


def _labels(chosen: Sequence[str]) -> str:
    if len(chosen) > SHOWN:
        return trn("{count} label", "{count} labels", len(chosen))
    return together(chosen) or tr("All labels")


def _where(chosen: Selection) -> str:
    outlets = together(chosen.outlets)
    if len(chosen.outlets) > SHOWN:
        outlets = trn("{count} outlet", "{count} outlets", len(chosen.outlets))
    return ", ".join(filter(None, (outlets, _dates(chosen)))) or tr("All outlets, any date")


def _dates(chosen: Selection) -> str:
    if chosen.since and chosen.until:
        return f"{chosen.since} – {chosen.until}"
    if chosen.since:
        return tr("from {day}", day=chosen.since)
    return tr("to {day}", day=chosen.until) if chosen.until else ""


def _split(split: SplitPlan | None) -> str:
    if split is None:
        return tr("No split")
    if split.cut:
        return tr("Cut at {days}", days=", ".join(split.cut))
    return " / ".join(map(str, split.shares))
