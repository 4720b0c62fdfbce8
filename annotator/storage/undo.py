"""Taking acts back and repeating them, from the journal alone.

Undo takes back the person's newest act in force, whole, also where it was stored in several ops (one
`step`). It is refused, and nothing is changed, where something it touched has since been changed by
an act still in force, or where something outside it hangs on what would go. Redo is the same way
forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, Select, and_, select, update

from annotator.errors import NotFound, ProjectDamaged
from annotator.language import tr
from annotator.model.annotation import Segment
from annotator.storage import obstacles, rows
from annotator.storage import tables as t
from annotator.storage.engine import Database
from annotator.storage.journal import Change, Tx
from annotator.storage.obstacles import Move, chunks
from annotator.storage.rows import (
    ACTOR,
    ANNOTATION,
    BLOCK_CHOICE,
    DOCUMENT,
    NOUNS,
    PROPOSITION,
    RELATION,
    SCHEMA,
    SET,
    Noun,
    Value,
)

BEGINNING = 400
"""Changes of an act that tell which documents it touched."""


class Act(NamedTuple):
    """What undo or redo would move: the ops of one step, oldest first."""

    seqs: tuple[int, ...]
    op_id: str
    step: str
    title: str
    since: int
    """The seq at which the first part of it came to stand where it stands now."""


def newest_in_force(connection: Connection, person: str) -> Act | None:
    """What this person's undo would take back."""
    return _act(connection, person, t.op.c.in_force)


def newest_undone(connection: Connection, person: str) -> Act | None:
    """What this person's redo would repeat."""
    return _act(connection, person, t.op.c.undone)


def documents_of(connection: Connection, act: Act) -> set[str]:
    """The documents whose pages an act touched; of a very long act those of its beginning."""
    found: set[str] = set()
    links: list[str] = []
    for change in _changes_of(connection, act, BEGINNING):
        if change.noun == DOCUMENT.name:
            found.add(change.key)
        elif change.noun in (ANNOTATION.name, SET.name):
            value = NOUNS[change.noun].parse(change.after or change.before or "")
            found.add(value.document_id)
        elif change.noun == RELATION.name:
            links.append(change.key)
    return found | _documents(connection, links)


def undo(database: Database, connection: Connection, person: str, op_id: str | None = None) -> Tx:
    """Take back the person's newest act. Raises NotFound or UndoRefused; the caller commits."""
    act = newest_in_force(connection, person)
    if act is None:
        raise NotFound(tr("There is nothing to undo."))
    tx = Tx(database, connection, person, act.title, kind="undo", of=act.op_id, op_id=op_id)
    back = [
        replace(c, before=c.after, after=c.before) for c in reversed(_changes_of(connection, act))
    ]
    _move(tx, act, back, t.op.c.in_force > act.since)
    _stand(tx, act, in_force=0, undone=tx.head.seq)
    return tx


def redo(database: Database, connection: Connection, person: str, op_id: str | None = None) -> Tx:
    """Repeat the act undone last. Raises NotFound or UndoRefused; the caller commits."""
    act = newest_undone(connection, person)
    if act is None:
        raise NotFound(tr("There is nothing to redo."))
    tx = Tx(database, connection, person, act.title, kind="redo", of=act.op_id, op_id=op_id)
    # An older act of the person's own, repeated just before this one, is no obstacle.
    later = and_(t.op.c.in_force > act.since, t.op.c.seq > act.seqs[-1])
    _move(tx, act, _changes_of(connection, act), later)
    _stand(tx, act, in_force=tx.head.seq, undone=0)
    return tx


def _act(connection: Connection, person: str, column: Any) -> Act | None:
    """The newest step of a person; one stored in parts is as old as its first part."""
    found = _newest_step(connection, person, column, column > 0)
    while found is not None:
        later = and_(column > found.since, t.op.c.step != found.step)
        other = _newest_step(connection, person, column, later)
        if other is None or other.since < found.since:
            break
        found = other
    return found


def _newest_step(connection: Connection, person: str, column: Any, which: Any) -> Act | None:
    """The step of the newest of these ops."""
    newest = (
        select(t.op.c.step)
        .where(t.op.c.annotator_id == person, which)
        .order_by(column.desc(), t.op.c.seq.desc())
        .limit(1)
    )
    step = connection.execute(newest).scalar()
    if step is None:
        return None
    of_step = (
        select(t.op.c.seq, t.op.c.id, t.op.c.title, column)
        .where(t.op.c.step == step, t.op.c.kind == "do", column > 0)
        .order_by(t.op.c.seq)
    )
    found = connection.execute(of_step).all()
    seqs = tuple(row[0] for row in found)
    return Act(seqs, found[0][1], step, found[0][2], min(row[3] for row in found))


def _changes_of(connection: Connection, act: Act, most: int | None = None) -> list[Change]:
    c = t.op_change.c
    query = (
        select(c.noun, c.key, c.before, c.after)
        .where(c.seq.in_(act.seqs))
        .order_by(c.seq, c.ord)
        .limit(most)
    )
    return [Change(*row) for row in connection.execute(query)]


