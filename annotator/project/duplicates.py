"""Articles that tell one story in the same words: groups, of which nothing is merged or removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from annotator.datasets.duplicates import shared_runs, stories
from annotator.errors import RuleError
from annotator.language import tr
from annotator.model.document import Document
from annotator.model.prepared import Prepared
from annotator.progress import Progress, silent
from annotator.project.project import Act, Project, Queries
from annotator.text.likeness import is_same_story, likeness, runs

LEAST = 0.15
"""Of the runs that a text's sample should have for its length, how many another must share."""
EACH = 60
"""Characters of a text for one run of its sample; many, so that nothing is left out wrongly."""
REMEMBERED = 4_000
"""Texts whose runs are kept while all are compared."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that tell one story."""

    id: str
    documents: tuple[Document, ...]
    """Oldest first."""
    likeness: tuple[float, ...]
    """How much of the words each has in common with the first, from 0 to 1."""


def groups(project: Project) -> tuple[Group, ...]:
    """The groups as they stand, those of the oldest articles first."""
    found: list[Group] = []
    for group_id, members in groupby(project.read.grouped(), key=attrgetter("group_id")):
        documents = tuple(members)
        if len(documents) > 1:
            alike = _likeness_to_first(project, documents)
            found.append(Group(id=group_id, documents=documents, likeness=alike))
    return tuple(found)


def look_again(project: Project, progress: Progress = silent) -> int:
    """Compare all articles and put those that tell one story in one group; one act.

    Groups are joined, never taken apart, and who was set apart by hand stays so. Returns how many
    articles came into another group.
    """
    read = project.read
    progress(0, None, "")
    shared = shared_runs(read.every_run())
    texts = sorted({text for pair in shared for text in pair})
    done = 0

    @lru_cache(REMEMBERED)
    def runs_of(text: int) -> frozenset[int]:
        nonlocal done
        done += 1
        progress(min(done, len(texts)), len(texts), "")
        return read.body_runs(text)

    alike = stories(shared, lambda one, other: is_same_story(runs_of(one), runs_of(other)))
    by_text = read.documents_with([text for group in alike for text in group])
    with project.op("Group articles") as act:
        return sum(
            _put_together(act, [one for text in group for one in by_text.get(text, ())])
            for group in alike
        )


def set_apart(project: Project, document_id: str) -> None:
    """Take a document out of its group. Raises RuleError where it is in none."""
    with project.op("Set apart") as act:
        document = act.read.document(document_id)
        others = [o for o in act.read.grouped(document.group) if o.id != document_id]
        if not others:
            raise RuleError(
                tr("“{title}” is in no group; nothing was changed.", title=document.title)
            )
        if document.group_id == document.id:  # the group was called by it
            for other in others:
                act.tx.put(other, replace(other, group_id=others[0].id))
        act.tx.put(document, replace(document, group_id=document.id))


def put_together(project: Project, document_ids: Sequence[str]) -> None:
    """Say of documents that they tell one story. Raises RuleError where it is one document."""
    with project.op("Put in one group") as act:
        documents = [act.read.document(one) for one in dict.fromkeys(document_ids)]
        if len(documents) == 1:
            raise RuleError(
                tr("“{title}” was named alone; nothing was changed.", title=documents[0].title)
            )
        _join(act, documents)


class Kin:
    """The new documents of one batch, each beside the article that tells its story."""

    def __init__(self, act: Act, batch: Sequence[Prepared]) -> None:
        """The texts of the batch are stored already."""
        self._act = act
        self._numbers = act.read.text_numbers([one.text_sha256 for one in batch])
        self._new: dict[str, tuple[Document, Prepared]] = {}
        self._first: dict[int, str] = {}

    @property
    def documents(self) -> list[tuple[Document, Prepared]]:
        """The new documents as they are to be stored."""
        return list(self._new.values())

    def add(self, document: Document, prepared: Prepared) -> tuple[Document, float] | None:
        """Take a new document, in the group of the one that tells its story.

        Returns that one, and how much of the words they have in common, from 0 to 1.
        """
        found = self._closest(prepared)
        if found is not None:
            document = replace(document, group_id=self._named(found[0]).group_id)
        self._new[document.id] = document, prepared
        self._first.setdefault(self._numbers[prepared.text_sha256], document.id)
        return found

    def _closest(self, prepared: Prepared) -> tuple[Document, float] | None:
        own = self._numbers[prepared.text_sha256]
        there = self._act.read.documents_with([own]).get(own, ())
        same = self._document(own) or next(iter(there), None)
        if same is not None:
            return same, 1.0
        ours = _runs(prepared)
        for number, document in likely(self._act.read, prepared, self._document):
            theirs = frozenset[int]() if number == own else self._runs_of(number)
            if is_same_story(ours, theirs):
                return document, likeness(ours, theirs)
        return None

    def _named(self, document: Document) -> Document:
        """The document in a group, which is called by it where it was in none."""
        if document.group_id is not None:
            return document
        named = replace(document, group_id=document.id)
        if document.id in self._new:  # not stored yet
            self._new[document.id] = named, self._new[document.id][1]
        else:
            self._act.tx.put(document, named)
        return named

    def _document(self, number: int) -> Document | None:
        return self._new[self._first[number]][0] if number in self._first else None

    def _runs_of(self, number: int) -> frozenset[int]:
        if number in self._first:
            return _runs(self._new[self._first[number]][1])
        return self._act.read.body_runs(number)


def likely(
    read: Queries, prepared: Prepared, new: Callable[[int], Document | None] = lambda _: None
) -> list[tuple[int, Document]]:
    """Texts that may tell an article's story, each with its oldest document, the likeliest first.

    ``new`` gives documents that are not stored yet. What shares too few runs for its length is not
    worth being read.
    """
    shared = read.texts_sharing(prepared.sample)
    there = read.documents_with([number for number, _ in shared])
    found: list[tuple[int, Document]] = []
    for number, n in shared:
        document = new(number) or next(iter(there.get(number, ())), None)
        if document is not None:
            shorter = min(len(prepared.sample), document.length / EACH)
            if n >= LEAST * shorter:
                found.append((number, document))
    return found


def _runs(prepared: Prepared) -> frozenset[int]:
    return runs(prepared.body_words())


def _join(act: Act, documents: Sequence[Document]) -> int:
    """Put documents, and all of their groups, in the group of the oldest; how many that changed."""
    known = {one.group_id: one.group_id for one in documents if one.group_id}
    members = {one.id: one for group in known for one in act.read.grouped(group)}
    members |= {one.id: one for one in documents}
    name = min([*known, *members])
    changed = [one for one in members.values() if one.group_id != name]
    for one in changed:
        act.tx.put(one, replace(one, group_id=name))
    return len(changed)


def _put_together(act: Act, documents: Sequence[Document]) -> int:
    """Join those that nobody has set apart."""
    free = [one for one in documents if not _is_apart(act, one)]
    return _join(act, free) if len(free) > 1 else 0


def _is_apart(act: Act, document: Document) -> bool:
    return document.group_id == document.id and len(act.read.grouped(document.id)) == 1


def _likeness_to_first(project: Project, documents: Sequence[Document]) -> tuple[float, ...]:
    numbers = project.read.text_numbers([one.text_sha256 for one in documents])
    found = {number: project.read.body_runs(number) for number in set(numbers.values())}
    first, *others = (found[numbers[one.text_sha256]] for one in documents)
    return (1.0, *(round(likeness(first, other), 3) for other in others))
