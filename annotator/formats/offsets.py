"""annotator-offsets: the lossless format without a word of the articles, for datasets whose texts may
not be passed on.

A line says of a document only its hashes and its length, and of a mark only where it stands. With the
text in hand it becomes the line of annotator-jsonl that it was made of (see `filled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from annotator.errors import FormatError
from annotator.formats.base import EVERYTHING, Plain, Writing
from annotator.formats.out import Out
from annotator.formats.records import line
from annotator.language import in_english, tr
from annotator.model.dataset import (
    Entry,
    EntryOffer,
    EntryRelation,
    EntrySchema,
    EntrySet,
    EntrySpan,
)
from annotator.model.document import Block
from annotator.model.loss import Kind

TAG = "annotator-offsets"
VERSION = "1.0"
LONGEST_VALUE = 300
"""Longer words (code points) in the metadata may be the article's own, such as a summary."""

LONG_METADATA = Kind("long_metadata", "article", in_english("without details so long that they may be its text"), "words")  # fmt: skip


class BareSpan(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A mark without its words. Segments are half-open ranges of code points."""

    id: str
    label: str
    segments: tuple[tuple[int, int], ...]
    attributes: msgspec.Raw
    note: str
    origin: str
    created: str
    updated: str
    by: str
    proposition: str | UnsetType = UNSET
    actor: str | UnsetType = UNSET
    offered: EntryOffer | UnsetType = UNSET


class Bare(msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag=TAG):
    """An entry without its text."""

    version: str = VERSION
    doc_id: str
    length: int
    """Of the text, in code points."""
    text_sha256: str
    source_sha256: str | None
    metadata: dict[str, Any]
    blocks: tuple[Block, ...]
    schema: EntrySchema
    annotation_set: EntrySet
    group: str | UnsetType = UNSET
    split: str | UnsetType = UNSET
    spans: tuple[BareSpan, ...]
    relations: tuple[EntryRelation, ...]


class Offsets(Plain):
    """The format; it is read only together with the texts."""

    name = "offsets"
    title = in_english("Offsets without texts")
    suffixes = (".offsets.jsonl",)
    writes = True
    holds = EVERYTHING - {"texts"}

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a line."""
        file = out.file()
        for entry in entries:
            metadata = {key: value for key, value in entry.metadata.items() if not _is_long(value)}
            if len(metadata) < len(entry.metadata):
                writing.losses.add(LONG_METADATA, [entry.doc_id])
            file.write(line(_bare(entry, metadata)))


OFFSETS = Offsets()


def read_bare(path: Path) -> Iterator[tuple[int, Bare]]:
    """The lines of a file, with their numbers from 1. Raises FormatError naming the line, OSError."""
    decode = msgspec.json.Decoder(Bare).decode
    with path.open("rb") as file:
        for number, words in enumerate(file, 1):
            try:
                yield number, decode(words)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise FormatError(
                    tr("{path}, line {number}: {error}.", path=path, number=number, error=error),
                    line=number,
                ) from None


def filled(bare: Bare, text: str) -> Entry:
    """The entry that the line was made of; ``text`` has the hash ``text_sha256``."""
    return Entry(
        doc_id=bare.doc_id,
        text=text,
        text_sha256=bare.text_sha256,
        source_sha256=bare.source_sha256,
        metadata=bare.metadata,
        blocks=bare.blocks,
        schema=bare.schema,
        annotation_set=bare.annotation_set,
        group=bare.group,
        split=bare.split,
        spans=tuple(_span(one, text) for one in bare.spans),
        relations=bare.relations,
    )


def _bare(entry: Entry, metadata: dict[str, Any]) -> Bare:
    return Bare(
        doc_id=entry.doc_id,
        length=len(entry.text),
        text_sha256=entry.text_sha256,
        source_sha256=entry.source_sha256,
        metadata=metadata,
        blocks=entry.blocks,
        schema=entry.schema,
        annotation_set=entry.annotation_set,
        group=entry.group,
        split=entry.split,
        spans=tuple(
            BareSpan(
                one.id, one.label, one.segments, one.attributes, one.note, one.origin,
                one.created, one.updated, one.by, one.proposition, one.actor, one.offered,
            )
            for one in entry.spans
        ),
        relations=entry.relations,
    )  # fmt: skip


def _span(bare: BareSpan, text: str) -> EntrySpan:
    return EntrySpan(
        bare.id,
        bare.label,
        bare.segments[0][0],
        bare.segments[-1][1],
        bare.segments,
        " … ".join(text[start:end] for start, end in bare.segments),
        bare.attributes,
        bare.note,
        bare.origin,
        bare.created,
        bare.updated,
        bare.by,
        bare.proposition,
        bare.actor,
        bare.offered,
    )


def _is_long(value: Any) -> bool:
    words = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return len(words) > LONGEST_VALUE
