"""What holds for every article, whatever the bytes are."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import KINDS, ROLES, Article, gaps
from annotator.text.canonical import canonicalize, is_canonical
from annotator.text.words import fold, search_words

NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a", "-", ""])
BITS = st.sampled_from(
    [
        "<p>", "</p>", "<div class='x'>", "</div>", "<b>", "</b>", "<table><tr><td>", "</table>", "<!--", "-->",
        "<script>", "</script>", "<a href='x'>", "</a>", "<br>", "<pre>", "</pre>", "&amp;", "&#0;", "&nbsp;",
        "# ", "> ", "- ", "1. ", "| a | b |\n|---|---|\n", "```\n", "[x](y)", "![i](j)", "[^1]", "[^1]: n\n",
        "---\n", "title: x\n", "*", "**", "`", "\\", "<", ">", "\n", "\n\n", "\r\n", "\t", " ", "By Jana Ored\n",
        "21 June 2024\n", "Advertisement\n", "word", "Wörter", "کتاب\u200cخانه", "👩\u200d✈️", "\u2028", "\ufeff",
        "\0", "\u00a0", "Two fishermen denied that anybody had ever asked them about the pier.\n",
    ]
)  # fmt: skip
SOURCES = st.lists(BITS, min_size=1, max_size=60).map("".join)


def attempted(data: bytes, name: str) -> Article | str:
    """The article, or the sentence with which it is refused."""
    try:
        return registry.read(data, name)
    except ArticleError as error:
        return str(error)


def sound(article: Article, data: bytes) -> None:
    assert gaps(article.blocks, len(article.text)) is None
    assert is_canonical(article.text)
    assert article.source == data
    assert article.text.strip()
    assert all(block.kind in KINDS and block.role in ROLES for block in article.blocks)
    assert all(article.text[b.start : b.end].strip() for b in article.blocks)
    assert is_canonical(json.dumps(article.metadata, ensure_ascii=False))  # so it is stored


@given(st.binary(max_size=400), NAMES)
@example(b"\xff\xfe", "a.txt")
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\x1b$B\xff", "")
@example(b"<html", "a.html")
def test_any_bytes_are_an_article_or_an_article_error(data: bytes, name: str) -> None:
    found = attempted(data, name)
    if isinstance(found, str):
        assert "\n" not in found
    else:
        sound(found, data)


@given(SOURCES, NAMES)
@example("<table><tr><td><table>", "a.html")
@example("---\ntitle: x\n---\n", "a.md")
def test_any_writing_is_a_sound_article_or_holds_no_text(source: str, name: str) -> None:
    data = source.encode()
    found = attempted(data, name)
    if isinstance(found, str):
        assert re.search("no text|not a text|is empty|cannot be read as HTML", found)
    else:
        sound(found, data)


@given(SOURCES, NAMES)
def test_reading_twice_gives_the_same(source: str, name: str) -> None:
    assert attempted(source.encode(), name) == attempted(source.encode(), name)


@given(SOURCES.filter(lambda source: "\0" not in source))
def test_plain_text_is_kept_to_the_last_character(source: str) -> None:
    try:
        (article,) = registry.readers()[-1].read(source.encode(), "a.txt")
    except ArticleError:
        return
    assert article.text == canonicalize(source).text


@given(SOURCES)
@example("> " * 200 + "deep\n")
@example("[never]: https://used.example 'title'\n\ntext")
@example("---\n# a comment\ntitle: x\n---\ntext")
def test_markdown_loses_no_word(source: str) -> None:
    try:
        article = registry.read(source.encode(), "a.md")
    except ArticleError:
        return
    about = json.dumps(article.metadata, ensure_ascii=False).replace("\\n", " ").replace("\\t", " ")
    kept = fold(f"{article.text} {about} {article.warnings}")
    entities = {"amp", "nbsp", "0"}  # they stand for other characters
    ordinals = {"1"}  # the view draws a list's numbers
    said = set(search_words(canonicalize(source).text)) - entities - ordinals
    assert not [word for word in said if word not in kept]


@given(
    st.lists(
        st.sampled_from(
            ["harbor", "pier", "gull", "Bürger", "کتاب\u200cخانه", "e\u0301", "👩\u200d✈️"]
        ),
        min_size=1,
    )
)
def test_words_between_elements_are_kept_in_order(words: list[str]) -> None:
    source = "".join(f"<p>{word}</p>" for word in words)
    assert registry.read(source.encode(), "").text.split() == words


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_a_source_of_a_megabyte_is_read(suffix: str) -> None:
    source = "<p>Two fishermen denied that anybody had ever asked them.</p>\n\n" * 16_000
    assert len(registry.read(source.encode(), f"a{suffix}").text) > 800_000
