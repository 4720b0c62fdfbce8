"""How far a project is, in numbers."""

from __future__ import annotations

import msgspec

from annotator.language import tr

PAUSE = 300
"""Seconds between two acts from which on they count as a pause and not as work."""


class Source(msgspec.Struct, frozen=True):
    """Somebody who is a source: the actor where one is named, else the words of the mark."""

    name: str
    marks: int
    articles: int


class Worked(msgspec.Struct, frozen=True):
    """How long was worked on an article."""

    document_id: str
    title: str
    seconds: int


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of one state of a project; removed articles do not count."""

    articles: int
    statuses: dict[str, int]
    """Articles by the asking person's own status."""
    marks: dict[str, int]
    """By label, in the order of the schema."""
    left_out: int
    """Denials that are refusals or no denials at all, where they were not asked for."""
    links: dict[str, int]
    per_article: tuple[tuple[int, int], ...]
    """How many articles have so many marks: pairs of marks and articles, fewest marks first."""
    sources: tuple[Source, ...]
    """The most frequent first."""
    source_names: int
    """How many different ones there are."""
    worked: tuple[Worked, ...]
    """Every article that was worked on, the longest first.

    The time between two acts of a person counts for the article of the later one, unless it is
    longer than `PAUSE`.
    """

    @property
    def total(self) -> int:
        """All marks that count."""
        return sum(self.marks.values())

    @property
    def median_seconds(self) -> int:
        """The time of the article in the middle, or 0."""
        return self.worked[len(self.worked) // 2].seconds if self.worked else 0


def duration(seconds: int) -> str:
    """A time as it is said: 45 s, 12 min, 3 h 05 min."""
    if seconds < 100:
        return tr("{n} s", n=seconds)
    if seconds < 6000:
        return tr("{n} min", n=round(seconds / 60))
    return tr("{h} h {min:02} min", h=seconds // 3600, min=seconds % 3600 // 60)
