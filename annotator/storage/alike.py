"""Which texts share runs of words, which documents a story, and which an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, func, select

from annotator.model.document import Block, Document
from annotator.model.prepared import counted_words
from annotator.storage import rows
from annotator.storage import tables as t
from annotator.storage.reading import Reading
from annotator.text.likeness import runs

FEWEST = 2
"""Runs that two texts must share to be looked at."""
MOST = 24
"""Texts that are looked at, those that share most."""
CHUNK = 500

_r, _d, _t = t.text_run.c, t.document, t.document_text.c
_SHARED = (
    select(_r.number, func.count())
    .where(_r.hash.in_(bindparam("hashes", expanding=True)))
    .group_by(_r.number)
)
_IN_ORDER = select(_r.hash, _r.number).order_by(_r.hash, _r.number)


class Alike(Reading):
    """The part of the read side that compares texts; a text is called by its number."""

    def texts_sharing(self, sample: Sequence[int]) -> list[tuple[int, int]]:
        """The texts that share most runs with a sample, and how many; those first that share most."""
        counts: dict[int, int] = {}
        with self._connection() as connection:
            for at in range(0, len(sample), CHUNK):
                part = {"hashes": list(sample[at : at + CHUNK])}
                for number, n in connection.execute(_SHARED, part):
                    counts[number] = counts.get(number, 0) + n
        fewest = min(FEWEST, len(sample))
        enough = [(-n, number) for number, n in counts.items() if n >= fewest]
        return [(number, -n) for n, number in sorted(enough)[:MOST]]

    def every_run(self) -> Iterator[tuple[int, int]]:
        """All that is known of texts, as hash and text, in the order of the hashes."""
        with self._connection() as connection:
            options = {"stream_results": True}
            for row in connection.execute(_IN_ORDER, execution_options=options):
                yield row[0], row[1]

    def text_numbers(self, text_sha256s: Sequence[str]) -> dict[str, int]:
        """The stored texts of these hashes, by hash."""
        found: dict[str, int] = {}
        for at in range(0, len(text_sha256s), CHUNK):
            part = text_sha256s[at : at + CHUNK]
            query = select(_t.sha256, _t.number).where(_t.sha256.in_(part))
            found |= {row[0]: row[1] for row in self._all(query)}
        return found

    def documents_with(self, texts: Sequence[int]) -> dict[int, list[Document]]:
        """The documents that have these texts, oldest first, by text."""
        found: dict[int, list[Document]] = {}
        for at in range(0, len(texts), CHUNK):
            query = (
                select(_t.number, _d)
                .join(_d, _d.c.text_sha256 == _t.sha256)
                .where(_t.number.in_(texts[at : at + CHUNK]), _d.c.hidden == 0)
                .order_by(_d.c.id)
            )
            for number, *row in self._all(query):
                found.setdefault(number, []).append(rows.document(row))
        return found

    def body_runs(self, number: int) -> frozenset[int]:
        """All runs of the words of a text that are not dimmed, as its first document has them."""
        b = t.block.c
        first = (
            select(func.min(_d.c.id))
            .join(t.document_text, _t.sha256 == _d.c.text_sha256)
            .where(_t.number == number)
            .scalar_subquery()
        )
        text = self._all(select(_t.text).where(_t.number == number))[0][0]
        found = self._all(
            select(b.start, b.end, b.dimmed).where(b.document_id == first).order_by(b.ord)
        )
        blocks = [Block(row[0], row[1], dimmed=bool(row[2])) for row in found]
        return runs(counted_words(text, blocks)[1])

    def grouped(self, group_id: str | None = None) -> tuple[Document, ...]:
        """The documents that are in a group, by group, then oldest first."""
        c = _d.c
        query = select(_d).where(c.hidden == 0, c.group_id.is_not(None))
        if group_id is not None:
            query = query.where(c.group_id == group_id)
        return tuple(rows.document(row) for row in self._all(query.order_by(c.group_id, c.id)))

    def at_address(self, address: str) -> tuple[Document, ...]:
        """The documents of an address, the newest first."""
        c = _d.c
        query = select(_d).where(c.address == address, c.address != "", c.hidden == 0)
        return tuple(rows.document(row) for row in self._all(query.order_by(c.id.desc())))

    def later_texts(self) -> tuple[Document, ...]:
        """The documents that hold a later text of another's address, oldest first."""
        c = _d.c
        query = select(_d).where(c.earlier_id.is_not(None), c.hidden == 0)
        return tuple(rows.document(row) for row in self._all(query.order_by(c.id)))
