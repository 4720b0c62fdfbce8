"""Tables, lists and feeds: one article for each record, each with what the record says of it."""

from __future__ import annotations

import json

import pytest

from annotator.articles import records, registry
from annotator.errors import ArticleError
from annotator.model.document import Article
from tests.articles.packing import packed
from tests.articles.reading import told

ROWS = [
    {
        "title": "Who tested the brakes?",
        "author": "Oda Brenn; Jana Ored",
        "publishedAt": "2024-06-21T10:00:00Z",
        "source": {"name": "Harbor Post"},
        "url": "https://harborpost.example/brakes",
        "content": "There was no test.\n\nThe line denied it.",
    },
    {"title": "Denied", "content": "<p>The mayor <b>denied</b> it.</p><p>Twice.</p>", "score": 3},
]


def articles(data: bytes | str, name: str) -> list[Article]:
    source = data.encode() if isinstance(data, str) else data
    found = list(registry.read_all(source, name))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps(ROWS), "rows.json"),
        (json.dumps({"status": "ok", "articles": ROWS}), "news.json"),
        ("\n".join(map(json.dumps, ROWS)), "rows.jsonl"),
        ("\ufeff" + json.dumps(ROWS), "rows.txt"),
    ],
)
def test_json_lists_of_every_shape_are_read(data: str, name: str) -> None:
    first, second = articles(data, name)
    assert first.metadata["authors"] == ["Oda Brenn", "Jana Ored"]
    assert first.metadata["published"] == "2024-06-21"
    assert first.metadata["outlet"] == "Harbor Post"
    assert told(first) == [
        ("headline", "Who tested the brakes?"),
        ("body", "There was no test."),
        ("body", "The line denied it."),
    ]
    assert told(second) == [
        ("headline", "Denied"),
        ("body", "The mayor denied it."),
        ("body", "Twice."),
    ]
    assert second.metadata["score"] == 3


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_are_read_whatever_parts_their_columns(sign: str, encoding: str) -> None:
    table = sign.join(["id", "headline", "body", "date"]) + "\r\n"
    table += (
        sign.join(["1", '"Caf\xe9, closed; again"', '"First.\nSecond ""one""."', "21/06/2024"])
        + "\r\n"
    )
    (only,) = articles(table.encode(encoding), "rows.csv")
    assert only.metadata["title"] == "Café, closed; again"
    assert 'Second "one".' in only.text


def test_the_person_may_say_which_column_is_what() -> None:
    table = "A,B,C\nWho?,The line denied it.,2024-06-21\n"
    shown = records.table(table.encode(), "odd.csv")
    assert shown.columns == ("A", "B", "C")
    assert shown.mapping == {}
    assert shown.sample[0]["B"] == "The line denied it."
    chosen = {"title": "A", "text": "B", "published": "C"}
    (only,) = registry.read_all(table.encode(), "odd.csv", chosen)
    assert isinstance(only, Article)
    assert only.metadata["title"] == "Who?"
    assert only.metadata["published"] == "2024-06-21"


def test_a_record_that_is_broken_is_told_by_its_line_and_the_others_are_read() -> None:
    data = "\n".join([json.dumps(ROWS[0]), "{broken", json.dumps(ROWS[1])])
    first, error, last = registry.read_all(data.encode(), "rows.jsonl")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert str(error).startswith("Line 2 of rows.jsonl cannot be read as JSON")


@pytest.mark.parametrize(
    "data",
    [
        b"title,url,time_added,tags,status\nA,https://a.example/,1600322788,,unread\n",
        b'[{"id": "1", "title": "A", "url": "https://a.example/"}]',
    ],
    ids=["pocket", "omnivore"],
)
def test_lists_of_addresses_say_that_they_hold_no_text(data: bytes) -> None:
    (error,) = registry.read_all(data, "list.csv" if data[:1] != b"[" else "list.json")
    assert isinstance(error, ArticleError)
    assert "lists addresses of articles and not their texts" in str(error)


def test_text_that_a_service_cut_off_is_told() -> None:
    row = {"title": "A", "content": "The line denied it… [+1234 chars]"}
    (only,) = articles(json.dumps([row]), "news.json")
    assert only.warnings == (records.CUT,)


def test_omnivore_finds_the_pages_of_its_list() -> None:
    listed = [
        {"slug": "brakes-1", "title": "Brakes", "author": "Oda Brenn", "url": "https://a.example/b"}
    ]
    archive = packed(
        {
            "metadata_0_to_1.json": json.dumps([*listed, {"slug": "gone", "title": "Gone"}]),
            "content/brakes-1.html": "<div><p>The line denied it.</p></div>",
        }
    )
    first, error = registry.read_all(archive, "export.zip")
    assert isinstance(first, Article)
    assert first.metadata["title"] == "Brakes"
    assert first.metadata["url"] == "https://a.example/b"
    assert str(error) == "Record 2: export.zip holds no text for it; it was not imported."


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbor Post</title>
<item><title>Brakes &amp; tests</title><link>https://a.example/1</link><pubDate>Fri, 21 Jun 2024 10:00:00 GMT</pubDate>
<dc:creator>Oda Brenn</dc:creator><content:encoded><![CDATA[<p>There was no test.</p><p>Twice.</p>]]></content:encoded>
</item><item><title>Short</title><description>The line denied it.</description></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbor Post</title><entry><title>Brakes</title>
<link href="https://a.example/1"/><published>2024-06-21T10:00:00Z</published><updated>2024-06-23T10:00:00Z</updated>
<author><name>Oda Brenn</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>There was <b>no</b> test.</p></div></content></entry></feed>"""


def test_a_feed_gives_its_entries_and_tells_excerpts() -> None:
    first, second = articles(RSS, "feed.xml")
    assert first.metadata["title"] == "Brakes & tests"
    assert first.metadata["published"] == "2024-06-21"
    assert first.metadata["authors"] == ["Oda Brenn"]
    assert first.metadata["outlet"] == "Harbor Post"
    assert told(first)[1:] == [("body", "There was no test."), ("body", "Twice.")]
    assert not first.warnings
    assert second.warnings == ("The feed holds an excerpt, perhaps not the whole article.",)


def test_atom_keeps_the_days_of_publication_and_change_apart() -> None:
    (only,) = articles(ATOM, "feed.atom")
    assert only.metadata["published"] == "2024-06-21"
    assert only.metadata["modified"] == "2024-06-23"
    assert ("body", "There was no test.") in told(only)


def test_half_a_character_in_a_list_can_be_shown() -> None:
    data = b'{"text": "A \\ud800 b.", "\\udc00": "x", "title": "T"}\n'
    shown = records.table(data, "list.jsonl")
    assert shown.columns == ("text", "title")
    assert shown.sample == ({"text": "A \ufffd b.", "title": "T"},)
