"""Text copied from pages: what stands among the paragraphs and around them is no part of the body."""

from __future__ import annotations

import pytest

from annotator.articles.bylines import byline_of
from tests.articles.reading import read, words_of

FIRST = (
    "The harbor office closed the pier on Monday after a lorry had driven into its third pile, "
    "and nobody knows who was at the wheel."
)
SECOND = (
    "Two fishermen denied that anybody had asked them; the office said that it had written to both "
    "of them, and that the letters had come back."
)
THIRD = "“We have seen no letter,” one of them said on the quay, “and we can read quite well, thank you.”"


def body_of(*lines: str) -> list[str]:
    return words_of(read("\n\n".join(lines) + "\n", "a.txt"), "body")


def test_headlines_of_other_articles_among_the_text_are_none_of_it() -> None:
    teasers = ("Mayor opens second ferry to the islands", "Can a gull count up to eleven?")
    assert body_of("Pier closed", FIRST, "Related stories", *teasers, SECOND) == [FIRST, SECOND]


def test_what_a_page_tells_of_others_below_its_text_is_no_text() -> None:
    others = (
        "Mayor opens ferry",
        "Officials promptly dismiss the claim that it leaks but say that its cause is being looked into.",
        "3H ago",
    )
    rights = "© 2024 Harbor Post. All rights reserved."
    assert body_of("Pier closed", FIRST, SECOND, rights, *others * 3) == [FIRST, SECOND]


def test_a_long_list_between_paragraphs_stays() -> None:
    items = [f"Pier number {n}" for n in range(16)]
    above, below = [FIRST, SECOND, THIRD], [THIRD[::-1] + ".", SECOND[::-1] + "."]
    assert body_of("Pier closed", *above, *items, *below) == [*above, *items, *below]


def test_a_list_behind_the_last_paragraph_belongs_to_it() -> None:
    piers = ["Sarn (north): third year", "Ored (east): first year", "Lund (west): tenth year"]
    assert body_of("Pier closed", FIRST, SECOND, *piers, "Share") == [FIRST, SECOND, *piers]


def test_what_explains_the_next_line_stands_in_the_text() -> None:
    line = "This is what the harbor office said on Monday of it:"
    assert body_of("Pier of Sarn closed for the summer", line, FIRST) == [line, FIRST]


def test_a_few_words_on_the_article_above_its_date_are_no_text() -> None:
    deck = "The office will look for the driver of the lorry all summer, and asks the fishermen of the town to help it"
    article = read(f"Pier closed\n\n{deck}\n\nJune 24, 2024\n\n{FIRST}\n\n{SECOND}\n", "a.txt")
    assert words_of(article, "body") == [FIRST, SECOND]
    assert article.metadata["title"] == "Pier closed"


def test_a_headline_stands_above_the_line_that_explains_it() -> None:
    deck = "Nobody knows who drove the lorry, and the fishermen wait"
    assert read(f"Harbor pier closes\n{deck}\n{FIRST}\n", "a.txt").metadata["title"] == (
        "Harbor pier closes"
    )


@pytest.mark.parametrize(
    "line",
    [
        "In this photo issued by the harbor office, a lorry stands in the water.",
        "FILE PHOTO: The pier of Sarn as it was before the lorry came to it.",
        "Jana Ored, left, and Teo Falk look at what is left of the pier of Sarn on Monday.",
        "The third pile of the pier, as it stands now. Credit: Harbor Post",
        "An artist's concept of the pier as it will stand there in summer.",
    ],
)
def test_what_a_picture_shows_is_a_caption(line: str) -> None:
    assert body_of("Pier closed", FIRST, line, SECOND) == [FIRST, SECOND]


def test_left_and_right_are_words_of_the_text_too() -> None:
    line = (
        "People of the left, right, and center said on Monday that the pier must be opened again."
    )
    assert line in body_of("Pier closed", FIRST, line, SECOND)


