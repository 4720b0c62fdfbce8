"""Before a dataset comes in: what is in it, and how its labels and links are to be called here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.buttons import Chip
from annotator.gui.parts import label, row, rule
from annotator.language import tr, trn
from annotator.model.names import together
from annotator.model.schema import Schema
from annotator.project.fitting import LEAVE_OUT, Terms
from annotator.project.importing import Way
from annotator.project.surveying import Survey, Used

MARGIN = 24
TOLD = 8
"""Losses and notes that are shown; the report after the import has all of them."""


class FittingDialog(QDialog):
    """Shows a survey, and asks how names are to be called."""

    wanted = Signal(object, object)
    """A path, and the way to take it in."""

    def __init__(self, survey: Survey, schema: Schema, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import annotations"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.survey = survey
        self.names: dict[str, str] = {}
        """What the person said, by the name in the file."""
        self.chips: dict[str, Chip] = {}
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(MARGIN, 18, MARGIN, 18)
        inside.setSpacing(6)
        title = label(tr("Import {name}", name=survey.path.name), heading=True)
        inside.addWidget(title)
        for sentence in _sentences(survey):
            inside.addWidget(_wrapped(sentence))
        self.whose = Chip(tr("Whose marks come in"), self._fill_whose)
        self.people: tuple[str, ...] = ()
        """Whose sets come in; everybody's where it is empty."""
        if len(survey.people) > 1:
            self.choose_people(())
            inside.addSpacing(6)
            inside.addLayout(row(self.whose, 1))
        here = [one.name for one in schema.labels], [one.name for one in schema.relations]
        for head, used, known in (
            (tr("LABELS"), survey.labels, here[0]),
            (tr("LINKS"), survey.kinds, here[1]),
        ):
            if used:
                inside.addSpacing(10)
                inside.addWidget(label(head, section=True))
                inside.addLayout(self._table(used, known))
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("paper")
        area.setWidget(card)
        area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())
        wanted = 240 + 38 * (len(survey.labels) + len(survey.kinds))
        self.resize(680, min(wanted, 620, self.screen().availableSize().height() - 80))

    def _table(self, used: Sequence[Used], known: Sequence[str]) -> QGridLayout:
        """A name on each line, how often it is used, and what it becomes."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for at, one in enumerate(used):
            grid.addWidget(label(one.name), at, 0)
            count = label(f"{one.count:,}", soft=True)
            grid.addWidget(
                count, at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            chip = Chip(tr("“{name}” becomes", name=one.name), partial(self._fill, one, known))
            self.chips[one.name] = chip
            self._show(one)
            grid.addWidget(chip, at, 2)
        return grid

    def _foot(self) -> QHBoxLayout:
        cancel, take = QPushButton(tr("Cancel")), QPushButton(tr("Import"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        take.setDefault(True)
        take.clicked.connect(self._want)
        note = label(tr("Nothing is stored yet. One undo takes all of it back."), small=True)
        foot = row(note, 1, cancel, take, spacing=10)
        foot.setContentsMargins(MARGIN, 14, MARGIN, 14)
        return foot

    def _fill(self, one: Used, known: Sequence[str], menu: QMenu) -> None:
        now = self._becomes(one)
        choices = [(name, name) for name in known]
        if one.name not in known:
            choices.append((tr("New: {name}", name=one.name), one.name))
        for words, name in choices:
            self._add(menu, words, name == now, partial(self.call, one, name))
        menu.addSeparator()
        self._add(menu, tr("Leave out"), now == LEAVE_OUT, partial(self.call, one, LEAVE_OUT))

    def _fill_whose(self, menu: QMenu) -> None:
        self._add(menu, tr("Everybody"), not self.people, partial(self.choose_people, ()))
        for one in self.survey.people:
            without = tuple(x for x in self.people if x != one)
            chosen = without if one in self.people else (*self.people, one)
            self._add(menu, one, one in self.people, partial(self.choose_people, chosen))

    def choose_people(self, people: tuple[str, ...]) -> None:
        """Let only these people's sets come in; everybody's where nobody is named."""
        self.people = people
        said = (
            tr("Marks of {people}", people=together(people)) if people else tr("Marks of everybody")
        )
        self.whose.show_answer(said)

    def _add(self, menu: QMenu, words: str, checked: bool, do: Callable[[], None]) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(lambda _checked: do())

    def call(self, one: Used, name: str) -> None:
        """Let a name of the file be called so here; LEAVE_OUT leaves it out."""
        self.names[one.name] = name
        if name == one.becomes:
            del self.names[one.name]
        self._show(one)

    def _becomes(self, one: Used) -> str:
        return self.names.get(one.name, one.becomes)

    def _show(self, one: Used) -> None:
        now = self._becomes(one)
        is_new = one.is_new if now == one.becomes else now == one.name
        words = tr("New: {name}", name=now) if is_new and now else now
        self.chips[one.name].show_answer(words or tr("Leave out"))

    def _want(self) -> None:
        self.wanted.emit(
            self.survey.path, Way(terms=Terms(names=dict(self.names)), people=self.people)
        )
        self.accept()


def _sentences(survey: Survey) -> list[str]:
    """What is in the file, and what the person should know of it."""
    said = [
        tr(
            "{format}: {articles}, {sets} by {people}, {marks}, {links}.",
            format=survey.format,
            articles=trn("{count:,} article", "{count:,} articles", survey.articles),
            sets=trn("{count:,} annotation set", "{count:,} annotation sets", survey.sets),
            people=_people(survey.people),
            marks=trn("{count:,} mark", "{count:,} marks", survey.marks),
            links=trn("{count:,} link", "{count:,} links", survey.links),
        )
    ]
    if survey.here:
        said.append(
            trn(
                "{count} of the articles is here already: these marks will lie beside those of others.",
                "{count} of the articles are here already: these marks will lie beside those of others.",
                survey.here,
            )
        )
    if survey.schema:
        said.append(
            tr(
                "The project has no marks yet and takes over the schema “{schema}”.",
                schema=survey.schema,
            )
        )
    told = [*map(str, survey.losses), *survey.notes]
    said += told[:TOLD]
    if len(told) > TOLD:
        said.append(tr("And {count} more; the report will name them.", count=len(told) - TOLD))
    return said


def _people(names: Sequence[str]) -> str:
    if len(names) > 2:
        return trn("{count} person", "{count} people", len(names))
    return together(names) or tr("nobody")


def _wrapped(sentence: str) -> QWidget:
    made = label(sentence, soft=True)
    made.setWordWrap(True)
    return made
