"""A saved page as a tree of elements, whole even where the page is deep, huge or broken.

libxml2 stops without a word at 256 levels and at ten million characters in one place. A page that it
stopped in is flattened and parsed again.
"""

from __future__ import annotations

import re
from typing import Any

from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr

DEEPEST = 120
"""Levels of a page that is flattened; what lies deeper is taken up to here."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{1,80},[\w+/=%\s-]{1000,}", re.ASCII)
_TAG = re.compile(
    r"<(/?)([A-Za-z][^\s/>]{0,40})(?:[^>\"']|\"[^\"]{0,5000}\"|'[^']{0,5000}'){0,500}>"
)
_UNCOUNTED = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option",
}  # fmt: skip
"""Elements that hold nothing, or that end by themselves where the next one begins."""
_LOOSE = {
    "a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "code", "sup", "sub", "tt", "s",
}  # fmt: skip


def parsed(markup: str, name: str) -> tuple[Any, str]:
    """The root element, and the markup that it was parsed from. Raises ArticleError."""
    # A declaration no longer fits the decoded text, and libxml2 would stop at a NUL.
    plain = _DECLARATION.sub("", markup).replace("\0", "\ufffd")
    root, is_whole = _tree(plain, name, huge=False)
    if not is_whole:
        plain = _flattened(_EMBEDDED.sub("data:,", plain))
        root, _ = _tree(plain, name, huge=True)
    return root, plain


def _tree(markup: str, name: str, *, huge: bool) -> tuple[Any, bool]:
    import lxml.html
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=huge)
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        reason = str(error).splitlines()[0][:100] if str(error) else tr("it has no elements")
        raise ArticleError(
            tr(
                "{name} cannot be read as HTML ({reason}); it was not imported.",
                name=said(name),
                reason=reason,
            )
        ) from None
    stopped = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, not stopped


def _flattened(markup: str) -> str:
    """The markup without the tags that lie too deep; a line break stands where a block did."""
    parts: list[str] = []
    depth = at = 0
    for tag in _TAG.finditer(markup):
        closing, element = tag[1], tag[2].lower()
        if element in _UNCOUNTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth + bool(closing) > DEEPEST:
            before = markup[at : tag.start()]
            # One break is enough where nothing stands between two tags.
            parts += (before, "<br>" if before.strip() and element not in _LOOSE else "")
            at = tag.end()
    return "".join((*parts, markup[at:]))
