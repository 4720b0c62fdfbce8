"""Any saved article behind gzip (.html.gz, .txt.gz …): read as what it holds."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.articles.naming import PASTED, said, suffix_of
from annotator.articles.packed import LARGEST, RATIO, SMALL
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

MAGIC = b"\x1f\x8b\x08"


class GzipReader:
    """Unpacks a file in memory and hands it to the reader of what is in it."""

    name = "gzip/1"
    suffixes = (".gz",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """Its first bytes; web archives, which are packed record by record, are asked before."""
        return data.startswith(MAGIC)

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """The articles in it, with the packed bytes as their source. Raises ArticleError."""
        from annotator.articles import registry  # which asks this reader

        held = _unpacked(data, name)
        if held.startswith(MAGIC):
            raise ArticleError(
                tr("{name} is packed twice (gzip); it was not imported.", name=said(name))
            )
        inner = name[: -len(".gz")] if suffix_of(name) == ".gz" else name
        for found in registry.read_all(held, inner):
            if isinstance(found, ArticleError):
                yield ArticleError(str(found).replace(inner, name, 1) if inner else str(found))
                continue
            called = {} if name in PASTED else {"file": name}
            yield replace(found, source=data, metadata={**found.metadata, **called})


READER = GzipReader()


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            held = stream.read(LARGEST + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise ArticleError(
            tr("{name} is broken or cut off (gzip); it was not imported.", name=said(name))
        ) from error
    if len(held) > LARGEST or len(held) > max(SMALL, RATIO * len(data)):
        raise ArticleError(
            tr("{name} unpacks to far more than an article; it was not imported.", name=said(name))
        )
    return held
