"""A small dataset with everything in it that formats stumble over."""

from __future__ import annotations

from itertools import pairwise

from msgspec import UNSET

from annotator.model.dataset import Entry, EntryRelation, EntrySchema, EntrySet, EntrySpan
from annotator.model.document import Block
from annotator.model.schema import builtin
from annotator.text.canonical import text_hash
from tests.support.entries import raw

TEXT = (
    "Ferry stopped 🚢\nThe harbour office said two posts were shelled; the café denied it.\n\n"
    "“Not a word is true,” said Mr. Ō. He would not say more.\nAdvert: buy boats\n"
)
SCHEMA = builtin()


def mark(
    id_: str, label: str, *quotes: str, text: str = TEXT, attributes: object = None, note: str = ""
) -> EntrySpan:
    segments = tuple((text.index(q), text.index(q) + len(q)) for q in quotes)
    return EntrySpan(
        id_, label, segments[0][0], segments[-1][1], segments, " … ".join(quotes),
        raw(attributes or {}), note, "manual", "2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00.000Z", "Mara",
    )  # fmt: skip


def entry(
    *marks: EntrySpan, links: tuple[EntryRelation, ...] = (), text: str = TEXT, number: int = 1
) -> Entry:
    lines = text.splitlines(keepends=True)
    edges = [0]
    for one in lines:
        edges.append(edges[-1] + len(one))
    blocks = tuple(
        Block(a, b, role="headline" if a == 0 else "body", dimmed=text[a:b].startswith("Advert"))
        for a, b in pairwise(edges)
    )
    return Entry(
        doc_id=f"doc-{number}", text=text, text_sha256=text_hash(text), source_sha256=None,
        metadata={"title": f"Ferry {number}"}, blocks=blocks,
        schema=EntrySchema(SCHEMA.name, SCHEMA.version, SCHEMA.sha256),
        annotation_set=EntrySet(id=f"set-{number}", annotator="Mara", kind="individual", status="complete", created="2026-01-01T00:00:00.000Z"),
        spans=tuple(sorted(marks, key=lambda m: (m.start, m.end, m.id))), relations=links,
    )  # fmt: skip


def link(id_: str, kind: str, one: str, other: str, to_doc: str = "") -> EntryRelation:
    return EntryRelation(
        id_, kind, one, other, raw({}), "manual", "2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00.000Z", "Mara", to_doc or UNSET,
    )  # fmt: skip


def rich() -> list[Entry]:
    """Emoji, overlaps, the same words twice, gaps, attributes, notes, links within and between."""
    return [
        entry(
            mark("s1", "source", "The harbour office", attributes={"source_type": "organisation"}),
            mark("c1", "claim", "two posts were shelled", attributes={"certainty": "certain"}),
            mark("c2", "claim", "posts were"),
            mark("c3", "claim", "Ferry", "stopped 🚢", note="of the\nheadline"),
            mark("d1", "denial", "the café denied it", attributes={"unsure": "yes"}),
            mark("d2", "denial", "Not a word is true"),
            mark("s2", "source", "Mr. Ō"),
            mark("s3", "source", "boats"),
            links=(
                link("r1", "attributed_to", "c1", "s1"), link("r2", "denies", "d1", "c1"),
                link("r3", "issued_by", "d2", "s2"), link("r4", "denies", "d2", "far", "doc-2"),
            ),
        ),
        entry(mark("far", "claim", "bridges 🌉 fell", text="Two bridges 🌉 fell."),
              text="Two bridges 🌉 fell.", number=2),
        entry(text="Nothing is marked here.\n", number=3),
    ]  # fmt: skip
