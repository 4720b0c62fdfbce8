"""Pages and articles that travel as messages: MHTML, mails, boxes of mails."""

from __future__ import annotations

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import Article
from tests.articles.reading import read, told, words_of

BODY = "<p>The harbor office told the Courier that two ferries had lost their brakes =E2=80=94 in one night.</p>"

MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://harborpost.example/brakes
Subject: =?utf-8?Q?Who_tested_the_brakes=3F?=
Date: Fri, 21 Jun 2024 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--x"

----x
Content-Type: text/html
Content-Location: https://ads.example/frame
Content-Transfer-Encoding: quoted-printable

<p>Buy a ferry</p>
----x
Content-Type: text/html; charset=utf-8
Content-Location: https://harborpost.example/brakes
Content-Transfer-Encoding: quoted-printable

<html><body><article><h1>Who tested the brakes?</h1>{BODY}{BODY.replace("two", "three")}</article></body></html>
----x
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://harborpost.example/a.png

aGVsbG8=
----x--
"""

MAIL = """From: Oda Brenn <oda@harborpost.example>
To: mara@courier.example
Subject: =?utf-8?B?V2hvIHRlc3RlZCB0aGUgYnJha2VzPw==?=
Date: Sat, 22 Jun 2024 08:00:00 +0200
Message-ID: <1@harborpost.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

There was no test, said the mate.

The line denied it, caf\xe9 owners said.
"""


def test_the_page_of_a_snapshot_is_read_and_no_other_part() -> None:
    article = read(MHTML, "page.mhtml")
    assert article.metadata["url"] == "https://harborpost.example/brakes"
    assert article.metadata["title"] == "Who tested the brakes?"
    assert article.metadata["saved"] == "2024-06-21"
    assert "published" not in article.metadata
    assert "brakes — in one night" in article.text
    assert "Buy a ferry" not in article.text


def test_a_mail_has_its_subject_as_headline_and_its_sender_as_author() -> None:
    article = read(MAIL.encode("latin-1"), "mail.eml")
    assert told(article) == [
        ("headline", "Who tested the brakes?"),
        ("body", "There was no test, said the mate."),
        ("body", "The line denied it, café owners said."),
    ]
    assert article.metadata["authors"] == ["Oda Brenn"]
    assert article.metadata["published"] == "2024-06-22"
    assert article.origins["published"].place == "mail"


def test_an_attachment_is_told() -> None:
    mail = MAIL.replace(
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n",
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>In the mail.</p>\n'
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--b--\n",
    )
    article = read(mail, "mail.eml")
    assert words_of(article, "body") == ["In the mail."]
    assert article.warnings == ("The message carries an attachment, not read here.",)


def test_a_box_gives_every_message_and_names_the_empty_one() -> None:
    empty = MAIL.split("\n\n")[0] + "\n\n"
    box = "".join(
        f"From oda@x.example Sat Jun 22 08:00:00 2024\n{mail}\n" for mail in (MAIL, empty, MAIL)
    )
    first, error, last = registry.read_all(box.encode("latin-1"), "box.mbox")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(error, ArticleError)
    assert (first.part, last.part) == (1, 3)
    assert str(error).startswith("Message 2: ")


def test_a_text_that_begins_with_a_colon_is_no_mail() -> None:
    article = read("Subject: matter of dispute\nDate: unknown\n\nThe line denied it.", "notes.txt")
    assert article.reader.startswith("text/")
