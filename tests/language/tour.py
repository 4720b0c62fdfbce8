"""A tour of the whole window in a process of its own; prints what was shown, as JSON.

What is data is written in Cyrillic letters, so that whatever is in English letters was said by the
program itself.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from annotator.errors import ProjectDamaged, ProjectLocked, ProjectTooOld
from annotator.gui import crash, opening
from annotator.gui.address import ask_to_open
from annotator.gui.app import make_application
from annotator.gui.desk import Desk
from annotator.gui.dialogs import Words
from annotator.gui.exporting.dialog import ExportDialog
from annotator.gui.fitting import FittingDialog
from annotator.gui.foot import Foot
from annotator.gui.importing.columns import ColumnsDialog
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.preferences import Preferences
from annotator.gui.schema.editor import SchemaEditor
from annotator.gui.window import Window
from annotator.model.schema import Schema, builtin
from annotator.project import articles, keep, open_project, relations, schema
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
LEFT_OUT = (
    "app.quit", "help.about_qt", "help.walk", "project.new", "project.sample", "file.remove",
    "edit.schema", "file.export", "app.preferences", "go.find", "go.find_all", "go.mark_all",
)  # fmt: skip
"""Actions that leave the project, that are Qt's own, and those with a place of their own below."""
Kind = TypeVar("Kind", bound=QDialog)
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
        self._listen_to_answers()
        self.window = Window(Settings(), of_data("Mara"))
        self.watch = QTimer(interval=15)
        self.watch.timeout.connect(self._leave_questions)
        self.watch.start()

    def _listen_to_answers(self) -> None:
        shown = Foot._show_said

        def show(foot: Foot, words: str, *, refused: bool) -> None:
            self.looking.say("said", words)
            shown(foot, words, refused=refused)

        Foot._show_said = show

    def _leave_questions(self) -> None:
        """Look at a dialog that waits for an answer, and give none."""
        asking = QApplication.activeModalWidget()
        if isinstance(asking, Words):
            self.looking.at(asking)
            asking.reject()

    @property
    def desk(self) -> Desk:
        assert isinstance(self.window.desk, Desk)
        return self.window.desk

    def settle(self, wait: int = 8) -> None:
        """Let everything that waits be done and drawn."""
        for _ in range(3):
            QApplication.processEvents()
            if self.window.desk is not None:
                self.desk.bridge.idle(10)
        QTest.qWait(wait)

    def look(self, wait: int = 8) -> None:
        """Look at everything that is shown when all is done."""
        self.settle(wait)
        self.looking.everywhere()

    def leave(self) -> None:
        """Look at what was opened over the window, and close it."""
        self.settle()
        for one in QApplication.topLevelWidgets():
            if one is not self.window and one.isVisible():
                self.looking.at(one)
                one.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def opened(self, kind: type[Kind]) -> Kind:
        """The dialog of a kind."""
        self.settle()
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind))

    def select(self, words: str, key: str) -> None:
        """Select words of the text, and mark them by a key."""
        at = self.desk.bench.text.index(words)
        self.desk.view.set_selection(at, at + len(words))
        self.desk.view.setFocus()
        QTest.keyClick(self.desk.view, key)
        self.settle()

    # The places

    def start_page(self) -> None:
        """Before anything is open."""
        self.window.show()
        self.window.show_start()
        self.look()

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
        self.look()

    def theirs(self) -> Path:
        """Another person's marks of the first article."""
        text, words = of_data(STORY), of_data("The mayor")
        spans = [[text.index(words), text.index(words) + len(words), "source"], [0, 3, "Вещь"]]
        path = self.folder / "другие.jsonl"
        path.write_text(json.dumps({"text": text, "label": spans}) + "\n", "utf-8")
        return path

    def marks(self) -> None:
        """Marks, links, checks, each panel, and what is asked in the text."""
        self.desk.bench.open(self.desk.bridge.read.library()[0].document.id)
        self.look()
        self.select(of_data("Harbor officials"), "s")
        self.select(of_data("the old pier was unsafe"), "c")
        self.look()
        QTest.keyClick(self.desk.view, Qt.Key.Key_Escape)
        self.select(of_data("denied it"), "d")
        denial = self.desk.bench.held
        claim = next(one for one in self.desk.bench.in_order() if one.label == "claim")
        assert denial is not None
        self.desk.bridge.run(relations.link, "denies", denial.id, claim.id)
        for panel in PANELS:
            self.desk.show_side(panel)
            self.look(70)
        for key in ("r", "a"):
            self.desk.view.setFocus()
            QTest.keyClick(self.desk.view, key)
            self.settle()
            self.looking.at(self.desk.tip)
            self.desk.asking.cancel()
        self.desk.context.open(QPoint(40, 40))
        self.leave()

    def finding(self) -> None:
        """The bar, and the panel with places and with boxes to tick."""
        self.desk.do("go.find")
        self.desk.finder.field.setText(of_data("pier"))
        self.settle()
        self.looking.at(self.desk.finder)
        self.desk.do("go.find_all")
        for words in ("zebra", "pier"):
            self.desk.find_panel.field.setText(of_data(words))
            self.settle(150)
            self.looking.at(self.desk.find_panel)
        self.desk.do("go.mark_all")
        self.settle(100)
        self.looking.at(self.desk.find_panel)
        self.desk.show_library()
        self.desk.library.search.setText(of_data("zebra"))
        self.settle(150)
        self.looking.at(self.desk.library)
        self.desk.library.search.clear()
        self.settle(150)

    def exporting(self) -> None:
        """The dialog with every format, and with a split."""
        self.desk.do("file.export")
        dialog = self.opened(ExportDialog)
        rows = [at for at in range(dialog.catalog.count()) if dialog.catalog.item(at).flags()]
        for at in rows[::3]:
            dialog.catalog.setCurrentRow(at)
            self.settle(45)
            self.looking.at(dialog)
        choices = dialog.choices
        choices._shares("80/20")
        for ask in (choices._ask_shares, choices._ask_cut, choices._ask_dates, dialog.place._ask):
            ask()
        self.settle(45)
        self.leave()

    def importing(self) -> None:
        """What is found, what is refused, what became of it, and marks of another program."""
        (self.folder / "новое.txt").write_text(of_data(STORY * 2), "utf-8")
        (self.folder / "плохо.pdf").write_bytes(b"%PDF-1.4 broken")
        (self.folder / "таблица.csv").write_text(
            "title,body,я,ю,э,ё,ы,щ\n" + ",".join([of_data("one"), of_data(STORY), *"абвгде"]),
            "utf-8",
        )
        self.desk.files.take_in(
            [self.folder / name for name in ("новое.txt", "плохо.pdf", "таблица.csv")]
        )
        dialog = self.opened(ImportDialog)
        for row in range(3):
            dialog.table.selectRow(row)
            self.settle()
            self.looking.at(dialog)
        dialog.offers.columns.click()
        columns = self.opened(ColumnsDialog)
        self.looking.at(columns)
        columns.close()
        dialog.go.click()
        self.leave()
        self.desk.files.take_in([self.theirs()])
        fitting = self.opened(FittingDialog)
        self.looking.at(fitting)
        fitting._want()
        self.settle(60)
        self.leave()

    def comparing(self) -> None:
        """Two people's marks; one story twice; a later text."""
        first, _, later = (one.document for one in self.desk.bridge.read.library()[:3])
        for document, actions in ((first, ["article.annotators", "article.beside"]), (later, ["article.carry"])):  # fmt: skip
            self.desk.bench.open(document.id)
            self.settle()
            for action in actions:
                self.desk.do(action)
                self.settle(40)
                self.leave()
                self.desk.asking.cancel()
        self.desk.bench.open(first.id)
        self.settle()

    def schema_editor(self) -> None:
        """The editor, with a form for each kind of thing."""
        self.desk.do("edit.schema")
        editor = self.opened(SchemaEditor)
        for kind, name in (("", ""), ("label", "claim"), ("attribute", "unsure"), ("relation", "via")):  # fmt: skip
            editor.things.fill(kind, name)
            editor._show_form()
            self.looking.at(editor)
        editor._ask_file()
        editor._ask_save()
        editor.draft.merge("label", "cue", "claim")
        editor._step("label", "claim")
        self.settle(320)
        self.leave()

    def preferences(self) -> None:
        """Both pages."""
        self.desk.do("app.preferences")
        dialog = self.opened(Preferences)
        self.looking.at(dialog)
        dialog.findChild(QTabWidget).setCurrentIndex(1)
        self.leave()

    def troubles(self) -> None:
        """What is said when something cannot be done."""
        for error in (ProjectDamaged("я"), ProjectLocked("я"), ProjectTooOld("я")):
            opening.offer(self.window, "я", error)
            self.leave()
        for address in ("https://я.example/", "я:"):
            ask_to_open(address, self.window)
            self.leave()
        crash.BugDialog("я").show()
        self.leave()

    def actions(self) -> None:
        """Every action once, with a held mark."""
        for action in list(self.desk.actions_now):
            if action.id not in LEFT_OUT and action.when(self.desk):
                self.desk.do(action.id)
                self.leave()
                self.looking.at(self.desk.tip)
                self.desk.asking.cancel()
        self.look()

    def walk(self) -> None:
        """Every step of the first article."""
        walk = self.desk.walk
        assert self.desk.bench.document is not None
        walk.begin(self.desk.bench.document.id)
        while walk.isVisible():
            self.looking.at(walk)
            walk._next()

    def offers(self) -> None:
        """What is offered around a claim; the rules know English, so that only the tip is read."""
        made: list[str] = []
        self.desk.bridge.run(
            articles.import_bytes, STORY.encode(), "б.txt", then=lambda one: made.extend(one.documents)
        )  # fmt: skip
        self.looking.is_quiet = True
        self.settle()
        self.desk.bench.open(made[0])
        self.select("the old pier was unsafe", "c")
        self.looking.is_quiet = False
        offered = {
            "“" + words + "”": "“…”" for words in ("the Courier", "Harbor officials", "told")
        }
        for words in [label for one in self.desk.tip.findChildren(QWidget) for label in _text(one)]:
            for quote, dots in offered.items():
                words = words.replace(quote, dots)
            self.looking.say("offered", words)

    def data(self) -> list[str]:
        """What is shown of projects and files in English letters: names, titles of acts, columns."""
        now = self.desk.bridge.read.schema()
        names = [one.name for one in (*now.labels, *now.attributes, *now.relations)]
        values = [value for one in now.attributes for value in one.values]
        acts = [entry.title for entry in self.desk.bridge.read.history(limit=500)]
        known = [*acts, *names, *values, now.name, "doccano", "title", "body", getpass.getuser()]
        return [*known, *(one.replace("_", " ") for one in values), *QFontDatabase.families()]


def _text(widget: QWidget) -> list[str]:
    text = getattr(widget, "text", None)
    return [text()] if callable(text) else []


def main(folder: Path) -> None:
    """Make the tour, and print what was seen and what of it may be data."""
    for name, place in (("SETTINGS", "settings.json"), ("BACKUPS", "backups"), ("LOGS", "logs")):
        os.environ[f"ANNOTATOR_{name}"] = str(folder / place)
    make_application().clipboard().setText(of_data("Harbor"))
    tour = Tour(folder)
    places: list[Callable[[], None]] = [
        tour.start_page, tour.open, tour.marks, tour.finding, tour.exporting, tour.importing,
        tour.comparing, tour.schema_editor, tour.preferences, tour.troubles, tour.actions, tour.walk, tour.offers,
    ]  # fmt: skip
    for place in places:
        place()
    told = {
        "seen": tour.looking.seen,
        "cut": tour.looking.cut,
        "has_fonts": bool(QFontDatabase.families()),
        "data": tour.data(),
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
