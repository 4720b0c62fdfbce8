"""What every reader does alike: lay pieces out as blocks, and finish the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec

from annotator.articles.details import NOTHING, Details
from annotator.articles.naming import PASTED, said
from annotator.errors import ArticleError, NoText
from annotator.language import tr, trn
from annotator.model.document import Article, Block
from annotator.text.canonical import Canonical, canonicalize

CLOSE = ("list_item", "table_row")
"""Kinds that stand close below each other."""


class Reader(Protocol):
    """Reads one kind of saved article."""

    name: str
    suffixes: tuple[str, ...]
    """How its files' names end, lower case, with the dot; to be named to the person."""

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether the file is of this kind: by what it holds; by its name only where nothing else
        could tell. It is asked of every file, so it looks at little and never raises.
        """
        ...

    def read(self, data: bytes, name: str) -> Article | Iterable[Article | ArticleError]:
        """Read the article, or one after the other the articles of a file that holds several.

        ``name`` is how the person knows it. Raises ArticleError for the file; of several articles,
        one that cannot be read is told by an ArticleError in its place.
        """
        ...


class Piece(msgspec.Struct, frozen=True):
    """The text of one block, before it has a place."""

    text: str
    kind: str = "paragraph"
    role: str = "body"
    dimmed: bool = False
    """Also where the role says body; what has another role is dimmed in any case."""
    confidence: float = 1.0
    """From 0 to 1, how sure it is that it is dimmed or not."""


def finished(
    text: str,
    blocks: tuple[Block, ...],
    *,
    about: Details,
    source: bytes,
    reader: str,
    name: str,
    confidence: Sequence[float] = (),
    warnings: Iterable[str] = (),
    part: int = 0,
) -> Article:
    """The article of a canonical text and its blocks. Raises ArticleError where it has no words."""
    if not text.strip():
        raise NoText(tr("{name} holds no text; it was not imported.", name=said(name)))
    of_file = {} if name in PASTED else {"file": name}
    kept = {key: value for key, value in about.metadata.items() if value not in NOTHING}
    return Article(
        text=text,
        blocks=blocks,
        metadata=_storable({**kept, **of_file}),
        source=source,
        reader=reader,
        warnings=tuple(warnings),
        part=part,
        confidence=tuple(confidence),
        origins={key: origin for key, origin in about.origins.items() if key in kept},
    )


def assembled(
    pieces: Iterable[Piece],
    *,
    about: Details,
    source: bytes,
    reader: str,
    name: str,
    warnings: Iterable[str] = (),
    part: int = 0,
) -> Article:
    """The article of pieces, laid out one behind the other. Raises ArticleError where all are blank."""
    kept = [piece for piece in pieces if canonicalize(piece.text).text.strip()]
    text, blocks = laid_out(kept)
    return finished(
        text,
        blocks,
        about=about,
        source=source,
        reader=reader,
        name=name,
        confidence=[piece.confidence for piece in kept],
        warnings=warnings,
        part=part,
    )


def _storable(value: Any) -> Any:
    """The value with all its words in canonical form: a page can escape what no database stores."""
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return canonicalize(value).text if isinstance(value, str) else value


def laid_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Pieces one behind the other, the breaks between them belonging to the one before."""
    kept = [(canonicalize(piece.text).text, piece) for piece in pieces]
    kept = [(text, piece) for text, piece in kept if text.strip()]
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for n, (text, piece) in enumerate(kept):
        whole = text + _gap(piece, kept[n + 1][1] if n + 1 < len(kept) else None)
        dimmed = piece.dimmed or piece.role != "body"
        blocks.append(Block(at, at + len(whole), piece.kind, piece.role, dimmed))
        parts.append(whole)
        at += len(whole)
    return "".join(parts), tuple(blocks)


def _gap(piece: Piece, following: Piece | None) -> str:
    """A blank line, but not between the items of a list or the rows of a table."""
    if following is None:
        return ""
    return "\n" if piece.kind == following.kind and piece.kind in CLOSE else "\n\n"


def unreadable(raw: str, canonical: Canonical, encoding: str) -> list[str]:
    """A sentence on characters that could not be read, where there are any."""
    lost = canonical.replaced + raw.count("\ufffd")
    return (
        [
            trn(
                "{count} character could not be read ({encoding}) and became “�”.",
                "{count} characters could not be read ({encoding}) and became “�”.",
                lost,
                encoding=encoding,
            )
        ]
        if lost
        else []
    )
