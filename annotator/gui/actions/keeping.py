"""Keeping: undo and redo, taking articles in, exporting, proving, finishing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from annotator.gui.actions.base import WINDOW, Action, has_document
from annotator.model.changes import Changes, Move

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


def actions() -> list[Action]:
    """Everything that stores, brings back, takes in or gives out."""
    return [
        Action("file.import", "Import files…", ("Ctrl+O",), "File", lambda d: d.files.ask_files(), WINDOW),
        Action("file.folder", "Import folder…", ("Ctrl+Shift+O",), "File", lambda d: d.files.ask_folder(), WINDOW),
        Action("file.paste", "Paste article", ("Ctrl+Shift+V",), "File", lambda d: d.files.paste(), WINDOW),
        Action("file.export", "Export…", ("Ctrl+E",), "File", lambda d: d.files.ask_export(), WINDOW),
        Action("file.verify", "Verify", ("Ctrl+Shift+E",), "File", lambda d: d.files.verify(), WINDOW),
        Action("file.backups", "Backups…", ("Ctrl+Alt+B",), "File", lambda d: d.window().show_backups(), WINDOW, is_file),
        Action("edit.undo", "Undo", ("Ctrl+Z",), "Edit", undo, WINDOW),
        Action("edit.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", redo, WINDOW),
        Action("edit.schema", "Schema…", ("Ctrl+Shift+L",), "Edit", lambda d: d.show_schema(), WINDOW),
        Action("edit.copy", "Copy", ("Ctrl+C",), "Edit", copy, when=has_document),
        Action(
            "finish.complete", "Complete and next", ("Ctrl+Return",), "Article",
            partial(finish, status="complete"), WINDOW, has_document,
        ),
        Action(
            "finish.exclude", "Exclude and next…", ("Ctrl+Shift+Return",), "Article",
            exclude, WINDOW, has_document,
        ),
        Action("finish.again", "Back to work", (), "Article", partial(finish, status="in_progress"), WINDOW, has_document),
        Action("article.annotators", "Compare annotations…", ("Ctrl+Shift+A",), "Article", compare, WINDOW, has_document),
        Action("file.remove", "Remove article", (), "Article", remove_article, WINDOW, has_document),
    ]  # fmt: skip


def is_file(desk: Desk) -> bool:
    """The project is a file, not a database on a server."""
    return "://" not in desk.bridge.where


def undo(desk: Desk) -> None:
    """Take back the newest act; one that lies in another article is first shown."""
    is_sure = desk.bridge.is_idle and not desk.bridge.unsaved
    move = desk.bridge.read.next_undo(desk.bridge.person) if is_sure else None
    _after_showing(desk, "Undo", move, partial(desk.bridge.undo, partial(_moved, desk, "Undone")))


def redo(desk: Desk) -> None:
    """Repeat what was taken back; what lies in another article is first shown."""
    move = desk.bridge.read.next_redo(desk.bridge.person) if desk.bridge.is_idle else None
    _after_showing(desk, "Redo", move, partial(desk.bridge.redo, partial(_moved, desk, "Redone")))


def _after_showing(desk: Desk, what: str, move: Move | None, do: Callable[[], None]) -> None:
    """Do it at once where it lies in the open article; else show what it is, and Enter does it."""
    here = desk.bench.document
    elsewhere = move is not None and move.documents and here and here.id not in move.documents
    if not elsewhere or move is None:
        do()
        return
    listed = desk.bridge.read.library(of=sorted(move.documents))
    where = f"“{_short(listed[0].document.title)}”" if listed else "an article that was removed"
    more = f" and {len(listed) - 1} more" if len(listed) > 1 else ""
    desk.view.setFocus()
    desk.again.offer(Qt.Key.Key_Return, f"{what}: {move.title}, in {where}{more}", "do it", do)


def _short(title: str) -> str:
    return title if len(title) <= 50 else title[:49].rstrip() + "…"


def _moved(desk: Desk, said: str, changes: Changes) -> None:
    desk.say(f"{said}: {changes.title}")
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
    said = f"{document.title}: {status.replace('_', ' ')}"
    if status == "complete" and open_checks:
        said += f", with {open_checks} open checks"

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
    reason = desk.ask_words("Exclude", "Why is this article left out?", [], "")
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
            "Nobody else has marked this article; what a colleague exported comes in by Import."
        )
        return
    CompareDialog(desk.bench, desk.choices.now.face, desk).open()


def remove_article(desk: Desk) -> None:
    """Take the open article out of the project; undo brings it back."""
    from annotator.project import articles

    document = desk.bench.document
    if document is not None:
        said = f"Removed “{document.title}”. Ctrl+Z brings it back."
        desk.bridge.run(articles.remove, document.id, then=lambda _: desk.say(said))
