"""A project in outline: what is known of each document without its text, enough to plan a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """One document, and what joins it to others."""

    id: str
    metadata: Mapping[str, Any] = {}
    text_sha256: str = ""
    group: str = ""
    """The near-duplicates it is one of, under whatever name."""
    propositions: tuple[str, ...] = ()
    """Ids of what its marks state or deny."""
    linked: tuple[str, ...] = ()
    """Ids of the documents that its marks are linked with."""
    sets: tuple[SetOutline, ...] = ()

    @property
    def outlet(self) -> str:
        """Who published it, or an empty string."""
        return str(self.metadata.get("outlet") or self.metadata.get("site") or "")

    @property
    def published(self) -> str:
        """YYYY-MM-DD or as much of it as is known, or an empty string."""
        return str(self.metadata.get("published") or "")

    @property
    def story(self) -> str:
        """The key that the person gave to the event it tells of, or an empty string."""
        return str(self.metadata.get("story") or "")
