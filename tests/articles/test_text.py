"""Plain text: paragraphs, what each line is, and what the article says of itself."""

from __future__ import annotations

import pytest

from annotator.errors import ArticleError
from tests.articles.reading import read, told, words_of

FIRST = "The harbor office said on Monday that the pier would be closed for the rest of the summer."
SECOND = "Two fishermen denied that anybody had asked them, and said that they would go on mooring there."
COPIED = f"""Monday, June 24, 2024

Harbor office closes pier for the summer

Harbor News

Jana Ored
Jana Ored
Jana Ored is the editor and reporter for Harbor Post. You may follow her at @ored
Representative Image.

{FIRST}

- Advertisement -

{SECOND}

More articles


Please enter your comment!
Captcha verification failed!

Harbor Post
"""


def test_a_page_that_was_copied_as_text_is_told_apart() -> None:
    assert told(read(COPIED, "pier.txt")) == [
        ("dateline", "Monday, June 24, 2024"),
        ("headline", "Harbor office closes pier for the summer"),
        ("section", "Harbor News"),
        ("byline", "Jana Ored"),
        ("byline", "Jana Ored"),
        (
            "(bio)",
            "Jana Ored is the editor and reporter for Harbor Post. You may follow her at @ored",
        ),
        ("caption", "Representative Image."),
        ("body", FIRST),
        ("(boilerplate)", "- Advertisement -"),
        ("body", SECOND),
        ("(boilerplate)", "More articles"),
        ("(boilerplate)", "Please enter your comment!"),
        ("(boilerplate)", "Captcha verification failed!"),
        ("(boilerplate)", "Harbor Post"),
    ]


def test_it_knows_what_the_page_said_of_itself() -> None:
    assert read(COPIED, "pier.txt").metadata == {
        "title": "Harbor office closes pier for the summer",
        "authors": ["Jana Ored"],
        "outlet": "Harbor Post",
        "published": "2024-06-24",
        "file": "pier.txt",
    }


def test_the_text_is_the_file_s_own_to_the_last_blank() -> None:
    source = "\n\n  Headline of the day \n\n\n" + FIRST + "\u00a0\n\n\n"
    assert read(source, "a.txt").text == source


def test_line_breaks_of_every_kind_become_one_kind() -> None:
    assert (
        read(f"Pier\r\n\r\n{FIRST}\r{SECOND}\u2028", "a.txt").text == f"Pier\n\n{FIRST}\n{SECOND}\n"
    )


def test_a_bom_is_no_part_of_the_text() -> None:
    assert read(b"\xef\xbb\xbfThe pier", "a.txt").text == "The pier"


def test_blank_lines_belong_to_the_block_above_them() -> None:
    article = read(f"\nPier\n\n\n{FIRST}\n\n", "a.txt")
    starts = [article.text[block.start : block.end] for block in article.blocks]
    assert starts == ["\nPier\n\n\n", FIRST + "\n\n"]


def test_lines_that_were_wrapped_are_one_paragraph() -> None:
    wrapped = (
        "The harbor office said on Monday that the pier would be\n"
        "closed for the rest of the summer, because nobody knows\n"
        "who drove the lorry into its third pile.\n\n"
        "Two fishermen denied that anybody had asked them.\n"
    )
    assert len(read(wrapped, "a.txt").blocks) == 2


def test_lines_of_their_own_are_blocks_of_their_own() -> None:
    assert len(read(f"{FIRST}\n{SECOND}\n", "a.txt").blocks) == 2


def test_a_byline_gives_authors_and_outlet() -> None:
    article = read(f"Pier closed\n\nBy Jana Ored and Teo Falk, Harbor Post\n\n{FIRST}\n", "a.txt")
    assert article.metadata["authors"] == ["Jana Ored", "Teo Falk"]
    assert article.metadata["outlet"] == "Harbor Post"
    assert words_of(article, "byline") == ["By Jana Ored and Teo Falk, Harbor Post"]


def test_a_paragraph_about_a_reporter_is_no_note_on_the_author() -> None:
    long = "Brenn, who is the former editor of the paper, " + "said so again on Friday. " * 12
    assert words_of(read(f"Pier closed\n\n{FIRST}\n\n{long}\n", "a.txt"), "bio") == []


def test_a_few_short_lines_are_all_of_the_text() -> None:
    article = read("Roses are red\nviolets are blue\nthe pier is closed\nand so are you\n", "a.txt")
    assert all(block.role == "headline" for block in article.blocks if block.dimmed)
    assert words_of(article, "section") == []


def test_one_line_is_body() -> None:
    assert told(read("just words", "")) == [("body", "just words")]


def test_a_chinese_page_has_headline_and_body() -> None:
    headline, body = "市长证实大桥将长期关闭", "市长星期一证实，河上的大桥将长期关闭。" * 4
    article = read(f"新闻\n\n{headline}\n\n{body}\n", "a.txt")
    assert article.metadata["title"] == headline
    assert words_of(article, "body") == [body]


def test_characters_that_could_not_be_read_are_counted() -> None:
    article = read(b"\xef\xbb\xbfThe \xffpier\x00", "a.txt")
    assert article.text == "The \ufffdpier\ufffd"
    assert article.warnings == ("2 characters could not be read (utf-8-sig) and became “�”.",)


def test_nothing_but_blanks_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"a\.txt holds no text; it was not imported"):
        read("\ufeff\u00a0\n", "a.txt")


def test_a_hundred_thousand_lines_are_read() -> None:
    assert len(read("a short line\n" * 100_000, "a.txt").blocks) == 100_000


def test_a_whole_page_copied_as_text_keeps_its_article_only_at_full_ink() -> None:
    menu = "Home\nSea\nSky\nMarkets\nSport\nWeather\nFerries\nTides\n"
    teasers = "Mayor opens second ferry\n3 hours ago\nA gull that can count\nYesterday\n" * 4
    notice = (
        "We use cookies so that this page remembers where you were when the tide came in last.\n"
    )
    article = read(
        f"{notice}{menu}Harbor office closes pier\n{FIRST}\n{SECOND}\n{teasers}{menu}", "a.txt"
    )
    assert words_of(article, "body") == [FIRST, SECOND]
    assert article.metadata["title"] == "Harbor office closes pier"


def test_a_short_last_sentence_belongs_to_the_article() -> None:
    article = read(f"Pier closed\n\n{FIRST}\n\nNobody was hurt.\n\nLeave a comment\n", "a.txt")
    assert words_of(article, "body") == [FIRST, "Nobody was hurt."]


def test_how_sure_a_line_is_what_it_is_said_to_be_depends_on_what_told_it() -> None:
    lines = [
        "Harbor closes",
        *(
            f"The harbor office said on day {n} that the old pier was unsafe, and closed it."
            for n in range(3)
        ),
        "Advertisement",
        "Boats of the week",
    ]
    article = read("\n\n".join(lines).encode(), "pier.txt")
    sure = dict(zip(lines, article.confidence, strict=True))
    assert all(0 < one <= 1 for one in article.confidence)
    assert sure[lines[1]] > sure["Harbor closes"]
    assert sure["Advertisement"] > sure["Boats of the week"]
