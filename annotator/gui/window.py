"""The main window: menus and keys from the table of actions, around a desk or the start page."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QWidget,
)

from annotator import settings as settings_file
from annotator.errors import AnnotatorError
from annotator.gui import theme as themes
from annotator.settings import Settings

SIZE = QSize(1440, 900)
FRAME = QSize(4, 36)
"""What the system's title bar and edges may take."""


class Window(QMainWindow):
    """Paints first and opens the project after, so that the person sees something at once."""

    def __init__(self, settings: Settings, person: str | None = None) -> None:
        super().__init__()
        self.settings = settings
        self._person = person
        self.desk: QWidget | None = None
        self._then: Callable[[], None] | None = None
        self._actions: list[tuple[object, QAction]] = []
        self.setWindowTitle("Annotator")
        room = self.screen().availableSize() - FRAME
        self.resize(SIZE.boundedTo(room))
        if settings.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(settings.geometry)))
        theme = themes.load(settings.theme)
        QApplication.instance().setPalette(themes.palette(theme))
        self.setAutoFillBackground(True)

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

    def show_start(self) -> None:
        """Show what can be begun."""
        from annotator.gui.start_page import StartPage

        self._put_away()
        page = StartPage(self.settings.recent)
        page.asked_new.connect(self.new_project)
        page.asked_open.connect(self.ask_open)
        page.asked_sample.connect(self.open_sample)
        page.asked_recent.connect(self.open_project)
        application = QApplication.instance()
        application.setStyleSheet(themes.style_sheet(themes.load(self.settings.theme)))
        self.setCentralWidget(page)
        self._build_menus([])

    def open_project(self, where: str) -> None:
        """Open a project; where that cannot be, say why and show the start page."""
        from annotator.gui.bridge import Bridge
        from annotator.gui.desk import Desk
        from annotator.project import open_project

        try:
            person = settings_file.person(self._person)
            project = open_project(where, person=person, program="annotator (window)")
        except AnnotatorError as error:
            self._tell(str(error))
            if self.desk is None:
                self.show_start()
            return
        self._put_away()
        self.desk = desk = Desk(Bridge(project), self.settings)
        desk.bridge.setParent(desk)
        self.setCentralWidget(desk)
        self.setWindowTitle(f"{Path(where).stem if '://' not in where else 'Project'} — Annotator")
        self._remember(where)
        self._show_actions()
        desk.bridge.broke.connect(self._show_bug)
        listed = desk.library.model.listed
        if listed:
            desk.bench.open(listed[0].document.id)
        desk.setFocusProxy(desk.view)
        # Not at once: activating the new window gives the focus away again.
        QTimer.singleShot(0, desk.view, desk.view.setFocus)

    def open_sample(self) -> None:
        """Open the sample project, made where it is not there yet."""
        from annotator.project import sample

        try:
            self.open_project(str(sample.sample(sample.default_place())))
        except AnnotatorError as error:
            self._tell(str(error))
            self.show_start()

    def new_project(self) -> None:
        """Ask for a name and make a project."""
        from annotator.project import keep

        name, _ = QFileDialog.getSaveFileName(self, "New project", "", "Projects (*.annotator)")
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
        kinds = "Projects (*.annotator);;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self, "Open project", "", kinds)
        if name:
            self.open_project(name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what waits, remember the place, close the project."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        desk = self.desk
        if desk is not None:
            desk.keep_settings(geometry=geometry)
        self._put_away()
        super().closeEvent(event)

    # Actions

    def do(self, action: object) -> None:
        """Do an action, where it can be done now."""
        if self.desk is not None and action.when(self.desk):
            action.do(self.desk)

    def _show_actions(self) -> None:
        from annotator.gui.actions import table

        self._build_menus(table(self.desk.bench.schema))
        self._fill_bar()
        for signal in (self.desk.bench.opened, self.desk.bench.held_changed):
            signal.connect(self._enable)
        self._enable()

    def _build_menus(self, actions: list) -> None:
        self.menuBar().clear()
        menus: dict[str, QMenu] = {}
        self._actions = []
        for name in ("File", "Edit", "Mark", "Go", "View", "Article"):
            if actions or name == "File":
                menus[name] = self.menuBar().addMenu(name)
        self._project_actions(menus["File"])
        for action in actions:
            menu = self._menu(menus, action.menu)
            made = QAction(action.title, menu)
            self._give_keys(made, action)
            made.setCheckable(action.checked is not None)
            made.triggered.connect(partial(self._triggered, action))
            menu.addAction(made)
            self._actions.append((action, made))
        self._help_actions(actions)
        menus["File"].addSeparator()
        self._plain(menus["File"], "Quit", "Ctrl+Q", self.close)

    def _menu(self, menus: dict[str, QMenu], name: str) -> QMenu:
        if name not in menus:
            above, _, title = name.partition("/")
            menus[name] = menus[above].addMenu(title)
        return menus[name]

    def _give_keys(self, made: QAction, action: object) -> None:
        """Letter keys act only while the text has the focus."""
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        if action.scope == "text":
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.desk.view.addAction(made)
        else:
            self.desk.addAction(made)

    def _triggered(self, action: object, _checked: bool = False) -> None:
        self.do(action)
        self._enable()

    def _enable(self) -> None:
        if self.desk is None:
            return
        for action, made in self._actions:
            made.setEnabled(bool(action.when(self.desk)))
            if action.checked is not None:
                made.setChecked(bool(action.checked(self.desk)))

    def _project_actions(self, menu: QMenu) -> None:
        self._plain(menu, "New project…", "Ctrl+N", self.new_project)
        self._plain(menu, "Open project…", "Ctrl+Alt+O", self.ask_open)
        self._plain(menu, "Open the sample", "", self.open_sample)
        menu.addSeparator()

    def _help_actions(self, actions: list) -> None:
        menu = self.menuBar().addMenu("Help")
        if actions:
            self._plain(menu, "All commands", "Ctrl+K", partial(self._show_palette, actions))
            keys = self._plain(menu, "Keys", "?", partial(self._show_keys, actions))
            keys.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.desk.view.addAction(keys)
        self._plain(menu, "About Qt", "", QApplication.aboutQt)

    def _plain(self, menu: QMenu, title: str, keys: str, do: object) -> QAction:
        made = QAction(title, menu)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _=False: do())
        menu.addAction(made)
        return made

    def _show_palette(self, actions: list) -> None:
        from annotator.gui.cheat_sheet import Palette

        now = [action for action in actions if action.when(self.desk)]
        Palette(now, self._triggered, self).show()

    def _show_keys(self, actions: list) -> None:
        from annotator.gui.cheat_sheet import CheatSheet

        CheatSheet(actions, self).show()

    def _fill_bar(self) -> None:
        """The labels with their keys, and what is needed most."""
        from annotator.gui.parts import flat_button, keycap, label, row

        desk = self.desk
        legend: list[QWidget] = []
        for one in desk.bench.schema.labels:
            swatch = QLabel()
            swatch.setPixmap(_swatch(one.style, one.color, themes.load(self.settings.theme)))
            parts = [swatch, label(one.title)] + ([keycap(one.key)] if one.key else [])
            holder = QWidget()
            holder.setLayout(row(*parts))
            holder.setToolTip(one.guideline.split("\n")[0])
            legend.append(holder)
        hints: list[QWidget] = []
        for action_id, words in (("link.to", "Link"), ("edit.undo", "Undo")):
            action = next(a for a, _ in self._actions if a.id == action_id)
            button = flat_button(words)
            button.clicked.connect(partial(self._triggered, action))
            hints += [button, keycap(action.keys[0])]
        commands = flat_button("All commands")
        commands.clicked.connect(lambda: self._show_palette([a for a, _ in self._actions]))
        desk.show_legend(legend, [*hints, commands, keycap("Ctrl+K")])

    # The project that was open

    def _put_away(self) -> None:
        desk, self.desk = self.desk, None
        if desk is not None:
            self.settings = desk.settings
            if desk.inspector.note is not None:
                desk.inspector.note.save()
            desk.bridge.close()
            desk.setParent(None)
            desk.deleteLater()

    def _remember(self, where: str) -> None:
        full = where if "://" in where else str(Path(where).absolute())
        recent = (full, *(one for one in self.settings.recent if one != full))[:8]
        self.desk.keep_settings(recent=recent)
        self.settings = self.desk.settings

    def _tell(self, words: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Information, "Annotator", words, parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _show_bug(self, words: str) -> None:
        from annotator.gui import crash

        crash.show(words)


def _swatch(style: str, color: str, theme: themes.Theme) -> QPixmap:
    """A label as it looks in the text."""
    from annotator.gui.reading.paint import Brush

    picture = QPixmap(44, 28)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    brush = Brush(theme, 1.0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style == "fill":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush.fill(color))
        painter.drawRoundedRect(0, 0, 22, 13, 3, 3)
    elif style == "hatch":
        painter.fillRect(0, 0, 22, 10, brush.hatch(color, strong=False))
        painter.fillRect(0, 10, 22, 3, brush.hatch(color, strong=True))
    else:
        kind = Qt.PenStyle.CustomDashLine if style == "dashes" else Qt.PenStyle.SolidLine
        painter.setPen(brush.pen(color, 2.4, kind))
        painter.drawLine(0, 10, 22, 10)
    painter.end()
    return picture
