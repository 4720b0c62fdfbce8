"""The sample articles hold what they are there to show, and the example coding of one is sound."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import msgspec
import pytest

from annotator import resources
from annotator.articles import registry
from annotator.model import rules
from annotator.model import schema as schemas
from annotator.model.annotation import Annotation, Relation, segments_of
from annotator.model.document import Article, gaps
from annotator.project.sample import ARTICLES, find_quotes
from annotator.text.canonical import is_canonical
from annotator.text.words import is_right_to_left

SCHEMA = schemas.builtin()


def read(name: str) -> Article:
    return registry.read(resources.path(f"samples/{name}").read_bytes(), name)


def paragraphs(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.role == "body"]


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    return msgspec.json.decode(resources.text("samples/marks.json"))


@pytest.fixture(scope="module")
def text() -> str:
    return read("border-posts.txt").text


@pytest.fixture(scope="module")
def marks(example: dict[str, Any], text: str) -> dict[str, Annotation]:
    made: dict[str, Annotation] = {}
    for said in example["marks"]:
        span = find_quotes(text, said["quotes"], said["nth"])
        made[said["key"]] = Annotation(
            id=said["key"], set_id="set", document_id="doc", label=said["label"],
            segments=segments_of(span, text), attributes=said["attributes"], note=said["note"],
            created="", updated="", by="",
        )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def links(example: dict[str, Any]) -> list[Relation]:
    return [
        Relation(
            id=str(n), set_id="set", type=said["type"], from_id=said["from"], to_id=said["to"],
            created="", updated="", by="",
        )
        for n, said in enumerate(example["relations"])
    ]  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_a_sample_reads_without_warnings_and_says_what_it_is(name: str) -> None:
    article = read(name)
    assert article.warnings == ()
    assert article.metadata["title"]
    assert article.metadata["authors"]
    assert re.fullmatch(r"2024-\d\d-\d\d", article.metadata["published"])
    assert gaps(article.blocks, len(article.text)) is None
    assert is_canonical(article.text)
    assert not any(block.role in ("bio", "boilerplate") for block in article.blocks)


@pytest.mark.parametrize("name", ARTICLES)
def test_headline_comes_first_and_the_body_is_most_of_it(name: str) -> None:
    roles = [block.role for block in read(name).blocks]
    assert roles[0] == "headline"
    assert roles.count("body") >= 5


def test_the_border_article_denies_what_was_said_six_paragraphs_above(
    marks: dict[str, Annotation], text: str
) -> None:
    body = paragraphs(read("border-posts.txt"))
    said = next(n for n, words in enumerate(body) if marks["shelled"].words in words)
    denied = next(n for n, words in enumerate(body) if marks["denied"].words in words)
    assert denied - said == 6
    assert len(body) == 12


def test_the_border_article_holds_a_claim_in_two_pieces_inside_its_denial(
    marks: dict[str, Annotation], links: list[Relation]
) -> None:
    claim, denial = marks["givenup"], marks["untrue"]
    assert len(claim.segments) == 2
    assert denial.start <= claim.start
    assert claim.end <= denial.end
    assert ("denies", denial.id, claim.id) in {(r.type, r.from_id, r.to_id) for r in links}


def test_the_border_article_has_a_chain_of_three_hands(links: list[Relation]) -> None:
    via = {r.from_id: r.to_id for r in links if r.type == "via"}
    assert via["officials"] == "courier"
    assert via["courier"] == "radio"


def test_a_claim_nests_in_a_claim(marks: dict[str, Annotation]) -> None:
    outer, inner = marks["hoped"], marks["observers"]
    assert outer.start < inner.start
    assert inner.end == outer.end


def test_every_example_mark_is_one_that_the_rules_allow(
    marks: dict[str, Annotation], text: str
) -> None:
    for mark in marks.values():
        words = "".join(segment.quote for segment in mark.segments)
        rules.require_span(mark.span, len(text), words)
        for name, value in mark.attributes.items():
            rules.require_attribute(SCHEMA, mark.label, name, value)


def test_the_quotes_of_a_mark_lie_in_one_paragraph(marks: dict[str, Annotation], text: str) -> None:
    assert not [key for key, mark in marks.items() if "\n" in text[mark.start : mark.end]]


def test_no_example_mark_begins_or_ends_inside_a_word(
    marks: dict[str, Annotation], text: str
) -> None:
    for mark in marks.values():
        for segment in mark.segments:
            assert not re.match(r"\w\w", text[segment.start - 1 : segment.start + 1]), mark.words
            assert not re.match(r"\w\w", text[segment.end - 1 : segment.end + 1]), mark.words


def test_every_example_link_is_one_that_the_rules_allow(
    marks: dict[str, Annotation], links: list[Relation]
) -> None:
    for n, link in enumerate(links):
        kind = SCHEMA.relation(link.type)
        rules.require_link(kind, marks[link.from_id], marks[link.to_id], links[:n])


def test_the_example_leaves_nothing_for_the_checks_to_find(
    marks: dict[str, Annotation], links: list[Relation]
) -> None:
    assert rules.checks(SCHEMA, list(marks.values()), links) == ()


def test_the_example_uses_every_label_and_every_relation(
    marks: dict[str, Annotation], links: list[Relation]
) -> None:
    assert {mark.label for mark in marks.values()} == {label.name for label in SCHEMA.labels}
    assert {link.type for link in links} == {kind.name for kind in SCHEMA.relations}


def test_the_regatta_has_the_characters_that_break_offsets() -> None:
    text = read("harbor-regatta.txt").text
    assert "\u200d" in text  # families and professions
    assert re.search("[\U0001f1e6-\U0001f1ff]{2}", text)  # flags
    assert "\u00a0" in text
    assert any(unicodedata.combining(character) for character in text)
    assert not unicodedata.is_normalized("NFC", text)


def test_the_regatta_has_quotes_in_pieces() -> None:
    text = read("harbor-regatta.txt").text
    assert len(re.findall(r",” [^“”\n]+,? “", text)) >= 3


def test_the_bridge_is_right_to_left_with_joiners_and_a_latin_run() -> None:
    article = read("urdu-bridge.txt")
    assert is_right_to_left(article.text)
    assert "\u200c" in article.text
    assert "Bridge Authority" in article.text
    assert "1,200" in article.text


def test_the_clipping_has_one_of_each_thing_that_markdown_has() -> None:
    article = read("water-clipping.md")
    kinds = {block.kind for block in article.blocks}
    assert {"heading", "paragraph", "quote", "list_item", "table_row"} <= kinds
    assert article.metadata["url"] == "https://ledger.example/water?story=reservoir&page=1"
