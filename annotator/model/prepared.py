"""An article with everything that can be worked out before a database is asked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from annotator.model.document import Article, Block, Origin
from annotator.text.canonical import storable, text_hash
from annotator.text.likeness import sample
from annotator.text.words import search_words


class Source(msgspec.Struct, frozen=True):
    """The original bytes of a saved file, compressed where that pays."""

    sha256: str
    """Of the bytes as they were saved."""
    data: bytes
    compressed: bool


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An article hashed and folded; what is slow is done."""

    text: str
    text_sha256: str
    words: str
    """Folded words for the search index, joined by blanks."""
    sample: tuple[int, ...]
    """By what its body is known among others: see `text.likeness`."""
    body: int
    """Words of the blocks that are not dimmed."""
    blocks: tuple[Block, ...]
    confidence: tuple[float, ...] = ()
    metadata: dict[str, Any]
    origins: dict[str, Origin] = {}
    reader: str
    warnings: tuple[str, ...] = ()
    part: int = 0
    source_sha256: str | None

    def body_words(self) -> list[str]:
        """The folded words of the blocks that are not dimmed."""
        return counted_words(self.text, self.blocks)[1]


def prepare(article: Article, source_sha256: str) -> Prepared:
    """Hash and fold an article of a saved file."""
    words, body = counted_words(article.text, article.blocks)
    return Prepared(
        text=article.text,
        text_sha256=text_hash(article.text),
        words=" ".join(words),
        sample=sample(body),
        body=len(body),
        blocks=article.blocks,
        confidence=article.confidence,
        metadata=storable_metadata(article.metadata),
        origins=article.origins,
        reader=article.reader,
        warnings=article.warnings,
        part=article.part,
        source_sha256=source_sha256,
    )


def pack(data: bytes) -> Source:
    """Hash and compress a saved file."""
    packed = zlib.compress(data, 1)
    pays = len(packed) < len(data)
    return Source(sha256(data).hexdigest(), packed if pays else data, pays)


def counted_words(text: str, blocks: Iterable[Block]) -> tuple[list[str], list[str]]:
    """The folded words of a text, and those of its blocks that are not dimmed.

    A word that blocks part, as those of another program may, is one word of the text.
    """
    words: list[str] = []
    body: list[str] = []
    parted = False
    for block in blocks:
        own = search_words(text[block.start : block.end])
        words += own
        body += () if block.dimmed else own
        parted |= block.start > 0 and not text[block.start - 1].isspace()
    return search_words(text) if parted else words, body


def storable_metadata(value: Any) -> Any:
    """Metadata with every string as databases take it."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(k)): storable_metadata(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [storable_metadata(one) for one in value]
    return value
