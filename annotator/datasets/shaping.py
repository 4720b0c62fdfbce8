"""Entries of a project become those of a dataset: of their split, with the labels that were asked for,
and with no link into nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import UNSET
from msgspec.structs import replace

from annotator.language import in_english
from annotator.model.dataset import Entry, EntryRelation
from annotator.model.loss import LINKS_OF_OMITTED, OTHER_LABELS, WHOLE, Kind, Losses
from annotator.model.outline import FarEnd

LINKS_LEFT_BEHIND = Kind("links_left_behind", "link", in_english("left out, for they lead to marks that stay behind"), WHOLE)  # fmt: skip


def shaped(
    entries: Iterable[Entry],
    losses: Losses,
    *,
    split: str = "",
    labels: Collection[str] = (),
    far_ends: Mapping[str, FarEnd],
    sets: Collection[str],
) -> Iterator[Entry]:
    """The entries with only ``labels`` (none: all) and only links to marks that go out too.

    ``far_ends`` are the project's marks to which links lead out of another set, ``sets`` the ids of
    all sets that go out.
    """
    taken = frozenset(labels)

    for entry in entries:
        own = {span.id: not taken or span.label in taken for span in entry.spans}
        losses.add(OTHER_LABELS, [one for one, goes_out in own.items() if not goes_out])
        links: list[EntryRelation] = []
        for link in entry.relations:
            far = far_ends.get(link.to)
            if link.to not in own and not (far and far.set_id in sets):
                losses.add(LINKS_LEFT_BEHIND, [link.id])
            elif own[link.from_] and own.get(link.to, not taken or (far and far.label in taken)):
                links.append(link)
            else:
                losses.add(LINKS_OF_OMITTED, [link.id])
        yield replace(
            entry,
            spans=tuple(span for span in entry.spans if own[span.id]) if taken else entry.spans,
            relations=tuple(links),
            split=split or UNSET,
        )
