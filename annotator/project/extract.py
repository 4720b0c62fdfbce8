"""What readers find in saved articles, told without a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.articles import registry
from annotator.articles.apart.crew import bytes_of
from annotator.errors import ArticleError
from annotator.model.document import Article
from annotator.progress import Progress, silent
from annotator.project import articles


def extract_paths(
    paths: Sequence[Path], progress: Progress = silent
) -> Iterator[tuple[str, Article | ArticleError]]:
    """The articles of files, and of all files of folders, each with the path it came from.

    A file, or an article in it, that cannot be read gives an error in its place.
    """
    files = articles.files_of(paths)
    for done, file in enumerate(files):
        progress(done, len(files), file.name)
        try:
            data = bytes_of(file)
        except ArticleError as error:
            yield str(file), error
            continue
        yield from ((str(file), found) for found in registry.read_all(data, file.name))
    progress(len(files), len(files), "")


def extract_bytes(data: bytes, source: str) -> Iterator[tuple[str, Article | ArticleError]]:
    """The articles of a file that is in hand."""
    yield from ((source, found) for found in registry.read_all(data, ""))


def body_of(article: Article) -> str:
    """The text of the blocks that are not dimmed, joined by blank lines."""
    kept = (article.text[b.start : b.end].rstrip("\n") for b in article.blocks if not b.dimmed)
    return "\n\n".join(kept)


def as_shape(source: str, article: Article) -> dict[str, Any]:
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
