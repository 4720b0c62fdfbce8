"""Reading what stands behind marks, over all articles: actors, propositions, and what is unsure."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, and_, func, select

from annotator.model.annotation import Actor, Annotation, Proposition, Standing
from annotator.storage import tables as t
from annotator.storage.reading import Reading
from annotator.storage.undo import marks
from annotator.text.words import fold

UNSURE = '%"unsure":"yes"%'
"""How it stands in the JSON of a mark's attributes."""


class Behind(Reading):
    """The part of the read side that looks across articles."""

    def actor_named(self, name: str) -> Actor | None:
        """The actor of that name."""
        found = self._all(select(t.actor.c.id, t.actor.c.name).where(t.actor.c.name == name))
        return Actor(*found[0]) if found else None

    def actors(self, ids: Sequence[str] | None = None) -> dict[str, Actor]:
        """Actors by id; all of them where no ids are given."""
        query = select(t.actor.c.id, t.actor.c.name)
        found = self._all(query if ids is None else query.where(t.actor.c.id.in_(ids)))
        return {row[0]: Actor(*row) for row in found}

    def proposition(self, proposition_id: str) -> Proposition | None:
        """The proposition of that id."""
        p = t.proposition.c
        found = self._all(select(p.id, p.wording).where(p.id == proposition_id))
        return Proposition(*found[0]) if found else None

    def propositions(self) -> tuple[Proposition, ...]:
        """Every proposition, by its wording."""
        p = t.proposition.c
        return tuple(
            Proposition(*row)
            for row in self._all(select(p.id, p.wording).order_by(p.wording, p.id))
        )

    def standing(self, kind: str) -> tuple[Standing, ...]:
        """Every ``actor`` or ``proposition`` with its marks counted, the most frequent first."""
        table, words, column = _of(kind)
        a, d = t.annotation.c, t.document
        there = select(a.id, a.document_id, column.label("behind")).join(
            d, and_(d.c.id == a.document_id, d.c.hidden == 0)
        )
        there = there.where(column.is_not(None)).subquery()
        query = (
            select(
                table.c.id,
                words,
                func.count(there.c.id),
                func.count(func.distinct(there.c.document_id)),
            )
            .join(there, there.c.behind == table.c.id, isouter=True)
            .group_by(table.c.id, words)
        )
        found = (Standing(*row) for row in self._all(query))
        return tuple(sorted(found, key=lambda one: (-one.marks, fold(one.words), one.id)))

    def marks_behind(self, kind: str, its_id: str) -> tuple[Annotation, ...]:
        """The marks behind which an actor or a proposition stands, article by article."""
        return self._across(_of(kind)[2] == its_id)

    def unsure(self, limit: int = 2000) -> tuple[Annotation, ...]:
        """The marks of all articles of which somebody is unsure."""
        return self._across(t.annotation.c.attributes.like(UNSURE), limit)

    def _across(
        self, which: ColumnElement[bool], limit: int | None = None
    ) -> tuple[Annotation, ...]:
        a, d = t.annotation, t.document
        query = (
            select(a)
            .join(d, and_(d.c.id == a.c.document_id, d.c.hidden == 0))
            .where(which)
            .order_by(d.c.created, d.c.id, a.c.start, a.c.id)
            .limit(limit)
        )
        with self._connection() as connection:
            return tuple(marks(connection, query).values())


def _of(kind: str) -> tuple[Table, ColumnElement[str], ColumnElement[str | None]]:
    """The table of an actor or a proposition, its words, and the column of marks that names it."""
    if kind == "actor":
        return t.actor, t.actor.c.name, t.annotation.c.actor_id
    return t.proposition, t.proposition.c.wording, t.annotation.c.proposition_id
