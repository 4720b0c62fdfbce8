"""Articles as they were saved, and the documents that they become in a project."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from annotator.language import tr
from annotator.text.addresses import address

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

SORTS = ("imported", "title", "published", "outlet", "status")
"""Orders of the library; what is not known stands last."""

LOOKED_AT = ("headline", "byline", "dateline", "section", "caption")
"""Roles of what is no part of the body and yet has a look of its own."""


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

    @property
    def stands_back(self) -> bool:
        """Whether it may be folded away: it is dimmed, and nothing that one looks at beside the body."""
        return self.dimmed and self.role not in LOOKED_AT


class Origin(msgspec.Struct, frozen=True):
    """Where a piece of metadata was found, and how sure it is."""

    place: str
    """Such as ``json-ld``, ``front matter``, ``text``."""
    confidence: float
    """From 0 to 1."""


BY_HAND = Origin("hand", 1.0)
"""Somebody wrote it."""


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
    """The same for all that tell one story in the same words; one alone is called by its own id."""
    part: int = 0
    """Which of the articles of its file it is, from 1; 0 where the file is this article alone."""
    origins: dict[str, Origin] = {}
    """Where the known keys of the metadata were found."""
    earlier_id: str | None = None
    """The document that holds an earlier text of the same address."""

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

    @property
    def group(self) -> str:
        """What its group is called, also where nobody has named one."""
        return self.group_id or self.id

    @property
    def address(self) -> str:
        """Its URL as it is compared, or an empty string."""
        return address(str(self.metadata.get("url") or ""))


class BlockChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided of a block, whatever the reader thought of it."""

    id: str
    document_id: str
    ord: int
    """Which block of the document, from 0."""
    role: str
    dimmed: bool

    @classmethod
    def of(cls, document_id: str, ord_: int, role: str, *, dimmed: bool) -> BlockChoice:
        """The choice for a block; there is one for each, so its id is made of what it is about."""
        key = f"{document_id}/{ord_}"
        return cls(id=key, document_id=document_id, ord=ord_, role=role, dimmed=dimmed)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the library lists it."""

    document: Document
    counts: dict[str, int]
    """Marks by label, of all sets."""
    status: str
    """How far the asking person is: the status of their own set."""


class Shelf(msgspec.Struct, frozen=True):
    """Which documents there are, in the order of the library, without what their lines say."""

    ids: tuple[str, ...]
    statuses: dict[str, str]
    """How far the asking person is, of those documents that are begun; the others are new."""

    def status(self, document_id: str) -> str:
        """How far the asking person is with a document."""
        return self.statuses.get(document_id, "new")

    def tally(self) -> dict[str, int]:
        """How many documents there are of each status."""
        counts = dict(Counter(self.statuses.values()))
        counts["new"] = counts.get("new", 0) + len(self.ids) - len(self.statuses)
        return counts

    def first_to_do(self) -> str | None:
        """Where there is work: the first that is begun, else the first new one, else any."""
        for wanted in ("in_progress", "new"):
            found = next((one for one in self.ids if self.status(one) == wanted), None)
            if found is not None:
                return found
        return next(iter(self.ids), None)


def title_of(metadata: dict[str, Any]) -> str:
    """The headline in the metadata, or the file name, or an empty string."""
    return str(metadata.get("title") or metadata.get("file") or "")


def gaps(blocks: tuple[Block, ...], length: int) -> str | None:
    """What is wrong with the blocks of a text of this length, in words; None where nothing is."""
    at = 0
    for block in blocks:
        if block.start != at or block.end <= block.start:
            return tr("a block begins at {start} where {at} was due", start=block.start, at=at)
        at = block.end
    if at != length:
        return tr("the blocks end at {at}, the text at {length}", at=at, length=length)
    return None
