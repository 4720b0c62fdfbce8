"""A dataset: what formats read and write, one entry for each document and annotation set.

The values have the shape of the lossless format, so that writing a million of them costs one
encoding and reading them is one check; a key that is not here is refused, and a format that allows
more takes it out first. Offsets are code points of the entry's text, half-open.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from annotator.model.document import Block

NO_ATTRIBUTES = msgspec.Raw(b"{}")


class EntrySet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose annotations an entry holds, and how far they are."""

    id: str
    annotator: str
    kind: str
    status: str
    created: str
    reason: str | UnsetType = UNSET
    """Why it was excluded, where it was."""


class EntryOffer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a suggestion had offered before the person took it."""

    rule: str
    span: tuple[tuple[int, int], ...]


class EntrySpan(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A mark. ``start`` and ``end`` are the hull; ``text`` joins its words by “ … ”."""

    id: str
    label: str
    start: int
    end: int
    segments: tuple[tuple[int, int], ...]
    text: str
    attributes: msgspec.Raw
    """A JSON object with sorted keys."""
    note: str
    origin: str
    created: str
    updated: str
    by: str
    """The name of the annotator."""
    proposition: str | UnsetType = UNSET
    """The id of what it claims."""
    actor: str | UnsetType = UNSET
    """The name of who stands behind it."""
    offered: EntryOffer | UnsetType = UNSET


class EntryRelation(
    msgspec.Struct, frozen=True, gc=False, rename={"from_": "from"}, forbid_unknown_fields=True
):
    """A link. ``to_doc`` is there only where the other end lies in another document."""

    id: str
    type: str
    from_: str
    to: str
    attributes: msgspec.Raw
    origin: str
    created: str
    updated: str
    by: str
    to_doc: str | UnsetType = UNSET


class EntrySchema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which schema the marks were made with."""

    name: str
    version: int
    sha256: str


FOREIGN = EntrySchema("", 0, "")
"""The schema of marks that another program made: none of ours."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document with one annotation set."""

    doc_id: str
    text: str
    text_sha256: str
    source_sha256: str | None
    metadata: dict[str, Any]
    blocks: tuple[Block, ...]
    schema: EntrySchema
    annotation_set: EntrySet
    group: str | UnsetType = UNSET
    split: str | UnsetType = UNSET
    """The part of a split dataset that it belongs to: train, dev or test."""
    spans: tuple[EntrySpan, ...]
    relations: tuple[EntryRelation, ...]
