"""Lines of a press database that say what follows: ``BYLINE: …``, in the languages it prints in."""

from __future__ import annotations

import re

from annotator.articles.bylines import authors_of
from annotator.articles.details import Details
from annotator.articles.press.export import SURE, Item, language_in, length_in

_KNOWN = {
    label: key
    for key, labels in {
        "authors": "byline autor auteur author signature autore auteurs auteur(s) anchors name",
        "section": "section rubrik rubrique sectie sezione sección",
        "words": "length länge longueur lengte longitud lunghezza",
        "dateline": "dateline ortszeile datumregel lieu",
        "highlight": "highlight encart chapeau samenvatting",
        "language": "language sprache langue taal lingua idioma",
        "url": "url",
        "title": "title headline titre titel titolo leadall",
        "text": "body text texte tekst",
        "other": "guests transcript show bio type issue",
    }.items()
    for label in labels.split()
}
_BEHIND = re.compile(
    r"(?:load|correction|update|charge|geladen)[- ]?dat\w*|date-chargement|laden-datum|language|sprache|langue|taal"
    r"|lingua|idioma|publication-type|type-publication|pub-type|document-type|journal-code|code-revue|graphic|grafik"
    r"|graphique|correction|subject|sujet|company|société|societe|organi[sz]ation|ticker|industry|geographic|person"
    r"|update|notes|pub-subject|classification|view original page|ursprungliche seite|document-id|issn|url",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<label>[^\W\d_a-zß-öø-ÿ](?:[^\W\d_a-zß-öø-ÿ]|[() /-]){2,30}):(?P<value>.*)", re.DOTALL
)
_ROLES = {
    "title": "headline",
    "text": "boilerplate",
    "authors": "byline",
    "dateline": "dateline",
    "section": "section",
    "highlight": "section",
}
_BY = re.compile(r"^(?:by|von|par|door|van|por)\b:?\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\((?:avec|with|mit|met|con|com)\b[^()]*\)$", re.IGNORECASE)
"""Who helped, behind the names."""
_NO_NAME = re.compile(
    r"\d|[.;]\s|\b(?:report|syndication|staff|correspondent|onze)\b", re.IGNORECASE
)


def label_of(group: str) -> tuple[str, str]:
    """The label in capitals that a group of lines begins with, and what it says; or empty strings."""
    found = _LABEL.match(group.strip())
    if found is None:
        return "", ""
    return found["label"].strip(), " ".join(found["value"].split())


def stands_behind(label: str) -> bool:
    """Whether a label stands behind the text of an article."""
    return _BEHIND.fullmatch(label) is not None


def key_of(label: str) -> str:
    """Our name for what a label above a text says, or an empty string."""
    return _KNOWN.get(label.casefold(), "")


def take(item: Item, label: str, value: str) -> str:
    """Take what a label says into the details; the role of its line."""
    key = key_of(label)
    if key == "words":
        item.words = length_in(value)
    elif key == "authors":
        add_authors(item.about, value)
    elif key == "language":
        item.about.add(key, language_in(value), "database", SURE)
    elif key == "title":
        item.about.add(key, value, "database", SURE)
    elif key == "url":
        item.about.add(key, value.replace(" ", ""), "database", SURE)
    elif value and key != "text":
        item.about.keep({key or label.casefold().replace("-", "_"): value})
    return _ROLES.get(key, "boilerplate")


def add_authors(about: Details, value: str) -> None:
    """Take the names that a byline holds; where it holds none, the line as it is, less sure."""
    said = _BY.sub("", _ASIDE.sub("", value)).strip(" .")
    names = [name for name in authors_of(said) if not _NO_NAME.search(name)]
    about.add("authors", [name.strip() for name in names], "database", SURE)
    about.add("authors", [said] if said else [], "database", 0.4)
