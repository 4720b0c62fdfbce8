"""What the person is asked when a project cannot simply be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.errors import (
    AnnotatorError,
    ProjectDamaged,
    ProjectLocked,
    ProjectReadOnly,
    ProjectTooOld,
)
from annotator.language import tr
from annotator.project import keep

if TYPE_CHECKING:
    from annotator.gui.window import Window

Choice = tuple[str, Callable[[], None]]
"""What stands on a button, and what it does."""


def offer(window: Window, where: str, error: AnnotatorError) -> None:
    """Say why a project was not opened, and offer what can be done all the same."""
    choices: list[Choice] = []
    if isinstance(error, ProjectLocked | ProjectReadOnly):
        choices = [(tr("Open to read"), lambda: window.open_project(where, write=False))]
    elif isinstance(error, ProjectDamaged):
        choices = [(tr("Backups…"), lambda: window.show_backups(where))]
    elif isinstance(error, ProjectTooOld):
        choices = [(tr("Open to work in it"), lambda: window.open_project(where))]
    ask(window, str(error), choices)


def caution(window: Window, where: str) -> None:
    """Say once that other computers act in a project's folder, and offer a place of its own."""
    shared = keep.shared(where)
    choices = window.choices
    if shared is None or where in choices.now.cautioned:
        return
    choices.keep(cautioned=(*choices.now.cautioned, where))
    words = tr(
        "This project lies in {shared}. Where two computers have it open, or it is copied while it "
        "is open, work can be lost. A copy on this computer is safer; pass it on when it is closed.",
        shared=shared,
    )
    ask(window, words, [(tr("Work on a copy…"), window.ask_copy)], tr("Go on here"))


def ask(parent: QWidget, words: str, choices: Sequence[Choice] = (), otherwise: str = "") -> None:
    """Say something, with a button for each choice; nothing waits for the answer."""
    box = QMessageBox(QMessageBox.Icon.Information, "Annotator", words, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, do in choices:
        button = box.addButton(name, QMessageBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda _=False, do=do: do())
    if choices:
        last = box.addButton(otherwise or tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(last)
    box.open()
