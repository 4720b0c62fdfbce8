"""Taking acts back and repeating them, from the journal alone.

Undo takes back the person's newest act in force, whole, also where it was stored in several ops (one
`step`). It is refused, and nothing is changed, where something it touched has since been changed by
an act still in force, or where something outside it hangs on what would go. Redo is the same way
forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, or_, select, update

from annotator.errors import NotFound, UndoRefused
from annotator.model.annotation import Segment
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.storage.engine import Database
from annotator.storage.journal import Change, Tx
from annotator.storage.rows import (
    ACTOR,
    ANNOTATION,
    DOCUMENT,
    NOUNS,
    PROPOSITION,
    RELATION,
    SET,
    Noun,
    Value,
)

CHUNK = 500
"""Keys in one IN list; SQLite's limit of parameters is far higher, its planner's patience is not."""


class Act(NamedTuple):
    """What undo or redo would move: the ops of one step, oldest first."""

    seqs: tuple[int, ...]
    op_id: str
    step: str
    title: str
    since: int
    """The seq at which it came to stand where it stands now."""


def newest_in_force(database: Database, connection: Connection, person: str) -> Act | None:
    """What this person's undo would take back."""
    return _act(database, connection, person, t.op.c.in_force)


def newest_undone(database: Database, connection: Connection, person: str) -> Act | None:
    """What this person's redo would repeat."""
    return _act(database, connection, person, t.op.c.undone)


def undo(database: Database, connection: Connection, person: str) -> Tx:
    """Take back the person's newest act. Raises NotFound or UndoRefused; the caller commits."""
    act = newest_in_force(database, connection, person)
    if act is None:
        raise NotFound("There is nothing to undo.")
    tx = Tx(database, connection, person, act.title, kind="undo", of=act.op_id)
    changes = _changes_of(connection, act)
    _refuse_later(tx, act, changes, t.op.c.in_force > act.since)
    _move(tx, act, [c._replace(before=c.after, after=c.before) for c in reversed(changes)])
    _stand(tx, act, in_force=0, undone=tx.head.seq)
    return tx


def redo(database: Database, connection: Connection, person: str) -> Tx:
    """Repeat the act undone last. Raises NotFound or UndoRefused; the caller commits."""
    act = newest_undone(database, connection, person)
    if act is None:
        raise NotFound("There is nothing to redo.")
    tx = Tx(database, connection, person, act.title, kind="redo", of=act.op_id)
    changes = _changes_of(connection, act)
    # An older act of the person's own, repeated just before this one, is no obstacle.
    later = and_(t.op.c.in_force > act.since, t.op.c.seq > act.seqs[-1])
    _refuse_later(tx, act, changes, later)
    _move(tx, act, changes)
    _stand(tx, act, in_force=tx.head.seq, undone=0)
    return tx


