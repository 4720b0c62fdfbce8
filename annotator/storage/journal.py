"""The one write door. Every act goes through a Tx, which writes the rows and remembers what it did.

An op and its changes (images before and after) are undo, redo, history and audit trail at once. Undo
and redo are ops of their own, appended behind the rest; what they move is where the original act
stands: `in_force` is the seq at which it came into force, `undone` the seq at which it was taken
back, and one of the two is always 0. A new act drops that person's undone ones for good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import repeat
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from annotator.model.annotation import Annotation
from annotator.model.changes import Changes
from annotator.model.ids import new_id, now
from annotator.storage import tables as t
from annotator.storage.engine import Database
from annotator.storage.rows import (
    ANNOTATION,
    BLOCK_CHOICE,
    DOCUMENT,
    NOUN_OF,
    SET,
    Noun,
    Value,
    segment_rows,
)

LAST_OP = select(t.op.c.seq, t.op.c.sha256).order_by(t.op.c.seq.desc()).limit(1)
INSERT_OP = insert(t.op)
INSERT_CHANGE = insert(t.op_change)
INSERT_SEGMENT = insert(t.segment)
DELETE_SEGMENTS = delete(t.segment).where(t.segment.c.annotation_id == bindparam("its_key"))
EMPTY_REDO = (
    update(t.op)
    .where(t.op.c.annotator_id == bindparam("person"), t.op.c.undone > 0)
    .values(undone=0)
)
COUNT_MARKS = text(
    "INSERT INTO mark_count (document_id, label, n) VALUES (:document_id, :label, :n) "
    "ON CONFLICT (document_id, label) DO UPDATE SET n = mark_count.n + excluded.n"
)
FIRST_HASH = "0" * 64


class Change(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an op did to one thing; an image is None where the thing was not there.

    An op's hash covers it as a list; a long act makes very many of them.
    """

    noun: str
    key: str
    before: str | None
    after: str | None


class OpHead(msgspec.Struct, frozen=True, kw_only=True):
    """What an op says of itself; together with its changes it is what its hash covers."""

    seq: int
    id: str
    kind: str
    of: str | None
    step: str
    person: str
    at: str
    title: str


_encoder = msgspec.json.Encoder()
_touched = attrgetter("noun", "key")
_where_counted = attrgetter("document_id", "label")


def op_hash(previous: str, head: OpHead, changes: Iterable[Change]) -> str:
    """The hash of an op: over the previous op's hash, its head and its changes, in order."""
    digest = sha256(previous.encode())
    digest.update(_encoder.encode(head))
    # One behind the other: JSON has no line break inside, so none but those between are taken out.
    digest.update(_encoder.encode_lines(list(changes)).replace(b"\n", b""))
    return digest.hexdigest()


