"""A project in outline: what is known of each document without its text, enough to plan a dataset."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class SetOutline(msgspec.Struct, frozen=True, gc=False):
    """One annotation set: whose it is, how far, and how many marks of each label it has."""

    id: str
    annotator: str
    """The name of the person."""
    kind: str
    status: str
    counts: Mapping[str, int] = {}
    not_denials: int = 0
    """How many of its marks labelled denial deny no fact: refusals and dodges."""


class FarEnd(msgspec.Struct, frozen=True, gc=False):
    """A mark to which a link leads out of another set."""

    set_id: str
    label: str


class Outline(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One document, and what joins it to others."""

    id: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    """YYYY-MM-DD, or as much of it as is known."""
    url: str = ""
    language: str = ""
    story: str = ""
    """The key that the person gave to the event it tells of."""
    text_sha256: str = ""
    source_sha256: str = ""
    reader: str = ""
    """Name and version of the reader that made the text, such as ``html/1``."""
    group: str = ""
    """The near-duplicates it is one of, under whatever name."""
    propositions: tuple[str, ...] = ()
    """Ids of what its marks state or deny."""
    linked: tuple[str, ...] = ()
    """Ids of the documents that its marks are linked with."""
    sets: tuple[SetOutline, ...] = ()