def _act(database: Database, connection: Connection, person: str, column: Any) -> Act | None:
    newest = (
        select(t.op.c.step)
        .where(t.op.c.annotator_id == person, column > 0)
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
    return Act(seqs, found[0][1], step, found[0][2], max(row[3] for row in found))


def _changes_of(connection: Connection, act: Act) -> list[Change]:
    c = t.op_change.c
    query = (
        select(c.noun, c.key, c.before, c.after).where(c.seq.in_(act.seqs)).order_by(c.seq, c.ord)
    )
    return [Change(*row) for row in connection.execute(query)]


def _stand(tx: Tx, act: Act, *, in_force: int, undone: int) -> None:
    statement = update(t.op).where(t.op.c.seq.in_(act.seqs))
    tx.connection.execute(statement.values(in_force=in_force, undone=undone))


def _move(tx: Tx, act: Act, changes: Sequence[Change]) -> None:
    """Bring everything from each change's ``before`` to its ``after``, in order."""
    by_noun = _by_noun(changes)
    standing: dict[tuple[str, str], Value | None] = {}
    for name, keys in by_noun.items():
        found = current(tx.connection, NOUNS[name], keys)
        standing |= {(name, key): found.get(key) for key in keys}
    final = {(c.noun, c.key): c.after for c in changes}
    _refuse_hanging(tx, act, {k for k, image in final.items() if image is None}, final)
    _refuse_homeless(tx, act, final)
    for change in changes:
        noun = NOUNS[change.noun]
        here = standing[change.noun, change.key]
        if (None if here is None else noun.image(here)) != change.before:
            raise _refusal(act, "what it touched has since been changed")
        then = None if change.after is None else noun.parse(change.after)
        tx.restore(noun, change.key, here, then)
        standing[change.noun, change.key] = then
    tx.concerns(*_documents(tx.connection, by_noun.get(RELATION.name, []), final))


def current(connection: Connection, noun: Noun, keys: Sequence[str]) -> dict[str, Value]:
    """The things of these keys as they stand; hidden documents count as not there."""
    column = noun.key_column
    found: dict[str, Value] = {}
    for part in _chunks(keys):
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
    for part in _chunks([row[0] for row in found]):
        of_marks = select(s.annotation_id, s.start, s.end, s.quote).where(s.annotation_id.in_(part))
        for mark, *segment in connection.execute(of_marks.order_by(s.annotation_id, s.ord)):
            segments.setdefault(mark, []).append(Segment(*segment))
    return {row[0]: rows.annotation(row, tuple(segments[row[0]])) for row in found}


def _by_noun(changes: Sequence[Change]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for change in changes:
        keys.setdefault(change.noun, []).append(change.key)
    return keys


def _refuse_later(tx: Tx, act: Act, changes: Sequence[Change], later_act: Any) -> None:
    """Refuse where an act in force that came later touched the same thing."""
    c = t.op_change.c
    for noun, keys in _by_noun(changes).items():
        for part in _chunks(keys):
            query = (
                select(t.op.c.title, t.annotator.c.name)
                .join_from(t.op_change, t.op, t.op.c.seq == c.seq)
                .join(t.annotator, t.annotator.c.id == t.op.c.annotator_id)
                .where(c.key.in_(part), c.noun == noun, t.op.c.step != act.step, later_act)
                .limit(1)
            )
            later = tx.connection.execute(query).first()
            if later is not None:
                raise _refusal(act, f"“{later[0]}” by {later[1]} has since changed the same thing")


_HANGING = (
    # what goes, what may hang on it, by which columns, in words
    (ANNOTATION, RELATION, (t.relation.c.from_id, t.relation.c.to_id), "a link to the mark"),
    (SET, ANNOTATION, (t.annotation.c.set_id,), "marks made since"),
    (SET, RELATION, (t.relation.c.set_id,), "links made since"),
    (DOCUMENT, SET, (t.annotation_set.c.document_id,), "work of somebody on the article"),
    (DOCUMENT, ANNOTATION, (t.annotation.c.document_id,), "marks on the article"),
    (PROPOSITION, ANNOTATION, (t.annotation.c.proposition_id,), "a claim that states it"),
    (ACTOR, ANNOTATION, (t.annotation.c.actor_id,), "a source behind which they stand"),
)


def _refuse_hanging(
    tx: Tx, act: Act, going: set[tuple[str, str]], final: dict[tuple[str, str], str | None]
) -> None:
    """Refuse where something that stays would hang on something that goes."""
    for noun, hanger, columns, words in _HANGING:
        for part in _chunks([key for name, key in going if name == noun.name]):
            query = select(hanger.key_column).where(or_(*(c.in_(part) for c in columns)))
            for (key,) in tx.connection.execute(query):
                # What this act itself takes along or changes is settled by its own images.
                if (hanger.name, key) not in final:
                    raise _refusal(act, f"{words} would be left behind")


def _refuse_homeless(tx: Tx, act: Act, final: dict[tuple[str, str], str | None]) -> None:
    """Refuse to bring back a mark whose article, or a link whose mark, is gone meanwhile."""
    needed: dict[str, set[str]] = {}
    for (name, _key), image in final.items():
        if image is None or name not in (ANNOTATION.name, SET.name, RELATION.name):
            continue
        value = NOUNS[name].parse(image)
        if name == RELATION.name:
            needed.setdefault(ANNOTATION.name, set()).update((value.from_id, value.to_id))
        else:
            needed.setdefault(DOCUMENT.name, set()).add(value.document_id)
        if name == ANNOTATION.name:
            needed.setdefault(SET.name, set()).add(value.set_id)
            needed.setdefault(PROPOSITION.name, set()).update(filter(None, [value.proposition_id]))
            needed.setdefault(ACTOR.name, set()).update(filter(None, [value.actor_id]))
    for name, keys in needed.items():
        missing = [key for key in keys if final.get((name, key)) is None]
        present = _present(tx.connection, NOUNS[name], missing)
        if set(missing) - present:
            raise _refusal(act, f"the {_IN_WORDS[name]} it belongs to is gone")


_IN_WORDS = {
    "annotation": "mark",
    "annotation_set": "set",
    "document": "article",
    "proposition": "proposition",
    "actor": "actor",
}


def _present(connection: Connection, noun: Noun, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for part in _chunks(keys):
        query = select(noun.key_column).where(noun.key_column.in_(part))
        if noun is DOCUMENT:
            query = query.where(t.document.c.hidden == 0)
        found.update(connection.execute(query).scalars())
    return found


def _documents(
    connection: Connection, relations: Sequence[str], final: dict[tuple[str, str], str | None]
) -> set[str]:
    """The documents whose marks these relations link or linked."""
    ends: set[str] = set()
    for part in _chunks(relations):
        images = select(t.op_change.c.before, t.op_change.c.after).where(
            and_(t.op_change.c.noun == RELATION.name, t.op_change.c.key.in_(part))
        )
        for row in connection.execute(images):
            for image in filter(None, row):
                value = RELATION.parse(image)
                ends |= {value.from_id, value.to_id}
    found: set[str] = set()
    for part in _chunks(sorted(ends)):
        query = select(t.annotation.c.document_id).where(t.annotation.c.id.in_(part))
        found.update(connection.execute(query).scalars())
    return found


def _refusal(act: Act, why: str) -> UndoRefused:
    return UndoRefused(f"“{act.title}” was left as it is: {why}. Nothing was changed.")


def _chunks(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK)]
