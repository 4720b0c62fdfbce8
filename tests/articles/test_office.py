"""OpenDocument, rich text, books and PDF: paragraphs as they were written."""

from __future__ import annotations

import pytest

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import Article
from tests.articles.packing import packed
from tests.articles.reading import read, told

LONG = "The harbor office told the Courier that two ferries had lost their brakes in one night of storm."
_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def odt(body: str) -> bytes:
    content = f"<office:document-content {_NS}><office:body>{body}</office:body></office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def test_odt_keeps_blanks_breaks_lists_tables_and_notes() -> None:
    article = read(
        odt(
            '<text:p text:style-name="Title">Who tested<text:s text:c="2"/>the brakes?</text:p>'
            f"<text:p>{LONG}<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>Nobody.</text:p></text:note-body></text:note></text:p>"
            "<text:h>At sea</text:h>"
            "<text:list><text:list-item><text:p>one<text:tab/>two<text:line-break/>three</text:p>"
            "</text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
            "<text:tracked-changes><text:p>struck out</text:p></text:tracked-changes>"
        ),
        "a.odt",
    )
    assert [
        (block.kind, words) for block, (_, words) in zip(article.blocks, told(article), strict=True)
    ] == [
        ("heading", "Who tested  the brakes?"),
        ("paragraph", f"{LONG}[1]"),
        ("paragraph", "[1] Nobody."),
        ("heading", "At sea"),
        ("list_item", "one\ttwo\nthree"),
        ("table_row", "a\tb"),
    ]
    assert article.metadata["title"] == "Who tested  the brakes?".replace("  ", " ")


def test_rtf_follows_the_code_pages_of_its_fonts() -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204 Cyr;}}"
        r"{\info{\title Brakes}{\author Oda Brenn}{\creatim\yr2024\mo6\dy21}}"
        r"{\*\generator Word;}\f0 The caf\'e9 \uc1\u8212- \{kept\}\par "
        r"{\f1 \'c4\'e0} \uc0\u-10179 \u-8704 \par}"
    )
    article = read(source, "a.rtf")
    assert [words for _, words in told(article)] == ["The café — {kept}", "Да 😀"]
    assert article.metadata["authors"] == ["Oda Brenn"]
    assert article.metadata["saved"] == "2024-06-21"
    assert not article.warnings


def test_rtf_that_breaks_off_is_refused() -> None:
    (error,) = registry.read_all(rb"{\rtf1 The line {denied", "cut.rtf")
    assert str(error) == "cut.rtf breaks off in the middle (RTF); it was not imported."


def test_a_book_gives_an_article_for_each_chapter_that_holds_words() -> None:
    chapter = "<html><body><h1>{}</h1><p>{}</p></body></html>"
    book = packed(
        {
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>',
            "O/c.opf": "<package><metadata><language>en</language></metadata><manifest>"
            '<item id="a" href="a.xhtml"/><item id="b" href="b%20b.xhtml"/><item id="nav" href="n.xhtml"/>'
            '<item id="e" href="e.xhtml"/></manifest><spine><itemref idref="nav"/><itemref idref="a"/>'
            '<itemref idref="e"/><itemref idref="b"/></spine></package>',
            "O/a.xhtml": chapter.format("Brakes", LONG),
            "O/b b.xhtml": chapter.format("Denied", "The line denied it."),
            "O/n.xhtml": chapter.format("Contents", "Brakes"),
            "O/e.xhtml": "<html><body><img src='x.png'/></body></html>",
        }
    )
    found = list(registry.read_all(book, "book.epub"))
    assert all(isinstance(one, Article) for one in found)
    assert [one.metadata["title"] for one in found if isinstance(one, Article)] == [
        "Brakes",
        "Denied",
    ]
    assert [one.part for one in found if isinstance(one, Article)] == [1, 3]


def pdf(*pages: list[tuple[float, float, float, str]]) -> bytes:
    """A PDF of our own: for each page its lines as size, x, y and words."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids: list[str] = []
    for lines in pages:
        stream = "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET" for size, x, y, words in lines
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    made, at = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in at)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    return (made + f"startxref\n{start}\n%%EOF").encode("latin-1")


def test_lines_of_a_pdf_become_paragraphs_and_what_every_page_prints_is_dimmed() -> None:
    first = [
        (8, 50, 780, "Harbor Post - page 1"),
        (24, 50, 720, "Who tested the brakes?"),
        (11, 50, 680, "By Oda Brenn"),
        (11, 50, 640, "The harbor office told the Courier that two ferries had lost their bra-"),
        (11, 50, 626, "kes in one night of storm, and that nobody had looked at them since."),
        (11, 50, 600, "The line denied it on the next day, before the harbor court of the town,"),
    ]
    second = [
        (8, 50, 780, "Harbor Post - page 2"),
        (11, 50, 720, "where it stood accused of having known of the ferries for many years."),
    ]
    article = read(pdf(first, second), "a.pdf")
    assert [(role, words) for role, words in told(article) if role == "(boilerplate)"] == [
        ("(boilerplate)", "Harbor Post - page 1"),
        ("(boilerplate)", "Harbor Post - page 2"),
    ]
    assert article.metadata["title"] == "Who tested the brakes?"
    assert article.metadata["authors"] == ["Oda Brenn"]
    body = [words for role, words in told(article) if role == "body"]
    assert body[0].startswith(
        "The harbor office told the Courier that two ferries had lost their bra\u00adkes in one"
    )
    assert body[1].startswith("The line denied it")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf([]), "holds pictures of pages and no text (a scan)"),
        (b"%PDF-1.4\nnothing", "is broken or cut off (PDF)"),
    ],
    ids=["scan", "cut"],
)
def test_a_pdf_without_text_is_one_sentence(data: bytes, why: str) -> None:
    (error,) = registry.read_all(data, "a.pdf")
    assert isinstance(error, ArticleError)
    assert str(error) == f"a.pdf {why}; it was not imported."
