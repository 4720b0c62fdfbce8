"""Who marks: rows that only ever come, outside the journal, because every op names one of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from annotator.model.annotation import Annotator
from annotator.model.ids import new_id
from annotator.storage import tables as t


def introduce(connection: Connection, people: Iterable[Annotator]) -> dict[str, str]:
    """Ids by name of all these people, those stored who are new. A known name keeps its id."""
    wanted = {person.name: person.id for person in people}
    query = select(t.annotator.c.name, t.annotator.c.id).where(t.annotator.c.name.in_(wanted))
    known = {row[0]: row[1] for row in connection.execute(query)}
    new = [{"id": id_, "name": name} for name, id_ in wanted.items() if name not in known]
    if new:
        connection.execute(insert(t.annotator), new)
    return wanted | known


def introduce_names(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """The same for people known by name alone."""
    return introduce(connection, [Annotator(new_id(), name) for name in sorted(set(names))])
