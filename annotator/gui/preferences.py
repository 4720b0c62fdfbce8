"""Preferences: each holds at once; keys can be given to other actions, never one key to two."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator import settings as settings_file
from annotator.gui.actions import Action, Keys, keymap
from annotator.gui.choices import Choices
from annotator.gui.parts import label, row, shown_keys
from annotator.gui.reading.sheet import ZOOMS
from annotator.gui.theme import THEMES
from annotator.language import tr
from annotator.text.words import fold

ACTION = Qt.ItemDataRole.UserRole


class Preferences(QDialog):
    """How it looks, who marks, and which key does what."""

    def __init__(
        self, choices: Choices, table: Callable[[Keys], Sequence[Action]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        self._choices = choices
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self._looks(), tr("Desk"))
        tabs.addTab(KeysPage(choices, table), tr("Keys"))
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = row(label(tr("Everything holds at once."), soft=True), 1, close)
        foot.setContentsMargins(20, 12, 20, 14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(tabs, 1)
        layout.addLayout(foot)
        self.resize(640, 560)

    def _looks(self) -> QWidget:
        now, keep = self._choices.now, self._choices.keep
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(24, 22, 24, 12)
        form.setHorizontalSpacing(22)
        form.setVerticalSpacing(14)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(tr("Your name"), self._name())
        themes = [(words, name) for name, words in THEMES.items()]
        form.addRow(tr("Colors"), _choice(tr("Colors"), themes, now.theme, lambda v: keep(theme=v)))
        families = [(one, one) for one in QFontDatabase.families() if not one.startswith(".")]
        faces = [
            (tr("The system’s best serif"), "serif"),
            (tr("The system’s best sans"), "sans"),
            *families,
        ]
        form.addRow(
            tr("Text face"), _choice(tr("Text face"), faces, now.face, lambda v: keep(face=v))
        )
        form.addRow(tr("Text size"), self._zoom())
        form.addRow(
            "", _tick(tr("Fold dimmed text"), now.fold_dimmed, lambda on: keep(fold_dimmed=on))
        )
        form.addRow(
            "",
            _tick(
                tr("Offer the rest of an attribution around a new mark"),
                now.offers,
                lambda on: keep(offers=on),
            ),
        )
        return page

    def _name(self) -> QWidget:
        field = QLineEdit(self._choices.now.name)
        field.setAccessibleName(tr("Your name"))
        field.setFixedWidth(280)
        field.setPlaceholderText(settings_file.person())
        said = os.environ.get("ANNOTATOR_NAME")
        if said:
            field.setEnabled(False)
            field.setText(said)
            field.setToolTip(tr("ANNOTATOR_NAME says who marks."))
        field.editingFinished.connect(lambda: self._choices.keep(name=field.text().strip()))
        return field

    def _zoom(self) -> QWidget:
        spin = QSpinBox()
        spin.setAccessibleName(tr("Text size"))
        spin.setRange(round(ZOOMS[0] * 100), round(ZOOMS[1] * 100))
        spin.setSingleStep(10)
        spin.setSuffix(" %")
        spin.setValue(round(self._choices.now.zoom * 100))
        spin.valueChanged.connect(lambda percent: self._choices.keep(zoom=percent / 100))
        return spin


class KeysPage(QWidget):
    """Every action with its key; a new key is asked for, and refused where it is another's."""

    def __init__(self, choices: Choices, table: Callable[[Keys], Sequence[Action]]) -> None:
        super().__init__()
        self._choices, self._table = choices, table
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter actions"))
        self.filter.setAccessibleName(tr("Filter actions"))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Actions and their keys"))
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setColumnWidth(0, 380)
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(tr("New key for this action"))
        self.usual = QPushButton(tr("Usual key"))
        self.none = QPushButton(tr("No key"))
        self.all_usual = QPushButton(tr("All usual keys"))
        self.said = label("", warn=True)
        self.said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 4)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addLayout(
            row(label(tr("New key")), self.edit, self.usual, self.none, 1, self.all_usual)
        )
        layout.addWidget(self.said)
        for button in (self.usual, self.none, self.all_usual):
            button.setAutoDefault(False)
        self.filter.textChanged.connect(lambda _: self._show())
        self.tree.currentItemChanged.connect(lambda *_: self._show_key())
        self.tree.itemActivated.connect(lambda *_: self.edit.setFocus())
        self.edit.editingFinished.connect(self._take)
        self.usual.clicked.connect(lambda: self._give(None))
        self.none.clicked.connect(lambda: self._give(()))
        self.all_usual.clicked.connect(lambda: self._keep({}))
        self._show()

    def _show(self) -> None:
        chosen = self._chosen()
        wanted = fold(self.filter.text()).split()
        self.tree.clear()
        for action in self._table(self._choices.now.keys):
            keys = "  ".join(shown_keys(key) for key in action.keys)
            menu = action.menu.partition("/")[0]
            item = QTreeWidgetItem([f"{menu}: {action.title}", keys])
            item.setData(0, ACTION, action)
            if action.id in self._choices.now.keys:
                font = item.font(1)
                font.setBold(True)
                item.setFont(1, font)
            if all(word in fold(f"{menu} {action.title} {keys}") for word in wanted):
                self.tree.addTopLevelItem(item)
                if chosen is not None and action.id == chosen.id:
                    self.tree.setCurrentItem(item)
        if self.tree.currentItem() is None and self.tree.topLevelItemCount():
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self._show_key()

    def _chosen(self) -> Action | None:
        item = self.tree.currentItem()
        return item.data(0, ACTION) if item else None

    def _show_key(self) -> None:
        chosen = self._chosen()
        for part in (self.edit, self.usual, self.none):
            part.setEnabled(chosen is not None)
        self.edit.setKeySequence(QKeySequence(chosen.keys[0] if chosen and chosen.keys else ""))

    def _take(self) -> None:
        """Give the action the key that was pressed, or say who has it."""
        chosen = self._chosen()
        key = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if chosen is None or not key or key in {keymap.portable(one) for one in chosen.keys}:
            return
        refused = keymap.why_not(self._table(self._choices.now.keys), chosen.id, key)
        if refused:
            self.said.setText(refused)
            self._show_key()
        else:
            self._give((key,))

    def _give(self, keys: tuple[str, ...] | None) -> None:
        """Give the chosen action these keys; None gives it its usual ones back."""
        chosen = self._chosen()
        if chosen is None:
            return
        own = {name: had for name, had in self._choices.now.keys.items() if name != chosen.id}
        if keys is None:
            usual = next(one for one in self._table({}) if one.id == chosen.id)
            others = [keymap.why_taken(self._table(own), chosen.id, key) for key in usual.keys]
            refused = next(filter(None, others), None)
            if refused:
                self.said.setText(refused)
                return
        else:
            own[chosen.id] = keys
        self._keep(own)

    def _keep(self, own: dict[str, tuple[str, ...]]) -> None:
        self.said.setText("")
        self._choices.keep(keys=own)
        self._show()


def _choice(
    name: str, choices: Sequence[tuple[str, str]], chosen: str, choose: Callable[[str], None]
) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setProperty("field", True)
    box.setFixedWidth(280)
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.currentIndexChanged.connect(lambda at: choose(box.itemData(at)))
    return box


def _tick(words: str, on: bool, choose: Callable[[bool], None]) -> QCheckBox:
    box = QCheckBox(words)
    box.setChecked(on)
    box.toggled.connect(choose)
    return box
