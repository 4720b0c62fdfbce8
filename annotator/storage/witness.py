"""The journal as a witness: what rows should be, by the newest image of each thing.

Rows and journal are written by the same hand in one transaction, so they agree, or one of them was
changed behind our back. The journal's own hashes say which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from annotator.language import tr
from annotator.storage import tables as t
from annotator.storage.obstacles import CHUNK
from annotator.storage.rows import ANNOTATION, DOCUMENT, NOUNS, SCHEMA, Noun, Value, document_row
from annotator.storage.undo import current

BATCH = 1000


class Disagreement(NamedTuple):
    """One thing that is not as the op of ``seq`` left it."""

    noun: Noun
    key: str
    seq: int
    """0: no op ever made it."""
    is_: Value | None
    should_be: Value | None

    def __str__(self) -> str:
        name = self.noun.name.replace("_", " ").capitalize()
        if self.seq == 0:
            return tr("{name} {key} was made by no act.", name=name, key=self.key)
        if self.is_ is None:
            return tr("{name} {key} is missing (op {seq}).", name=name, key=self.key, seq=self.seq)
        return tr(
            "{name} {key} is not as its newest act left it (op {seq}).",
            name=name,
            key=self.key,
            seq=self.seq,
        )


def disagreements(connection: Connection) -> Iterator[Disagreement]:
    """Every thing that is not as its newest image says, and everything that has none."""
    waiting: dict[str, list[tuple[str, int, str | None]]] = defaultdict(list)
    for noun, key, seq, after in _newest_images(connection):
        waiting[noun].append((key, seq, after))
        if len(waiting[noun]) == CHUNK:
            yield from _compared(connection, NOUNS[noun], waiting.pop(noun))
    for noun, images in waiting.items():
        yield from _compared(connection, NOUNS[noun], images)
    yield from _unmade(connection)


def wrong_columns(connection: Connection) -> Iterator[str]:
    """Ids of the documents whose sorting and searching columns do not follow from their metadata."""
    for row in _stream(connection, select(t.document)):
        if true_columns(row) != row._asdict():
            yield row.id


def true_columns(row: Any) -> dict[str, Any]:
    """The columns of a document's row as they follow from what it is."""
    columns = (column.name for column in t.document.c)
    true = dict(zip(columns, document_row(DOCUMENT.from_row(row), row.rev), strict=True))
    return true | {"hidden": row.hidden}


def wrong_hulls(connection: Connection) -> Iterator[str]:
    """Ids of the marks whose first and last place are not those of their segments."""
    g, a = t.segment.c, t.annotation.c
    hull = (
        select(g.annotation_id, func.min(g.start).label("low"), func.max(g.end).label("high"))
        .group_by(g.annotation_id)
        .subquery()
    )
    query = (
        select(a.id)
        .join(hull, hull.c.annotation_id == a.id, isouter=True)
        .where(hull.c.low.is_(None) | (hull.c.low != a.start) | (hull.c.high != a.end))
    )
    yield from (row[0] for row in _stream(connection, query))


def standings(connection: Connection) -> Iterator[tuple[int, int, int]]:
    """Ops that do not stand where the history leads: seq, and the true `in_force` and `undone`."""
    o = t.op.c
    query = select(o.seq, o.id, o.kind, o.of, o.step, o.annotator_id, o.in_force, o.undone)
    step_of: dict[str, str] = {}
    of_step: dict[str, list[int]] = defaultdict(list)
    person_of: dict[int, str] = {}
    true: dict[int, tuple[int, int]] = {}
    said: dict[int, tuple[int, int]] = {}
    repeatable: dict[str, set[int]] = defaultdict(set)
    for seq, op_id, kind, of, step, person, in_force, undone in _stream(
        connection, query.order_by(o.seq)
    ):
        said[seq], true[seq] = (in_force, undone), (0, 0)
        if kind == "do":
            for other in repeatable.pop(person, ()):
                true[other] = (0, 0)
            step_of[op_id], person_of[seq], true[seq] = step, person, (seq, 0)
            of_step[step].append(seq)
            continue
        at = 0 if kind == "undo" else 1
        for moved in of_step[step_of.get(of or "", "")]:
            if true[moved][at]:
                true[moved] = (0, seq) if kind == "undo" else (seq, 0)
                owner = repeatable[person_of[moved]]
                (owner.add if kind == "undo" else owner.discard)(moved)
    yield from ((seq, *true[seq]) for seq in true if true[seq] != said[seq])


def _newest_images(connection: Connection) -> Iterator[tuple[str, str, int, str | None]]:
    c = t.op_change.c
    query = select(c.noun, c.key, c.seq, c.after).order_by(c.key, c.noun, c.seq, c.ord)
    last: Any = None
    for row in _stream(connection, query):
        if last is not None and (last[0], last[1]) != (row[0], row[1]):
            yield tuple(last)
        last = row
    if last is not None:
        yield tuple(last)


def _compared(
    connection: Connection, noun: Noun, images: Sequence[tuple[str, int, str | None]]
) -> Iterator[Disagreement]:
    there = _there(connection, noun, [key for key, _, _ in images])
    for key, seq, after in images:
        is_ = there.get(key)
        should_be = None if after is None else noun.parse(after)
        if is_ != should_be:
            yield Disagreement(noun, key, seq, is_, should_be)


def _there(connection: Connection, noun: Noun, keys: Sequence[str]) -> dict[str, Value]:
    """The things of these keys that are there whole."""
    if noun is ANNOTATION:
        g = t.segment.c.annotation_id
        whole = select(g).where(g.in_(keys)).distinct()
        keys = list(connection.execute(whole).scalars()) if keys else []
    return current(connection, noun, keys)


def _unmade(connection: Connection) -> Iterator[Disagreement]:
    for noun in NOUNS.values():
        if noun is SCHEMA:  # the first one comes with the project
            continue
        c = t.op_change.c
        made = select(c.key).where(c.key == noun.key_column, c.noun == noun.name)
        query = select(noun.key_column).where(~made.exists())
        keys = [row[0] for row in _stream(connection, query)]
        there = _there(connection, noun, keys)
        yield from (Disagreement(noun, key, 0, there.get(key), None) for key in keys)


def _stream(connection: Connection, query: Any) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": BATCH}))
