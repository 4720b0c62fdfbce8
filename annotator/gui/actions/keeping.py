"""Keeping: undo and redo, taking articles in, exporting, proving, finishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from annotator.gui.actions.base import ARTICLE, EDIT, FILE, WINDOW, Action, has_document
from annotator.language import tr, trn
from annotator.model.changes import Changes, Move
from annotator.model.names import STATUS_NAMES

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


def actions() -> list[Action]:
    """Everything that stores, brings back, takes in or gives out."""
    return [
        Action("file.import", tr("Import files…"), ("Ctrl+O",), FILE, lambda d: d.files.ask_files(), WINDOW),
        Action("file.folder", tr("Import folder…"), ("Ctrl+Shift+O",), FILE, lambda d: d.files.ask_folder(), WINDOW),
        Action("file.paste", tr("Paste article"), ("Ctrl+Shift+V",), FILE, lambda d: d.files.paste(), WINDOW),
        Action("file.export", tr("Export…"), ("Ctrl+E",), FILE, lambda d: d.files.ask_export(), WINDOW),
        Action("file.verify", tr("Verify"), ("Ctrl+Shift+E",), FILE, lambda d: d.files.verify(), WINDOW),
        Action("file.backups", tr("Backups…"), ("Ctrl+Alt+B",), FILE, lambda d: d.window().show_backups(), WINDOW, is_file),
        Action("edit.undo", tr("Undo"), ("Ctrl+Z",), EDIT, undo, WINDOW),
        Action("edit.redo", tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), EDIT, redo, WINDOW),
        Action("edit.schema", tr("Schema…"), ("Ctrl+Shift+L",), EDIT, lambda d: d.show_schema(), WINDOW),
        Action("edit.copy", tr("Copy"), ("Ctrl+C",), EDIT, copy, when=has_document),
        Action(
            "finish.complete", tr("Complete and next"), ("Ctrl+Return",), ARTICLE,
            partial(finish, status="complete"), WINDOW, has_document,
        ),
        Action(
            "finish.exclude", tr("Exclude and next…"), ("Ctrl+Shift+Return",), ARTICLE,
            exclude, WINDOW, has_document,
        ),
        Action("finish.again", tr("Back to work"), ("Ctrl+Alt+Return",), ARTICLE, partial(finish, status="in_progress"), WINDOW, has_document),
        Action("article.annotators", tr("Compare annotations…"), ("Ctrl+Shift+A",), ARTICLE, compare, WINDOW, has_document),
        Action("file.remove", tr("Remove article"), ("Ctrl+Shift+Del",), ARTICLE, remove_article, WINDOW, has_document),
    ]  # fmt: skip


def is_file(desk: Desk) -> bool:
    """The project is a file, not a database on a server."""
    return "://" not in desk.bridge.where


def undo(desk: Desk) -> None:
    """Take back the newest act; one that lies in another article is first shown."""
    is_sure = desk.bridge.is_idle and not desk.bridge.unsaved
    move = desk.bridge.read.next_undo(desk.bridge.person) if is_sure else None
    said = partial(_moved, desk, lambda title: tr("Undone: {title}", title=title))
    _after_showing(desk, move, tr("Undo"), partial(desk.bridge.undo, said))


def redo(desk: Desk) -> None:
    """Repeat what was taken back; what lies in another article is first shown."""
    move = desk.bridge.read.next_redo(desk.bridge.person) if desk.bridge.is_idle else None
    said = partial(_moved, desk, lambda title: tr("Redone: {title}", title=title))
    _after_showing(desk, move, tr("Redo"), partial(desk.bridge.redo, said))


def _after_showing(desk: Desk, move: Move | None, what: str, do: Callable[[], None]) -> None:
    """Do it at once where it lies in the open article; else show what it is, and Enter does it."""
    here = desk.bench.document
    elsewhere = move is not None and move.documents and here and here.id not in move.documents
    if not elsewhere or move is None:
        do()
        return
    listed = desk.bridge.read.library(of=sorted(move.documents))
    words = f"{what}: {_where(move.title, [one.document.title for one in listed])}"
    desk.view.setFocus()
    desk.again.offer(Qt.Key.Key_Return, words, tr("do it"), do)


def _where(act: str, titles: Sequence[str]) -> str:
    """An act with the articles in which it was done."""
    if not titles:
        return tr("{act}, in an article that was removed", act=act)
    title, more = _short(titles[0]), len(titles) - 1
    if not more:
        return tr("{act}, in “{title}”", act=act, title=title)
    return tr("{act}, in “{title}” and {more} more", act=act, title=title, more=more)


def _short(title: str) -> str:
    return title if len(title) <= 50 else title[:49].rstrip() + "…"


def _moved(desk: Desk, told: Callable[[str], str], changes: Changes) -> None:
    desk.say(told(changes.title))
    here = desk.bench.document
    if changes.documents and (here is None or here.id not in changes.documents):
        there = desk.bridge.read.documents_by("id", sorted(changes.documents))
        if there:
            desk.bench.open(next(iter(there)))
    touched = [key for noun, key in changes.touched if noun == "annotation"]
    if len(touched) == 1 and touched[0] in desk.bench.marks:
        desk.bench.show(touched[0])


def copy(desk: Desk) -> None:
    """Copy the selected words."""
    selected = desk.view.selection()
    if selected:
        desk.copy(desk.bench.text[selected[0] : selected[1]])


def finish(desk: Desk, status: str) -> None:
    """Say how far the work is; what is complete leads on to the next article."""
    from annotator.project import articles

    document = desk.bench.document
    if document is None:
        return
    open_checks = len(desk.bench.checks())
    said = f"{document.title}: {STATUS_NAMES[status]}"
    if status == "complete" and open_checks:
        said = trn(
            "{title}: complete, with {count} open check",
            "{title}: complete, with {count} open checks",
            open_checks,
            title=document.title,
        )

    def then(_: object) -> None:
        desk.say(said)
        if status == "complete":
            desk.library.step(1)

    desk.bridge.run(articles.set_status, document.id, status, then=then)


def exclude(desk: Desk) -> None:
    """Say why an article is left out, and go on."""
    from annotator.project import articles

    document = desk.bench.document
    if document is None:
        return
    reason = desk.ask_words(tr("Exclude"), tr("Why is this article left out?"), [], "")
    if reason is not None:
        desk.bridge.run(
            articles.set_status,
            document.id,
            "excluded",
            reason,
            then=lambda _: desk.library.step(1),
        )


def compare(desk: Desk) -> None:
    """Show two people's marks of the open article side by side."""
    from annotator.gui.comparing import CompareDialog, sets_with_marks

    if len(sets_with_marks(desk.bench)) < 2:
        desk.say(
            tr("Nobody else has marked this article; what a colleague exported comes in by Import.")
        )
        return
    CompareDialog(desk.bench, desk.choices.now.face, desk).open()


def remove_article(desk: Desk) -> None:
    """Take the open article out of the project; undo brings it back."""
    from annotator.project import articles

    document = desk.bench.document
    if document is not None:
        said = tr("Removed “{title}”. Ctrl+Z brings it back.", title=document.title)
        desk.bridge.run(articles.remove, document.id, then=lambda _: desk.say(said))
