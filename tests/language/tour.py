"""A tour of the whole window in a process of its own; prints every text that was shown, as JSON.

What is data is written in Cyrillic letters, so that whatever is in English letters was said by the
program itself.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton, QWidget

from annotator.errors import ProjectDamaged, ProjectLocked, ProjectTooOld
from annotator.gui import crash, opening
from annotator.gui.actions import Action
from annotator.gui.app import make_application
from annotator.gui.desk import Desk
from annotator.gui.exporting.dialog import ExportDialog
from annotator.gui.foot import Foot
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.preferences import Preferences
from annotator.gui.schema.editor import SchemaEditor
from annotator.gui.window import Window
from annotator.model.schema import Schema, builtin
from annotator.project import articles, keep, open_project, schema
from annotator.settings import Settings
from tests.language.looking import Looking

CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопярстувшчызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЧЫЗ",
)
STORY = (
    "Harbor office closes pier\n\nHarbor officials told the Courier that the old pier was unsafe. "
    "The mayor denied it.\n\n“We heard it on the radio,” a fisherman said.\n"
)
DATA_FIELDS = ("title", "inverse", "guideline")
LEFT = ("app.quit", "help.about_qt", "help.walk", "project.new", "project.sample", "file.remove")
"""Actions that leave the project, and a dialog of Qt's own."""
PANELS = ("Inspector", "Marks", "History", "Guidelines", "Actors")


def of_data(words: str) -> str:
    """Words that no English letter is in."""
    return words.translate(CYRILLIC)


