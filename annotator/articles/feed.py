"""Feeds that were saved (RSS, Atom, RDF): one article for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from annotator.articles import dates, xml
from annotator.articles.bylines import authors_of
from annotator.articles.details import Details
from annotator.articles.page import reading
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

EXCERPT = tr("The feed holds an excerpt, perhaps not the whole article.")

_ROOTS = ("rss", "feed", "RDF")


class FeedReader:
    """Reads RSS and Atom files."""

    name = "feed/1"
    suffixes = (".rss", ".atom", ".xml")

    def recognizes(self, data: bytes, name: str) -> bool:
        """XML whose outermost element is a feed's."""
        del name
        return xml.root_of(data).rpartition(":")[2] in _ROOTS

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the entries in the order of the feed."""
        root = xml.parsed(data, name)
        outlet = xml.words(xml.child(_channel(root), "title"))
        entries = [node for node in root.iter() if xml.local(node) in ("item", "entry")]
        for part, entry in enumerate(entries, 1):
            markup, is_whole = _content(entry)
            if not markup.strip():
                yield ArticleError(
                    tr(
                        "Entry {part} of {name} holds no text; it was not imported.",
                        part=part,
                        name=name,
                    )
                )
                continue
            try:
                yield reading.read(
                    f"<div>{markup}</div>",
                    source=data,
                    reader=self.name,
                    name=name,
                    about=_about(entry, outlet),
                    warnings=[] if is_whole else [EXCERPT],
                    part=part,
                    whole=True,
                )
            except ArticleError as error:
                yield ArticleError(tr("Entry {part}: {error}", part=part, error=error))


READER = FeedReader()


def _channel(root: Any) -> Any:
    found = xml.child(root, "channel")
    return root if found is None else found


def _content(entry: Any) -> tuple[str, bool]:
    """The markup of the entry, and whether it is meant to be all of the article."""
    for names, is_whole in ((("encoded", "content"), True), (("description", "summary"), False)):
        for node in entry:
            if xml.local(node) in names and "".join(node.itertext()).strip():
                return _markup(node), is_whole
    return "", False


def _markup(node: Any) -> str:
    """HTML that was escaped into the XML, or that stands in it as elements, or plain text."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    if len(node):
        return "".join(etree.tostring(one, encoding="unicode", method="html") for one in node)
    text = node.text or ""
    return text if node.get("type") != "text" else text.replace("&", "&amp;").replace("<", "&lt;")


def _about(entry: Any, outlet: str) -> Details:
    about = Details()
    about.add("title", _title(xml.child(entry, "title")), "feed", 0.97)
    about.add("url", _link(entry), "feed", 0.96)
    authors = [node for node in entry if xml.local(node) in ("creator", "author")]
    names = [xml.words(xml.child(node, "name")) or xml.words(node) for node in authors]
    about.add("authors", [one for name in names for one in authors_of(_name(name))], "feed", 0.96)
    for node in entry:
        if xml.local(node) in ("pubDate", "published", "date", "issued"):
            about.add("published", _day(xml.words(node)), "feed", 0.96)
        elif xml.local(node) in ("updated", "modified"):
            about.add("modified", _day(xml.words(node)), "feed", 0.9)
    about.add(
        "outlet", xml.words(xml.child(xml.child(entry, "source") or (), "title")), "feed", 0.9
    )
    about.add("outlet", outlet, "feed", 0.7)
    return about


def _title(node: Any) -> str:
    import lxml.html

    words = xml.words(node)
    if "<" not in words and "&" not in words:
        return words
    plain = lxml.html.fromstring(f"<p>{words}</p>").text_content()
    return " ".join(plain.split())


def _name(said: str) -> str:
    """A name without the address that RSS puts before or behind it."""
    return said[said.find("(") + 1 : said.rfind(")")] if "@" in said and "(" in said else said


def _link(entry: Any) -> str:
    for node in entry:
        if xml.local(node) == "link" and node.get("rel", "alternate") == "alternate":
            return (node.get("href") or node.text or "").strip()
    guid = xml.words(xml.child(entry, "guid", "id"))
    return guid if guid.startswith("http") else ""


def _day(said: str) -> str:
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return dates.find(said)
