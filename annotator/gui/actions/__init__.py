"""Every action of the window, in one table."""

from __future__ import annotations

from annotator.gui.actions import going, keeping, linking, marking, seeing
from annotator.gui.actions.base import TEXT, WINDOW, Action
from annotator.model.schema import Schema

__all__ = ["TEXT", "WINDOW", "Action", "table"]


def table(schema: Schema) -> list[Action]:
    """All actions for a project with this schema, in the order of the menus."""
    return [
        *keeping.actions(),
        *marking.actions(schema.current),
        *linking.actions(),
        *going.actions(),
        *seeing.actions(),
    ]
