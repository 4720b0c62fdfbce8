"""Web archives: the pages in them, with the day on which they were fetched, and nothing else."""

from __future__ import annotations

import gzip
import json
import plistlib

import pytest

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import Article
from tests.articles.packing import packed
from tests.articles.reading import read

PAGE = (
    "<html><head><title>Brakes</title></head><body><article><h1>Brakes</h1><p>The harbor office told the Courier "
    "that two ferries had lost their brakes in one night.</p><p>The line denied it on the next day, and said so "
    "again a week later before the harbor court.</p></article></body></html>"
)


def record(
    url: str, body: str, kind: str = "text/html; charset=utf-8", status: str = "200 OK"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-21T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-{abs(hash(url)) % 10**12:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = (
    record("https://a.example/brakes", PAGE),
    record("https://a.example/gone", "<p>Not here</p>", status="404 Not Found"),
    record("https://a.example/a.css", "p {}", kind="text/css"),
    record("https://a.example/other", PAGE.replace("Brakes", "Other")),
)


def found_in(data: bytes, name: str) -> list[Article]:
    found = list(registry.read_all(data, name))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"".join(RECORDS), "crawl.warc"),
        (b"".join(map(gzip.compress, RECORDS)), "crawl.warc.gz"),
        (b"".join(map(gzip.compress, RECORDS)), "crawl"),
    ],
    ids=["plain", "packed", "without a name"],
)
def test_pages_that_were_fetched_whole_are_read(data: bytes, name: str) -> None:
    first, second = found_in(data, name)
    assert first.metadata["title"] == "Brakes"
    assert first.metadata["url"] == "https://a.example/brakes"
    assert first.metadata["saved"] == "2024-06-21"
    assert "published" not in first.metadata
    assert second.metadata["title"] == "Other"


def test_of_a_collection_the_pages_that_it_lists_are_read() -> None:
    pages = [{"format": "json-pages-1.0"}, {"url": "https://a.example/other", "title": "Other"}]
    data = packed(
        {
            "datapackage.json": "{}",
            "pages/pages.jsonl": "\n".join(map(json.dumps, pages)),
            "archive/data.warc.gz": b"".join(map(gzip.compress, RECORDS)),
        }
    )
    (only,) = found_in(data, "crawl.wacz")
    assert only.metadata["title"] == "Other"


def test_an_archive_that_breaks_off_gives_what_stands_before_and_says_so() -> None:
    data = b"".join(map(gzip.compress, RECORDS))
    first, error = registry.read_all(data[: len(gzip.compress(RECORDS[0])) + 20], "cut.warc.gz")
    assert isinstance(first, Article)
    assert isinstance(error, ArticleError)
    assert "cut.warc.gz" in str(error)


def test_safaris_page_is_read_in_the_encoding_that_it_names() -> None:
    main = {
        "WebResourceData": PAGE.replace("Brakes", "Bremsen für Fähren").encode("cp1252"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "windows-1252",
        "WebResourceURL": "https://a.example/brakes",
    }
    for form in (plistlib.FMT_BINARY, plistlib.FMT_XML):
        article = read(plistlib.dumps({"WebMainResource": main}, fmt=form), "page.webarchive")
        assert article.metadata["title"] == "Bremsen für Fähren"
        assert article.metadata["url"] == "https://a.example/brakes"


@pytest.mark.parametrize("name", ["page.html.gz", "page", "-"])
def test_any_file_behind_gzip_is_read_as_what_it_holds(name: str) -> None:
    data = gzip.compress(PAGE.encode())
    article = read(data, name)
    assert article.metadata["title"] == "Brakes"
    assert article.text == read(PAGE.encode(), "page.html").text
    assert article.source == data
    assert article.metadata.get("file", "-") == name


def test_text_behind_gzip_is_known_by_the_name_before_the_suffix() -> None:
    assert read(gzip.compress(b"# Brakes\n\nThey hold.\n"), "a.md.gz").metadata["title"] == "Brakes"


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(PAGE.encode())[:-9],
        gzip.compress(gzip.compress(PAGE.encode())),
        gzip.compress(bytes(3_000_000)),
        gzip.compress(b"%PDF-1.7 cut off"),
        b"\x1f\x8b\x08" + bytes(40),
    ],
    ids=["cut off", "packed twice", "swollen", "broken inside", "garbage"],
)
def test_what_is_wrong_behind_gzip_is_one_sentence_that_names_the_file(data: bytes) -> None:
    (error,) = registry.read_all(data, "saved.gz")
    assert isinstance(error, ArticleError)
    assert "saved.gz" in str(error)
    assert "imported" in str(error)


def test_an_archive_of_saved_articles_gives_all_of_them() -> None:
    data = packed(
        {"b/page.html": PAGE, "a.txt": "They hold.\n", "__MACOSX/._a.txt": "x", "c.css": "p {}"}
    )
    text, page, refused = registry.read_all(data, "saved.zip")
    assert isinstance(text, Article)
    assert isinstance(page, Article)
    assert [text.metadata["file"], page.metadata["file"]] == [
        "saved.zip/a.txt",
        "saved.zip/b/page.html",
    ]
    assert [text.part, page.part] == [1, 2]
    assert text.source == page.source == data
    assert page.metadata["title"] == "Brakes"
    assert "c.css" in str(refused)


def test_an_archive_in_an_archive_is_refused_and_an_empty_one_said_to_hold_nothing() -> None:
    (error,) = registry.read_all(
        packed({"inner.zip": packed({"a.txt": "They hold."})}), "saved.zip"
    )
    assert str(error) == "inner.zip in saved.zip is an archive itself; it was not imported."
    (error,) = registry.read_all(packed({}), "saved.zip")
    assert "saved.zip" in str(error)
    (error,) = registry.read_all(packed({"a.txt": "They hold."})[:-30], "saved.zip")
    assert str(error) == "saved.zip is broken or cut off (ZIP); it was not imported."