def in_cyrillic(schema_: Schema) -> Schema:
    """The schema with other titles and guidelines; its names stay."""

    def change(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {k: change(v, k) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [change(one, key) for one in value]
        return of_data(value) if key in DATA_FIELDS and isinstance(value, str) else value

    return msgspec.convert(change(msgspec.to_builtins(schema_)), Schema)


class Tour:
    """The window, and what is looked at in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.looking = Looking()
        self.looking.listen()
        said = Foot._show_said

        def say(foot: Foot, words: str, *, refused: bool) -> None:
            self.looking.say("said", words)
            said(foot, words, refused=refused)

        Foot._show_said = say
        self.window = Window(Settings(), of_data("Mara"))
        self.watch = QTimer(interval=25)
        self.watch.timeout.connect(self.leave_modal)
        self.watch.start()

    @property
    def desk(self) -> Desk:
        assert isinstance(self.window.desk, Desk)
        return self.window.desk

    def leave_modal(self) -> None:
        """Look at a dialog that waits for an answer, and give none."""
        modal = QApplication.activeModalWidget()
        if isinstance(modal, QDialog) and not hasattr(modal, "_table") and modal.result() == 0:
            self.looking.at(modal)
            if not isinstance(modal, ImportDialog | ExportDialog | SchemaEditor | Preferences):
                modal.reject()

    def settle(self) -> None:
        """Let everything that waits be done and drawn, and look."""
        for _ in range(3):
            QApplication.processEvents()
            if self.window.desk is not None:
                self.desk.bridge.idle(10)
        QTest.qWait(40)
        self.looking.everywhere()

    def close_dialogs(self) -> None:
        """Close what was opened over the window."""
        for one in QApplication.topLevelWidgets():
            if one is not self.window and one.isVisible():
                one.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def do(self, action_id: str) -> None:
        """An action, and what it shows."""
        self.desk.do(action_id)
        self.settle()

    def select(self, words: str, key: str = "") -> None:
        """Select words of the text; a key marks them."""
        at = self.desk.bench.text.index(words)
        self.desk.view.set_selection(at, at + len(words))
        if key:
            self.desk.view.setFocus()
            QTest.keyClick(self.desk.view, key)
        self.settle()

    def keys(self, *keys: Qt.Key | str) -> None:
        """Press keys in the text, and look after each."""
        self.desk.view.setFocus()
        for key in keys:
            QTest.keyClick(self.desk.view, key)
            self.settle()

    def each_action(self) -> None:
        """Every action once, with a held mark."""
        for action in list(self.desk.actions_now):
            self._one(action)

    def _one(self, action: Action) -> None:
        if action.id in LEFT or not action.when(self.desk):
            return
        self.desk.do(action.id)
        self.settle()
        self.desk.asking.cancel()
        self.close_dialogs()

    # The places

    def start_page(self) -> None:
        """Before anything is open."""
        self.window.show()
        self.window.show_start()
        self.settle()

    def open(self) -> None:
        """A project with an article, the same story again, a later text, and marks of others."""
        where = self.folder / "порт.annotator"
        keep.create(where)
        text = of_data(STORY)
        head = "---\ntitle: {}\nurl: https://порт.рф/1\n---\n\n"
        with open_project(where, person=of_data("Mara"), durable=False) as project:
            schema.set_schema(project, in_cyrillic(builtin()))
            articles.import_bytes(project, text.encode(), "порт.txt")
            articles.import_bytes(project, (head.format("Ветер") + text).encode(), "ветер.md")
            later = head.format("Ветер") + text.replace("пиер", "порт", 1) + "\nИ ещё.\n"
            articles.import_bytes(project, later.encode(), "ветер2.md")
            articles.import_paths(project, [self.theirs()])
        self.window.open_project(str(where))
        self.settle()

    def theirs(self) -> Path:
        """Another person's marks of the first article."""
        text = of_data(STORY)
        words = of_data("The mayor")
        spans = [[text.index(words), text.index(words) + len(words), "source"], [0, 3, "Вещь"]]
        path = self.folder / "другие.jsonl"
        path.write_text(json.dumps({"text": text, "label": spans}) + "\n", "utf-8")
        return path

    def desk_with_marks(self) -> None:
        """Marks, links, checks, and each panel."""
        self.desk.bench.open(self.desk.bridge.read.library()[0].document.id)
        self.settle()
        self.select(of_data("Harbor officials"), "s")
        self.select(of_data("the old pier was unsafe"), "c")
        self.keys(Qt.Key.Key_Escape)
        self.select(of_data("denied it"), "d")
        for panel in PANELS:
            self.desk.show_side(panel)
            self.settle()
        self.keys("r")
        self.desk.asking.cancel()
        self.keys("a")
        self.desk.asking.cancel()
        self.desk.context.open(QPoint(40, 40))
        self.settle()
        self.close_dialogs()

    def finding(self) -> None:
        """The bar, and the panel with places and with boxes to tick."""
        self.do("go.find")
        self.desk.finder.field.setText(of_data("pier"))
        self.settle()
        self.do("go.find_all")
        for words in (of_data("pier"), of_data("zebra")):
            self.desk.find_panel.field.setText(words)
            self.settle()
        self.do("go.mark_all")
        self.desk.find_panel.field.setText(of_data("fisherman"))
        self.settle()
        self.desk.show_library()
        self.desk.library.search.setText(of_data("zebra"))
        self.settle()
        self.desk.library.search.clear()
        self.settle()

    def exporting(self) -> None:
        """The dialog, with each format looked at and with a split."""
        self.do("file.export")
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ExportDialog))
        for at in range(dialog.catalog.count()):
            if dialog.catalog.item(at).flags():
                dialog.catalog.setCurrentRow(at)
                self.settle()
        dialog.choices._shares("80/20")
        self.settle()
        dialog.reject()

    def importing(self) -> None:
        """What is found, what is refused, and what became of it."""
        (self.folder / "новое.txt").write_text(of_data(STORY * 2), "utf-8")
        (self.folder / "плохо.pdf").write_bytes(b"%PDF-1.4 broken")
        self.desk.files.take_in([self.folder / "новое.txt", self.folder / "плохо.pdf"])
        self.settle()
        for row in range(2):
            for one in self.desk.findChildren(ImportDialog):
                one.table.selectRow(row)
            self.settle()
        for one in self.desk.findChildren(ImportDialog):
            one.go.click()
        self.settle()
        self.close_dialogs()
        self.desk.files.take_in([self.theirs()])  # asks how its labels are called
        self.settle()
        self.close_dialogs()

    def schema_editor(self) -> None:
        """The editor, with a form for each kind of thing."""
        self.do("edit.schema")
        editor = next(one for one in self.desk.findChildren(SchemaEditor) if one.isVisible())
        for at in range(editor.things.list.count()):
            editor.things.list.setCurrentRow(at)
            self.settle()
        next(iter(editor.things.adds.values())).click()
        self.settle()
        editor.draft.merge("label", "cue", "claim")
        editor._step("label", "claim")
        self.settle()
        self.close_dialogs()

    def preferences(self) -> None:
        """Both pages."""
        self.do("app.preferences")
        for one in self.window.findChildren(Preferences):
            for tabs in one.findChildren(QWidget):
                if hasattr(tabs, "setCurrentIndex") and hasattr(tabs, "tabBar"):
                    tabs.setCurrentIndex(1)
        self.settle()
        self.close_dialogs()

    def troubles(self) -> None:
        """What is said when something cannot be done."""
        for error in (ProjectDamaged("я"), ProjectLocked("я"), ProjectTooOld("я")):
            opening.offer(self.window, "я", error)
            self.settle()
            self.close_dialogs()
        crash.BugDialog("я").show()
        self.settle()
        self.close_dialogs()
        QTimer.singleShot(30, self._stay)
        self.window._may_lose(2)

    def _stay(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.looking.at(box)
            next(iter(box.findChildren(QPushButton))).click()

    def walk(self) -> None:
        """Every step of the first article."""
        walk = self.desk.walk
        assert self.desk.bench.document is not None
        walk.begin(self.desk.bench.document.id)
        for _ in range(12):
            self.looking.at(walk)
            walk._next()

    def offers(self) -> None:
        """What is offered around a claim; the rules know English."""
        with_english = STORY.encode()
        made: list[str] = []
        self.desk.bridge.run(
            articles.import_bytes,
            with_english,
            "б.txt",
            then=lambda one: made.extend(one.documents),
        )
        self.settle_quietly()
        self.desk.bench.open(made[0])
        self.settle_quietly()
        at = STORY.index("the old pier was unsafe")
        self.desk.view.set_selection(at, at + len("the old pier was unsafe"))
        QTest.keyClick(self.desk.view, "c")
        self.settle_quietly()
        self.looking.at(self.desk.tip)

    def settle_quietly(self) -> None:
        """Let everything be done, and do not look."""
        for _ in range(3):
            QApplication.processEvents()
            self.desk.bridge.idle(10)
        QTest.qWait(30)


def main(folder: Path) -> None:
    """Make the tour, and print what was seen."""
    os.environ["ANNOTATOR_SETTINGS"] = str(folder / "settings.json")
    os.environ["ANNOTATOR_BACKUPS"] = str(folder / "backups")
    os.environ["ANNOTATOR_LOGS"] = str(folder / "logs")
    application = make_application()
    application.clipboard().setText(of_data("Harbor"))
    tour = Tour(folder)
    places: list[Callable[[], None]] = [
        tour.start_page, tour.open, tour.desk_with_marks, tour.finding, tour.exporting,
        tour.importing, tour.schema_editor, tour.preferences, tour.troubles, tour.each_action,
        tour.walk, tour.offers,
    ]  # fmt: skip
    for place in places:
        place()
    sys.stdout.write(json.dumps(tour.looking.seen, ensure_ascii=False))
    sys.stdout.flush()
    del application
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
