"""What every reader does alike: decode, refuse what is no text, and lay pieces out as blocks."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from annotator.errors import ArticleError
from annotator.model.document import Article, Block
from annotator.text.canonical import Canonical, canonicalize

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_THINGS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})


class Reader(Protocol):
    """Reads one kind of saved article."""

    name: str
    suffixes: tuple[str, ...]
    """How its files' names end, lower case, with the dot."""

    def recognizes(self, beginning: bytes) -> bool:
        """Whether a file without a telling name is of this kind; 4 KB of it are enough."""
        ...

    def read(self, data: bytes, name: str) -> Article:
        """Read an article. Raises ArticleError; ``name`` is how the person knows it."""
        ...


class Piece(msgspec.Struct, frozen=True):
    """The text of one block, before it has a place."""

    text: str
    kind: str = "paragraph"
    role: str = "body"
    dimmed: bool = False
    gap: int = 2
    """Line breaks behind it."""


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The text of a file and the encoding it was read with: BOM, UTF-8, declared, then a guess.

    Raises ArticleError for what is no text at all.
    """
    refuse_other_things(data, name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace"), encoding
    for encoding in filter(None, ("utf-8", declared)):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    encoding = _guessed(data)
    return data.decode(encoding, "replace"), encoding


def refuse_other_things(data: bytes, name: str) -> None:
    """Refuse what is no text, by what it is. Raises ArticleError."""
    if not data.strip():
        raise ArticleError(f"{said(name)} is empty; it was not imported.")
    for magic, what in _OTHER_THINGS:
        if data.startswith(magic):
            raise ArticleError(f"{said(name)} is {what}, not a text; it was not imported.")
    sample = data[:65536]
    has_bom = any(sample.startswith(bom) for bom, _ in _BOMS)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if not has_bom and not _is_wide(sample) and controls > len(sample) * 0.01 + 1:
        raise ArticleError(f"{said(name)} is not a text (binary data); it was not imported.")


def finished(
    text: str,
    blocks: tuple[Block, ...],
    *,
    metadata: dict[str, Any],
    source: bytes,
    reader: str,
    name: str,
    warnings: Iterable[str] = (),
) -> Article:
    """The article of a canonical text and its blocks. Raises ArticleError where it has no words."""
    if not text.strip():
        raise ArticleError(f"{said(name)} holds no text; it was not imported.")
    kept = {key: value for key, value in metadata.items() if value not in (None, "", [])}
    if name:
        kept["file"] = name
    return Article(
        text=text,
        blocks=blocks,
        metadata=kept,
        source=source,
        reader=reader,
        warnings=tuple(warnings),
    )


def laid_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Pieces one behind the other, the breaks between them belonging to the one before."""
    kept = [(canonicalize(piece.text).text, piece) for piece in pieces]
    kept = [(text, piece) for text, piece in kept if text.strip()]
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for n, (text, piece) in enumerate(kept):
        whole = text if n == len(kept) - 1 else text + "\n" * piece.gap
        blocks.append(Block(at, at + len(whole), piece.kind, piece.role, piece.dimmed))
        parts.append(whole)
        at += len(whole)
    return "".join(parts), tuple(blocks)


def unreadable(raw: str, canonical: Canonical, encoding: str) -> list[str]:
    """A sentence on characters that could not be read, where there are any."""
    lost = canonical.replaced + raw.count("\ufffd")
    return [f"{lost} characters could not be read ({encoding}) and became “�”."] if lost else []


def said(name: str) -> str:
    """A file's name as it stands in a sentence."""
    return name or "What was pasted"


def _is_wide(sample: bytes) -> bool:
    """UTF-16 without a BOM: every other byte is NUL, as in no other text."""
    return sample[0::2].count(0) > len(sample) * 0.3 or sample[1::2].count(0) > len(sample) * 0.3


def _guessed(data: bytes) -> str:
    import chardet

    found = chardet.detect(data[:200_000])["encoding"] or "cp1252"
    try:
        codecs.lookup(found)
    except LookupError:
        return "cp1252"
    return found
