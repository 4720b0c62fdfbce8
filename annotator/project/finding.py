"""Finding in all articles, and marking what was found as one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from annotator.errors import SearchError
from annotator.language import tr
from annotator.model.annotation import Annotation, AnnotationSet, segments_of
from annotator.model.found import Found, Page, Place
from annotator.model.ids import new_id
from annotator.progress import Progress, silent
from annotator.project.project import Act, Project, Queries
from annotator.storage import finding, many
from annotator.text.finding import MOST, Sought
from annotator.text.span import Span, trimmed

PART = 500
"""Documents that are marked in one op; more of them are further ops of the same undo step."""


class Marked(msgspec.Struct, frozen=True):
    """What became of marking all."""

    marks: int
    documents: int
    already: int
    """Places that already had this very mark and were left alone."""

    def plus(self, other: Marked) -> Marked:
        """Both together."""
        return Marked(
            self.marks + other.marks,
            self.documents + other.documents,
            self.already + other.already,
        )


def find(read: Queries, wanted: Sought, after: int = 0, **how: Any) -> Page:
    """A page of what is found behind ``after``; ``how`` as `storage.finding.page` takes it."""
    return read.ask(finding.page, wanted, after, **how)


def everywhere(read: Queries, wanted: Sought, document_id: str | None = None) -> Iterator[Found]:
    """Every document that holds it, read as it is asked for. Raises SearchError."""
    after: int | None = 0
    while after is not None:
        page = find(read, wanted, after, document_id=document_id, snippets=MOST)
        yield from page.found
        after = page.after


def whole(found: Found) -> Found:
    """The same, where all its places are known. Raises SearchError where there are too many."""
    if len(found.places) >= MOST:
        raise SearchError(
            tr(
                "“{title}” alone holds it {most:,} times or more, which is too much to mark at "
                "once; nothing was marked.",
                title=found.title,
                most=MOST,
            )
        )
    return found


def mark_all(
    project: Project,
    label: str,
    places: Iterable[tuple[str, Sequence[Place]]],
    progress: Progress = silent,
) -> Marked:
    """Mark places of documents, given by id, in the person's own sets, as one act.

    A place that already has this label on exactly these words is left alone. Raises RuleError where
    no mark can have this label. Whatever is raised, Cancelled too, leaves nothing stored.
    """
    with project.op(f"Mark all as {label}") as act:
        act.read.schema().for_marks(label)
        total = Marked(0, 0, 0)
        waiting = iter(places)
        part = dict(islice(waiting, PART))
        while part:
            progress(total.documents, None)
            total = total.plus(_mark_part(act, label, part))
            part = dict(islice(waiting, PART))
            if part:
                act.next_part()
        return total


def _mark_part(act: Act, label: str, places: dict[str, Sequence[Place]]) -> Marked:
    documents = list(places)
    texts = act.read.ask(many.texts, documents)
    sets = act.read.ask(many.own_sets, documents, act.tx.person)
    there = act.read.ask(many.extents, [own.id for own in sets.values()], label)
    marks: list[Annotation] = []
    already = marked = 0
    for document_id, text in texts.items():
        spans = _spans(text, places[document_id])
        own = sets.get(document_id)
        new = [one for one in spans if own is None or one not in there.get(own.id, ())]
        already += len(spans) - len(new)
        if new:
            own = act.at_work(document_id, own)
            marks += [_mark(act, own, label, span, text) for span in new]
            marked += 1
    act.tx.add_many(marks)
    return Marked(len(marks), marked, already)


def _spans(text: str, places: Sequence[Place]) -> list[Span]:
    """The places without blanks at their edges, each once."""
    tight = (trimmed(text, start, end) for start, end in places)
    return list(dict.fromkeys(Span.of([one]) for one in tight if one[0] < one[1]))


def _mark(act: Act, own: AnnotationSet, label: str, span: Span, text: str) -> Annotation:
    return Annotation(
        id=new_id(),
        set_id=own.id,
        document_id=own.document_id,
        label=label,
        segments=segments_of(span, text),
        created=act.tx.at,
        updated=act.tx.at,
        by=act.tx.person,
    )
