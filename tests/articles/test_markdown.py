"""Markdown clippings: text without markup, and nothing of the source lost."""

from __future__ import annotations

import pytest

from annotator.model.document import Article
from tests.articles.reading import read, told, words_of

FRONT = """---
title: "Pier: closed"
author: Jana Ored
site: Harbor Post
published: 2024-06-21
source: https://post.example/pier?a=1&b=2
tags: [clippings, harbor]
---

"""


def kinds(article: Article) -> list[tuple[str, str]]:
    return [
        (block.kind, article.text[block.start : block.end].rstrip("\n")) for block in article.blocks
    ]


def test_markup_is_not_in_the_text_but_in_the_blocks() -> None:
    source = (
        "# Pier closed\n\nThe *harbor* office **said** so.\n\n> Nobody\n> asked us.\n\n"
        "- one\n- two\n\n1. first\n2. second\n\n```\ncode = 1\n```\n"
    )
    assert kinds(read(source, "a.md")) == [
        ("heading", "Pier closed"),
        ("paragraph", "The harbor office said so."),
        ("quote", "Nobody asked us."),
        ("list_item", "one"),
        ("list_item", "two"),
        ("list_item", "first"),
        ("list_item", "second"),
        ("code", "code = 1"),
    ]


def test_items_stand_close_and_paragraphs_apart() -> None:
    assert read("Before\n\n- one\n- two\n\nAfter\n", "a.md").text == "Before\n\none\ntwo\n\nAfter"


def test_a_table_is_rows_of_cells() -> None:
    article = read("| Day | Level |\n|---|--:|\n| Mon | 8.1 *m* |\n", "a.md")
    assert kinds(article) == [("table_row", "Day\tLevel"), ("table_row", "Mon\t8.1 m")]


def test_a_hard_break_stays_a_break_and_a_soft_one_is_a_blank() -> None:
    assert read("one  \ntwo\nthree\n", "a.md").text == "one\ntwo three"


def test_front_matter_becomes_what_the_article_says_of_itself() -> None:
    metadata = read(FRONT + "Text.\n", "a.md").metadata
    assert metadata == {
        "title": "Pier: closed",
        "authors": ["Jana Ored"],
        "outlet": "Harbor Post",
        "published": "2024-06-21",
        "url": "https://post.example/pier?a=1&b=2",
        "tags": ["clippings", "harbor"],
        "file": "a.md",
    }


def test_front_matter_is_not_in_the_text() -> None:
    assert read(FRONT + "Text.\n", "a.md").text == "Text."


@pytest.mark.parametrize(
    ("said", "key", "value"),
    [
        ('author: ["[[Jana Ored]]", "[[people/falk|Teo Falk]]"]', "authors", ["Jana Ored", "Teo Falk"]),
        ("author:\n  - Jana Ored\n  - Teo Falk", "authors", ["Jana Ored", "Teo Falk"]),
        ("authors: Jana Ored and Teo Falk", "authors", ["Jana Ored", "Teo Falk"]),
        ("Title: Pier closed", "title", "Pier closed"),
        ("title: Pier: closed again", "title", "Pier: closed again"),
        ("title: |\n  Pier\n  closed", "title", "Pier closed"),
        ("date: 21 June 2024", "published", "2024-06-21"),
        ("date: June 2024", "published", "June 2024"),
        ("created: 2024-06-22T10:00:00", "saved", "2024-06-22T10:00:00"),
        ("source: https://post.example/#a", "url", "https://post.example/#a"),
        ("lang: no", "language", "no"),
        ("edition: 12:30", "edition", "12:30"),
        ("pages: {from: 1, to: 2}", "pages", {"from": "1", "to": "2"}),
        ("desk: harbor\ndesk: sea", "desk", ["harbor", "sea"]),
    ],
)  # fmt: skip
def test_values_are_the_words_that_stand_there(said: str, key: str, value: object) -> None:
    assert read(f"---\n{said}\n---\n\nText.\n", "a.md").metadata[key] == value


def test_a_preamble_in_json_is_front_matter_too() -> None:
    article = read('```json\n{"title": "Pier", "site": "Post"}\n```\n\nText.\n', "a.md")
    assert (article.metadata["title"], article.metadata["outlet"]) == ("Pier", "Post")
    assert (article.text, article.warnings) == ("Text.", ())


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x]\nb: [*a, *a]",
        "title: [unclosed\nand no key",
        "!!python/object/apply:os.system ['true']",
        "[" * 3000,
        "just words\nand no keys",
    ],
    ids=["aliases", "broken", "tagged", "deep", "words"],
)
def test_hostile_front_matter_stands_in_the_text_with_a_warning(front: str) -> None:
    article = read(f"---\n{front}\n---\n\nText.\n", "a.md")
    assert all(word in article.text for word in front.split())
    assert article.text.endswith("Text.")
    assert len(article.warnings) == 1


