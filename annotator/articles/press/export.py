"""An export of a press database: its articles, and what it says of how many and how long they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from annotator.articles.base import Piece, assembled
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

SURE = 0.98
"""How sure what a database says of an article is."""
LEAST = 0.5
"""Which part of the words that the database counted must be there, or the article may be cut."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_LENGTH = re.compile(
    r"(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)\s*(?:words|mots|wörter|woerter|worte?r?|woorden|palabras|palavras|parole"
    r"|ord|слов\w*|wörtern)\b",
    re.IGNORECASE,
)
_LANGUAGES = {
    name: code
    for code, names in {
        "ar": "arabic arabe arabisch", "da": "danish dansk", "de": "german deutsch allemand",
        "en": "english englisch anglais inglés englishs", "es": "spanish español espagnol spanisch",
        "fi": "finnish suomi", "fr": "french français francais francaise französisch",
        "it": "italian italiano italien italienisch", "ja": "japanese japonais", "ko": "korean",
        "nl": "dutch nederlands", "no": "norwegian norsk", "pl": "polish polski",
        "pt": "portuguese português portugais", "ru": "russian русский russe", "sv": "swedish svenska",
        "tr": "turkish türkçe", "zh": "chinese chinois", "ur": "urdu", "fa": "persian farsi",
    }.items()
    for name in names.split()
}  # fmt: skip


class Item(msgspec.Struct):
    """One article of an export."""

    pieces: list[Piece]
    about: Details
    words: int = 0
    """How many words it has, as the database counted; 0 where it does not say."""


class Export(msgspec.Struct):
    """What a file of a press database holds."""

    database: str
    items: Sequence[Item]
    announced: int = 0
    """How many articles it says it holds; 0 where it does not say."""


def articles(
    export: Export, *, source: bytes, reader: str, name: str
) -> Iterator[Article | ArticleError]:
    """The articles one after the other, and an error at the end where some are missing."""
    for part, item in enumerate(export.items, 1):
        try:
            yield assembled(
                item.pieces,
                about=item.about,
                source=source,
                reader=reader,
                name=name,
                warnings=_cut(item),
                part=part,
            )
        except ArticleError:
            yield ArticleError(
                tr(
                    "Article {part} of {name} holds no text; it was not imported.",
                    part=part,
                    name=said(name),
                )
            )
    if len(export.items) < export.announced:
        yield ArticleError(
            tr(
                "{name} says that it holds {announced} articles, and {found} were "
                "found; those were imported.",
                name=said(name),
                announced=export.announced,
                found=len(export.items),
            )
        )


def length_in(words: str) -> int:
    """How many words a line says that an article has; 0 where it does not say."""
    found = _LENGTH.search(words)
    return int(re.sub(r"\D", "", found[1])) if found else 0


def language_in(words: str) -> str:
    """The code of the first language that is named, or the words as they are."""
    named = re.findall(r"\w+", words.casefold())
    return next((_LANGUAGES[name] for name in named if name in _LANGUAGES), words.strip())


def _cut(item: Item) -> Iterator[str]:
    held = sum(len(_WORD.findall(piece.text)) for piece in item.pieces)
    if held < item.words * LEAST:
        yield tr(
            "The database counted {words} words, {held} are here: it may be cut.",
            words=item.words,
            held=held,
        )
