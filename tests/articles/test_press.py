"""Exports of press databases: every article of a file, each with what the database says of it."""

from __future__ import annotations

import pytest

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import Article, gaps
from tests.articles.packing import docx, paragraphs
from tests.articles.reading import words_of

NEXIS = """Date and Time: Friday, 5. July 2024 09:31:00 CEST
Job Number: 1
Documents ({count})
1. Who tested the brakes?
Client/Matter: -None-
Search Terms: ferry
Narrowed by:

2. Mayor denies it
Client/Matter: -None-

Who tested the brakes?; The line says it was the harbor office
Harbor Post
March 22, 2024 Friday
Late Edition

Copyright 2024 Harbor Post All Rights Reserved
Section:\u00a0SEA; Pg. 3
Length:\u00a0{words} words
Byline:\u00a0Oda Brenn and Jana Ored
Dateline:\u00a0SARN
Highlight:\u00a0Nobody wants to have been there.
Body

“There was no test,” said the mate.
The line denied it.
Graphic
A ferry.
Classification
Language: ENGLISH
Load-Date:\u00a0March 23, 2024

End of Document

Mayor denies it
The Courier
4. April 2024

Length:\u00a06 words
Body

The mayor denied that she knew.

End of Document
"""

CLASSIC = """


                               1 of 2 DOCUMENTS


                               Harbor Post (Sarn)

                             March 22, 2024 Friday
                                 Late Edition

Who tested the brakes?;
The line says it was the harbor office

BYLINE: By Oda Brenn

SECTION: SEA; Pg. 3

LENGTH: 21 words

"There was no test," said the mate, who had been on the bridge that night when
it happened.

NOTE: the line denied it.

LOAD-DATE: March 23, 2024

LANGUAGE: ENGLISH

GRAPHIC: A ferry.


                         Copyright 2024 Harbor Post
                            All Rights Reserved

                               2 of 2 DOCUMENTS


                                   Le Phare

                              5 avril 2024 vendredi

La mairesse dément

AUTEUR: Jana Ored

LONGUEUR: 4 mots

Elle n'a rien su.

LANGUE: FRENCH; FRANÇAIS
"""

FACTIVA = """HD
Who tested the brakes?
BY
Von Oda Brenn
WC
295 Wörter
PD
29 März 2024
SN
Harbor Post
LA
Deutsch
LP
“There was no test,” said the mate.

TD
The line denied it.

NS gcat : Political News
AN
Document HARBOR0020240329e7ct0001r

Mayor denies it
By Jana Ored
12 words
5 April 2024
10:12
The Courier
COUR
English
(c) 2024 The Courier
The mayor denied that she knew.
Document COUR000020240405e7ct0001r
"""

PROQUEST = """____________________________________________________________

Who tested the brakes?

Author: Brenn, Oda

Publication info: Harbor Post

Abstract: A test.

Full text: “There was no test,” said the mate.

The line denied it.

Title: Who tested the brakes?

Publication title: Harbor Post

Publication date: Mar 22, 2024

ProQuest document ID: 12

Document URL: https://example.org/12

____________________________________________________________
"""


def all_of(data: str | bytes, name: str) -> list[Article]:
    source = data.encode() if isinstance(data, str) else data
    found = list(registry.read_all(source, name))
    articles = [one for one in found if isinstance(one, Article)]
    assert articles == found
    for part, article in enumerate(articles, 1):
        assert gaps(article.blocks, len(article.text)) is None
        assert article.part in (0, part)
        assert article.source == source
    return articles


def test_every_announced_article_of_nexis_uni_is_found() -> None:
    data = docx(paragraphs(NEXIS.format(count=2, words=10)))
    first, second = all_of(data, "Files (2).DOCX")
    assert (
        first.metadata["title"] == "Who tested the brakes?; The line says it was the harbor office"
    )
    assert first.metadata["outlet"] == "Harbor Post"
    assert first.metadata["published"] == "2024-03-22"
    assert first.metadata["authors"] == ["Oda Brenn", "Jana Ored"]
    assert first.metadata["language"] == "en"
    assert words_of(first, "body") == ["“There was no test,” said the mate.", "The line denied it."]
    assert "Client/Matter" not in first.text
    assert "End of Document" in first.text
    assert second.metadata["published"] == "2024-04-04"
    assert words_of(second, "body") == ["The mayor denied that she knew."]
    assert (first.part, second.part) == (1, 2)


