"""Keys of one's own: which action has which, and why one cannot have another's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QKeySequence

from annotator.gui.actions.base import Action
from annotator.language import tr

MOVES = {"Up", "Down", "Left", "Right", "Home", "End"}
"""Keys that move in the text, with Shift and Ctrl too."""
ANSWERS = {"PgUp", "PgDown", "Return", "Enter", "Space"}
"""Keys that turn pages or answer what is asked."""


def portable(key: str) -> str:
    """A key as the settings keep it; empty for what is no key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def with_own(actions: Sequence[Action], own: Mapping[str, Sequence[str]]) -> list[Action]:
    """The actions with the keys that a person gave them.

    Keys given to one are taken from all others: what a person chose wins over what we chose, and of
    two choices of theirs the earlier one.
    """
    taken: set[str] = set()
    given: dict[str, tuple[str, ...]] = {}
    for action in actions:
        if action.id in own:
            keys = dict.fromkeys(portable(key) for key in own[action.id])
            given[action.id] = tuple(key for key in keys if key and key not in taken)
            taken.update(given[action.id])
    return [
        action._replace(
            keys=given.get(
                action.id, tuple(key for key in action.keys if portable(key) not in taken)
            )
        )
        for action in actions
    ]


def why_not(actions: Iterable[Action], action_id: str, key: str) -> str | None:
    """Why that action cannot have the key, in one sentence; None where it can."""
    wanted = portable(key)
    if _is_kept(wanted):
        return tr(
            "{key} moves in the text or answers what is asked; choose another key.",
            key=_native(wanted),
        )
    return why_taken(actions, action_id, key)


def why_taken(actions: Iterable[Action], action_id: str, key: str) -> str | None:
    """Which other action has the key, in one sentence; None where none has."""
    wanted = portable(key)
    for action in actions:
        if action.id != action_id and wanted in {portable(one) for one in action.keys}:
            return tr(
                "{key} is taken by “{title}”; give that one another key first.",
                key=_native(wanted),
                title=action.title,
            )
    return None


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _is_kept(key: str) -> bool:
    *held, last = key.split("+")
    if "Alt" in held or "Meta" in held:
        return False
    return last in MOVES or (last in ANSWERS and "Ctrl" not in held)
