"""Tables and lists of articles: CSV, TSV, JSON Lines, JSON; what news services and read-later ones export.

Which column holds what is guessed from its name, or chosen by the person.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from annotator.articles import columns, dates
from annotator.articles.base import Piece, assembled
from annotator.articles.bylines import authors_of
from annotator.articles.columns import Table
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.naming import said, suffix_of
from annotator.articles.page import reading
from annotator.articles.paragraphs import paragraphs
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article
from annotator.text.canonical import storable

BEGINNING = 65_536
SAMPLE = 20
"""Records that are shown to the person who chooses."""
CELL = 50_000_000
CUT = tr("The service gives the beginning of the text only.")

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})")
_ELEMENT = re.compile(
    r"<(?:p|div|br|article|h[1-6]|ul|ol|blockquote|figure|span|a|img|section)\b[^>]*>",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\[\+\d+ chars\]\s*\Z")
_LISTS = (
    "articles",
    "items",
    "results",
    "entries",
    "data",
    "documents",
    "docs",
    "response.results",
)
_TABLES = (".csv", ".tsv", ".tab")
_JSONS = (".json", ".jsonl", ".ndjson")


class RecordsReader:
    """Reads tables and lists of articles."""

    name = "records/1"
    suffixes = (*_TABLES, *_JSONS)

    def recognizes(self, data: bytes, name: str) -> bool:
        """JSON by how it begins; a table by its name, or by columns that only one of articles has."""
        if _JSON.match(data[:BEGINNING]):
            return True
        return suffix_of(name) in self.suffixes or _has_header(data[:BEGINNING])

    def read(
        self, data: bytes, name: str, mapping: Mapping[str, str] | None = None
    ) -> Iterator[Article | ArticleError]:
        """Read a record for each article. ``mapping``: for each thing its column; None: guess.

        Raises ArticleError where no column holds texts.
        """
        records = _records(data, name)
        first = list(islice(records, SAMPLE))
        chosen = dict(mapping) if mapping is not None else columns.guessed(_columns(first))
        if "text" not in chosen:
            raise _no_text(name, chosen, first)
        for part, record in enumerate(_again(first, records), 1):
            if isinstance(record, ArticleError):
                yield record
                continue
            try:
                yield _article(record, chosen, data, name, part)
            except ArticleError as error:
                yield ArticleError(tr("Record {part}: {error}", part=part, error=error))


READER = RecordsReader()


def table(data: bytes, name: str) -> Table:
    """The columns of a table, its first records and what each column seems to hold. Raises ArticleError."""
    first = [one for one in islice(_records(data, name), SAMPLE) if isinstance(one, dict)]
    # Half a character, as JSON may hold, can be told to nobody.
    named = [key for key in _columns(first) if key == storable(key)]
    sample = tuple({key: storable(_words(record.get(key))) for key in named} for record in first)
    return Table(tuple(named), sample, columns.guessed(named))


Record = dict[str, Any]


def _columns(records: Sequence[Record | ArticleError]) -> list[str]:
    found = [key for record in records if isinstance(record, dict) for key in record]
    return list(dict.fromkeys(found))


def _again(
    first: Sequence[Record | ArticleError], rest: Iterator[Record | ArticleError]
) -> Iterator[Record | ArticleError]:
    yield from first
    yield from rest


def _no_text(
    name: str, chosen: Mapping[str, str], first: Sequence[Record | ArticleError]
) -> ArticleError:
    broken = next((one for one in first if isinstance(one, ArticleError)), None)
    if broken is not None:
        return broken
    if "url" in chosen:
        return ArticleError(
            tr(
                "{name} lists addresses of articles and not their texts; nothing was imported.",
                name=said(name),
            )
        )
    return ArticleError(
        tr(
            "{name} has no column that is called text, body or content; nothing was imported.",
            name=said(name),
        )
    )


def _records(data: bytes, name: str) -> Iterator[Record | ArticleError]:
    """The records one after the other, an error in the place of one that is broken."""
    text, _ = decode(data, name, "utf-8")
    text = text.removeprefix("\ufeff")
    beginning = text.lstrip()[:1]
    is_json = beginning in ("{", "[") and suffix_of(name) not in _TABLES
    if is_json or suffix_of(name) in _JSONS:
        yield from _from_json(text, name)
    else:
        yield from _from_table(text, name)


def _from_json(text: str, name: str) -> Iterator[Record | ArticleError]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        if "\n" not in text.strip() or text.lstrip().startswith("["):
            yield ArticleError(
                tr(
                    "{name} cannot be read as JSON ({error}); it was not imported.",
                    name=said(name),
                    error=_why(error),
                )
            )
            return
        yield from _from_lines(text, name)
        return
    listed = _listed(found)
    for n, record in enumerate(listed, 1):
        if isinstance(record, dict):
            yield columns.flat(record)
        else:
            yield ArticleError(
                tr("Record {n} of {name} is no object; it was not imported.", n=n, name=said(name))
            )


def _from_lines(text: str, name: str) -> Iterator[Record | ArticleError]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ArticleError(
                tr(
                    "Line {number} of {name} cannot be read as JSON ({why}); it was not imported.",
                    number=number,
                    name=said(name),
                    why=_why(error),
                )
            )
            continue
        if isinstance(record, dict):
            yield columns.flat(record)
        else:
            yield ArticleError(
                tr(
                    "Line {number} of {name} is no object; it was not imported.",
                    number=number,
                    name=said(name),
                )
            )


def _listed(found: Any) -> list[Any]:
    """The list in a document: itself, or what stands under one of the usual names, or it alone."""
    if isinstance(found, list):
        return found
    flat = columns.flat(found) if isinstance(found, dict) else {}
    lists = [value for key in _LISTS if isinstance(value := flat.get(key), list)]
    return lists[0] if lists else [found]


def _why(error: BaseException) -> str:
    return (
        str(error).split(":")[0][:80] if isinstance(error, ValueError) else tr("nested too deeply")
    )


def _from_table(text: str, name: str) -> Iterator[Record | ArticleError]:
    csv.field_size_limit(CELL)
    lines = io.StringIO(text.replace("\0", "\ufffd"), newline="")
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=False)
    try:
        header = next(reader, [])
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(header):
                yield ArticleError(
                    tr(
                        "Line {line} of {name} has {cells} cells for {columns} columns; "
                        "it was not imported.",
                        line=reader.line_num,
                        name=said(name),
                        cells=len(row),
                        columns=len(header),
                    )
                )
            else:
                yield dict(zip(header, row, strict=False))
    except csv.Error as error:
        yield ArticleError(
            tr(
                "Line {line} of {name} cannot be read ({error}); what follows was not imported.",
                line=reader.line_num,
                name=said(name),
                error=error,
            )
        )


def _delimiter(text: str) -> str:
    """What parts the columns: the sign that stands most often in the first line."""
    header = text.lstrip("\n").split("\n", 1)[0]
    return max("\t;,|", key=lambda sign: (header.count(sign), sign == ","))


def _has_header(beginning: bytes) -> bool:
    """Whether the first line names columns such as only tables of articles have."""
    line = beginning.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "ignore").strip()
    cells = [cell.strip('" ') for cell in line.split(_delimiter(line))]
    return len(cells) > 2 and len(line) < 500 and {"text", "title"} <= columns.guessed(cells).keys()


def _article(
    record: Record, chosen: Mapping[str, str], source: bytes, name: str, part: int
) -> Article:
    text = _words(record.get(chosen["text"]))
    if not text.strip():
        raise ArticleError(tr("{name} holds no text for it; it was not imported.", name=said(name)))
    about = _about(record, chosen)
    warnings = [CUT] if _CUT_OFF.search(text) else []
    common: dict[str, Any] = {
        "source": source,
        "reader": READER.name,
        "name": name,
        "about": about,
        "part": part,
    }
    if _ELEMENT.search(text):
        return reading.read(f"<div>{text}</div>", warnings=warnings, whole=True, **common)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = [Piece(text[start:end]) for start, end in paragraphs(text)]
    title = about.said("title")
    if title and (not pieces or pieces[0].text.strip() != title.strip()):
        pieces.insert(0, Piece(title, "heading", "headline"))
    return assembled(pieces, warnings=warnings, **common)


def _about(record: Record, chosen: Mapping[str, str]) -> Details:
    about = Details()
    for key, column in chosen.items():
        value = record.get(column)
        if key == "text" or value in (None, "", []):
            continue
        if key == "authors":
            listed = value if isinstance(value, list) else authors_of(_words(value))
            about.add(key, [_name(one) for one in listed], "table", 0.97)
        elif key in ("published", "saved", "modified"):
            about.add(key, _day(value), "table", 0.97)
        else:
            about.add(key, " ".join(_words(value).split()), "table", 0.97)
    used = set(chosen.values())
    about.keep(
        {key: value for key, value in record.items() if key not in used and _is_small(value)}
    )
    return about


def _name(value: Any) -> str:
    return _words(value.get("name")) if isinstance(value, dict) else _words(value).strip()


def _day(value: Any) -> str:
    """A date as YYYY-MM-DD, also from the seconds since 1970."""
    words = _words(value).strip()
    if re.fullmatch(r"\d{9,10}|\d{12,13}", words):
        seconds = int(words) / (1000 if len(words) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if re.fullmatch(r"\d{8}(?:T\d{6}Z?)?", words):
        words = f"{words[:4]}-{words[4:6]}-{words[6:8]}"
    return dates.find(words)


def _is_small(value: Any) -> bool:
    return value not in (None, "", [], {}) and len(str(value)) < 500


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
