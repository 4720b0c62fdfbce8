"""Links between marks."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import RuleError
from annotator.language import tr
from annotator.model import rules
from annotator.model.annotation import Annotation, Relation
from annotator.model.ids import new_id
from annotator.model.schema import RelationType, Schema
from annotator.project.project import Act, Project


def link(project: Project, kind: str, from_id: str, to_id: str) -> Relation:
    """Link two marks, perhaps of two documents. Raises NotFound or RuleError; nothing is stored."""
    with project.op(f"Link: {kind}") as act:
        type_ = act.read.schema().for_links(kind)
        source, target = act.read.annotation(from_id), act.read.annotation(to_id)
        rules.require_link(type_, source, target, _in_the_way(act, type_, source, target))
        relation = Relation(
            id=new_id(),
            set_id=source.set_id,
            type=kind,
            from_id=from_id,
            to_id=to_id,
            created=act.tx.at,
            updated=act.tx.at,
            by=act.tx.person,
        )
        act.tx.add(relation)
        act.tx.concerns(source.document_id, target.document_id)
        return relation


def unlink(project: Project, ids: Sequence[str]) -> None:
    """Remove links. Raises NotFound where one is not there."""
    with project.op("Remove links" if len(ids) > 1 else "Remove link") as act:
        for relation_id in ids:
            relation = act.read.relation(relation_id)
            ends = act.read.annotations_of([relation.from_id, relation.to_id])
            act.tx.drop(relation)
            act.tx.concerns(*(end.document_id for end in ends))


def turn(project: Project, relation_id: str) -> Relation:
    """Let a link lead the other way. Raises NotFound or RuleError; nothing is changed."""
    with project.op("Turn link") as act:
        relation = act.read.relation(relation_id)
        unlink(project, [relation_id])
        return link(project, relation.type, relation.to_id, relation.from_id)


def between(schema: Schema, a: Annotation, b: Annotation) -> tuple[tuple[str, str, str], ...]:
    """The links that the schema allows between two marks: type, from, to; a's own first.

    Raises RuleError where there is none.
    """
    schema = schema.current
    there = [(kind.name, a.id, b.id) for kind in schema.relations_between(a.label, b.label)]
    back = [(kind.name, b.id, a.id) for kind in schema.relations_between(b.label, a.label)]
    found = tuple(dict.fromkeys(there + back))
    if not found:
        raise RuleError(
            tr("No link leads between a {one} and a {other}.", one=a.label, other=b.label)
        )
    return found


def _in_the_way(
    act: Act, kind: RelationType, source: Annotation, target: Annotation
) -> tuple[Relation, ...]:
    """The links that could make this one a double or close a circle."""
    if kind.acyclic:
        return act.read.relations_of_type(kind.name)
    return act.read.relations_at([source.id, target.id])
