"""Pages that Safari saved (.webarchive): a property list with the page and what it loaded."""

from __future__ import annotations

import plistlib
from typing import Any

from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.naming import said, suffix_of
from annotator.articles.page import reading
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

_MAIN = "WebMainResource"


class WebarchiveReader:
    """Reads .webarchive files."""

    name = "webarchive/1"
    suffixes = (".webarchive",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """A property list, binary or not, that names a main resource."""
        is_list = data.startswith(b"bplist") or b"<plist" in data[:500]
        return is_list and (_MAIN.encode() in data or suffix_of(name) in self.suffixes)

    def read(self, data: bytes, name: str) -> Article:
        """Read the page. Raises ArticleError."""
        main = _main(data, name)
        page = main.get("WebResourceData")
        if not isinstance(page, bytes):
            raise ArticleError(tr("{name} holds no page; it was not imported.", name=said(name)))
        about = Details()
        about.add("url", str(main.get("WebResourceURL") or ""), "Safari", 0.9)
        declared = main.get("WebResourceTextEncodingName")
        markup, _ = decode(page, name, str(declared) if declared else None)
        return reading.read(markup, source=data, reader=self.name, name=name, about=about)


READER = WebarchiveReader()


def _main(data: bytes, name: str) -> dict[str, Any]:
    if b"<!ENTITY" in data[:4096]:
        raise ArticleError(
            tr(
                "{name} defines entities of its own, which no article needs; it was not imported.",
                name=said(name),
            )
        )
    try:
        found = plistlib.loads(data)
    except Exception as error:  # broken ones fail in many ways
        raise ArticleError(
            tr("{name} is broken or cut off (property list); it was not imported.", name=said(name))
        ) from error
    main = found.get(_MAIN) if isinstance(found, dict) else None
    return main if isinstance(main, dict) else {}
