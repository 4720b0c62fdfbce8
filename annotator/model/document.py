"""Articles as they were saved, and the documents that they become in a project."""

from __future__ import annotations

from typing import Any

import msgspec

KINDS = ("heading", "paragraph", "quote", "list_item", "table_row", "code", "rule")
ROLES = (
    "headline",
    "byline",
    "dateline",
    "section",
    "caption",
    "body",
    "bio",
    "boilerplate",
)


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range of the text; blocks lie in order from 0 to len(text) without gaps.

    The line breaks behind a block belong to it. ``kind`` is fixed; ``role`` and ``dimmed`` are the
    analyst's to change. What is not dimmed is the body.
    """

    start: int
    end: int
    kind: str = "paragraph"
    role: str = "body"
    dimmed: bool = False


class Origin(msgspec.Struct, frozen=True):
    """Where a piece of metadata was found, and how sure it is."""

    place: str
    """Such as ``json-ld``, ``front matter``, ``text``."""
    confidence: float
    """From 0 to 1."""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A saved article as a reader read it: canonical text, blocks, metadata, original bytes."""

    text: str
    blocks: tuple[Block, ...]
    metadata: dict[str, Any]
    """Known keys: title, outlet, authors (list), published, modified and saved (each YYYY-MM-DD, or
    as much as is known), url, language, file (the name it was saved under). Others are kept."""
    source: bytes
    """The whole file, also where it holds other articles too."""
    reader: str
    """Name and version of the reader, such as ``html/1``."""
    warnings: tuple[str, ...] = ()
    part: int = 0
    """Which of the articles of its file it is, from 1; 0 where the file is this article alone."""
    confidence: tuple[float, ...] = ()
    """For each block, from 0 to 1, how sure it is that it is dimmed or not; empty: not said."""
    origins: dict[str, Origin] = {}
    """Where the known keys of the metadata were found."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An article in a project. Its text never changes."""

    id: str
    metadata: dict[str, Any]
    text_sha256: str
    source_sha256: str | None
    length: int
    """Code points of the text."""
    reader: str
    created: str
    group_id: str | None = None

    @property
    def title(self) -> str:
        """The headline, or the name it was saved under, or its id: never empty."""
        return title_of(self.metadata) or self.id

    @property
    def published(self) -> str:
        """The date of publication as far as it is known, or an empty string."""
        return str(self.metadata.get("published") or "")

    @property
    def outlet(self) -> str:
        """Who published it, or an empty string."""
        return str(self.metadata.get("outlet") or self.metadata.get("site") or "")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the library lists it."""

    document: Document
    counts: dict[str, int]
    """Marks by label, of all sets."""
    status: str
    """How far the asking person is: the status of their own set."""


def title_of(metadata: dict[str, Any]) -> str:
    """The headline in the metadata, or the file name, or an empty string."""
    return str(metadata.get("title") or metadata.get("file") or "")


def gaps(blocks: tuple[Block, ...], length: int) -> str | None:
    """What is wrong with the blocks of a text of this length, in words; None where nothing is."""
    at = 0
    for block in blocks:
        if block.start != at or block.end <= block.start:
            return f"a block begins at {block.start} where {at} was due"
        at = block.end
    if at != length:
        return f"the blocks end at {at}, the text at {length}"
    return None
