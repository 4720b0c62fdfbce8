"""What readers find in saved articles, told without a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.articles import repeated
from annotator.articles.apart.crew import Crew, read_in_hand
from annotator.articles.apart.messages import Reply
from annotator.errors import ArticleError
from annotator.model.document import Article
from annotator.model.prepared import Prepared
from annotator.progress import Progress, silent
from annotator.project.articles import files_of

Found = tuple[str, Prepared | ArticleError]
"""Where an article came from, and the article or why it could not be read."""


def extract_paths(paths: Sequence[Path], progress: Progress = silent) -> list[Found]:
    """The articles of files, and of all files of folders, each with the path it came from.

    A file, or an article in it, that cannot be read gives an error in its place. Lines that the
    articles of one site have in common are dimmed.
    """
    found = list(_read(paths, progress))
    read = [article for _, article in found if isinstance(article, Prepared)]
    framed = iter(repeated.dimmed(read))
    return [(source, next(framed) if isinstance(one, Prepared) else one) for source, one in found]


def _read(paths: Sequence[Path], progress: Progress) -> Iterator[Found]:
    files = files_of(paths)
    with Crew() as crew:
        found = crew.read(files, lambda at: progress(at, len(files), files[at].name))
        for file in files:
            yield from _found(str(file), found)
    progress(len(files), len(files), "")


def extract_bytes(data: bytes, source: str) -> Iterator[Found]:
    """The articles of a file that is in hand."""
    yield from _found(source, read_in_hand(data, ""))


def _found(source: str, replies: Iterator[Reply]) -> Iterator[Found]:
    """What was found in one file."""
    for reply in replies:
        if reply.finished:
            return
        if reply.refused is not None:
            yield source, ArticleError(reply.refused)
        elif reply.article is not None:
            yield source, reply.article


def body_of(article: Article | Prepared) -> str:
    """The text of the blocks that are not dimmed, joined by blank lines."""
    kept = (article.text[b.start : b.end].rstrip("\n") for b in article.blocks if not b.dimmed)
    return "\n\n".join(kept)


def as_shape(source: str, article: Prepared) -> dict[str, Any]:
    """An article as one JSON object. Offsets are code points of ``text``, half-open.

    ``confidence`` of a block, from 0 to 1, is how sure it is that it is dimmed or not.
    """
    said = article.metadata
    sure = article.confidence or (1.0,) * len(article.blocks)
    return {
        "source": source,
        "title": said.get("title"),
        "authors": said.get("authors") or [],
        "published": said.get("published"),
        "url": said.get("url"),
        "site": said.get("outlet"),
        "language": said.get("language"),
        "text": article.text,
        "body": body_of(article),
        "blocks": [
            {
                "start": block.start,
                "end": block.end,
                "kind": block.kind,
                "role": block.role,
                "dimmed": block.dimmed,
                "confidence": round(confidence, 3),
            }
            for block, confidence in zip(article.blocks, sure, strict=True)
        ],
        "part": article.part,
        "reader": article.reader,
        "metadata": said,
        "origins": article.origins,
        "warnings": article.warnings,
    }
