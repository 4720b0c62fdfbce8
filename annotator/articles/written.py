"""What programs that write texts leave: paragraphs, some of them headings, and a few details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from annotator.articles.base import Piece, assembled
from annotator.articles.details import Details
from annotator.articles.lines import roles
from annotator.articles.press import export, finding
from annotator.errors import ArticleError
from annotator.model.document import Article


def articles(
    pieces: Sequence[Piece],
    *,
    about: Details,
    source: bytes,
    reader: str,
    name: str,
    warnings: Iterable[str] = (),
) -> Iterator[Article | ArticleError]:
    """The articles of a press database's export, or the one article that it is."""
    found = finding.in_lines([piece.text for piece in pieces])
    if found is not None:
        yield from export.articles(found, source=source, reader=reader, name=name)
        return
    yield assembled(
        with_roles([piece for piece in pieces if piece.text.strip()], about),
        about=about,
        source=source,
        reader=reader,
        name=name,
        warnings=warnings,
    )


def with_roles(pieces: Sequence[Piece], about: Details) -> list[Piece]:
    """Pieces with what each is, and what they say taken into the details."""
    found, said = roles([piece.text for piece in pieces])
    titled = next((n for n, piece in enumerate(pieces) if piece.role == "headline"), None)
    for key, value in said.items():
        if key != "title" or titled is None:
            about.add(key, value, "text", 0.6)
    if titled is not None:
        about.add("title", " ".join(pieces[titled].text.split()), "heading", 0.8)
    made: list[Piece] = []
    for n, (piece, role) in enumerate(zip(pieces, found, strict=True)):
        is_settled = piece.role != "body" or piece.dimmed
        is_second = role.role == "headline" and titled is not None
        if is_settled or is_second or (titled is not None and n < titled and role.role == "body"):
            made.append(piece)
        elif piece.kind == "paragraph":
            made.append(replace(piece, role=role.role, kind=role.kind, dimmed=role.dimmed))
        elif role.role == "headline":
            made.append(replace(piece, role=role.role))
        else:
            made.append(piece)
    return made
