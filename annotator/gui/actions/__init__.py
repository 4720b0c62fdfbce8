"""Every action of the window, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.gui.actions import (
    going,
    keeping,
    keymap,
    linking,
    marking,
    projects,
    reading,
    seeing,
)
from annotator.gui.actions.base import MENUS, TEXT, WINDOW, Action
from annotator.model.schema import Schema

__all__ = ["MENUS", "TEXT", "WINDOW", "Action", "Keys", "table"]

Keys = Mapping[str, Sequence[str]]
"""A person's own keys by the id of the action."""


def table(schema: Schema | None, own: Keys | None = None) -> list[Action]:
    """All actions for a project with this schema, or for none, in the order of the menus."""
    of_schema = [] if schema is None else _of_project(schema)
    return keymap.with_own([*projects.actions(), *of_schema, *projects.ending()], own or {})


def _of_project(schema: Schema) -> list[Action]:
    return [
        *keeping.actions(),
        *marking.actions(schema.current),
        *linking.actions(),
        *reading.actions(),
        *going.actions(),
        *seeing.actions(),
    ]
