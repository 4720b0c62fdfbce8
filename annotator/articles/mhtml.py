"""Web pages that a browser saved in one file (.mhtml, .mht)."""

from __future__ import annotations

from email.message import EmailMessage

from annotator.articles import mime
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.articles.page import reading
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article


class MhtmlReader:
    """Reads .mhtml files."""

    name = "mhtml/1"
    suffixes = (".mhtml", ".mht")

    def recognizes(self, data: bytes, name: str) -> bool:
        """A message whose parts belong together as those of a page do."""
        del name
        heads = mime.headers(data)
        is_page = b"multipart/related" in heads or b"snapshot-content-location:" in heads
        is_sent = b"\nreceived:" in heads or b"\nto:" in heads
        return mime.is_message(data) and is_page and not is_sent

    def read(self, data: bytes, name: str) -> Article:
        """Read the page among the parts. Raises ArticleError."""
        message = mime.parsed(data)
        url = mime.header(message, "Snapshot-Content-Location")
        page = _page(message, url)
        if page is None:
            raise ArticleError(tr("{name} holds no page; it was not imported.", name=said(name)))
        about = Details()
        about.add("url", url or _address(page), "browser", 0.9)
        about.add("title", mime.header(message, "Subject"), "browser", 0.5)
        about.add("saved", mime.day(message), "browser", 0.95)
        markup = mime.text_of(page, name)
        return reading.read(markup, source=data, reader=self.name, name=name, about=about)


READER = MhtmlReader()


def _page(message: EmailMessage, url: str) -> EmailMessage | None:
    """The part of the page itself: the one of its address, or the first."""
    pages = [part for part in mime.parts(message) if part.get_content_type() == "text/html"]
    own = (part for part in pages if url and mime.header(part, "Content-Location") == url)
    return next(own, pages[0] if pages else None)


def _address(page: EmailMessage) -> str:
    url = mime.header(page, "Content-Location")
    return url if url.startswith("http") else ""
