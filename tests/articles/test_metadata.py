"""What a saved page says of itself, wherever it says it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.articles.reading import read

STORY = "<p>The harbor office said on Monday that the old pier would be closed for the summer.</p>"


def about(head: str, body: str = STORY, above: str = "") -> dict[str, Any]:
    source = f"<!doctype html>{above}<html><head>{head}</head><body>{body}</body></html>"
    return read(source, "a.html").metadata


def linked(**said: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def test_linked_data_goes_first() -> None:
    head = (
        linked(
            **{"@type": "NewsArticle"},
            headline="Harbor office closes pier",
            datePublished="2024-06-21T08:00:00+02:00",
            author=[
                {"@type": "Person", "name": "Jana Ored"},
                {"@type": "Person", "name": "Teo Falk"},
            ],
            publisher={"@type": "Organization", "name": "Harbor Post"},
            url="https://post.example/pier",
        )
        + '<meta property="og:title" content="Something else"><title>Something else</title>'
    )
    found = about(head)
    assert found["title"] == "Harbor office closes pier"
    assert found["published"] == "2024-06-21"
    assert found["authors"] == ["Jana Ored", "Teo Falk"]
    assert found["outlet"] == "Harbor Post"
    assert found["url"] == "https://post.example/pier"


def test_references_inside_a_graph_are_followed() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Pier", "author": {"@id": "#1"}, "publisher": {"@id": "#2"}},
        {"@type": "Person", "@id": "#1", "name": "Jana Ored"},
        {"@type": "Organization", "@id": "#2", "name": "Harbor Post"},
    ]  # fmt: skip
    found = about(linked(**{"@graph": graph}))
    assert (found["authors"], found["outlet"]) == (["Jana Ored"], "Harbor Post")


def test_meta_elements_come_next() -> None:
    found = about(
        '<meta property="og:title" content="Pier closed"><meta property="og:site_name" content="Post">'
        '<meta property="article:published_time" content="2024-06-21T08:00:00Z">'
        '<meta name="author" content="By Jana Ored"><link rel="canonical" href="https://post.example/p">'
        '<meta property="og:locale" content="en_GB">'
    )
    assert found == {
        "title": "Pier closed",
        "outlet": "Post",
        "published": "2024-06-21",
        "authors": ["Jana Ored"],
        "url": "https://post.example/p",
        "language": "en-GB",
        "file": "a.html",
    }


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Pier closed | Harbor Post</title>", "", "Pier closed"),
        ("<title>Pier closed - Harbor Post</title>", "<h1>Pier closed</h1>", "Pier closed"),
        (
            "<meta property='og:title' content='Pier closed – again'>"
            "<meta property='og:site_name' content='Post'>",
            "",
            "Pier closed – again",
        ),
        (
            "<meta property='og:title' content='Pier closed | POST'>"
            "<meta property='og:site_name' content='Post'>",
            "",
            "Pier closed",
        ),
        ("<meta property='og:title' content='Fish &amp;amp; ferry'>", "", "Fish & ferry"),
        ("", "<h1>Pier closed</h1>", "Pier closed"),
    ],
)
def test_the_title_has_no_outlet_behind_it_and_loses_nothing_else(
    head: str, body: str, title: str
) -> None:
    assert about(head, body + STORY)["title"] == title


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("Jana Ored and Teo Falk", ["Jana Ored", "Teo Falk"]),
        ("Jana Ored, Staff Writer", ["Jana Ored"]),
        ("Harbor Post", None),
        ("https://post.example/jana", None),
        ("post.example", None),
    ],
)
def test_authors_are_people(said: str, authors: list[str] | None) -> None:
    head = (
        f'<meta name="author" content="{said}"><meta property="og:site_name" content="Harbor Post">'
    )
    assert about(head).get("authors") == authors


@pytest.mark.parametrize(
    "body",
    [
        "<p>By Jana Ored</p>",
        "<span class='byline'>By Jana Ored</span>",
        "<div class='post-author'>Jana Ored</div>",
        "<a rel='author'>Jana Ored</a>",
    ],
)
def test_a_printed_byline_is_found(body: str) -> None:
    assert about("", body + STORY)["authors"] == ["Jana Ored"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<time datetime='2024-06-21T08:00'>yesterday</time>"),
        ("", "<p>Friday, 21 June 2024</p>"),
        ("", "<h1>Pier closed</h1><p>21 June 2024 · 5 min read</p>"),
        ('<link rel="canonical" href="https://post.example/2024/06/21/pier">', ""),
    ],
)
def test_the_date_is_found_where_it_is_plain_to_see(head: str, body: str) -> None:
    assert about(head, body + STORY)["published"] == "2024-06-21"


def test_the_host_stands_for_an_outlet_that_is_not_named() -> None:
    assert (
        about('<link rel="canonical" href="https://www.post.example/p">')["outlet"]
        == "post.example"
    )


@pytest.mark.parametrize(
    "stamp",
    [
        "<!-- saved from url=(0026)https://post.example/pier -->",
        "<!--\n Page saved with SingleFile \n url: https://post.example/pier \n"
        " saved date: Sat Jun 22 2024 10:00:00 GMT+0000\n-->",
    ],
)
def test_what_a_browser_wrote_above_a_saved_page_gives_the_address(stamp: str) -> None:
    found = about("", above=stamp)
    assert found["url"] == "https://post.example/pier"
    assert found.get("saved") == ("2024-06-22" if "SingleFile" in stamp else None)


@pytest.mark.parametrize(
    "script",
    ["{broken", "[" * 100_000, '"words"', "null", '{"@type": "NewsArticle", "headline": 5}'],
    ids=["broken", "deep", "words", "null", "number"],
)
def test_linked_data_that_is_none_is_passed_over(script: str) -> None:
    found = about(f'<script type="application/ld+json">{script}</script><title>Pier closed</title>')
    assert found["title"] == "Pier closed"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('<script type="application/ld+json">{"@type": "Article", "headline": "A\\ud83d\\u0000B"}</script>'
         "<p>The pier</p>", "a.html"),
        ('---\ntitle: "A\\ud83d\\0B"\n---\nThe pier', "a.md"),
        ('```json\n{"title": "A\\ud83d\\u0000B", "site": NaN}\n```\nThe pier', "a.md"),
    ],
)  # fmt: skip
def test_what_no_database_stores_is_not_in_the_metadata(source: str, name: str) -> None:
    assert read(source, name).metadata["title"] == "A\ufffd\ufffdB"


def test_nor_in_the_name_of_the_file() -> None:
    assert read("The pier", "pier\udcff.txt").metadata["file"] == "pier\ufffd.txt"
