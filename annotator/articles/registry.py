"""Which reader reads what: by the name where it tells, else by the beginning."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import PurePath
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


@cache
def readers() -> tuple[Reader, ...]:
    """Readers of plug-ins, then the built-in ones, the least choosy last."""
    built_in: list[Reader] = [resolve_name(name) for name in BUILT_IN]
    known = {reader.name for reader in built_in}
    plugged: list[Reader] = [point.load() for point in entry_points(group=GROUP)]
    return (*(reader for reader in plugged if reader.name not in known), *built_in)


def read(data: bytes, name: str) -> Article:
    """Read a saved article; ``name`` is its file's name, or empty where it was pasted.

    Raises ArticleError with one sentence.
    """
    return choose(data[:4096], name).read(data, name)


def choose(beginning: bytes, name: str) -> Reader:
    """The reader for a file of this name that begins like this. Raises ArticleError."""
    suffix = PurePath(name).suffix.lower()
    by_name = [reader for reader in readers() if suffix and suffix in reader.suffixes]
    # A page is often saved as .txt by mistake; a text is hardly ever saved as .html.
    if by_name and suffix not in (".txt", ".text"):
        return by_name[0]
    reader = next(reader for reader in readers() if reader.recognizes(beginning))
    if (
        suffix not in reader.suffixes
        and suffix not in (".txt", ".text")
        and reader is readers()[-1]
    ):
        known = " ".join(one for reader in readers() for one in reader.suffixes if one)
        raise ArticleError(
            f"{name} is not a kind of file that is read as an article ({known}); "
            "it was not imported."
        )
    return reader
