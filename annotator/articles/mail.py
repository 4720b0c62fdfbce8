"""Mails (.eml) and boxes of them (.mbox): newsletters, and articles that somebody sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from annotator.articles import mime
from annotator.articles.base import Piece, assembled
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.articles.page import reading
from annotator.articles.paragraphs import paragraphs
from annotator.articles.written import with_roles
from annotator.errors import ArticleError
from annotator.language import tr, trn
from annotator.model.document import Article

_FROM = re.compile(rb"^From [^\r\n]{3,200}\d{4}[^\r\n]{0,20}\r?\n", re.MULTILINE)
_LIST = re.compile(r"<[^>]*>|[\"']")


class MailReader:
    """Reads .eml and .mbox files."""

    name = "mail/1"
    suffixes = (".eml", ".mbox")

    def recognizes(self, data: bytes, name: str) -> bool:
        """A message, or the line that stands above each in a box."""
        del name
        first = _FROM.match(data[: mime.BEGINNING])
        return mime.is_message(data[first.end() :] if first else data)

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the message, or one after the other those of a box."""
        starts = list(_FROM.finditer(data)) if _FROM.match(data) else []
        if not starts:
            yield _article(data, data, name, 0)
            return
        ends = [*(start.start() for start in starts[1:]), len(data)]
        for part, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            try:
                yield _article(data[start.end() : end], data, name, part)
            except ArticleError as error:
                yield ArticleError(tr("Message {part}: {error}", part=part, error=error))


READER = MailReader()


def _article(data: bytes, source: bytes, name: str, part: int) -> Article:
    message = mime.parsed(data)
    about = _about(message)
    warnings = _attached(message)
    page = mime.first_of(message, "text/html")
    plain = mime.first_of(message, "text/plain")
    if page is not None and mime.bytes_of(page).strip():
        return reading.read(
            mime.text_of(page, name),
            source=source,
            reader=READER.name,
            name=name,
            about=about,
            warnings=warnings,
            part=part,
            whole=True,
        )
    if plain is None:
        raise ArticleError(tr("{name} holds no text; it was not imported.", name=said(name)))
    text = mime.text_of(plain, name).replace("\r\n", "\n")
    pieces = [Piece(text[start:end]) for start, end in paragraphs(text)]
    title = [Piece(about.said("title"), "heading", "headline")] if about.said("title") else []
    return assembled(
        [*title, *(with_roles(pieces, about) if pieces else [])],
        about=about,
        source=source,
        reader=READER.name,
        name=name,
        warnings=warnings,
        part=part,
    )


def _about(message: EmailMessage) -> Details:
    about = Details()
    sender, address = parseaddr(mime.header(message, "From"))
    listed = _LIST.sub("", mime.header(message, "List-Id")).strip()
    about.add("title", mime.header(message, "Subject"), "mail", 0.96)
    about.add("published", mime.day(message), "mail", 0.7)
    about.add("authors", [sender] if sender else [], "mail", 0.5)
    about.add("outlet", listed or address.rpartition("@")[2], "mail", 0.5)
    return about


def _attached(message: EmailMessage) -> list[str]:
    kept = [part for part in mime.parts(message) if part.get_content_disposition() == "attachment"]
    if not kept:
        return []
    if len(kept) == 1:
        return [tr("The message carries an attachment, not read here.")]
    return [
        trn(
            "The message carries {count} attachment, not read here.",
            "The message carries {count} attachments, not read here.",
            len(kept),
        )
    ]
