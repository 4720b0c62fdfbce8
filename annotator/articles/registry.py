"""Which reader reads what: by the name where it tells, else by the beginning."""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pkgutil import resolve_name

from annotator.articles.base import Reader
from annotator.errors import ArticleError
from annotator.model.document import Article

GROUP = "annotator.readers"
BUILT_IN = (
    "annotator.articles.html:READER",
    "annotator.articles.markdown:READER",
    "annotator.articles.text:READER",
)
BEGINNING = 4096
"""Bytes by which a reader recognizes what a name does not tell."""

_SUFFIX = re.compile(r"(?<=[^./\\])\.[a-zA-Z0-9]{1,12}\Z")
"""How a name ends; a dot with anything else behind it belongs to a title."""


@cache
def readers() -> tuple[Reader, ...]:
    """Readers of plug-ins, then the built-in ones, the least choosy last.

    A plug-in that cannot be loaded is named in the log and left out.
    """
    plugged = [point for point in entry_points(group=GROUP) if point.value not in BUILT_IN]
    return (*filter(None, map(_loaded, plugged)), *map(resolve_name, BUILT_IN))


def read(data: bytes, name: str) -> Article:
    """Read a saved article; ``name`` is its file's name, or empty or “-” where it was pasted.

    Raises ArticleError with one sentence.
    """
    return choose(data[:BEGINNING], name).read(data, name)


def choose(beginning: bytes, name: str) -> Reader:
    """The reader for a file of this name that begins like this. Raises ArticleError."""
    found = _SUFFIX.search(name)
    suffix = found[0].lower() if found else ""
    by_name = [reader for reader in readers() if suffix and suffix in reader.suffixes]
    # A page is often saved as .txt by mistake; a text is hardly ever saved as .html.
    if by_name and by_name[0] is not readers()[-1]:
        return by_name[0]
    reader = next(reader for reader in readers() if reader.recognizes(beginning))
    if suffix and not by_name and reader is readers()[-1]:
        known = " ".join(one for reader in readers() for one in reader.suffixes if one)
        raise ArticleError(
            f"{name} is not a kind of file that is read as an article ({known}); "
            "it was not imported."
        )
    return reader


def _loaded(point: EntryPoint) -> Reader | None:
    try:
        return point.load()
    except Exception as error:  # somebody else's code may fail in any way
        logging.getLogger(__name__).warning("Reader %s cannot be loaded: %s", point.name, error)
        return None