def test_an_article_that_is_missing_is_told() -> None:
    data = docx(paragraphs(NEXIS.format(count=3, words=10)))
    *_, error = registry.read_all(data, "three.docx")
    assert isinstance(error, ArticleError)
    assert str(error) == (
        "three.docx says that it holds 3 articles, and 2 were found; those were imported."
    )


def test_an_article_far_shorter_than_it_was_counted_may_be_cut() -> None:
    first, _ = all_of(docx(paragraphs(NEXIS.format(count=2, words=900))), "cut.docx")
    assert first.warnings[0].startswith("The database counted 900 words, ")


def test_the_classic_export_is_told_apart_by_its_count() -> None:
    first, second = all_of(CLASSIC, "lexis.txt")
    assert first.metadata["outlet"] == "Harbor Post (Sarn)"
    assert first.metadata["title"].startswith("Who tested the brakes?; The line")
    assert first.metadata["published"] == "2024-03-22"
    assert first.metadata["authors"] == ["Oda Brenn"]
    assert words_of(first, "body") == [
        '"There was no test," said the mate, who had been on the bridge that night when\n'
        "it happened.",
        "NOTE: the line denied it.",
    ]
    assert second.metadata["title"] == "La mairesse dément"
    assert second.metadata["published"] == "2024-04-05"
    assert second.metadata["language"] == "fr"
    assert words_of(second, "body") == ["Elle n'a rien su."]


SPARSE = """
                               1 of 3 DOCUMENTS

                    Copyright 2024 Port Papers Ltd., All
                              Rights Reserved

                               Harbor Reports
                       Ferries of the Sound, a survey
                                  March 2024

TITLE: Brakes of the ferries

The brakes were tested, the survey says.

                               2 of 3 DOCUMENTS

                               Harbor Quarterly

                                 Summer, 2024

Who tested the brakes?

Jana Ored

DATELINE: Sarn

Nobody did, said the mate.

                               3 of 3 DOCUMENTS

                               Harbor Quarterly

The mate denies it

SIGNATURE: Oda Brenn, Jana Ored (with P. L in Sarn)

He did not test them, he said.
"""


def test_an_export_that_prints_no_day_gets_none() -> None:
    first, second, _ = all_of(SPARSE, "lexis.txt")
    assert (first.metadata["outlet"], first.metadata["published"]) == ("Harbor Reports", "2024-03")
    assert second.metadata["outlet"] == "Harbor Quarterly"
    assert second.metadata["published"] == "2024"


def test_names_below_the_headline_are_authors_and_who_helped_is_none() -> None:
    _, second, third = all_of(SPARSE, "lexis.txt")
    assert second.metadata["authors"] == words_of(second, "byline") == ["Jana Ored"]
    assert third.metadata["authors"] == ["Oda Brenn", "Jana Ored"]


def test_factiva_is_read_with_its_codes_and_without_them() -> None:
    first, second = all_of(FACTIVA, "factiva.txt")
    for article in (first, second):
        assert article.metadata["language"] in ("de", "en")
    assert first.metadata["title"] == "Who tested the brakes?"
    assert first.metadata["authors"] == ["Oda Brenn"]
    assert first.metadata["published"] == "2024-03-29"
    assert first.metadata["accession_number"] == "HARBOR0020240329e7ct0001r"
    assert words_of(first, "body") == ["“There was no test,” said the mate.", "The line denied it."]
    assert second.metadata["title"] == "Mayor denies it"
    assert second.metadata["authors"] == ["Jana Ored"]
    assert second.metadata["outlet"] == "The Courier"
    assert words_of(second, "body") == ["The mayor denied that she knew."]


def test_proquest_is_read_by_its_labels() -> None:
    (only,) = all_of(PROQUEST, "proquest.txt")
    assert only.metadata["title"] == "Who tested the brakes?"
    assert only.metadata["authors"] == ["Oda Brenn"]
    assert only.metadata["published"] == "2024-03-22"
    assert only.metadata["url"] == "https://example.org/12"
    assert words_of(only, "body") == ["“There was no test,” said the mate.", "The line denied it."]


@pytest.mark.parametrize(
    "text",
    ["He said: 1 of 2 DOCUMENTS were lost at sea that night, and nobody knew.", "End of Document?"],
)
def test_an_article_that_only_mentions_such_words_is_one_article(text: str) -> None:
    (only,) = all_of(text, "one.txt")
    assert only.part == 0
