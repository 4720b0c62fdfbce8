"""The main window: paints first, then holds the start page or the desk of a project."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox

from annotator import settings as settings_file
from annotator.errors import AnnotatorError
from annotator.gui import session
from annotator.gui import theme as themes
from annotator.gui.choices import Choices
from annotator.gui.dropping import Dropping
from annotator.language import tr, trn
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.gui.actions import Action
    from annotator.gui.bridge import Work
    from annotator.gui.desk import Desk
    from annotator.gui.menus import Menus

SIZE = QSize(1440, 900)
FRAME = QSize(4, 36)
"""What the system's title bar and edges may take."""
BEGIN = ("project.new", "project.open", "project.sample")
"""What the start page offers."""
PROJECTS = tr("Projects ({pattern})", pattern="*.annotator")


class Window(QMainWindow):
    """Paints first and opens the project after, so that the person sees something at once."""

    begun = Signal()
    """What was asked for at the start is there."""

    def __init__(self, settings: Settings, person: str | None = None) -> None:
        super().__init__()
        self.choices = Choices(settings, self)
        self._person = person
        self.desk: Desk | None = None
        self._menus: Menus | None = None
        self._then: Callable[[], None] | None = None
        self.setWindowTitle("Annotator")
        room = self.screen().availableSize() - FRAME
        self.resize(SIZE.boundedTo(room))
        if settings.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(settings.geometry)))
        theme = themes.load(settings.theme)
        QApplication.instance().setPalette(themes.palette(theme))
        self.setAutoFillBackground(True)
        self.choices.changed.connect(self._choose)
        Dropping(self, self._take_in, self.open_project, self._show_dropping)

    def open_when_painted(self, where: str | None, *, sample: bool) -> None:
        """Open a project, the sample or the start page as soon as the window can be seen."""
        if sample:
            self._then = self.open_sample
        elif where is not None:
            self._then = partial(self.open_project, where)
        else:
            self._then = self.show_start

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint there is time to load the rest."""
        super().paintEvent(event)
        if self._then is not None:
            then, self._then = self._then, None
            QTimer.singleShot(0, self, then)
            QTimer.singleShot(0, self, self.begun.emit)

    def show_start(self) -> None:
        """Show what can be begun."""
        from annotator.gui.start_page import StartPage

        self._put_away()
        themes.dress(QApplication.instance(), themes.load(self.choices.now.theme))
        begin = [action for action in self._actions() if action.id in BEGIN]
        page = StartPage(begin, self.choices.now.recent)
        page.asked_recent.connect(self.open_project)
        self.setCentralWidget(page)
        self.setWindowTitle("Annotator")
        self.show_actions()

    def open_project(self, where: str, *, write: bool = True) -> None:
        """Open a project; where that cannot be, say why and stay where one is."""
        from annotator.gui import opening
        from annotator.gui.bridge import Bridge
        from annotator.gui.desk import Desk
        from annotator.gui.keeper import Keeper
        from annotator.gui.waiting import waited
        from annotator.project import open_project

        is_open = self.desk is not None and self.desk.bridge.where == where
        if is_open and not self.desk.bridge.is_gone:
            return
        try:
            person = settings_file.person(self._person)
            program = "annotator (window)"
            project = waited(
                lambda: open_project(where, person=person, write=write, program=program)
            )
        except AnnotatorError as error:
            if self.desk is None:
                self.show_start()
            opening.offer(self, where, error)
            return
        if not self._put_away():
            project.close()
            return
        self.desk = desk = Desk(Bridge(project), self.choices)
        desk.bridge.setParent(desk)
        desk.bridge.broke.connect(self._show_bug)
        Keeper(desk.bridge, self._go_on_with, desk.foot.refuse)
        self.setCentralWidget(desk)
        name = Path(where).stem if "://" not in where else tr("Project")
        shown = name if write else tr("{name} (read only)", name=name)
        self.setWindowTitle(f"{shown} — Annotator")
        self._remember(desk.place)
        self.show_actions()
        desk.bench.schema_changed.connect(self.show_actions)
        desk.bench.opened.connect(self._enable)
        desk.bench.held_changed.connect(self._enable)
        desk.setFocusProxy(desk.view)
        # Not at once: activating the new window gives the focus away again.
        QTimer.singleShot(0, desk.view, desk.view.setFocus)
        if write:
            opening.caution(self, desk.place)

    def open_sample(self) -> None:
        """Open the sample project, made where it is not there yet."""
        from annotator.project import sample

        try:
            self.open_project(str(sample.sample(sample.default_place())))
        except AnnotatorError as error:
            self._tell(str(error))
            if self.desk is None:
                self.show_start()

    def new_project(self) -> None:
        """Ask for a name and make a project."""
        from annotator.project import keep

        name, _ = QFileDialog.getSaveFileName(self, tr("New project"), "", PROJECTS)
        if not name:
            return
        where = name if Path(name).suffix else f"{name}.annotator"
        try:
            keep.create(where)
        except AnnotatorError as error:
            self._tell(str(error))
            return
        self.open_project(where)

    def ask_open(self) -> None:
        """Ask for a project and open it."""
        kinds = f"{PROJECTS};;{tr('All files ({pattern})', pattern='*')}"
        name, _ = QFileDialog.getOpenFileName(self, tr("Open project"), "", kinds)
        if name:
            self.open_project(name)

    def _take_in(self, names: Sequence[str]) -> None:
        if self.desk is not None:
            self.desk.files.take_in_names(names)
        else:
            self._tell(tr("Open a project first; articles are taken into one."))

    def _show_dropping(self, dropping: bool) -> None:
        if self.desk is not None:
            self.desk.library.show_dropping(dropping)

    def ask_recent(self) -> None:
        """Ask for one of the projects that were open, and open it."""
        from annotator.gui.palette import Found, Palette

        open_now = self.desk.place if self.desk else ""
        others = [one for one in self.choices.now.recent if one != open_now]
        found = [Found("", one, "", one) for one in others]
        Palette(tr("Open recent"), found, lambda one: self.open_project(str(one)), self).show()

    def ask_copy(self) -> None:
        """Ask where to, copy the open project there and go on with the copy."""
        desk = self.desk
        if desk is None:
            return
        kinds = PROJECTS
        home = str(Path.home() / Path(desk.bridge.where).name)
        name, _ = QFileDialog.getSaveFileName(self, tr("Work on a copy"), home, kinds)
        if name:
            desk.bridge.aside(lambda project: str(project.copy_to(Path(name))), self.open_project)

    def show_backups(self, where: str = "") -> None:
        """Show the backups of the open project, or of one that cannot be opened."""
        from annotator.gui.backups import BackupsDialog

        desk = self.desk
        is_open = desk is not None and where in ("", desk.bridge.where)
        bridge = desk.bridge if is_open else None
        dialog = BackupsDialog(where or desk.bridge.where, bridge, self)
        dialog.restore.connect(partial(self._restore, where or desk.bridge.where))
        dialog.open()

    def _restore(self, where: str, backup: object) -> None:
        """Put a backup in the place of a project, and open that."""
        from annotator.gui.waiting import waited
        from annotator.project import keep

        if self.desk is not None and self.desk.bridge.where == where and not self._put_away():
            return
        try:
            kept = waited(lambda: keep.restore(where, backup, "annotator (window)"))
        except AnnotatorError as error:
            said = str(error)
        else:
            said = tr("Restored. What was there before is kept in {kept}.", kept=kept)
        self.open_project(where)
        self._tell(said)

    def _go_on_with(self, why: str, copy: str, works: list[Work]) -> None:
        """The file of the open project is gone: go on with the copy of what it held."""
        if copy and self.desk is not None:
            self.desk.write_note()
            self.desk.bridge.idle()
            works += self.desk.bridge.hand_over()
            self.open_project(copy)
        if not copy or self.desk is None or self.desk.bridge.where != copy:
            self._tell(tr("{why} What you see can still be copied or exported.", why=why))
            return
        self.desk.bridge.take_over(works)
        self._tell(
            tr("{why} All that was saved is in {copy}, which is open now.", why=why, copy=copy)
        )

    def show_preferences(self) -> None:
        """Choose how it looks, who marks and which key does what."""
        from annotator.gui.actions import table
        from annotator.gui.preferences import Preferences

        schema = self.desk.bench.schema if self.desk else None
        Preferences(self.choices, partial(table, schema), self).open()

    def show_help(self) -> None:
        """Open the pages of help."""
        from annotator.gui.help import HelpDialog

        HelpDialog(self._actions(), self).show()

    def walk(self) -> None:
        """Lead through a first article, on the sample project."""
        from annotator.gui import walk

        if self.desk is None or walk.article(self.desk) is None:
            self.open_sample()
        found = walk.article(self.desk) if self.desk else None
        if self.desk is not None and found is not None:
            self.desk.walk.begin(found)

    def _choose(self, new: set[str]) -> None:
        """What of the person's choices is the window's own."""
        if "keys" in new and self._menus is not None:
            self.show_actions()
        if "theme" in new and self.desk is None:
            themes.dress(QApplication.instance(), themes.load(self.choices.now.theme))
        if "name" in new and self.desk is not None and self._person is None:
            where = self.desk.bridge.where
            if self._put_away():
                self.open_project(where)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what waits, remember the place, close the project."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        desk = self.desk
        self.choices.keep(geometry=geometry, **({"state": desk.state()} if desk else {}))
        if not self._put_away():
            event.ignore()
            return
        super().closeEvent(event)

    # Menus and keys

    def show_actions(self) -> None:
        """Put every action into the menus, with the keys that the person gave it."""
        from annotator.gui.icons import app_icon
        from annotator.gui.menus import Menus, do

        if self._menus is None:
            self.setWindowIcon(app_icon())
            self._menus = Menus(self.menuBar())
        desk = self.desk
        actions = self._actions()
        self._menus.show(desk or self, actions)
        if desk is not None:
            desk.actions_now = actions
            desk.bar.fill(desk.bench.schema, actions, partial(do, desk))
        self._enable()

    def _actions(self) -> list[Action]:
        from annotator.gui.actions import table

        return table(self.desk.bench.schema if self.desk else None, self.choices.now.keys)

    def _enable(self) -> None:
        if self.desk is not None and self._menus is not None:
            self._menus.enable(self.desk)

    # The project that was open

    def _put_away(self) -> bool:
        """Close the project that is open; False where the person stays with what is not saved."""
        desk = self.desk
        if desk is None:
            return True
        desk.write_note()
        desk.bridge.idle()
        if desk.bridge.unsaved:
            desk.bridge.try_again()
            desk.bridge.idle()
        if desk.bridge.unsaved and not self._may_lose(desk.bridge.unsaved):
            return False
        session.remember(desk, self.choices)
        self.desk = None
        desk.bridge.close()
        desk.setParent(None)
        desk.deleteLater()
        return True

    def _may_lose(self, count: int) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Not saved"))
        box.setText(_unsaved(count))
        stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        lose = box.addButton(tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        chosen = box.clickedButton()
        box.deleteLater()
        return chosen is lose

    def _remember(self, where: str) -> None:
        recent = (where, *(one for one in self.choices.now.recent if one != where))[:8]
        self.choices.keep(recent=recent)

    def _tell(self, words: str) -> None:
        from annotator.gui import opening

        opening.ask(self, words)

    def _show_bug(self, error: Exception) -> None:
        from annotator.gui import crash

        crash.take(error)


def _unsaved(acts: int) -> str:
    if acts == 1:
        return tr("The last act could not be stored. Closing now loses it.")
    return trn(
        "The last {count} act could not be stored. Closing now loses them.",
        "The last {count} acts could not be stored. Closing now loses them.",
        acts,
    )