def test_markup_inside_a_word_is_no_loss() -> None:
    article = read("**U**n*heard*[of](https://post.example)it\n", "a.md")
    assert (article.text, article.warnings) == ("Unheardofit", ())


def test_a_preamble_of_endless_depth_is_code() -> None:
    deep = '{"title": ' + "[" * 900 + "]" * 900 + ', "site": "x"}'
    assert read(f"```json\n{deep}\n```\n\nText.\n", "a.md").text.startswith('{"title": [')


def test_the_first_heading_is_the_headline() -> None:
    article = read("# Pier closed\n\nText.\n\n## Why\n\nMore.\n", "a.md")
    assert article.metadata["title"] == "Pier closed"
    assert told(article)[0] == ("headline", "Pier closed")
    assert words_of(article, "headline") == ["Pier closed"]


def test_a_heading_in_the_middle_is_no_headline() -> None:
    article = read("Text.\n\n## Why\n\nMore.\n", "a.md")
    assert "title" not in article.metadata


def test_another_title_in_the_front_matter_goes_before_the_heading() -> None:
    article = read(FRONT + "# Harbor\n\nText.\n", "a.md")
    assert article.metadata["title"] == "Pier: closed"
    assert words_of(article, "headline") == []


def test_byline_and_date_line_below_the_headline_are_seen() -> None:
    article = read("# Pier closed\n\nBy Jana Ored, Harbor Post\n\n21 June 2024\n\nText.\n", "a.md")
    assert [role for role, _ in told(article)] == ["headline", "byline", "dateline", "body"]
    assert article.metadata["authors"] == ["Jana Ored"]
    assert article.metadata["published"] == "2024-06-21"


def test_addresses_are_kept_as_they_were_written() -> None:
    source = (
        'A [fable](https://post.example/mühle?q=ä%20b "The mill") and ![a gull](gull.png).\n\n'
        "See [that][1] and <https://post.example/two>.\n\n[1]: https://post.example/one\n"
    )
    article = read(source, "a.md")
    assert article.text.startswith("A fable and a gull.")
    assert article.metadata["links"] == [
        {"url": "https://post.example/mühle?q=ä%20b", "title": "The mill"},
        {"image": "gull.png"},
        {"url": "https://post.example/one"},
        {"url": "https://post.example/two"},
    ]
    assert article.warnings == ()


def test_html_in_markdown_is_shown_as_the_text_it_is() -> None:
    article = read("Before <b>bold</b>\n\n<div onclick='x'>inside</div>\n", "a.md")
    assert article.text == "Before <b>bold</b>\n\n<div onclick='x'>inside</div>"


def test_a_footnote_stands_at_the_end_under_its_name() -> None:
    article = read("No leak.[^draft] So they say.\n\n[^draft]: It is not signed.\n", "a.md")
    assert article.text == "No leak.[draft] So they say.\n\n[draft] It is not signed."


def test_what_nothing_refers_to_is_put_at_the_end_and_said() -> None:
    article = read(
        "Text.\n\n[^lost]: A note that nobody calls.\n\n[never]: https://used.example\n", "a.md"
    )
    assert "A note that nobody calls." in article.text
    assert "https://used.example" in article.text
    assert told(article)[-1][0] == "(boilerplate)"
    assert len(article.warnings) == 1


@pytest.mark.parametrize(
    "source",
    [
        "> " * 60 + "deep words\n",
        "> " * 3000 + "deep words\n",
        "".join("  " * n + "- item\n" for n in range(80)) + "  " * 80 + "- deep words\n",
        "*a " * 5000 + "deep words\n",
        "[" * 5000 + "deep words\n",
        "| a " * 60_000 + "|\n" + "|---" * 60_000 + "|\n| deep words |\n",
    ],
    ids=["quotes", "very deep quotes", "lists", "stars", "brackets", "bars"],
)  # fmt: skip
def test_deep_and_wide_sources_lose_no_words(source: str) -> None:
    assert "deep words" in read(source, "a.md").text


def test_quotes_sixty_deep_need_no_warning() -> None:
    article = read("> " * 60 + "deep words\n", "a.md")
    assert (article.text, article.warnings) == ("deep words", ())
