"""What the schema allows, and what it only points out.

``require_*`` raise RuleError and are asked before an act. ``checks`` finds what is unfinished or odd
in marks that are already there; it never blocks anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from annotator.errors import RuleError
from annotator.language import tr
from annotator.model.annotation import Annotation, Relation
from annotator.model.names import either
from annotator.model.schema import Attribute, RelationType, Schema
from annotator.text.span import Span

SAME_WORDS_TWICE = ("source",)
"""Labels that may stand twice on the same words: `via` holds for every claim of a source mark, and
where it does not, the same words are a second source."""

NO_DENIAL = ("refusal", "non_denial")
"""Kinds of denial that need not deny a claim."""


class Check(msgspec.Struct, frozen=True):
    """Something unfinished or odd, and the marks or relations to look at."""

    code: str
    message: str
    ids: tuple[str, ...]


def require_span(span: Span, length: int, words: str) -> None:
    """A mark lies inside the text and holds more than white space. ``words`` are its own."""
    if span.end > length:
        raise RuleError(
            tr("The text ends at {length}; {span} reaches beyond it.", length=length, span=span)
        )
    if not words.strip():
        raise RuleError(tr("There are only blanks at {span}; a mark needs words.", span=span))


def require_attribute(schema: Schema, label: str, name: str, value: str) -> Attribute:
    """The attribute ``name`` fits the label and has the value. Raises RuleError."""
    fitting = schema.attributes_of(label)
    attribute = next((a for a in fitting if a.name == name), None)
    if attribute is None:
        known = ", ".join(a.name for a in fitting) or "none"
        raise RuleError(
            tr(
                "A {label} has no attribute “{name}”; it can have: {known}.",
                label=label,
                name=name,
                known=known,
            )
        )
    if attribute.retired:
        raise RuleError(
            tr("The attribute “{name}” is retired: marks keep it, no other gets it.", name=name)
        )
    if value not in attribute.values:
        known = ", ".join(attribute.values)
        raise RuleError(
            tr(
                "“{value}” is not a value of {name}; it can be {known}.",
                value=value,
                name=name,
                known=known,
            )
        )
    return attribute


def require_link(
    kind: RelationType, source: Annotation, target: Annotation, existing: Iterable[Relation]
) -> None:
    """A relation of this type may lead from ``source`` to ``target``. Raises RuleError.

    ``existing`` are the relations of this type that could close a circle or be the same again.
    """
    if source.id == target.id:
        raise RuleError(tr("A mark cannot be linked to itself."))
    if not kind.fits(source.label, target.label):
        raise RuleError(
            tr(
                "{name} leads from {starts} to {ends}, not from {start} to {end}.",
                name=kind.name,
                starts=either(kind.from_),
                ends=either(kind.to),
                start=source.label,
                end=target.label,
            )
        )
    links = [r for r in existing if r.type == kind.name]
    if any(r.from_id == source.id and r.to_id == target.id for r in links):
        raise RuleError(tr("These two are already linked by {name}.", name=kind.name))
    if kind.acyclic and _reaches(target.id, source.id, _successors(links)):
        raise RuleError(tr("This {name} would close a circle.", name=kind.name))


def checks(
    schema: Schema, annotations: Sequence[Annotation], relations: Sequence[Relation]
) -> tuple[Check, ...]:
    """Everything that is unfinished or odd among the marks of one document, in text order.

    Ends of relations that lie in another document are taken as they are.
    """
    by_id = {a.id: a for a in annotations}
    links: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        links[relation.type].add(relation.from_id)
    found: list[Check] = []
    for mark in sorted(annotations, key=lambda a: (a.start, a.end)):
        found += _mark_checks(mark, links)
        found += _nested_silence(mark, links, annotations, relations)
    found += _doubles(annotations)
    found += _relation_checks(schema, by_id, relations)
    found += _circles(schema, relations)
    return tuple(found)


def _mark_checks(mark: Annotation, links: Mapping[str, set[str]]) -> list[Check]:
    found: list[Check] = []
    if any(s.quote != s.quote.strip() for s in mark.segments):
        found.append(
            Check("blank_edge", tr("{mark} has blanks at its edge", mark=_short(mark)), (mark.id,))
        )
    if mark.label == "denial":
        kind = mark.attributes.get("denial_kind")
        if mark.id not in links["denies"] and kind not in NO_DENIAL:
            found.append(
                Check(
                    "denial_no_claim", tr("{mark} denies no claim", mark=_short(mark)), (mark.id,)
                )
            )
        if mark.id not in links["issued_by"]:
            found.append(
                Check("denial_no_source", tr("{mark} has no source", mark=_short(mark)), (mark.id,))
            )
    return found


def _doubles(annotations: Sequence[Annotation]) -> list[Check]:
    """Marks of one set and label on the same words, as they come in from other programs."""
    alike: dict[tuple[str, str, Span], list[Annotation]] = defaultdict(list)
    for mark in annotations:
        if mark.label not in SAME_WORDS_TWICE:
            alike[mark.set_id, mark.label, mark.span].append(mark)
    return [
        Check(
            "double_mark",
            tr(
                "{mark} is marked as {label} {times} times",
                mark=_short(marks[0]),
                label=marks[0].label,
                times=len(marks),
            ),
            tuple(mark.id for mark in marks),
        )
        for marks in alike.values()
        if len(marks) > 1
    ]


def _nested_silence(
    mark: Annotation,
    links: Mapping[str, set[str]],
    annotations: Sequence[Annotation],
    relations: Sequence[Relation],
) -> list[Check]:
    """A claim needs a source, unless its attribution is set or it lies in its own denial."""
    if (
        mark.label != "claim"
        or mark.id in links["attributed_to"]
        or "attribution" in mark.attributes
    ):
        return []
    deniers = {r.from_id for r in relations if r.type == "denies" and r.to_id == mark.id}
    for other in annotations:
        if other.id in deniers and other.start <= mark.start and mark.end <= other.end:
            return []
    return [Check("claim_no_source", tr("{mark} has no source", mark=_short(mark)), (mark.id,))]


def _relation_checks(
    schema: Schema, by_id: Mapping[str, Annotation], relations: Sequence[Relation]
) -> list[Check]:
    found: list[Check] = []
    kinds = {kind.name: kind for kind in schema.relations}
    seen: set[tuple[str, str, str]] = set()
    for relation in relations:
        key = (relation.type, relation.from_id, relation.to_id)
        ends = (relation.from_id, relation.to_id)
        source, target = by_id.get(relation.from_id), by_id.get(relation.to_id)
        kind = kinds.get(relation.type)
        if kind is None:
            found.append(
                Check(
                    "unknown_relation",
                    tr("the schema has no relation {type}", type=relation.type),
                    ends,
                )
            )
        elif source and target and not kind.fits(source.label, target.label):
            message = tr(
                "{type} cannot lead from {start} to {end}",
                type=relation.type,
                start=source.label,
                end=target.label,
            )
            found.append(Check("illegal_ends", message, ends))
        if relation.from_id == relation.to_id:
            found.append(
                Check("self_link", tr("{type} links a mark to itself", type=relation.type), ends)
            )
        if key in seen:
            found.append(
                Check("double_link", tr("{type} stands there twice", type=relation.type), ends)
            )
        seen.add(key)
    return found


def _circles(schema: Schema, relations: Sequence[Relation]) -> list[Check]:
    found: list[Check] = []
    for kind in schema.relations:
        if not kind.acyclic:
            continue
        links = [r for r in relations if r.type == kind.name and r.from_id != r.to_id]
        after = _successors(links)
        caught = sorted({r.from_id for r in links if _reaches(r.to_id, r.from_id, after)})
        if caught:
            found.append(
                Check("circle", tr("{name} goes in a circle", name=kind.name), tuple(caught))
            )
    return found


def _successors(links: Iterable[Relation]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = defaultdict(list)
    for relation in links:
        after[relation.from_id].append(relation.to_id)
    return after


def _reaches(start: str, goal: str, after: Mapping[str, list[str]]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            waiting += after.get(at, [])
    return False


def _short(mark: Annotation) -> str:
    words = mark.words if len(mark.words) <= 40 else mark.words[:39].rstrip() + "…"
    return f"“{words}”"
