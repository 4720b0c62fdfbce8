"""A later text of the same address: what of the work on the earlier one can be carried over."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.language import tr
from annotator.model.annotation import Annotation, Relation, segments_of
from annotator.model.document import Document
from annotator.model.ids import new_id
from annotator.project.project import Act, Project
from annotator.storage.queries import Queries
from annotator.text.anchoring import anchored
from annotator.text.span import Span


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the person's marks of an earlier text."""

    placed: tuple[str, ...]
    """Ids of the marks in the later text."""
    already: int
    """How many were there before."""
    orphans: tuple[Annotation, ...]
    """Marks of the earlier text that have no certain place in the later; they stay where they are."""


def earlier_text(read: Queries, document: Document) -> Document | None:
    """The newest document of the same address with another text."""
    found = read.at_address(document.address) if document.address else ()
    others = [one for one in found if one.id != document.id]
    return next((one for one in others if one.text_sha256 != document.text_sha256), None)


def offered(project: Project) -> tuple[tuple[Document, Document], ...]:
    """Earlier and later documents where the earlier holds marks of the person that wait."""
    read, person = project.read, project.person.id
    pairs: list[tuple[Document, Document]] = []
    for later in read.later_texts():
        known = read.any_document(later.earlier_id or "")
        if known is None or known[1]:
            continue
        if _own(read, known[0].id, person) and not _own(read, later.id, person):
            pairs.append((known[0], later))
    return tuple(pairs)


def preview(project: Project, later_id: str) -> Carried:
    """What `carry` would do; nothing is changed. Raises NotFound or RuleError."""
    read, person = project.read, project.person.id
    later = read.document(later_id)
    earlier = _earlier(read, later)
    waiting, already = _waiting(read, earlier, later, person)
    orphans = [mark for mark, place in waiting if place is None]
    placed = [mark.id for mark, place in waiting if place is not None]
    return Carried(placed=tuple(placed), already=already, orphans=tuple(orphans))


def carry(project: Project, later_id: str) -> Carried:
    """Carry the person's own marks of the earlier text, and the links between them, to the later.

    Only to where their words certainly stand; the others are given as orphans. What is there already
    is left as it is. One act. Raises NotFound or RuleError; nothing is then changed.
    """
    with project.op("Carry marks to the new text") as act:
        later = act.read.document(later_id)
        earlier = _earlier(act.read, later)
        waiting, already = _waiting(act.read, earlier, later, act.tx.person)
        made = _place(act, later, waiting)
        _link(act, earlier, made)
        return Carried(
            placed=tuple(mark.id for mark in made.values()),
            already=already,
            orphans=tuple(mark for mark, place in waiting if place is None),
        )


def _earlier(read: Queries, later: Document) -> Document:
    if later.earlier_id is None:
        raise RuleError(
            tr("“{title}” has no earlier text here; nothing was changed.", title=later.title)
        )
    return read.document(later.earlier_id)


def _own(read: Queries, document_id: str, person: str) -> list[Annotation]:
    own = read.own_set(document_id, person)
    marks = read.annotations(document_id) if own else ()
    return [mark for mark in marks if own and mark.set_id == own.id]


def _waiting(
    read: Queries, earlier: Document, later: Document, person: str
) -> tuple[list[tuple[Annotation, Span | None]], int]:
    """The marks that are to be carried, each with its place or none; how many are there already."""
    marks = _own(read, earlier.id, person)
    here = _own(read, later.id, person)
    places = anchored(read.text(earlier.id), read.text(later.id), [mark.span for mark in marks])
    known = {(mark.label, mark.span) for mark in here}
    # An orphan that somebody has placed by hand is none any more.
    by_hand = {(mark.label, mark.words) for mark in here}
    waiting = [
        (mark, place)
        for mark, place in zip(marks, places, strict=True)
        if (mark.label, place) not in known
        and not (place is None and (mark.label, mark.words) in by_hand)
    ]
    return waiting, len(marks) - len(waiting)


def _place(
    act: Act, later: Document, waiting: list[tuple[Annotation, Span | None]]
) -> dict[str, Annotation]:
    """The new marks by the ids of the old."""
    text = act.read.text(later.id)
    certain = [(mark, place) for mark, place in waiting if place is not None]
    if not certain:
        return {}
    own = act.own_set(later.id)
    made = {
        mark.id: replace(
            mark,
            id=new_id(),
            set_id=own.id,
            document_id=later.id,
            segments=segments_of(place, text),
            created=act.tx.at,
            updated=act.tx.at,
            by=act.tx.person,
        )
        for mark, place in certain
    }
    act.tx.add_many(list(made.values()))
    return made


def _link(act: Act, earlier: Document, made: dict[str, Annotation]) -> None:
    """The links of which both ends were carried."""
    links: list[Relation] = []
    for link in act.read.relations(earlier.id):
        ends = [made.get(link.from_id), made.get(link.to_id)]
        if None in ends:
            continue
        links.append(
            replace(
                link,
                id=new_id(),
                set_id=made[link.from_id].set_id,
                from_id=made[link.from_id].id,
                to_id=made[link.to_id].id,
                created=act.tx.at,
                updated=act.tx.at,
                by=act.tx.person,
            )
        )
    act.tx.add_many(links)
