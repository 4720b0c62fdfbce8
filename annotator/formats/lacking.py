"""What a format has no room for, told mark by mark and link by link."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntryRelation, EntrySpan
from annotator.model.loss import (
    ACTORS,
    ATTRIBUTES,
    LINK_ATTRIBUTES,
    LINKS,
    LINKS_ELSEWHERE,
    LINKS_OF_OMITTED,
    LINKS_TO_SETS,
    NOTES,
    PROPOSITIONS,
    Losses,
)


def tell_marks(spans: Sequence[EntrySpan], holds: frozenset[str], losses: Losses) -> None:
    """Count what the marks that are written have and the format cannot hold."""
    if "attributes" not in holds:
        losses.add(ATTRIBUTES, [s.id for s in spans if s.attributes != NO_ATTRIBUTES])
    if "notes" not in holds:
        losses.add(NOTES, [s.id for s in spans if s.note])
    if "behind" not in holds:
        losses.add(ACTORS, [s.id for s in spans if s.actor is not UNSET])
        losses.add(PROPOSITIONS, [s.id for s in spans if s.proposition is not UNSET])


def links_within(
    entry: Entry, written: Sequence[EntrySpan], losses: Losses, *, attributes: bool = False
) -> list[EntryRelation]:
    """The links between marks that are written; the others are counted.

    ``attributes``: whether the format keeps those of links.
    """
    if not entry.relations:
        return []
    here = {span.id for span in written}
    whole = here if len(written) == len(entry.spans) else {span.id for span in entry.spans}
    kept: list[EntryRelation] = []
    for link in entry.relations:
        if link.to_doc is not UNSET:
            losses.add(LINKS_ELSEWHERE, (link.id,))
        elif link.to not in whole:
            losses.add(LINKS_TO_SETS, (link.id,))
        elif link.from_ in here and link.to in here:
            kept.append(link)
        else:
            losses.add(LINKS_OF_OMITTED, (link.id,))
    if not attributes:
        losses.add(LINK_ATTRIBUTES, [r.id for r in kept if r.attributes != NO_ATTRIBUTES])
    return kept


def no_links(entry: Entry, losses: Losses) -> None:
    """Count the links of an entry in a format that has none."""
    losses.add(LINKS, [link.id for link in entry.relations])