class Tx:
    """One op under way: writes rows inside its transaction and keeps the images."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        person: str,
        title: str,
        *,
        kind: str = "do",
        of: str | None = None,
        step: str | None = None,
        op_id: str | None = None,
    ) -> None:
        last: Any = database.run(connection, LAST_OP).first()
        op_id = op_id or new_id()
        self.database = database
        self.connection = connection
        self.head = OpHead(
            seq=1 if last is None else last[0] + 1,
            id=op_id,
            kind=kind,
            of=of,
            step=step or op_id,
            person=person,
            at=now(),
            title=title,
        )
        self._previous = FIRST_HASH if last is None else str(last[1])
        self._changes: list[Change] = []
        self._documents: set[str] = set()
        self._counts: Counter[tuple[str, str]] = Counter()

    @property
    def person(self) -> str:
        """The id of the annotator who acts."""
        return self.head.person

    @property
    def at(self) -> str:
        """The time of the act; everything it makes carries this one."""
        return self.head.at

    def add(self, value: Value) -> None:
        """Store something new."""
        self.add_many((value,))

    def add_many(self, values: Sequence[Value]) -> None:
        """Store new things; those of one noun go to the driver in one call, nouns in order met."""
        for kind in dict.fromkeys(map(type, values)):
            noun, group = NOUN_OF[kind], [value for value in values if type(value) is kind]
            self._insert(noun, group)
            keys, images = map(noun.key, group), noun.images(group)
            self._changes += map(Change, repeat(noun.name), keys, repeat(None), images)

    def put(self, before: Value, after: Value) -> None:
        """Change something; ``before`` is what this transaction read."""
        self.put_many([(before, after)])

    def put_many(self, pairs: Iterable[tuple[Value, Value]]) -> None:
        """Change things of one noun, each given as it was read and as it is to be, in one call."""
        changed = [(before, after) for before, after in pairs if before != after]
        if not changed:
            return
        noun = NOUN_OF[type(changed[0][1])]
        rev = self.head.seq
        rows = [{"its_key": noun.key(new), **noun.named(new, rev)} for _, new in changed]
        self.database.run_each(self.connection, noun.update, rows)
        for before, after in changed:
            self._note([before], -1)
            self._note([after], 1)
            if isinstance(before, Annotation) and isinstance(after, Annotation):
                self._update_segments(before, after)
            self._changes.append(
                Change(noun.name, noun.key(after), noun.image(before), noun.image(after))
            )

    def drop(self, before: Value) -> None:
        """Remove something; what hangs on it must be gone already."""
        noun = NOUN_OF[type(before)]
        key = noun.key(before)
        if noun is ANNOTATION:
            self.database.run(self.connection, DELETE_SEGMENTS, its_key=key)
        self.database.run(self.connection, noun.drop, its_key=key)
        self._note([before], -1)
        self._changes.append(Change(noun.name, key, noun.image(before), None))

    def bring_back(self, value: Value) -> None:
        """Store again what was there before."""
        noun = NOUN_OF[type(value)]
        if noun is not DOCUMENT:
            self.add(value)
            return
        named = noun.named(value, self.head.seq)  # a document that is not there is only hidden
        self.database.run(self.connection, noun.update, its_key=noun.key(value), **named)
        self._note([value], 1)
        self._changes.append(Change(noun.name, noun.key(value), None, noun.image(value)))

    def rewrite(self, value: Value) -> None:
        """Write a thing's rows as they should be, whatever stands there; a repair, and no change."""
        noun = NOUN_OF[type(value)]
        named = noun.named(value, self.head.seq)
        self.database.run(self.connection, noun.update, its_key=noun.key(value), **named)
        if isinstance(value, Annotation):
            self.database.run(self.connection, DELETE_SEGMENTS, its_key=value.id)
            self.database.run_many(self.connection, INSERT_SEGMENT, segment_rows([value]))

    def concerns(self, *documents: str) -> None:
        """Say that the pages of these documents change too, as with a link between marks."""
        self._documents.update(documents)

    def commit(self) -> Changes:
        """Write the op itself; the caller's transaction then commits. Nothing done, no op."""
        head = self.head
        if not self._changes and head.kind == "do":
            return Changes(0, head.id, head.kind, head.title)
        run = self.database.run
        if head.kind == "do":
            run(self.connection, EMPTY_REDO, person=head.person)
        run(
            self.connection,
            INSERT_OP,
            seq=head.seq,
            id=head.id,
            kind=head.kind,
            of=head.of,
            step=head.step,
            annotator_id=head.person,
            at=head.at,
            title=head.title,
            sha256=op_hash(self._previous, head, self._changes),
            in_force=head.seq if head.kind == "do" else 0,
            undone=0,
        )
        seq, numbered = head.seq, enumerate(self._changes)
        rows = [(seq, ord_, c.noun, c.key, c.before, c.after) for ord_, c in numbered]
        self.database.run_many(self.connection, INSERT_CHANGE, rows)
        counts = [(*key, n) for key, n in self._counts.items() if n]
        self.database.run_many(self.connection, COUNT_MARKS, counts)
        touched = frozenset(map(_touched, self._changes))
        return Changes(
            head.seq, head.id, head.kind, head.title, touched, frozenset(self._documents)
        )

    def _insert(self, noun: Noun, values: Sequence[Any]) -> None:
        to_row, rev = noun.to_row, self.head.seq
        self.database.run_many(
            self.connection, noun.insert, [to_row(value, rev) for value in values]
        )
        self._note(values, 1)
        if noun is ANNOTATION:
            self.database.run_many(self.connection, INSERT_SEGMENT, segment_rows(values))

    def _update_segments(self, before: Annotation, after: Annotation) -> None:
        if before.segments != after.segments:
            self.database.run(self.connection, DELETE_SEGMENTS, its_key=after.id)
            self.database.run_many(self.connection, INSERT_SEGMENT, segment_rows([after]))

    def _note(self, values: Sequence[Any], sign: int) -> None:
        """Keep the counts and the documents that a view must look at again; all of one noun."""
        noun = NOUN_OF[type(values[0])]
        if noun is ANNOTATION:
            for (document, label), n in Counter(map(_where_counted, values)).items():
                self._counts[document, label] += sign * n
                self._documents.add(document)
        elif noun is SET or noun is BLOCK_CHOICE:
            self._documents.update(value.document_id for value in values)
        elif noun is DOCUMENT:
            self._documents.update(value.id for value in values)
