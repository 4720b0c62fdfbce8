"""Making anew what can be derived: counts, the search index, rows that the journal still knows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, insert, select, update

from annotator.language import tr
from annotator.storage import doctor, proving, search, witness
from annotator.storage import tables as t
from annotator.storage.engine import Database
from annotator.storage.journal import Tx
from annotator.storage.proving import index_words
from annotator.storage.rows import ANNOTATION
from annotator.storage.undo import current
from annotator.storage.witness import Disagreement

BATCH = 200


def mend(database: Database, connection: Connection) -> Iterator[str]:
    """Mend what can be mended, in the caller's transaction; what was done, one sentence each.

    A row is brought back from its newest image only where the hash of that op still holds.
    """
    if database.is_file:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    yield from _rows(database, connection)
    yield from _columns(connection)
    yield from _hulls(database, connection)
    yield from _standings(connection)
    yield from _counts(connection)
    yield from _index(connection)


def _rows(database: Database, connection: Connection) -> Iterator[str]:
    found = list(witness.disagreements(connection))
    if not found:
        return
    # By a broken op nothing is brought back: what it says may be what is wrong.
    broken = doctor.broken_ops(connection)
    # It is never committed as an op: the journal already says what these things are.
    tx = Tx(database, connection, "", "Repair")
    for one in sorted(found, key=lambda one: (one.should_be is None, one.seq)):
        if one.seq and one.seq not in broken:
            _bring_back(tx, one)
            yield tr(
                "{name} {key} is as op {seq} left it.",
                name=one.noun.name.replace("_", " ").capitalize(),
                key=one.key,
                seq=one.seq,
            )


def _bring_back(tx: Tx, one: Disagreement) -> None:
    if one.should_be is not None:
        query = select(one.noun.key_column).where(one.noun.key_column == one.key)
        if tx.connection.execute(query).first() is None:
            tx.add(one.should_be)
        else:
            tx.rewrite(one.should_be)
    elif one.is_ is not None:
        tx.drop(one.is_)


def _columns(connection: Connection) -> Iterator[str]:
    for key in list(witness.wrong_columns(connection)):
        row = connection.execute(select(t.document).where(t.document.c.id == key)).one()
        there = update(t.document).where(t.document.c.id == key)
        connection.execute(there.values(witness.true_columns(row)))
        yield tr("What document {key} is sorted and searched by is made anew.", key=key)


def _hulls(database: Database, connection: Connection) -> Iterator[str]:
    tx = Tx(database, connection, "", "Repair")
    for key, mark in current(connection, ANNOTATION, list(witness.wrong_hulls(connection))).items():
        tx.rewrite(mark)
        yield tr("Where mark {key} begins and ends follows its segments again.", key=key)


def _standings(connection: Connection) -> Iterator[str]:
    for seq, in_force, undone in list(witness.standings(connection)):
        there = update(t.op).where(t.op.c.seq == seq)
        connection.execute(there.values(in_force=in_force, undone=undone))
        yield tr("Op {seq} stands again where the history leads.", seq=seq)


def _counts(connection: Connection) -> Iterator[str]:
    if not list(doctor.counts(connection)):
        return
    a = t.annotation.c
    connection.execute(t.mark_count.delete())
    real = select(a.document_id, a.label, func.count()).group_by(a.document_id, a.label)
    connection.execute(insert(t.mark_count).from_select(["document_id", "label", "n"], real))
    yield tr("The counts of marks are made anew.")


def _index(connection: Connection) -> Iterator[str]:
    if not list(proving.wrong_texts(connection, index_words)):
        return
    search.drop(connection)
    search.create(connection)
    c = t.document_text.c
    query = select(c.number, c.text).order_by(c.number)
    texts = connection.execute(query, execution_options={"yield_per": BATCH})
    for part in texts.partitions(BATCH):
        search.add(connection, [(number, index_words(text)) for number, text in part])
    yield tr("The search index is made anew.")
