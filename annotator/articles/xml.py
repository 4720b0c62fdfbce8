"""XML of strangers: no entity of theirs unfolds, nothing is loaded, no depth exhausts us."""

from __future__ import annotations

import re
from typing import Any

from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!DOCTYPE[^>\[]*>\s*)*<([\w:.-]+)",
    re.DOTALL,
)
BEGINNING = 4096


def root_of(data: bytes) -> str:
    """The name of the outermost element, or an empty string; asked of every file, so it never raises."""
    beginning = data[:BEGINNING]
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        beginning = beginning.decode("utf-16", "ignore").encode()
    found = _ROOT.match(beginning)
    return found[1].decode("ascii", "ignore") if found else ""


def parsed(data: bytes, name: str, *, recover: bool = False) -> Any:
    """The root element. Raises ArticleError for what is no XML, and for entities of its own."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    if _DOCTYPE.search(data[:BEGINNING]):
        raise ArticleError(
            tr(
                "{name} defines entities of its own, which no article needs; it was not imported.",
                name=said(name),
            )
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        reason = str(error).splitlines()[0][:100] if str(error) else tr("it has no elements")
        raise ArticleError(
            tr(
                "{name} cannot be read as XML ({reason}); it was not imported.",
                name=said(name),
                reason=reason,
            )
        ) from None
    if root is None:
        raise ArticleError(
            tr("{name} cannot be read as XML; it was not imported.", name=said(name))
        )
    return root


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for a comment."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words(node: Any) -> str:
    """All text in an element on one line; empty where there is none."""
    return "" if node is None else " ".join("".join(node.itertext()).split())


def child(node: Any, *names: str) -> Any:
    """The first child of one of these names, whatever its namespace; None where there is none."""
    return next((one for one in node if local(one) in names), None)
