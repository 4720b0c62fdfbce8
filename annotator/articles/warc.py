"""Web archives (.warc, .warc.gz, .wacz): the pages among what a crawler fetched."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.articles.packed import Packed, holds
from annotator.articles.page import reading
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

LARGEST = 50 * 1024 * 1024
"""Bytes of one page."""
END = 2000
PIECE = 1024 * 1024
"""Bytes that are unpacked at once to see whether anything is missing."""
RECORDS = 100_000
_KINDS = ("text/html", "application/xhtml+xml")
_GZIP = b"\x1f\x8b"
_DATAPACKAGE = "datapackage.json"
_PAGES = "pages/pages.jsonl"


class WarcReader:
    """Reads web archives of records, also those that are packed."""

    name = "warc/1"
    suffixes = (".warc", ".warc.gz", ".arc", ".wacz")

    def recognizes(self, data: bytes, name: str) -> bool:
        """A record's first words, perhaps behind gzip, or a collection with its list of pages."""
        if data.startswith((b"WARC/", b"filedesc://")):
            return True
        if data.startswith(_GZIP):
            return name.lower().endswith((".warc.gz", ".arc.gz")) or _begins(data)
        return holds(data, name, ".wacz", _DATAPACKAGE) and holds(data, name, "", *_archives(data))

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read every page that was fetched whole; of a collection those that it lists."""
        if data.startswith(b"PK"):
            packed = Packed(data, name)
            wanted = _listed(packed)
            sources = [packed.read(one) for one in sorted(packed.names) if _is_archive(one)]
        else:
            wanted, sources = set[str](), [data]
        part = 0
        for source in sources:
            for url, day, page, charset in _pages(source, name):
                if wanted and url not in wanted:
                    continue
                part += 1
                try:
                    yield _article(url, day, page, charset, data, name, part)
                except ArticleError as error:
                    yield ArticleError(tr("Page {part}: {error}", part=part, error=error))


READER = WarcReader()


def _begins(data: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(31).decompress(data, 64).startswith((b"WARC/", b"filedesc://"))
    except zlib.error:
        return False


def _archives(data: bytes) -> list[str]:
    import zipfile

    return [one for one in zipfile.ZipFile(io.BytesIO(data)).namelist() if _is_archive(one)]


def _is_archive(member: str) -> bool:
    return member.startswith("archive/") and member.endswith((".warc", ".warc.gz"))


def _listed(packed: Packed) -> set[str]:
    """The addresses of the pages that a collection is about; empty where it does not say."""
    if _PAGES not in packed.names:
        return set()
    found: set[str] = set()
    for line in packed.read(_PAGES).decode("utf-8", "replace").split("\n"):
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and "url" in page:
            found.add(str(page["url"]))
    return found


def _pages(data: bytes, name: str) -> Iterator[tuple[str, str, bytes, str | None]]:
    """Address, day, bytes and declared encoding of each page. Raises ArticleError where it breaks off."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        for count, record in enumerate(ArchiveIterator(io.BytesIO(data), arc2warc=True)):
            if count >= RECORDS:
                raise ArticleError(
                    tr(
                        "{name} holds more than {records} records; the rest was not imported.",
                        name=said(name),
                        records=RECORDS,
                    )
                )
            if _is_page(record):
                page = record.content_stream().read(LARGEST + 1)
                is_short = len(page) <= LARGEST and getattr(record.raw_stream, "limit", 0) > 0
                if (
                    is_short and b"</html" not in page[-END:].lower()
                ):  # lengths alone are often wrong
                    raise _broken(name)
                url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                day = dates.find(str(record.rec_headers.get_header("WARC-Date") or ""))
                yield url, day, page, _charset(record)
    except ArticleError:
        raise
    except Exception as error:  # broken records fail in many ways in there
        raise _broken(name) from error
    if data.startswith(_GZIP) and _breaks_off(data):  # of which the library says nothing
        raise _broken(name)


def _broken(name: str) -> ArticleError:
    return ArticleError(
        tr(
            "{name} breaks off or is broken (web archive); what stood before was imported.",
            name=said(name),
        )
    )


def _breaks_off(data: bytes) -> bool:
    """Whether the last packed member has no end."""
    import zlib

    waiting = data
    while waiting.startswith(_GZIP):
        member = zlib.decompressobj(31)
        while not member.eof:
            held = len(waiting)
            try:
                made = member.decompress(waiting, PIECE)
            except zlib.error:
                return True
            waiting = member.unused_data if member.eof else member.unconsumed_tail
            if not made and not member.eof and len(waiting) in (0, held):
                return True
    return bool(waiting.strip(b"\0\r\n"))


def _is_page(record: Any) -> bool:
    kind = record.http_headers and record.http_headers.get_header("Content-Type", "")
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type", "")
    elif (
        record.rec_type != "response"
        or not record.http_headers
        or record.http_headers.get_statuscode() != "200"
    ):
        return False
    return str(kind).lower().startswith(_KINDS)


def _charset(record: Any) -> str | None:
    kind = str(record.http_headers.get_header("Content-Type", "")) if record.http_headers else ""
    _, _, declared = kind.lower().partition("charset=")
    return declared.split(";")[0].strip("\"' ") or None


def _article(
    url: str, day: str, page: bytes, charset: str | None, source: bytes, name: str, part: int
) -> Article:
    if len(page) > LARGEST:
        raise ArticleError(
            tr(
                "{name} holds it in more bytes than an article; it was not imported.",
                name=said(name),
            )
        )
    about = Details()
    about.add("url", url, "web archive", 0.9)
    about.add("saved", day, "web archive", 0.99)
    markup, _ = decode(page, name, charset)
    return reading.read(
        markup, source=source, reader=READER.name, name=name, about=about, part=part
    )
