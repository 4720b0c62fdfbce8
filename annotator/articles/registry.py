"""Which reader reads what: by what the file holds, by its name only where nothing else tells."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from itertools import islice
from pkgutil import resolve_name

from annotator.articles import records
from annotator.articles.base import Reader
from annotator.articles.columns import Table
from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

GROUP = "annotator.readers"
BUILT_IN = (
    "annotator.articles.pdf:READER",
    "annotator.articles.rtf:READER",
    "annotator.articles.docx:READER",
    "annotator.articles.odt:READER",
    "annotator.articles.epub:READER",
    "annotator.articles.omnivore:READER",
    "annotator.articles.warc:READER",
    "annotator.articles.gzipped:READER",
    "annotator.articles.zipped:READER",
    "annotator.articles.webarchive:READER",
    "annotator.articles.mhtml:READER",
    "annotator.articles.mail:READER",
    "annotator.articles.feed:READER",
    "annotator.articles.factiva:READER",
    "annotator.articles.records:READER",
    "annotator.articles.html:READER",
    "annotator.articles.markdown:READER",
    "annotator.articles.text:READER",
)
"""The choosiest first."""


@cache
def readers() -> tuple[Reader, ...]:
    """Readers of plug-ins, then the built-in ones, in the order in which they are asked.

    A plug-in that cannot be loaded is named in the log and left out.
    """
    plugged = [point for point in entry_points(group=GROUP) if point.value not in BUILT_IN]
    return (*filter(None, map(_loaded, plugged)), *map(resolve_name, BUILT_IN))


def read_all(
    data: bytes, name: str, mapping: Mapping[str, str] | None = None
) -> Iterator[Article | ArticleError]:
    """The articles of a saved file one after the other, with an error where one cannot be read.

    ``mapping`` says which column of a table holds what (``records.table`` tells what there is).
    ``name`` is the file's name, or empty or “-” where it was pasted. Nothing is raised: a file that
    cannot be read at all gives its error alone, one that breaks off gives it last.
    """
    found: Article | ArticleError | None = None
    try:
        read = _read(data, name, mapping)
        for found in [read] if isinstance(read, Article) else read:
            yield found
    except ArticleError as error:
        found = error
        yield error
    except (Exception, RecursionError) as error:  # a hostile file, or somebody else's reader
        found = _unforeseen(error, name)
        yield found
    if found is None:
        yield ArticleError(tr("{name} holds no article; nothing was imported.", name=said(name)))


def table_of(data: bytes, name: str) -> Table | None:
    """What the columns of a table or list of articles are; None where the file is none."""
    try:
        if records.READER.recognizes(data, name) and choose(data, name).name == records.READER.name:
            return records.table(data, name)
    except (Exception, RecursionError):  # whoever reads the file says what is wrong with it
        return None
    return None


def _read(
    data: bytes, name: str, mapping: Mapping[str, str] | None
) -> Article | Iterable[Article | ArticleError]:
    if mapping is not None:
        return records.READER.read(data, name, mapping)
    return choose(data, name).read(data, name)


def read(data: bytes, name: str) -> Article:
    """The article of a file that holds one. Raises ArticleError, also where it holds several."""
    first, *more = islice(read_all(data, name), 2)
    if isinstance(first, ArticleError):
        raise first
    if more:
        raise ArticleError(
            tr("{name} holds more than one article; nothing was imported.", name=said(name))
        )
    return first


def choose(data: bytes, name: str) -> Reader:
    """The reader for a file. Raises ArticleError where no reader reads its kind."""
    reader = next((reader for reader in readers() if reader.recognizes(data, name)), None)
    if reader is None:
        known = sorted({suffix for reader in readers() for suffix in reader.suffixes if suffix})
        raise ArticleError(
            tr(
                "{name} is not a kind of file that is read as an article ({known}); "
                "it was not imported.",
                name=name,
                known=" ".join(known),
            )
        )
    return reader


def _loaded(point: EntryPoint) -> Reader | None:
    try:
        return point.load()
    except Exception as error:  # somebody else's code may fail in any way
        logging.getLogger(__name__).warning("Reader %s cannot be loaded: %s", point.name, error)
        return None


def _unforeseen(error: Exception, name: str) -> ArticleError:
    """A sentence for what no reader expected; where it happened stands in the log, no word of text."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    what = type(error).__name__
    logging.getLogger(__name__).error("A reader failed with %s at %s", what, where)
    return ArticleError(
        tr(
            "{name} cannot be read ({what}); nothing more of it was imported.",
            name=said(name),
            what=what,
        )
    )
