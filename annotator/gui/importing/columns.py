"""Which column of a table holds what: its columns with examples, and what each becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

from annotator.articles.columns import KNOWN, Table, TableMapping
from annotator.gui.buttons import Chip
from annotator.gui.parts import label, row, rule, shortened
from annotator.language import tr, trn

MARGIN = 24
EXAMPLES, WIDTH = 2, 58
"""How many values of a column are shown, and how many characters of all of them."""
REMEMBERED = 100
"""Tables of which it is known what a person said."""
THINGS = {
    "text": tr("Text of the article"),
    "title": tr("Headline"),
    "authors": tr("Authors"),
    "published": tr("Published on"),
    "outlet": tr("Outlet"),
    "url": tr("Address"),
    "language": tr("Language"),
    "saved": tr("Saved on"),
}
DETAIL = tr("Kept as a detail")
APART = "\t"
"""Between the columns of a table, as settings name it."""

Mappings = Mapping[str, Mapping[str, str]]


class ColumnsDialog(QDialog):
    """Shows the tables that were met, those of the same columns once, and asks."""

    wanted = Signal(object)
    """For each table by its columns what the person says (dict of tuple to dict)."""

    def __init__(self, tables: Mapping[str, Table], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chips: dict[tuple[tuple[str, ...], str], Chip] = {}
        self._said: dict[tuple[str, ...], dict[str, str]] = {}
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(MARGIN, 18, MARGIN, 18)
        inside.setSpacing(6)
        title = label(tr("What the columns hold"), heading=True)
        inside.addWidget(title)
        again = tr("It is remembered for tables with the same columns.")
        inside.addWidget(label(again, soft=True))
        for columns, (table, names) in _alike(tables).items():
            self._said[columns] = dict(table.mapping)
            inside.addSpacing(10)
            inside.addWidget(label(_called(names), section=True))
            inside.addLayout(self._grid(table))
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("paper")
        area.setWidget(card)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())
        self._tell()
        wanted = 210 + 40 * len(self.chips)
        self.resize(820, min(wanted, 620, self.screen().availableSize().height() - 80))

    def becomes(self, columns: tuple[str, ...], column: str) -> str:
        """What a column of a table holds; empty: a detail."""
        found = (key for key, one in self._said[columns].items() if one == column)
        return next(found, "")

    def call(self, columns: tuple[str, ...], column: str, thing: str) -> None:
        """Let a column hold this, and no other one; empty: a detail."""
        said = self._said[columns]
        for key in [key for key, one in said.items() if one == column or key == thing]:
            del said[key]
        if thing:
            said[thing] = column
        for one in columns:
            self._show(columns, one)
        self._tell()

    def _grid(self, table: Table) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, column in enumerate(table.columns):
            grid.addWidget(label(shortened(column, 28)), at, 0)
            grid.addWidget(label(_examples(table, column), soft=True), at, 1)
            chip = Chip(
                tr("“{column}” holds", column=column), partial(self._fill, table.columns, column)
            )
            self.chips[table.columns, column] = chip
            grid.addWidget(chip, at, 2)
            self._show(table.columns, column)
        return grid

    def _foot(self) -> QHBoxLayout:
        cancel, self.take = QPushButton(tr("Cancel")), QPushButton(tr("Read again"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.take.setDefault(True)
        self.take.clicked.connect(self._want)
        self.note = label("", small=True)
        foot = row(self.note, 1, cancel, self.take, spacing=10)
        foot.setContentsMargins(MARGIN, 14, MARGIN, 14)
        return foot

    def _fill(self, columns: tuple[str, ...], column: str, menu: QMenu) -> None:
        now = self.becomes(columns, column)
        for thing, words in (*THINGS.items(), ("", DETAIL)):
            if not thing:
                menu.addSeparator()
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(thing == now)
            action.triggered.connect(
                lambda _checked, thing=thing: self.call(columns, column, thing)
            )

    def _show(self, columns: tuple[str, ...], column: str) -> None:
        thing = self.becomes(columns, column)
        self.chips[columns, column].show_answer(THINGS.get(thing, DETAIL))

    def _tell(self) -> None:
        without = [columns for columns, said in self._said.items() if "text" not in said]
        self.take.setEnabled(len(without) < len(self._said))
        self.note.setText(
            tr("No column holds the text of the articles yet.")
            if without
            else tr("Nothing is stored yet.")
        )

    def _want(self) -> None:
        # What no column holds is said too: it would be guessed else.
        said = {
            columns: {key: mapping.get(key, "") for key in KNOWN}
            for columns, mapping in self._said.items()
        }
        self.wanted.emit(said)
        self.accept()


def mappings_of(remembered: Mappings) -> list[TableMapping]:
    """What the person said of tables, as settings keep it."""
    return [TableMapping(mapping, tuple(name.split(APART))) for name, mapping in remembered.items()]


def with_these(
    remembered: Mappings, said: Mapping[tuple[str, ...], dict[str, str]]
) -> dict[str, dict[str, str]]:
    """The same with what was said now; the oldest are forgotten where they are many."""
    new = {APART.join(columns): mapping for columns, mapping in said.items()}
    kept = {name: dict(mapping) for name, mapping in remembered.items() if name not in new}
    return dict([*kept.items(), *new.items()][-REMEMBERED:])


def what_is_strange(tables: Mapping[str, Table]) -> str:
    """What is to be said of columns that nobody knows; a table without a text first."""
    for name, table in tables.items():
        if "text" not in table.mapping:
            return tr(
                "{name}: no column is known to hold the text of the articles.", name=_short(name)
            )
    for name, table in tables.items():
        if table.strange:
            shown = ", ".join(shortened(one, 20) for one in table.strange[:4])
            more = len(table.strange) - 4
            if more <= 0:
                return tr(
                    "{name}: not known, kept as details: {shown}.", name=_short(name), shown=shown
                )
            return trn(
                "{name}: not known, kept as details: {shown} and {count} more.",
                "{name}: not known, kept as details: {shown} and {count} more.",
                more,
                name=_short(name),
                shown=shown,
            )
    return ""


def _alike(tables: Mapping[str, Table]) -> dict[tuple[str, ...], tuple[Table, list[str]]]:
    """The tables by their columns, with the names of the files."""
    found: dict[tuple[str, ...], tuple[Table, list[str]]] = {}
    for name, table in tables.items():
        found.setdefault(table.columns, (table, []))[1].append(_short(name))
    return found


def _called(names: Sequence[str]) -> str:
    """The files of the same columns, by the first."""
    if len(names) == 1:
        return names[0]
    return trn("{name} and {count} more", "{name} and {count} more", len(names) - 1, name=names[0])


def _examples(table: Table, column: str) -> str:
    values: Iterable[str] = dict.fromkeys(one.get(column, "").strip() for one in table.sample)
    shown = [value for value in values if value][:EXAMPLES]
    return shortened(" · ".join(shortened(one, WIDTH) for one in shown), WIDTH) or tr("(empty)")


def _short(name: str) -> str:
    return shortened(name.replace("\\", "/").rpartition("/")[2], 40)
