"""Files of every kind, cut and spoilt at random: each ends as articles or as a sentence that a reader meant."""

from __future__ import annotations

import plistlib
import random
import re

import pytest

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import Article, gaps
from annotator.text.canonical import is_canonical
from tests.articles import test_archives, test_messages, test_office, test_press, test_records
from tests.articles.packing import docx, paragraphs

_PAGE = {"WebResourceData": test_archives.PAGE.encode(), "WebResourceURL": "https://a.example/"}
SOUND: dict[str, bytes] = {
    "a.docx": docx(paragraphs(test_press.NEXIS.format(count=2, words=10))),
    "a.odt": test_office.odt("<text:p>There was no test.</text:p>"),
    "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}\f0 There was \u1234? no\par test}",
    "a.pdf": test_office.pdf([(11, 50, 640, "There was no test, said the mate of the ferry.")]),
    "a.mhtml": test_messages.MHTML.encode(),
    "a.eml": test_messages.MAIL.encode("latin-1"),
    "a.xml": test_records.RSS.encode(),
    "a.atom": test_records.ATOM.encode(),
    "a.json": b'{"articles": [{"title": "A", "content": "No test", "published_at": 1600322788}]}',
    "a.csv": b'title,text,date\n"A","No\ntest",2024-06-21\n',
    "a.warc": b"".join(test_archives.RECORDS),
    "a.webarchive": plistlib.dumps({"WebMainResource": _PAGE}, fmt=plistlib.FMT_BINARY),
    "a.html": test_archives.PAGE.encode(),
    "lexisnexis.txt": test_press.CLASSIC.encode(),
    "factiva.txt": test_press.FACTIVA.encode(),
    "proquest.txt": test_press.PROQUEST.encode(),
}
PUT_IN = (
    b"\0", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\xff\xfe", b"{", b"}", b'"', b"\n", b"<div>" * 300, b"[" * 2000,
    b"\\bin99999999 ", b"%%EOF", b"--x--",
)  # fmt: skip
UNMEANT = re.compile(r"cannot be read \(\w*(?:Error|Exception|Warning)\)")
"""What the registry says of an error that no reader expected."""


def spoilt(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    at = chance.randrange(len(made))
    match chance.randrange(5):
        case 0:
            del made[at:]
        case 1:
            del made[at : at + chance.randrange(1, 300)]
        case 2:
            made[at:at] = made[at : at + 200] * chance.choice([1, 3, 100])
        case 3:
            made[at:at] = chance.choice(PUT_IN)
        case _:
            for _ in range(chance.randrange(1, 20)):
                made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SOUND)
def test_a_spoilt_file_is_articles_or_a_sentence(name: str) -> None:
    chance = random.Random(name)
    for _ in range(25):
        data = spoilt(SOUND[name], chance)
        for found in registry.read_all(data, name):
            if isinstance(found, ArticleError):
                assert not UNMEANT.search(str(found)), data
                continue
            assert isinstance(found, Article)
            assert gaps(found.blocks, len(found.text)) is None
            assert is_canonical(found.text)
            assert len(found.confidence) in (0, len(found.blocks))
            assert found.source == data
