"""Marks: adding, changing and removing them. Each verb is one act, or part of the one under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.language import tr
from annotator.model import rules
from annotator.model.annotation import Actor, Annotation, Proposition, Segment, segments_of
from annotator.model.ids import new_id
from annotator.model.rules import SAME_WORDS_TWICE
from annotator.project.project import Act, Project
from annotator.text.canonical import storable
from annotator.text.span import Span, trimmed


def add(
    project: Project,
    document_id: str,
    span: Span,
    label: str,
    *,
    attributes: Mapping[str, str] | None = None,
    note: str = "",
    actor: str | None = None,
    proposition: str | None = None,
) -> Annotation:
    """Mark a span (code points) of a document in the person's own set.

    Blanks at the edges are trimmed. ``actor`` is a name, made where it is new; ``proposition`` an
    id, made with the mark's words where it is new. Raises NotFound or RuleError; nothing is then
    stored.
    """
    with project.op(f"Add {label}") as act:
        schema = act.read.schema()
        schema.for_marks(label)
        for name, value in (attributes or {}).items():
            rules.require_attribute(schema, label, name, value)
        segments = _segments(act, document_id, span)
        own = act.own_set(document_id)
        _refuse_same(act, document_id, own.id, label, segments)
        mark = Annotation(
            id=new_id(),
            set_id=own.id,
            document_id=document_id,
            label=label,
            segments=segments,
            attributes=dict(sorted((attributes or {}).items())),
            note=storable(note),
            created=act.tx.at,
            updated=act.tx.at,
            by=act.tx.person,
        )
        mark = _with_actor(act, mark, actor) if actor else mark
        mark = _with_proposition(act, mark, proposition) if proposition else mark
        act.tx.add(mark)
        return mark


def remove(project: Project, ids: Sequence[str]) -> None:
    """Remove marks with every link from and to them. Raises NotFound where one is not there."""
    with project.op("Remove marks" if len(ids) > 1 else "Remove mark") as act:
        for link in act.read.relations_at(ids):
            ends = act.read.annotations_of([link.from_id, link.to_id])
            act.tx.drop(link)
            act.tx.concerns(*(end.document_id for end in ends))
        for mark_id in ids:
            act.tx.drop(act.read.annotation(mark_id))


def relabel(project: Project, mark_id: str, label: str) -> Annotation:
    """Give a mark another label. What no longer fits it is shown by the checks, not removed."""
    with project.op(f"Make it a {label}") as act:
        act.read.schema().for_marks(label)
        mark = act.read.annotation(mark_id)
        if mark.label != label:
            _refuse_same(act, mark.document_id, mark.set_id, label, mark.segments)
        return _put(act, mark, label=label)


def move(project: Project, mark_id: str, span: Span) -> Annotation:
    """Let a mark stand on another span (code points) of its document."""
    with project.op("Change where it stands") as act:
        mark = act.read.annotation(mark_id)
        segments = _segments(act, mark.document_id, span)
        if segments != mark.segments:
            _refuse_same(act, mark.document_id, mark.set_id, mark.label, segments)
        return _put(act, mark, segments=segments)


def set_attribute(project: Project, mark_id: str, name: str, value: str | None) -> Annotation:
    """Set an attribute of a mark, or with None take it away."""
    with project.op(f"Set {name}" if value else f"Unset {name}") as act:
        mark = act.read.annotation(mark_id)
        attributes = {k: v for k, v in mark.attributes.items() if k != name}
        if value is not None:
            rules.require_attribute(act.read.schema(), mark.label, name, value)
            attributes = dict(sorted({**attributes, name: value}.items()))
        return _put(act, mark, attributes=attributes)


def set_note(project: Project, mark_id: str, note: str, *, was: str | None = None) -> Annotation:
    """Write a mark's note; an empty one is none.

    ``was`` is the note that the person began with: where somebody else changed it meanwhile, both
    are kept, one under the other.
    """
    note = storable(note.strip())
    with project.op("Write note") as act:
        mark = act.read.annotation(mark_id)
        if was is not None and mark.note not in (storable(was.strip()), note):
            note = "\n\n".join(filter(None, (mark.note, note)))
        return _put(act, mark, note=note)


def set_actor(project: Project, mark_id: str, name: str | None) -> Annotation:
    """Say who stands behind a source, by name, or with None that nobody said so."""
    with project.op("Name actor" if name else "Unname actor") as act:
        mark = act.read.annotation(mark_id)
        if not name:
            return _put(act, mark, actor_id=None)
        return _put(act, mark, actor_id=_with_actor(act, mark, name).actor_id)


def set_proposition(project: Project, mark_id: str, proposition: str | None) -> Annotation:
    """Say what a claim states, by a proposition's id, or with None that nobody said so."""
    with project.op("Name proposition" if proposition else "Unname proposition") as act:
        mark = act.read.annotation(mark_id)
        if not proposition:
            return _put(act, mark, proposition_id=None)
        named = _with_proposition(act, mark, proposition)
        return _put(act, mark, proposition_id=named.proposition_id)


def state(project: Project, mark_id: str, wording: str | None) -> Annotation:
    """Say in words what a claim states; the same words are the same proposition."""
    with project.op("Name proposition" if wording else "Unname proposition") as act:
        if not wording:
            return set_proposition(project, mark_id, None)
        wording = storable(wording)
        known = next((one for one in act.read.propositions() if one.wording == wording), None)
        if known is None:
            known = Proposition(new_id(), wording)
            act.tx.add(known)
        return set_proposition(project, mark_id, known.id)


def _put(act: Act, mark: Annotation, **changed: Any) -> Annotation:
    """The mark with what changed; a mark that is the same afterwards is not touched."""
    after = replace(mark, **changed)
    if after != mark:
        after = replace(after, updated=act.tx.at)
        act.tx.put(mark, after)
    return after


def _segments(act: Act, document_id: str, span: Span) -> tuple[Segment, ...]:
    """The span's words in the document, without blanks at the edges of each segment."""
    text = act.read.text(document_id)
    rules.require_span(span, len(text), " ".join(span.quotes(text)))
    tight = Span.of(trimmed(text, start, end) for start, end in span.segments)
    return segments_of(tight, text)


def _refuse_same(
    act: Act, document_id: str, set_id: str, label: str, segments: tuple[Segment, ...]
) -> None:
    if label in SAME_WORDS_TWICE:
        return
    if act.read.same_extent(document_id, set_id, label, segments):
        words = segments[0].quote if len(segments) == 1 else segments[0].quote + " …"
        raise RuleError(
            tr(
                "“{words}” is already marked as {label}; nothing was added.",
                words=words[:60],
                label=label,
            )
        )


def _with_actor(act: Act, mark: Annotation, name: str) -> Annotation:
    if mark.label != "source":
        raise RuleError(
            tr(
                "Only a source has an actor, a {label} has none; nothing was stored.",
                label=mark.label,
            )
        )
    name = storable(name)
    known = act.read.actor_named(name)
    if known is None:
        known = Actor(new_id(), name)
        act.tx.add(known)
    return replace(mark, actor_id=known.id)


def _with_proposition(act: Act, mark: Annotation, proposition: str) -> Annotation:
    if mark.label != "claim":
        raise RuleError(
            tr(
                "Only a claim states a proposition, a {label} does not; nothing was stored.",
                label=mark.label,
            )
        )
    proposition = storable(proposition)
    if act.read.proposition(proposition) is None:
        act.tx.add(Proposition(proposition, mark.words))
    return replace(mark, proposition_id=proposition)
