"""Word documents: every word that stands in them, in boxes, tables and notes too."""

from __future__ import annotations

import pytest

from annotator.articles import registry
from annotator.errors import ArticleError
from tests.articles.packing import docx, packed, paragraph
from tests.articles.reading import read, told

LONG = "The harbor office told the Courier that two ferries had lost their brakes in one night of storm."


def test_styles_say_what_is_headline_heading_and_list() -> None:
    item = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r></w:p>"
    article = read(
        docx(
            paragraph("Who tested the brakes?", "Title")
            + paragraph("By Oda Brenn")
            + paragraph(LONG)
            + paragraph("At sea", "Heading2")
            + item
            + paragraph(LONG)
        ),
        "a.docx",
    )
    assert [(block.kind, block.role) for block in article.blocks] == [
        ("heading", "headline"),
        ("paragraph", "byline"),
        ("paragraph", "body"),
        ("heading", "body"),
        ("list_item", "body"),
        ("paragraph", "body"),
    ]
    assert article.metadata["title"] == "Who tested the brakes?"
    assert article.metadata["authors"] == ["Oda Brenn"]
    assert "one\ttwo" in article.text


def test_boxes_tables_notes_and_insertions_are_read_and_what_is_struck_out_is_not() -> None:
    box = (
        "<w:p><w:r><w:t>Outside</w:t></w:r><w:r><w:pict><w:txbxContent>"
        + paragraph("In a box")
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    table = (
        "<w:tbl><w:tr><w:tc>"
        + paragraph("Ferry")
        + "</w:tc><w:tc>"
        + paragraph("3")
        + "</w:tc></w:tr></w:tbl>"
    )
    changed = (
        "<w:p><w:ins><w:r><w:t>put in</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>struck out</w:delText></w:r></w:del>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = f'<w:footnote w:id="2">{paragraph("A note.")}</w:footnote>'
    article = read(docx(box + table + changed, footnotes=notes), "b.docx")
    assert [words for _, words in told(article)] == [
        "Outside",
        "In a box",
        "Ferry\t3",
        "put in[2]",
        "[2] A note.",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx(paragraph("Words"))[:-60], "is broken or cut off"),
        (
            packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "entities of its own",
        ),
        (packed({"word/document.xml": "<a>"}), "cannot be read as XML"),
        (
            packed({"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}),
            "unpacks to far more",
        ),
    ],
    ids=["cut off", "entities", "no xml", "bomb"],
)
def test_a_broken_or_hostile_document_is_one_sentence(data: bytes, why: str) -> None:
    (error,) = registry.read_all(data, "bad.docx")
    assert isinstance(error, ArticleError)
    assert why in str(error)
    assert "bad.docx" in str(error)
