"""What became of what was to be taken in."""

from __future__ import annotations

import msgspec

IMPORTED, ALREADY_THERE, REFUSED = "imported", "already_there", "refused"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one article, or of one file that is none."""

    name: str
    """The file it came in."""
    result: str
    """imported, already_there or refused."""
    documents: tuple[str, ...] = ()
    """Ids of the documents that it is."""
    reason: str = ""
    """Why it was refused."""
    notes: tuple[str, ...] = ()
    """What the person should know of it."""
    title: str = ""
    outlet: str = ""
    published: str = ""
    words: int = 0
    """Words of the blocks that are not dimmed."""
    same_as: str = ""
    """Id of a document that tells the same story in the same words; empty: none."""
    likeness: float = 0.0
    """How much of the words they have in common, from 0 to 1."""
    earlier: str = ""
    """Id of the document that holds an earlier text of the same address; empty: none."""


class Report(msgspec.Struct, frozen=True):
    """What became of everything, in the order in which it was met."""

    outcomes: tuple[Outcome, ...]

    def count(self, result: str) -> int:
        """How many had this result."""
        return sum(outcome.result == result for outcome in self.outcomes)
