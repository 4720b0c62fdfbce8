"""The schema editor: what there is on the left, its form on the right, what would change below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError, RuleError
from annotator.gui.buttons import flat_button
from annotator.gui.parts import label, row
from annotator.gui.schema.forms import Form, form
from annotator.gui.schema.things import NEW, Things
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model import schema as schemas
from annotator.model.draft import Draft
from annotator.model.revision import Revision
from annotator.model.schema import Schema

if TYPE_CHECKING:
    from annotator.project import Queries


SCHEMAS = tr("Schemas ({pattern})", pattern="*.json")


class SchemaEditor(QDialog):
    """Edits a draft; nothing is stored before it is put in force, as one act."""

    def __init__(self, bench: Workbench, say: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(tr("Schema"))
        self.resize(1040, 720)
        self._bench, self._answer = bench, say
        self.draft = Draft(bench.schema)
        self._asked = 0
        self.form: Form | None = None
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self._look)
        self.things.chosen_anew.connect(self._show_form)
        self.things.added.connect(self._add)
        bench.schema_changed.connect(self._outdated)
        self.things.fill("label", self.draft.now.labels[0].name)
        self._say()

    def _build(self) -> None:
        self.things = Things(self.draft)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setObjectName("card")
        right = QWidget()
        both = QVBoxLayout(right)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._build_tools())
        both.addWidget(self.area, 1)
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(self.things)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([236, 800])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(split, 1)
        layout.addWidget(self._build_foot())

    def _build_tools(self) -> QWidget:
        """What can be done with the thing that is shown."""
        up, down = flat_button("↑", tr("Further up")), flat_button("↓", tr("Further down"))
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        self.retire = flat_button(tr("Retire"), tr("No new work gets it; what has it keeps it"))
        self.retire.setToolTip(tr("No new work gets it; what has it keeps it"))
        self.retire.setCheckable(True)
        self.retire.clicked.connect(self._retire)
        self.merge = flat_button(
            tr("Merge into…"), tr("Let another one take its place in every mark")
        )
        self.merge.setToolTip(tr("Let another one take its place in every mark"))
        self.merge.clicked.connect(self._ask_merge)
        self.remove = flat_button(tr("Remove"))
        self.remove.clicked.connect(self._remove)
        self._tools = QWidget()
        line = row(up, down, 1, self.retire, self.merge, self.remove, spacing=2)
        line.setContentsMargins(16, 6, 16, 0)
        self._tools.setLayout(line)
        return self._tools

    def _build_foot(self) -> QWidget:
        self.said = label("", small=True)
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setAccessibleName(tr("What would change"))
        told = QScrollArea()
        told.setWidgetResizable(True)
        told.setWidget(self.said)
        told.setFixedHeight(58)
        load = flat_button(tr("From file…"), tr("Read a schema from a file"))
        load.clicked.connect(self._ask_file)
        save = flat_button(tr("To file…"), tr("Write the schema to a file"))
        save.clicked.connect(self._ask_save)
        cancel = QPushButton(tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.apply = QPushButton(tr("Put in force"))
        self.apply.setAutoDefault(False)
        self.apply.setProperty("primary", True)
        self.apply.clicked.connect(self._apply)
        foot = QWidget()
        foot.setObjectName("foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 12)
        column.addWidget(told)
        column.addLayout(row(load, save, 1, cancel, self.apply))
        return foot

    # What there is

    def choose(self, kind: str, name: str) -> None:
        """Show a thing; no kind is the schema itself."""
        self.things.fill(kind, name)

    def _show_form(self) -> None:
        kind, name = self.things.chosen
        self.form = made = form(self.draft, kind, name)
        made.setObjectName("card")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.changed.connect(self._changed)
        made.renamed.connect(lambda new: self._step(kind, new))
        made.refused.connect(self._refuse)
        self.area.setWidget(made)
        self._tools.setVisible(bool(kind))
        if kind:
            is_retired = bool(self.draft.find(kind, name).retired)
            self.retire.setChecked(is_retired)
            self.retire.setText(tr("Bring back") if is_retired else tr("Retire"))
            self.merge.setVisible(kind != "attribute")

    # Steps

    def _changed(self) -> None:
        """A form wrote into the draft: its line in the list may read otherwise now."""
        self.things.follow()
        self._say()

    def _step(self, kind: str, name: str) -> None:
        """Something larger changed."""
        self.things.lead(kind, name)
        # Not at once: the field that was left is made anew.
        QTimer.singleShot(0, self, partial(self.things.fill, kind, name))
        self._say()

    def _add(self, kind: str) -> None:
        name = self.draft.add(kind, NEW[kind])
        self.things.fill(kind, name)
        self._say()

    def _move(self, by: int) -> None:
        kind, name = self.things.chosen
        self.draft.move(kind, name, by)
        self._step(kind, name)

    def _retire(self, retire: bool) -> None:
        kind, name = self.things.chosen
        self.draft.retire(kind, name, retire=retire)
        self._step(kind, name)

    def _remove(self) -> None:
        kind, name = self.things.chosen
        self.draft.remove(kind, name)
        self._step("", "")

    def _ask_merge(self) -> None:
        kind, name = self.things.chosen
        menu = QMenu(self)
        for one in self.draft.things(kind):
            if one.name != name:
                menu.addAction(one.title, partial(self.merge_into, one.name))
        menu.exec(self.merge.mapToGlobal(self.merge.rect().bottomLeft()))
        menu.deleteLater()

    def merge_into(self, into: str) -> None:
        """Let another thing take the place of the one that is shown."""
        kind, name = self.things.chosen
        self.draft.merge(kind, name, into)
        self._step(kind, into)

    # What would change

    def _say(self) -> None:
        problem = self.draft.problem
        self.apply.setEnabled(self.draft.is_changed and not problem)
        if problem or not self.draft.is_changed:
            self._asked += 1
            self._tell(problem or tr("Nothing is changed yet."), warn=bool(problem))
        else:
            self._soon.start()

    def _look(self) -> None:
        self._asked += 1
        look = partial(_effects, revision=self.draft.revision)
        self._bench.bridge.look(look, then=partial(self._take, self._asked))

    def _take(self, asked: int, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        if asked == self._asked:
            refused, effects = found
            self.apply.setEnabled(not refused)
            self._tell(" ".join(refused or effects), warn=bool(refused))

    def _tell(self, words: str, *, warn: bool) -> None:
        self.said.setText(words)
        self.said.setProperty("warn", warn)
        self.said.setProperty("small", not warn)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def _refuse(self, words: str) -> None:
        self._tell(words, warn=True)

    def _outdated(self) -> None:
        """Somebody else, or undo, put another schema in force."""
        self.apply.setEnabled(False)
        self._soon.stop()
        self._asked += 1
        self._tell(tr("Another schema is in force now; close this and open it again."), warn=True)

    def _apply(self) -> None:
        from annotator.project.schema import revise

        self.write()
        self._bench.schema_changed.disconnect(self._outdated)
        then = partial(_in_force, self._answer)
        if self._bench.bridge.start_job(revise, self.draft.revision, then=then):
            self.apply.setEnabled(False)
            self.accept()
        else:
            self._bench.schema_changed.connect(self._outdated)

    def write(self) -> None:
        """Take what is typed in a field that still has the focus."""
        self.apply.setFocus()

    # Files

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Schema"), "", f"{SCHEMAS};;{tr('All files ({pattern})', pattern='*')}"
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, file: Path) -> None:
        """Go on with the schema in a file; where it is wrong, say so and keep the draft."""
        try:
            loaded = schemas.load(file.read_bytes(), file.name)
        except OSError as error:
            self._refuse(
                tr(
                    "{name} cannot be read ({why}); nothing was changed.",
                    name=file.name,
                    why=error.strerror,
                )
            )
            return
        except AnnotatorError as error:
            self._refuse(str(error))
            return
        self.draft.now = loaded
        self.things.fill("label", loaded.labels[0].name)
        self._say()

    def _ask_save(self) -> None:
        proposed = f"{self.draft.now.name}.json"
        name, _ = QFileDialog.getSaveFileName(self, tr("Schema"), proposed, SCHEMAS)
        if not name:
            return
        try:
            Path(name).write_bytes(msgspec.json.format(schemas.dump(self.draft.now), indent=2))
        except OSError as error:
            self._refuse(
                tr("{name} cannot be written ({why}).", name=Path(name).name, why=error.strerror)
            )


def _in_force(say: Callable[[str], None], schema: Schema) -> None:
    say(
        tr(
            "The schema is now version {version}; Ctrl+Z brings the old one back.",
            version=schema.version,
        )
    )


def _effects(read: Queries, *, revision: Revision) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why a revision would be refused, and what it would change."""
    from annotator.project.schema import effects, refusals

    try:
        refused = refusals(read, revision)
        return refused, () if refused else effects(read, revision)
    except RuleError as error:
        return (), (str(error),)
