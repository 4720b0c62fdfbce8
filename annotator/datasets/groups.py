"""Which documents belong together, so that no split may part them.

A group is called by the smallest id in it. Ids sort by the time they were made, so a document that is
added later joins a group and does not rename it; only two groups that turn out to be one do that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from annotator.model.outline import Outline
from annotator.text.words import fold

DUPLICATES, STORY, PROPOSITION, OUTLET = "duplicates", "story", "proposition", "outlet"
KINDS = (DUPLICATES, STORY, PROPOSITION, OUTLET)
"""What may join documents, as it is said on the command line. Links always do."""
USUAL = (DUPLICATES, STORY, PROPOSITION)


def groups(documents: Iterable[Outline], kinds: Collection[str] = USUAL) -> dict[str, str]:
    """The group of each document, by ids.

    Documents are joined by sharing a key of one of ``kinds`` and by links between their marks, over
    as many steps as it takes. Give all documents of the project, also those that are left out of a
    dataset: what they join belongs together all the same, today and when they are finished.
    """
    joined = _Joined()
    first_with: dict[str, str] = {}
    for document in documents:
        joined.add(document.id)
        for key in _keys(document, kinds):
            joined.join(first_with.setdefault(key, document.id), document.id)
        for other in document.linked:
            joined.join(document.id, other)
    return {one: joined.root(one) for one in joined.added}


def _keys(document: Outline, kinds: Collection[str]) -> Iterator[str]:
    """What the document shares with others; the kind stands before the key."""
    if DUPLICATES in kinds:
        if document.group:
            yield f"group {document.group}"
        if document.text_sha256:
            yield f"text {document.text_sha256}"
    if STORY in kinds and document.story.strip():
        yield f"story {_alike(document.story)}"
    if PROPOSITION in kinds:
        yield from (f"proposition {one}" for one in document.propositions)
    if OUTLET in kinds and document.outlet.strip():
        yield f"outlet {_alike(document.outlet)}"


def _alike(name: str) -> str:
    """A name as it is compared: “Daily Courier” and “daily  courier” are one."""
    return " ".join(fold(name).split())


class _Joined:
    """Disjoint sets whose root is their smallest member."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self.added: list[str] = []

    def add(self, one: str) -> None:
        self._above.setdefault(one, one)
        self.added.append(one)

    def root(self, one: str) -> str:
        above = self._above
        while above.setdefault(one, one) != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
