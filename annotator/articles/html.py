"""Saved web pages: what the browser's save-as, SingleFile, Save Page WE and archives write, and pasted HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.articles.decoding import decode
from annotator.articles.naming import said, suffix_of
from annotator.articles.page import reading
from annotator.articles.press import export, finding
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

BEGINNING = 4096
"""Bytes by which a page is recognized, and in which it says its encoding."""
FRAGMENTS = ("", ".txt")
"""How what may be a fragment of a page is called; Markdown too may begin with an element."""

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_ADDRESSES = re.compile(
    rb"<title>\s*(?:Pocket Export|Instapaper: Export|Bookmarks)\s*</title>", re.IGNORECASE
)
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\s*(?:<!--.{0,200}?-->\s*)*<(?:p|div|article|main|section|h[1-6]|span|meta|ul|ol|table|blockquote"
    rb"|figure|pre|b|i|em|strong|a|br)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)


class HtmlReader:
    """Reads .html files and pasted HTML."""

    name = "html/1"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def recognizes(self, data: bytes, name: str) -> bool:
        """A page, or a fragment as the clipboard holds it, or whatever is called one."""
        suffix, beginning = suffix_of(name), data[:BEGINNING]
        if suffix in self.suffixes or _PAGE.match(beginning):
            return True
        return suffix in FRAGMENTS and _FRAGMENT.match(beginning) is not None

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the article, or those of a press database's export. Raises ArticleError."""
        if _ADDRESSES.search(data[:BEGINNING]):
            raise ArticleError(
                tr(
                    "{name} lists addresses of articles and not their texts; nothing was imported.",
                    name=said(name),
                )
            )
        declared = _DECLARED.search(data[:BEGINNING])
        markup, _ = decode(data, name, declared[1].decode("ascii") if declared else None)
        found = finding.in_page(markup, name)
        if found is None:
            yield reading.read(markup, source=data, reader=self.name, name=name)
        else:
            yield from export.articles(found, source=data, reader=self.name, name=name)


READER = HtmlReader()
