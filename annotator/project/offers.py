"""Taking what was offered around a mark: all of it in one act."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.model.annotation import Annotation, Offered, Relation
from annotator.project import marks, relations
from annotator.project.project import Act, Project
from annotator.suggest.offers import Offer, OfferedMark


def take(project: Project, document_id: str, offer: Offer) -> list[Annotation]:
    """Store what an offer brings; gives its marks in their order.

    Marks that came by it are of origin *suggested* and know what was offered; links likewise. Raises
    NotFound or RuleError; nothing is then stored.
    """
    with project.op("Take what was offered") as act:
        made = [_mark(project, act, document_id, one, offer.rule) for one in offer.marks]
        for name, value in offer.attributes.items():
            made[0] = marks.set_attribute(project, made[0].id, name, value)
        for kind, from_, to in offer.links:
            _came_by_offer(act, relations.link(project, kind, made[from_].id, made[to].id))
        return made


def _mark(
    project: Project, act: Act, document_id: str, offered: OfferedMark, rule: str
) -> Annotation:
    if offered.mark_id is None:
        made = marks.add(project, document_id, offered.span, offered.label)
        after = replace(made, origin="suggested", offered=Offered(rule, offered.span.segments))
        act.tx.put(made, after)
        return after
    there = act.read.annotation(offered.mark_id)
    if there.span != offered.span:
        return marks.move(project, there.id, offered.span)
    return there


def _came_by_offer(act: Act, made: Relation) -> None:
    act.tx.put(made, replace(made, origin="suggested"))
