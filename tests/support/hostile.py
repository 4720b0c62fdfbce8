"""Hostile and broken files, one function for each case; the same seed gives the same files.

Each file carries a tail word near its end, which must be found in what is read of it, or the file must
be refused: whatever is cut off silently shows.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

EPOCH = (1980, 1, 1, 0, 0, 0)
"""When everything in an archive was made: the same files come of the same seed, however late it is."""
WORDS = [
    "the",
    "office",
    "said",
    "on",
    "monday",
    "that",
    "nobody",
    "had",
    "asked",
    "them",
    "about",
    "the",
    "bridge",
    "and",
    "the",
    "road",
]


class Hostile(NamedTuple):
    """A file, and the word near its end."""

    name: str
    data: bytes
    tail: str


Case = Callable[[random.Random, str], tuple[str, bytes | str]]
CASES: list[Case] = []


def case(made: Case) -> Case:
    """Let a function be a case: a generator and a tail word to a suffix and what the file holds."""
    CASES.append(made)
    return made


def files(variants: int, seed: int = 20261125) -> Iterator[Hostile]:
    """So many files of each case."""
    for made in CASES:
        for n in range(variants):
            chosen = random.Random(f"{seed}/{made.__name__}/{n}")
            tail = f"Zq{chosen.randrange(16**6):06x}x"
            suffix, data = made(chosen, tail)
            raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
            yield Hostile(f"{made.__name__}-{n}{suffix}", raw, tail)


def sentence(chosen: random.Random, words: int = 14) -> str:
    """Some words that end in a full stop."""
    return " ".join(chosen.choices(WORDS, k=words)).capitalize() + "."


def page(inner: str, head: str = "<title>A page</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>"


def article(chosen: random.Random, tail: str, before: str = "") -> str:
    told = "".join(f"<p>{sentence(chosen)}</p>" for _ in range(4))
    return (
        f"<article><h1>A headline here</h1>{told}{before}<p>{sentence(chosen)} {tail}</p></article>"
    )


def zipped(members: dict[str, bytes], **said: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", said.get("method", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, archive.compression)
    return out.getvalue()


# HTML


@case
def deep_divs(chosen: random.Random, tail: str) -> tuple[str, str]:
    depth = chosen.choice([100, 255, 1_000, 5_000, 20_000])
    return ".html", page("<div>" * depth + article(chosen, tail) + "</div>" * depth)


@case
def nested_tables(chosen: random.Random, tail: str) -> tuple[str, str]:
    depth = chosen.choice([20, 200, 600])
    return ".html", page(
        "<table><tr><td>" * depth + article(chosen, tail) + "</td></tr></table>" * depth
    )


@case
def unclosed_tags(chosen: random.Random, tail: str) -> tuple[str, str]:
    kinds = chosen.choices(["b", "i", "span", "font", "a href=x", "p", "li", "blockquote"], k=2_000)
    return ".html", page("".join(f"<{kind}>" for kind in kinds) + article(chosen, tail))


@case
def attribute_flood(chosen: random.Random, tail: str) -> tuple[str, str]:
    flood = " ".join(f"a{n}={n}" for n in range(chosen.choice([500, 5_000, 30_000])))
    return ".html", page(f"<div {flood}>x</div>" + article(chosen, tail))


@case
def long_attribute(chosen: random.Random, tail: str) -> tuple[str, str]:
    value = "x" * chosen.choice([10_000, 1_000_000])
    return ".html", page(f'<a href="{value}">a link</a>' + article(chosen, tail))


@case
def entity_bomb(chosen: random.Random, tail: str) -> tuple[str, str]:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "lol">{levels}]>'
    return ".html", head + f"<html><body>{article(chosen, tail, '<p>&a9;</p>')}</body></html>"


@case
def outside_entity(chosen: random.Random, tail: str) -> tuple[str, str]:
    place = chosen.choice(
        ["file:///etc/passwd", "http://127.0.0.1:9/x", "//127.0.0.1/x", "smb://h/x"]
    )
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{place}">]>'
    return ".xhtml.html", head + f"<html><body>{article(chosen, tail, '<p>&x;</p>')}</body></html>"


@case
def remote_and_local_parts(chosen: random.Random, tail: str) -> tuple[str, str]:
    url = chosen.choice(["http://127.0.0.1:9/t.png", "file:///etc/passwd", "\\\\127.0.0.1\\share\\x.png", "javascript:alert(1)", "smb://127.0.0.1/x"])  # fmt: skip
    parts = f'<img src="{url}"><iframe src="{url}"></iframe><link rel="stylesheet" href="{url}"><script src="{url}"></script><object data="{url}"></object><a href="{url}">link</a>'  # fmt: skip
    head = f'<base href="{url}"><meta http-equiv="refresh" content="0;url={url}">'
    return ".html", page(parts + article(chosen, tail), head)


@case
def wrong_declared_charset(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    said = chosen.choice(["utf-16", "shift_jis", "utf-7", "nonsense", "iso-2022-kr", "utf-32"])
    text = page(article(chosen, "Müller — " + tail), f'<meta charset="{said}">')
    return ".html", text.encode(chosen.choice(["utf-8", "cp1252"]))


@case
def comment_never_closed(chosen: random.Random, tail: str) -> tuple[str, str]:
    return ".html", page(article(chosen, tail) + "<!-- " + "- " * chosen.randrange(10, 5_000))


@case
def script_with_markup(chosen: random.Random, tail: str) -> tuple[str, str]:
    script = (
        "<script>document.write('</p><article>" + "<b>" * chosen.randrange(1, 500) + "')</script>"
    )
    return ".html", page(script + article(chosen, tail) + "<noscript><p>x</noscript>")


@case
def json_ld_deep(chosen: random.Random, tail: str) -> tuple[str, str]:
    depth = chosen.choice([50, 5_000, 100_000])
    data = '{"a":' * depth + "1" + "}" * chosen.choice([depth, 0])
    return ".html", page(
        article(chosen, tail), f'<script type="application/ld+json">{data}</script>'
    )


@case
def json_ld_odd(chosen: random.Random, tail: str) -> tuple[str, str]:
    odd = [[[]], {"@type": 7, "headline": ["x"] * 2_000}, {"@graph": {"a": 1}}, {"author": {"name": {"name": 3}}, "@type": "NewsArticle"}, 9**500, "NaN", None]  # fmt: skip
    data = json.dumps(chosen.choice(odd))
    return ".html", page(
        article(chosen, tail), f'<script type="application/ld+json">{data}</script>'
    )


@case
def many_metas(chosen: random.Random, tail: str) -> tuple[str, str]:
    metas = "".join(
        f'<meta property="og:title" content="{n}">' for n in range(chosen.randrange(5_000))
    )
    return ".html", page(article(chosen, tail), metas)


@case
def control_characters(chosen: random.Random, tail: str) -> tuple[str, str]:
    odd = "".join(chosen.choices("\0\x01\x1b\x7f\ufdd0\ufffe\u2028\u202e\ufeff\x85", k=200))
    return chosen.choice([".html", ".txt", ".md"]), page(article(chosen, odd + " " + tail))


@case
def lone_surrogates(chosen: random.Random, tail: str) -> tuple[str, str]:
    odd = "".join(chr(chosen.randrange(0xD800, 0xE000)) for _ in range(20))
    return chosen.choice([".html", ".txt", ".md"]), page(article(chosen, odd + " " + tail))


@case
def cut_page(chosen: random.Random, tail: str) -> tuple[str, str]:
    whole = page(article(chosen, tail) + "<footer>" + sentence(chosen) * 40)
    at = whole.index(tail) + len(tail)
    return ".html", whole[: chosen.randrange(at, len(whole))]


# Text and Markdown


@case
def long_line(chosen: random.Random, tail: str) -> tuple[str, str]:
    count = chosen.choice([10_000, 100_000, 400_000])
    return chosen.choice([".txt", ".md"]), " ".join(chosen.choices(WORDS, k=count)) + f" {tail}"


@case
def no_blanks(chosen: random.Random, tail: str) -> tuple[str, str]:
    return ".txt", "x" * chosen.choice([10_000, 2_000_000]) + tail


@case
def many_short_lines(chosen: random.Random, tail: str) -> tuple[str, str]:
    return ".txt", "\n".join(
        chosen.choices("abc ", k=chosen.choice([1_000, 60_000]))
    ) + f"\n{tail}\n"


@case
def utf_16_without_mark(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    text = f"A headline\n\n{sentence(chosen, 60)}\n\n{sentence(chosen)} {tail}\n"
    return ".txt", text.encode(chosen.choice(["utf-16-le", "utf-16-be"]))


@case
def broken_utf_8(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    noise = bytes(chosen.randrange(128, 256) for _ in range(chosen.randrange(1, 400)))
    return chosen.choice([".txt", ".md", ".html"]), sentence(
        chosen
    ).encode() + noise + b"\n\n" + tail.encode()


@case
def random_bytes(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    noise = chosen.randbytes(chosen.randrange(1, 60_000))
    return chosen.choice([".txt", ".html", ".md", ".pdf", ".docx", ""]), noise + tail.encode()


@case
def markdown_brackets(chosen: random.Random, tail: str) -> tuple[str, str]:
    bomb = chosen.choice(["[", "![[]()", "**", "> ", "- " * 5, "`", "<a ", "\\[", "|"])
    return ".md", bomb * chosen.choice([200, 5_000, 30_000]) + f"\n\n{sentence(chosen)} {tail}\n"


@case
def front_matter_aliases(chosen: random.Random, tail: str) -> tuple[str, str]:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    return ".md", f"---\na0: &a0 [x]\n{levels}title: A\n---\n\n{sentence(chosen)}\n\n{tail}\n"


@case
def front_matter_odd(chosen: random.Random, tail: str) -> tuple[str, str]:
    odd = ["title: no", "date: 12:30", "title: !!python/object/apply:os.system [id]", "? {a: b}\n: c", "title: [" * 3_000, "date: 2024-99-99", "title: {{x}}", "- a\n- b", "title: 'x", "url: javascript:alert(1)", "authors: {a: {b: [1, null]}}"]  # fmt: skip
    return (
        ".md",
        f"---\n{chosen.choice(odd)}\n---\n\n{sentence(chosen)}\n\n{sentence(chosen)} {tail}\n",
    )


@case
def front_matter_never_closed(chosen: random.Random, tail: str) -> tuple[str, str]:
    return ".md", "---\ntitle: A\n" + "a: b\n" * chosen.randrange(10, 3_000) + f"\n{tail}\n"


@case
def markdown_local_parts(chosen: random.Random, tail: str) -> tuple[str, str]:
    place = chosen.choice(
        ["file:///etc/passwd", "smb://127.0.0.1/x", "http://127.0.0.1:9/x", "javascript:x"]
    )
    return (
        ".md",
        f"# A\n\n![x]({place})\n\n[y]({place}) <img src='{place}'>\n\n{sentence(chosen)} {tail}\n",
    )


# What is not what it is called


@case
def called_something_else(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + tail.encode() + b"\n%%EOF"
    kinds = [pdf, zipped({"a.txt": tail.encode()}), gzip.compress(tail.encode(), mtime=0), b"\x89PNG\r\n\x1a\n" + tail.encode(), b"\x7fELF" + bytes(200) + tail.encode(), b"{\\rtf1 " + tail.encode() + b"}", b"SQLite format 3\0" + bytes(90) + tail.encode()]  # fmt: skip
    return chosen.choice([".txt", ".html", ".md", ""]), chosen.choice(kinds)


@case
def gzip_cut(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    data = gzip.compress(page(article(chosen, tail)).encode(), mtime=0)
    return ".html.gz", data[: chosen.choice([3, 11, len(data) // 2, len(data) - 9, len(data)])]


@case
def gzip_bomb(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    inner = gzip.compress(
        bytes(chosen.choice([2, 40, 150]) * 1024 * 1024) + tail.encode(), 1, mtime=0
    )
    return chosen.choice([".txt.gz", ".html.gz", ".txt"]), chosen.choice(
        [inner, gzip.compress(inner, mtime=0)]
    )


@case
def zip_bomb(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    size = chosen.choice([1, 30]) * 1_000_000
    inner = {
        "word/document.xml": b"<w/>" + bytes(size),
        "content.xml": bytes(size),
        "tail": tail.encode(),
    }
    return chosen.choice([".docx", ".odt", ".epub", ".zip"]), zipped(inner)


@case
def zip_slip(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    name = chosen.choice(
        ["../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "CON", "a/../../../evil"]
    )
    document = (
        f"<w:document xmlns:w='x'><w:p><w:t>{sentence(chosen)} {tail}</w:t></w:p></w:document>"
    )
    members = {
        name: b"x",
        "word/document.xml": document.encode(),
        "[Content_Types].xml": b"<Types/>",
    }
    return chosen.choice([".docx", ".epub", ".zip"]), zipped(members)


@case
def cut_archive(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    whole = chosen.choice([zipped({"a": chosen.randbytes(9_000)}), gzip.compress(chosen.randbytes(9_000), mtime=0), zlib.compress(chosen.randbytes(9_000))])  # fmt: skip
    return chosen.choice([".docx", ".gz", ".epub", ".wacz", ".warc.gz"]), whole[
        : len(whole) // 2
    ] + tail.encode()


@case
def broken_pdf(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    kinds = [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[1 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>", b"%PDF-1.4\n1 0 obj<</Length 999999999>>stream\n", b"%PDF-1.4\n<</Encrypt 2 0 R>>"]  # fmt: skip
    return ".pdf", chosen.choice(kinds) + chosen.randbytes(chosen.randrange(3_000)) + tail.encode()


@case
def json_depth(chosen: random.Random, tail: str) -> tuple[str, str]:
    depth = chosen.choice([100, 100_000])
    closing = "]" * chosen.choice([depth, 3])
    return chosen.choice([".json", ".jsonl", ".txt"]), "[" * depth + json.dumps(tail) + closing


@case
def jsonl_broken_lines(chosen: random.Random, tail: str) -> tuple[str, str]:
    lines = [json.dumps({"title": "A", "text": sentence(chosen)}) for _ in range(5)]
    lines.insert(2, chosen.choice(['{"text": ', "NaN", "{]", '{"text": "\\ud800"}', "9" * 5_000]))
    return ".jsonl", "\n".join(
        [*lines, json.dumps({"title": "B", "text": f"{sentence(chosen)} {tail}"})]
    )


@case
def csv_odd(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    sign = chosen.choice([",", ";", "\t", "|"])
    rows = [sign.join(["title", "text"]), sign.join(["=HYPERLINK(1)", sentence(chosen)]), sign.join(['"never closed', tail])]  # fmt: skip
    return chosen.choice([".csv", ".tsv", ".txt"]), "\n".join(rows).encode() + chosen.choice(
        [b"", b"\0\0", b"\xff\xfe"]
    )


@case
def mail_odd(chosen: random.Random, tail: str) -> tuple[str, str]:
    depth = chosen.choice([1, 60, 900])
    heads = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    body = base64.b64encode(f"{sentence(chosen)} {tail}".encode()).decode()
    head = "From: a@b\nSubject: =?utf-8?q?" + "x" * 500 + "?=\n"
    return chosen.choice(
        [".eml", ".mht", ".mhtml"]
    ), head + heads + f"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{body}\n"


@case
def feed_bomb(chosen: random.Random, tail: str) -> tuple[str, str]:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]>'
    return (
        chosen.choice([".xml", ".rss", ".atom"]),
        f'<?xml version="1.0"?>{doctype}<rss><channel><item><title>&a9;</title><description>{tail}</description></item></channel></rss>',
    )


@case
def press_headers_odd(chosen: random.Random, tail: str) -> tuple[str, str]:
    heads = [
        "Dokument 1 von 2\n\n",
        "1 of 99999 DOCUMENTS\n\n",
        "HD \nWC -1 words\nPD 99 Foo 2024\nLP \n",
        "Body\n\n" * 300,
        "End of Document\n" * 50,
    ]
    return ".txt", chosen.choice(
        heads
    ) + f"A headline\n\n{sentence(chosen, 40)}\n\n{sentence(chosen)} {tail}\n"


@case
def empty_or_blank(chosen: random.Random, tail: str) -> tuple[str, bytes]:
    del tail
    kinds = [b"", b"\n" * 50, b" ", b"\xef\xbb\xbf", b"\0" * 4_000, b"<html></html>", b"---\n---\n"]
    return chosen.choice([".txt", ".html", ".md", ".docx", ".pdf", ".csv"]), chosen.choice(kinds)
