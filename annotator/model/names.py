"""How what the program itself names reads: statuses, roles of blocks, results, kinds of ops."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.language import tr, trn

STATUS_NAMES = {
    "new": tr("new"),
    "in_progress": tr("in progress"),
    "complete": tr("complete"),
    "reviewed": tr("reviewed"),
    "excluded": tr("excluded"),
}
ROLE_NAMES = {
    "headline": tr("headline"),
    "byline": tr("byline"),
    "dateline": tr("dateline"),
    "section": tr("section"),
    "caption": tr("caption"),
    "body": tr("body"),
    "bio": tr("bio"),
    "boilerplate": tr("boilerplate"),
}
RESULT_NAMES = {
    "imported": tr("imported"),
    "already_there": tr("already there"),
    "refused": tr("refused"),
}
PLACE_NAMES = {
    "address": tr("the address"),
    "book": tr("the book"),
    "database": tr("the database"),
    "feed": tr("the feed"),
    "front matter": tr("the front matter"),
    "heading": tr("the heading"),
    "mail": tr("the mail"),
    "meta": tr("the page’s head"),
    "page": tr("the page"),
    "properties": tr("the file’s properties"),
    "table": tr("the table"),
    "text": tr("the text"),
    "title": tr("the page’s title"),
    "web archive": tr("the web archive"),
}
"""Where a detail was found; what is not here is a name of its own, such as json-ld."""
SET_KIND_NAMES = {
    "individual": "",
    "curated": tr("curated"),
    "imported": tr("imported"),
    "model": tr("model"),
}
"""What is said of an annotation set beside whose it is; nothing of a person's own."""

THING_NAMES = {
    "label": tr("label"),
    "attribute": tr("attribute"),
    "value": tr("value"),
    "relation": tr("relation"),
    "actor": tr("actor"),
    "proposition": tr("proposition"),
}
"""What a schema is made of, and what stands behind marks."""


def together(names: Sequence[str]) -> str:
    """Names as one reads them: “Mara and Jan”; empty where there are none."""
    said = names[0] if names else ""
    for name in names[1:]:
        said = tr("{names} and {name}", names=said, name=name)
    return said


def either(names: Sequence[str]) -> str:
    """One of these names: “claim or denial”."""
    said = names[0] if names else ""
    for name in names[1:]:
        said = tr("{names} or {name}", names=said, name=name)
    return said


def of_label(label: str, marks: int) -> str:
    """So many marks of a label: “2 claims”."""
    return trn("{count} {label}", "{count} {label}s", marks, label=label)


def of_op(kind: str, title: str) -> str:
    """An op as a history lists it; its title is what the journal holds."""
    if kind == "undo":
        return tr("Undo: {title}", title=title)
    return tr("Redo: {title}", title=title) if kind == "redo" else title