@pytest.mark.parametrize(
    "line",
    [
        "Updated on: June 24, 2024 / 10:07 AM / Harbor Post",
        "Jun 24, 2024 at 9:24 pm ET • 2 min read",
        "06/24/24 06:56 AM EST",
    ],
)
def test_when_a_page_was_printed_is_no_text(line: str) -> None:
    assert body_of("Pier closed", FIRST, line, SECOND) == [FIRST, SECOND]


def test_a_sentence_with_a_day_and_an_hour_is_text() -> None:
    line = "The lorry came on June 24, 2024, at 10:07."
    assert line in body_of("Pier closed", FIRST, line, SECOND)


def test_what_readers_wrote_begins_where_their_thoughts_are_counted() -> None:
    reader = "I have fished from that pier for forty years, and I can say that no lorry ever fitted on it."
    thoughts = "3 thoughts on “Pier closed”"
    assert body_of("Pier closed", FIRST, SECOND, THIRD, thoughts, reader, reader[::-1] + ".") == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_japanese_sentences_are_paragraphs_though_they_are_short() -> None:
    said = ["港の事務所は月曜日に桟橋を閉鎖した。", "誰が運転していたのかは分かっていない。"] * 3
    assert body_of("桟橋が閉鎖", *said, "関連記事", "市長が新しい船を開く") == said


def test_who_took_a_picture_may_stand_below_the_word_for_it() -> None:
    assert body_of("Pier closed", FIRST, "Photo:", "private archive of the mate", SECOND) == [
        FIRST,
        SECOND,
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("by Jana Ored — June 24, 2024", ["Jana Ored"]),
        ("By Jana Ored - 06/24/24 06:56 AM EST", ["Jana Ored"]),
        ("Written by Jana Ored on Monday, June 24, 2024", ["Jana Ored"]),
    ],
)
def test_the_day_behind_a_name_is_no_part_of_it(line: str, names: list[str]) -> None:
    assert byline_of(line) == (names, "")


def test_who_ends_no_line_with_a_sign_has_written_text_all_the_same() -> None:
    long = [line.rstrip(".").removesuffix("thank you").strip() for line in (FIRST, SECOND)] * 2
    long = [line + f" and that was {n} days ago" for n, line in enumerate(long)]
    short = [f"the pier of Sarn has stood there for {n} years by now" for n in range(3)]
    assert body_of("Pier closed", *long, *short, "Share") == [*long, *short]
    assert not set(short) & set(body_of("Pier closed", FIRST, SECOND, THIRD, *short, "Share"))


@pytest.mark.parametrize("sign", ["By Jana Ored", "Updated on: June 24, 2024 / 10:07 AM"])
def test_a_sentence_above_the_byline_sums_the_article_up(sign: str) -> None:
    deck = "A lorry has closed the pier of Sarn, and the office looks for whoever drove it."
    lines = ("Pier closed by a lorry", deck, "Harbor Post", sign, FIRST, SECOND, THIRD)
    assert body_of(*lines) == [FIRST, SECOND, THIRD]


def test_a_date_among_few_paragraphs_parts_nothing() -> None:
    lines = (FIRST, SECOND, "Updated on: June 24, 2024 / 10:07 AM", THIRD)
    assert body_of("Pier closed", *lines) == [FIRST, SECOND, THIRD]


def test_what_says_behind_the_text_what_it_told_belongs_to_it() -> None:
    last = "The lorry and the third pile of the pier"
    assert body_of("Pier closed", FIRST, SECOND, THIRD, last, "Share") == [
        FIRST,
        SECOND,
        THIRD,
        last,
    ]
    teaser = "Mayor opens second ferry to the islands"
    assert body_of("Pier closed", FIRST, SECOND, THIRD, teaser, "Share") == [FIRST, SECOND, THIRD]


def test_a_label_between_what_stands_around_is_no_heading() -> None:
    assert body_of("Pier closed", FIRST, "Advertisement", "Ferries", "Read more", SECOND) == [
        FIRST,
        SECOND,
    ]
    assert "Ferries" in body_of("Pier closed", FIRST, "Advertisement", "Ferries", SECOND)


