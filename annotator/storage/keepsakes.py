"""What is kept in a project beside its journal: small words under names, in `project_info`.

No act makes or changes them, so undo does not know them and no hash covers them.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from annotator.storage import tables as t
from annotator.text.canonical import storable

PREFIX = "kept:"
"""Before every name, so that nothing of the project's own is met."""

_i = t.project_info.c


def keep(connection: Connection, name: str, value: str | None) -> None:
    """Keep a value in the place of what had this name; None drops that."""
    key = PREFIX + storable(name)
    connection.execute(delete(t.project_info).where(_i.name == key))
    if value is not None:
        connection.execute(insert(t.project_info).values(name=key, value=storable(value)))


def kept(connection: Connection) -> dict[str, str]:
    """Everything that is kept, by name, in the order of the names."""
    query = select(_i.name, _i.value).where(_i.name.like(f"{PREFIX}%")).order_by(_i.name)
    return {row[0].removeprefix(PREFIX): row[1] for row in connection.execute(query)}
