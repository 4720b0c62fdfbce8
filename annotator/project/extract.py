"""What readers find in saved articles, told without a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.articles import registry, repeated
from annotator.articles.apart.crew import Crew
from annotator.errors import ArticleError
from annotator.model.document import Article
from annotator.model.prepared import Prepared
from annotator.progress import Progress, silent
from annotator.project import articles

Found = tuple[str, Article | ArticleError]
"""Where an article came from, and the article or why it could not be read."""


def extract_paths(paths: Sequence[Path], progress: Progress = silent) -> list[Found]:
    """The articles of files, and of all files of folders, each with the path it came from.

    A file, or an article in it, that cannot be read gives an error in its place. Lines that the
    articles of one site have in common are dimmed.
    """
    found = list(_read(paths, progress))
    framed = iter(repeated.dimmed([one for _, one in found if isinstance(one, Article)]))
    return [(source, next(framed) if isinstance(one, Article) else one) for source, one in found]


def _read(paths: Sequence[Path], progress: Progress) -> Iterator[Found]:
    """What processes of their own find in the files: a hostile one costs no more than its turn."""
    files = articles.files_of(paths)
    with Crew() as crew:
        done = 0
        for reply in crew.read(files, lambda at: progress(at, len(files), files[at].name)):
            if reply.refused is not None:
                yield str(files[done]), ArticleError(reply.refused)
            elif reply.article is not None:
                yield str(files[done]), _article(reply.article)
            done += reply.finished
    progress(len(files), len(files), "")


def _article(found: Prepared) -> Article:
    """The article without the bytes of its file, which nobody asks for here."""
    return Article(
        text=found.text,
        blocks=found.blocks,
        metadata=found.metadata,
        source=b"",
        reader=found.reader,
        warnings=found.warnings,
        part=found.part,
        confidence=found.confidence,
        origins=found.origins,
    )


def extract_bytes(data: bytes, source: str) -> Iterator[Found]:
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
