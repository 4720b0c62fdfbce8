"""Which column of a table holds what: guessed from how columns are called, chosen by the person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from annotator.errors import ArticleError, RuleError
from annotator.language import tr

KNOWN: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "full_text", "fulltext", "article_text", "articlebody", "article_body", "html",
        "content_html", "body_html", "maintext", "article", "story", "raw_text", "content:encoded", "contents",
        "text_content", "5",
    ),
    "title": ("title", "headline", "heading", "titre", "titel", "1"),
    "authors": ("authors", "author", "byline", "creator", "published_by", "by", "writer"),
    "published": (
        "published", "published_at", "publishedat", "date_published", "publish_date", "pub_date", "pubdate",
        "datetime", "datepublished", "date", "publication_date", "webpublicationdate", "seendate",
    ),
    "outlet": (
        "outlet", "source.name", "source.title", "site_name", "sitename", "site", "publication", "publisher",
        "media_name", "newspaper", "source", "domain_name", "domain", "medium",
    ),
    "url": (
        "url", "link", "original_url", "source_url", "permalink", "web_url", "weburl", "canonical", "canonical_url",
        "2",
    ),
    "language": ("language", "lang", "langue"),
    "saved": ("saved", "saved_at", "savedat", "created_at", "time_added", "date_saved"),
}  # fmt: skip
"""What a column may hold, and how it is called where it does; the surest name first."""

_APART = re.compile(r"[\s_-]+")


def guessed(columns: Iterable[str]) -> dict[str, str]:
    """For each thing that is known the column that seems to hold it."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(_APART.sub("_", column.strip().casefold()), column)
    found: dict[str, str] = {}
    for key, names in KNOWN.items():
        column = next(
            (by_name[n] for n in names if n in by_name and by_name[n] not in found.values()), None
        )
        if column is not None:
            found[key] = column
    return found


class Table(msgspec.Struct, frozen=True):
    """What a table holds, for the person who says which column is what."""

    columns: tuple[str, ...]
    sample: tuple[dict[str, str], ...]
    mapping: dict[str, str]
    """For what is known (KNOWN) the column, as far as guessed or chosen."""

    @property
    def strange(self) -> tuple[str, ...]:
        """The columns of which nobody knows what they hold."""
        used = set(self.mapping.values())
        return tuple(column for column in self.columns if column not in used)


class TableMapping(msgspec.Struct, frozen=True):
    """What a person says of the columns of a table; the rest is guessed."""

    mapping: Mapping[str, str]
    """For each thing its column; an empty one says that no column holds it."""
    of: tuple[str, ...] = ()
    """The columns of the tables that are meant; all tables where empty."""

    @classmethod
    def parse(cls, written: Iterable[str]) -> TableMapping:
        """A mapping from ``THING=COLUMN``. Raises RuleError."""
        mapping: dict[str, str] = {}
        for one in written:
            key, sign, column = one.partition("=")
            if not sign or key not in KNOWN:
                raise RuleError(
                    tr(
                        "“{words}” is not THING=COLUMN; things are {things}. Nothing was imported.",
                        words=one,
                        things=", ".join(KNOWN),
                    )
                )
            mapping[key] = column
        return cls(mapping)


def chosen(table: Table, mappings: Sequence[TableMapping]) -> dict[str, str]:
    """Which column holds what: as the person says, else as guessed. Raises ArticleError.

    One for the very columns goes before one for all tables.
    """
    fitting = sorted(
        (one for one in mappings if one.of in ((), table.columns)), key=lambda one: one.of
    )
    said = {key: column for one in fitting for key, column in one.mapping.items()}
    for column in said.values():
        if column and column not in table.columns:
            there = ", ".join(table.columns)
            raise ArticleError(
                tr("there is no column “{column}”, only {there}", column=column, there=there)
            )
    taken = set(said.values())
    guess = {key: column for key, column in table.mapping.items() if column not in taken}
    return {key: column for key, column in (guess | said).items() if column}


def flat(record: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """A record with the keys of objects in it behind a dot: ``source.name``; one level deep."""
    made: dict[str, object] = {}
    for key, value in record.items():
        if isinstance(value, dict) and not prefix:
            made |= flat(value, f"{key}.")
        else:
            made[prefix + str(key)] = value
    return made
