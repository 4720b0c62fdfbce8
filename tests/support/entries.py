"""Datasets that hypothesis makes up: whatever a project may hold, in the shape of its lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET

from annotator.model.annotation import ORIGINS, SET_KINDS, STATUSES
from annotator.model.dataset import (
    Entry,
    EntryOffer,
    EntryRelation,
    EntrySchema,
    EntrySet,
    EntrySpan,
)
from annotator.model.document import KINDS, ROLES, Block
from annotator.model.schema import Schema
from annotator.text.canonical import canonicalize, text_hash

ODD = "a b\n\xa0\u0085\u200c\u200f😀🚢e\u0301ب\ufeff\u2003“”\t\x1f"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=60).map(
    lambda text: canonicalize("x" + text).text
)
WORDS = st.text(
    st.one_of(
        st.sampled_from(ODD + "\u2028"), st.characters(codec="utf-8", exclude_characters="\0")
    ),
    max_size=12,
)
NAMES = st.sampled_from(("Mara", "Jon", "منال", "Zoë 🖊️"))
TIMES = st.sampled_from(("2026-01-01T00:00:00.000Z", "2025-12-31T23:59:59.999Z"))
SCALARS = st.one_of(st.booleans(), st.integers(-(2**53), 2**53), WORDS, st.none())
JSON = st.dictionaries(WORDS, st.one_of(SCALARS, st.lists(SCALARS, max_size=2)), max_size=3)


def raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value, order="sorted"))


@st.composite
def segments(draw: st.DrawFn, length: int) -> tuple[tuple[int, int], ...]:
    """Ranges in order, inside the text, that do not touch."""
    cuts = draw(st.lists(st.integers(0, length), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(pairs)


@st.composite
def spans(draw: st.DrawFn, ids: str, text: str, schema: Schema) -> EntrySpan:
    ranges = draw(segments(len(text)))
    offer = EntryOffer(draw(WORDS), draw(segments(len(text))))
    return EntrySpan(
        id=ids,
        label=draw(st.sampled_from([label.name for label in schema.labels])),
        start=ranges[0][0],
        end=ranges[-1][1],
        segments=ranges,
        text=" … ".join(text[start:end] for start, end in ranges),
        attributes=raw(draw(JSON)),
        note=draw(WORDS),
        origin=draw(st.sampled_from(ORIGINS)),
        created=draw(TIMES),
        updated=draw(TIMES),
        by=draw(NAMES),
        proposition=draw(st.sampled_from(("p1", "p2", UNSET))),
        actor=draw(st.sampled_from(("The port", "وزیر", UNSET))),
        offered=draw(st.sampled_from((offer, UNSET))),
    )


@st.composite
def datasets(draw: st.DrawFn, schema: Schema) -> list[Entry]:
    """Entries of one to three documents, in the order in which an export writes them."""
    made_with = EntrySchema(schema.name, schema.version, schema.sha256)
    entries: list[Entry] = []
    for d in range(draw(st.integers(1, 3))):
        text = draw(TEXTS)
        cuts = draw(st.lists(st.integers(1, len(text)), max_size=3, unique=True).map(sorted))
        edges = [0, *(cut for cut in cuts if cut < len(text)), len(text)]
        blocks = tuple(
            Block(
                a,
                b,
                draw(st.sampled_from(KINDS)),
                draw(st.sampled_from(ROLES)),
                draw(st.booleans()),
            )
            for a, b in pairwise(edges)
        )
        metadata = dict(sorted(draw(JSON).items()))
        group = draw(st.sampled_from(("ferries", UNSET)))
        source = draw(st.sampled_from((None, text_hash(f"{d}"))))
        for s in range(draw(st.integers(1, 2))):
            status = draw(st.sampled_from(STATUSES))
            found = [
                draw(spans(f"m{d}{s}{n}", text, schema)) for n in range(draw(st.integers(0, 3)))
            ]
            entries.append(Entry(
                doc_id=f"doc-{d}", text=text, text_sha256=text_hash(text), source_sha256=source,
                metadata=metadata, blocks=blocks, schema=made_with, group=group,
                annotation_set=EntrySet(
                    id=f"set-{d}{s}", annotator=draw(NAMES), kind=draw(st.sampled_from(SET_KINDS)),
                    status=status, created=draw(TIMES),
                    reason=(draw(WORDS) or UNSET) if status == "excluded" else UNSET,
                ),
                spans=tuple(sorted(found, key=lambda m: (m.start, m.end, m.id))), relations=(),
            ))  # fmt: skip
    return [_linked(draw, n, entries, schema) for n in range(len(entries))]


def _linked(draw: st.DrawFn, n: int, entries: list[Entry], schema: Schema) -> Entry:
    """The entry with links from its marks to any marks of the dataset."""
    entry = entries[n]
    homes = {span.id: other.doc_id for other in entries for span in other.spans}
    links: list[EntryRelation] = []
    for k in range(draw(st.integers(0, 3)) if entry.spans else 0):
        to = draw(st.sampled_from(sorted(homes)))
        links.append(EntryRelation(
            id=f"r{n}{k}", type=draw(st.sampled_from([kind.name for kind in schema.relations])),
            from_=draw(st.sampled_from([span.id for span in entry.spans])), to=to,
            attributes=raw(draw(JSON)), origin=draw(st.sampled_from(ORIGINS)),
            created=draw(TIMES), updated=draw(TIMES), by=draw(NAMES),
            to_doc=UNSET if homes[to] == entry.doc_id else homes[to],
        ))  # fmt: skip
    return msgspec.structs.replace(entry, relations=tuple(links))