def _stand(tx: Tx, act: Act, *, in_force: int, undone: int) -> None:
    statement = update(t.op).where(t.op.c.seq.in_(act.seqs))
    tx.connection.execute(statement.values(in_force=in_force, undone=undone))


_ORDER = {
    noun.name: at
    for at, noun in enumerate(
        (DOCUMENT, BLOCK_CHOICE, SET, PROPOSITION, ACTOR, SCHEMA, ANNOTATION, RELATION)
    )
}
"""What hangs on something comes behind it, and goes before it."""


def _move(tx: Tx, act: Act, changes: Sequence[Change], later: Any) -> None:
    """Bring everything from where it stood before the changes to where it stood after them."""
    net = _net(changes)
    move = Move(act.title, act.step, {(c.noun, c.key): c.after for c in net}, later)
    obstacles.refuse(tx, move)
    standing: dict[tuple[str, str], Value] = {}
    for name, keys in _by_noun(net).items():
        found = current(tx.connection, NOUNS[name], keys)
        standing |= {(name, key): value for key, value in found.items()}
    alike: list[tuple[Value, Value]] = []
    for change in net:
        noun = NOUNS[change.noun]
        here = standing.get((change.noun, change.key))
        if here != (None if change.before is None else noun.parse(change.before)):
            raise move.refusal(tr("what it touched has since been changed"))
        then = None if change.after is None else noun.parse(change.after)
        is_alike = here is not None and then is not None
        if alike and not (is_alike and isinstance(alike[0][0], noun.kind)):
            tx.put_many(alike)
            alike = []
        if here is not None and then is not None:
            alike.append((here, then))
        elif here is not None:
            tx.drop(here)
        elif then is not None:
            tx.bring_back(then)
    tx.put_many(alike)
    obstacles.refuse_wordless(tx, move)
    tx.concerns(*_documents(tx.connection, move.keys(RELATION)))


def _net(changes: Sequence[Change]) -> list[Change]:
    """What changes come to, thing by thing, in an order in which nothing hangs in the air."""
    net: dict[tuple[str, str], Change] = {}
    for change in changes:
        first = net.get((change.noun, change.key), change)
        net[change.noun, change.key] = replace(change, before=first.before)
    kept = sorted((c for c in net.values() if c.before != c.after), key=lambda c: _ORDER[c.noun])
    going = [c for c in kept if c.after is None]
    return [*(c for c in kept if c.after is not None), *reversed(going)]


def current(connection: Connection, noun: Noun, keys: Sequence[str]) -> dict[str, Value]:
    """The things of these keys as they stand; hidden documents count as not there."""
    column = noun.key_column
    found: dict[str, Value] = {}
    for part in chunks(keys):
        query = select(noun.table).where(column.in_(part))
        if noun is DOCUMENT:
            query = query.where(t.document.c.hidden == 0)
        if noun is ANNOTATION:
            found |= marks(connection, query)
        else:
            values = (noun.from_row(row) for row in connection.execute(query))
            found |= {noun.key(value): value for value in values}
    return found


def marks(connection: Connection, query: Select[Any]) -> dict[str, Any]:
    """The marks that a query over `annotation` finds, whole, by id."""
    found = connection.execute(query).all()
    segments: dict[str, list[Segment]] = {}
    s = t.segment.c
    for part in chunks([row[0] for row in found]):
        of_marks = select(s.annotation_id, s.start, s.end, s.quote).where(s.annotation_id.in_(part))
        for mark, *segment in connection.execute(of_marks.order_by(s.annotation_id, s.ord)):
            segments.setdefault(mark, []).append(Segment(*segment))
    bare = next((row[0] for row in found if row[0] not in segments), None)
    if bare is not None:
        raise ProjectDamaged(
            tr("Mark {bare} has lost its words; `doctor --repair` may mend it.", bare=bare)
        )
    return {row[0]: rows.annotation(row, tuple(segments[row[0]])) for row in found}


def _by_noun(changes: Sequence[Change]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for change in changes:
        keys.setdefault(change.noun, []).append(change.key)
    return keys


def _documents(connection: Connection, relations: Sequence[str]) -> set[str]:
    """The documents whose marks these relations link or linked."""
    ends: set[str] = set()
    for part in chunks(relations):
        images = select(t.op_change.c.before, t.op_change.c.after).where(
            and_(t.op_change.c.noun == RELATION.name, t.op_change.c.key.in_(part))
        )
        for row in connection.execute(images):
            for image in filter(None, row):
                value = RELATION.parse(image)
                ends |= {value.from_id, value.to_id}
    found: set[str] = set()
    for part in chunks(sorted(ends)):
        query = select(t.annotation.c.document_id).where(t.annotation.c.id.in_(part))
        found.update(connection.execute(query).scalars())
    return found
