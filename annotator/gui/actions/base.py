"""What an action is: something a person can do, in one table for menus, keys and the palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from annotator.language import tr

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

FILE, EDIT, MARK, GO = tr("File"), tr("Edit"), tr("Mark"), tr("Go")
VIEW, ARTICLE, HELP = tr("View"), tr("Article"), tr("Help")
MENUS = (FILE, EDIT, MARK, GO, VIEW, ARTICLE, HELP)
TEXT = "text"
"""The key acts only while the reading view has the focus."""
WINDOW = "window"


class Action(NamedTuple):
    """Something a person can do."""

    id: str
    title: str
    keys: tuple[str, ...]
    menu: str
    do: Callable[..., None]
    """Called with the desk; what needs no project also with the window alone."""
    scope: str = TEXT
    when: Callable[[Desk], bool] = lambda _: True
    checked: Callable[[Desk], bool] | None = None
    """For what is on or off: whether it is on."""


def has_document(desk: Desk) -> bool:
    """An article is open."""
    return desk.bench.document is not None


def has_held(desk: Desk) -> bool:
    """A mark is held."""
    return desk.bench.held is not None