def test_a_list_above_the_first_paragraph_belongs_to_the_text() -> None:
    items = ["1. The pier of Sarn", "2. The pier of Ored", "3. The quay of Lund in the west"]
    assert body_of("Three piers closed", "By Jana Ored", *items, FIRST, SECOND) == [
        *items,
        FIRST,
        SECOND,
    ]


def test_lines_of_a_program_belong_to_the_text() -> None:
    program = ["int piers = 3;", "close(piers[2]);", "return pile(piers);"]
    assert body_of("Pier closed", FIRST, SECOND, *program, "Share") == [FIRST, SECOND, *program]
    terms = ["insults the harbor office;", "names whoever drove;", "speaks of ferries only;"]
    assert body_of("Pier closed", FIRST, SECOND, "Share", *terms) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Story continues below advertisement",
        "Be the first to comment",
        "0:00 / 3:45",
        "This article is for subscribers",
        "Weitere Artikel",
        "Partager sur Mastodon",
        "Ver más noticias",
        "Läs mer om hamnen",
    ],
)
def test_what_pages_offer_everywhere_is_no_text(line: str) -> None:
    assert body_of("Pier closed", FIRST, line, SECOND) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line", ["Yes.", "No.", "Weather", "Retour sur les faits", "Del otro lado"]
)
def test_short_lines_of_a_text_stay(line: str) -> None:
    assert body_of("Pier closed", FIRST, line, SECOND) == [FIRST, line, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Harbor Post June 24, 2024",
        "June 24, 2024/0 Comments/in Piers",
        "Jana Ored 24/06/2024 Piers",
    ],
)
def test_the_day_may_stand_beside_a_name_below_the_headline(line: str) -> None:
    article = read(f"Pier closed by a lorry\n\n{line}\n\n{FIRST}\n\n{SECOND}\n", "a.txt")
    assert article.metadata["published"] == "2024-06-24"
    assert words_of(article, "body") == [FIRST, SECOND]


def test_the_day_may_be_said_below_the_text() -> None:
    last = "Published: Monday, June 24, 2024 at 10:44 a.m."
    article = read(f"Pier closed\n\n{FIRST}\n\n{SECOND}\n\nShare\n\n{last}\n", "a.txt")
    assert article.metadata["published"] == "2024-06-24"


def test_a_day_among_the_text_is_not_the_articles() -> None:
    line = "The lorry came on June 24, 2024, at 10:07."
    article = read(f"Pier closed\n\n{FIRST}\n\n{line}\n\n{SECOND}\n", "a.txt")
    assert "published" not in article.metadata


def test_dates_that_a_story_is_told_by_part_nothing() -> None:
    days = [
        line for n in range(3, 7) for line in (f"June {n}, 2024", f"{n} {SECOND}", f"{n} {THIRD}")
    ]
    told = [line for line in days if not line.startswith("June")]
    assert body_of("How the pier was closed", FIRST, *days) == [FIRST, *told]


@pytest.mark.parametrize("heading", ["From Harbor to Hill", "By The Book", "By Sarn"])
def test_a_heading_that_begins_as_a_byline_parts_nothing(heading: str) -> None:
    more = [f"{n} {SECOND}" for n in range(6)]
    body = body_of("Pier closed", FIRST, heading, *more)
    assert body[0] == FIRST
    assert body[-6:] == more


def test_who_wrote_it_is_introduced_behind_the_text_only() -> None:
    bio = "Jana Ored (@janaored), who lives in Sarn, is a fellow of the Harbor Institute and joined the Post in 2019."
    assert body_of("Pier closed", FIRST, SECOND, THIRD, SECOND[::-1] + ".", bio) == [
        FIRST,
        SECOND,
        THIRD,
        SECOND[::-1] + ".",
    ]
    assert bio in body_of("Pier closed", FIRST, bio, SECOND, THIRD, f"1 {SECOND}", f"2 {SECOND}")
