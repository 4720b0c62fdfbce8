"""What is found in a file, as replies; the same wherever it is read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from annotator.articles import registry
from annotator.articles.apart import limits
from annotator.articles.apart.messages import Ask, Reply
from annotator.articles.columns import chosen
from annotator.articles.naming import PASTED, said, suffix_of
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.prepared import pack, prepare

AT_ONCE = 256 * 1024
"""Bytes of plain text up to which it is not worth while to ask another process."""


def found_in(ask: Ask) -> Iterator[Reply]:
    """The file's bytes, what it is a table of, each of its articles or why there is none, the end."""
    source = pack(ask.data)
    yield Reply(source=source)
    table, mapping = registry.table_of(ask.data, ask.name), None
    if table is not None:
        try:
            mapping = chosen(table, ask.mappings)
        except ArticleError as error:
            yield Reply(table=table)
            yield Reply(
                refused=tr("{name}: {why}; nothing was imported.", name=said(ask.name), why=error)
            )
            yield Reply(finished=True)
            return
        yield Reply(table=replace(table, mapping=mapping))
    for found in registry.read_all(ask.data, ask.name, mapping):
        if isinstance(found, ArticleError):
            yield Reply(refused=str(found))
        elif len(found.text) > limits.LONGEST_TEXT:
            yield Reply(refused=limits.too_long(said(ask.name)))
        else:
            yield Reply(article=prepare(found, source.sha256))
    yield Reply(finished=True)


def is_harmless(data: bytes, name: str) -> bool:
    """Whether it is a short plain text, which our own reader reads without anybody's parser."""
    if len(data) > AT_ONCE or not (name in PASTED or suffix_of(name) in ("", ".txt")):
        return False
    begins = data[:4096]
    if b"\0" in begins or b"<" in begins or begins.startswith((b"%PDF", b"PK", b"{\\rtf", b"---")):
        return False
    try:
        return registry.choose(data, name).name.startswith("text/")
    except ArticleError:
        return False
