"""Everything that is read from a project, as model values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from sqlalchemy import Connection, func, select

from annotator.errors import ProjectDamaged
from annotator.language import tr
from annotator.model.annotation import (
    Annotator,
)
from annotator.model.changes import Changes, HistoryEntry, Move
from annotator.model.dataset import Entry
from annotator.model.loss import Losses
from annotator.model.outline import FarEnd, Outline
from annotator.model.schema import Schema
from annotator.storage import doctor, feed, outline, rows
from annotator.storage import tables as t
from annotator.storage.alike import Alike
from annotator.storage.behind import Behind
from annotator.storage.documents import Documents
from annotator.storage.exchange import entries
from annotator.storage.keepsakes import kept
from annotator.storage.marked import Marked
from annotator.storage.undo import Act, documents_of, newest_in_force, newest_undone

_SCHEMA_IN_FORCE = (
    select(t.schema_version.c.sha256).order_by(t.schema_version.c.rev.desc()).limit(1)
)


class Queries(Documents, Marked, Behind, Alike):
    """The read side of a project; bound to a connection it sees that transaction's own writes."""

    # The project

    def info(self) -> dict[str, str]:
        """What the project says of itself."""
        return {row[0]: row[1] for row in self._all(select(t.project_info))}

    def kept(self) -> dict[str, str]:
        """What is kept in the project beside its journal, by name."""
        with self._connection() as connection:
            return kept(connection)

    def schema(self) -> Schema:
        """The schema in force."""
        (sha,) = self._first(_SCHEMA_IN_FORCE)
        if sha not in self._schemas:
            query = select(t.schema_version.c.body).where(t.schema_version.c.sha256 == sha)
            found = self._all(query)
            self._schemas[sha] = rows.decoded(found[0][0] if found else "", Schema)
        return self._schemas[sha]

    def had_schema(self, sha256: str) -> bool:
        """Whether this schema is, or once was, in force."""
        query = select(t.schema_version.c.sha256).where(t.schema_version.c.sha256 == sha256)
        return bool(self._all(query))

    def findings(self) -> tuple[str, ...]:
        """What is wrong inside the project, one sentence each; reads all of it."""
        with self._connection() as connection:
            return tuple(doctor.findings(self._database, connection))

    def annotators(self) -> tuple[Annotator, ...]:
        """Everybody who has marked here, by name."""
        found = self._all(select(t.annotator).order_by(t.annotator.c.name))
        return tuple(Annotator(*row) for row in found)

    def annotator(self, name: str) -> Annotator | None:
        """The annotator of that name."""
        found = self._all(select(t.annotator).where(t.annotator.c.name == name))
        return Annotator(*found[0]) if found else None

    # Datasets

    def entries(
        self,
        losses: Losses | None = None,
        document_id: str | None = None,
        sets: Mapping[str, Collection[str]] | None = None,
    ) -> Iterator[Entry]:
        """The project, or one document, as a dataset; one state of it, however long it takes.

        ``sets`` keeps only these sets of these documents, by ids.
        """
        schema = self.schema()
        with self._connection() as connection:
            lost = losses or Losses()
            try:
                yield from entries(self._database, connection, schema, lost, document_id, sets)
            except rows.OF_ANOTHER_KIND as error:
                raise ProjectDamaged(
                    tr(
                        "{where} is damaged: something in it belongs to what is not there, or is "
                        "no longer what was written; the doctor says what.",
                        where=self._database.where,
                    )
                ) from error

    def outlines(self) -> tuple[Outline, ...]:
        """Every document without its text, in the order of their ids."""
        with self._connection() as connection:
            return outline.outlines(connection)

    def far_ends(self) -> dict[str, FarEnd]:
        """The marks to which links lead out of another set, by id."""
        with self._connection() as connection:
            return outline.far_ends(connection)

    # History

    def history(
        self, *, limit: int | None = 200, of: str | None = None
    ) -> tuple[HistoryEntry, ...]:
        """The ops, newest first; ``of`` keeps those that touched the thing of that id."""
        o = t.op.c
        count = select(func.count()).where(t.op_change.c.seq == o.seq).scalar_subquery()
        query = (
            select(o.seq, o.id, o.kind, o.of, o.at, t.annotator.c.name, o.title, o.in_force, count)
            .join_from(t.op, t.annotator, t.annotator.c.id == o.annotator_id)
            .order_by(o.seq.desc())
            .limit(limit)
        )
        if of is not None:
            touching = select(t.op_change.c.seq).where(t.op_change.c.key == of)
            query = query.where(o.seq.in_(touching))
        return tuple(
            HistoryEntry(
                seq=row[0],
                id=row[1],
                kind=row[2],
                of=row[3],
                at=row[4],
                by=row[5],
                title=row[6],
                in_force=row[7] > 0,
                count=row[8],
            )
            for row in self._all(query)
        )

    def undo_title(self, person: str) -> str | None:
        """What this person's undo would take back."""
        with self._connection() as connection:
            act = newest_in_force(connection, person)
        return None if act is None else act.title

    def redo_title(self, person: str) -> str | None:
        """What this person's redo would repeat."""
        with self._connection() as connection:
            act = newest_undone(connection, person)
        return None if act is None else act.title

    def next_undo(self, person: str) -> Move | None:
        """The act that this person's undo would take back, and the documents it touched."""
        return self._move(newest_in_force, person)

    def next_redo(self, person: str) -> Move | None:
        """The act that this person's redo would repeat, and the documents it touched."""
        return self._move(newest_undone, person)

    def _move(self, newest: Callable[[Connection, str], Act | None], person: str) -> Move | None:
        with self._connection() as connection:
            act = newest(connection, person)
            if act is None:
                return None
            return Move(act.title, frozenset(documents_of(connection, act)))

    def last_seq(self) -> int:
        """The seq of the newest op; it only grows."""
        return self._all(select(func.max(t.op.c.seq)))[0][0] or 0

    def changes_since(self, seq: int) -> tuple[Changes, ...]:
        """What was done after the op of this seq, by whomever, oldest first; many come in parts."""
        with self._connection() as connection:
            return feed.changes_since(connection, seq)

    def changes_of(self, op_id: str) -> Changes | None:
        """What the op of this id did, where it is stored."""
        with self._connection() as connection:
            return feed.changes_of(connection, op_id)
