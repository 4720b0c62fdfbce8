"""Marking: labels, attributes, notes, edges, taking away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.gui.actions.base import MARK, Action, has_document, has_held
from annotator.gui.asking import Choice, keyed
from annotator.language import tr, trn
from annotator.model.annotation import Annotation
from annotator.model.schema import Attribute, Schema
from annotator.text.span import Span

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


def actions(schema: Schema) -> list[Action]:
    """One action for each label of the schema, then what can be done with a mark."""
    keys = label_keys(schema)
    return [
        *(
            Action(
                f"mark.{one.name}",
                one.title,
                keys[one.name][:1],
                MARK,
                partial(put_label, label=one.name),
                when=has_document,
            )
            for one in schema.labels
        ),
        *(
            Action(
                f"part.{one.name}",
                tr("Add to the last {name}", name=one.name),
                keys[one.name][1:],
                MARK,
                partial(add_part, label=one.name),
                when=has_document,
            )
            for one in schema.labels
        ),
        Action("mark.attribute", tr("Attribute…"), ("A",), MARK, ask_attribute, when=has_held),
        Action("mark.unsure", tr("Unsure"), ("Q",), MARK, toggle_unsure, when=has_held),
        Action("mark.note", tr("Note…"), ("M",), MARK, lambda d: d.edit_note(), when=has_held),
        Action("mark.behind", tr("Actor or proposition…"), ("T",), MARK, ask_behind, when=has_held),
        Action(
            "mark.edges", tr("Move edges"), ("E",), MARK, lambda d: d.edges.begin(), when=has_held
        ),
        Action(
            "mark.remove_part", tr("Remove part"), ("Backspace",), MARK, remove_part, when=has_held
        ),
        Action("mark.remove", tr("Remove mark"), ("Del",), MARK, remove, when=has_held),
    ]


def label_keys(schema: Schema) -> dict[str, tuple[str, ...]]:
    """By label the key that marks and the one that adds a part; labels without a letter get figures."""
    taken = {one.key for one in schema.labels}
    figures = iter(figure for figure in "123456789" if figure not in taken)
    keys: dict[str, tuple[str, ...]] = {}
    for one in schema.labels:
        key = one.key or next(figures, "")
        keys[one.name] = (key, f"Shift+{key}") if key else ()
    return keys


def put_label(desk: Desk, label: str) -> None:
    """Mark the selection; else relabel the held mark; else mark the clause under the caret."""
    from annotator.project import marks

    bench, selected = desk.bench, desk.view.selection()
    if bench.document is None:
        return
    if selected is None and bench.held is not None:
        _relabel(desk, bench.held, label)
        return
    span = Span.of([selected]) if selected else bench.stretches.extent(desk.view.caret(), label)
    if span is None:
        desk.say(tr("There are no words here to mark."))
        return
    document = bench.document.id
    desk.bridge.run(marks.add, document, span, label, then=lambda mark: _offer(desk, mark))


def _offer(desk: Desk, mark: Annotation) -> None:
    """Hold what was made, and offer what belongs to it."""
    _made(desk, mark)
    desk.offering.begin(mark)


def _made(desk: Desk, mark: Annotation) -> None:
    """Hold what was made; the selection has done its work."""
    desk.view.set_caret(mark.end)
    desk.bench.hold(mark.id)
    desk.say(f"{mark.label.capitalize()}: {_short(mark.words)}")


def _relabel(desk: Desk, mark: Annotation, label: str) -> None:
    from annotator.project import marks

    if mark.label == label:
        desk.say(tr("This is a {label} already. Select words to mark others.", label=label))
        return
    lost = [
        kind.name
        for r in desk.bench.relations
        if mark.id in (r.from_id, r.to_id)
        for kind in desk.bench.schema.relations
        if kind.name == r.type and not _still_fits(desk, kind, r, mark, label)
    ]
    if not lost:
        desk.bridge.run(marks.relabel, mark.id, label)
        return
    question = tr(
        "As a {label} its links would be illegal: {lost}", label=label, lost=", ".join(lost)
    )
    answers = [Choice("y", tr("do it all the same"), True), Choice("n", tr("leave it"), False)]
    desk.asking.one_of(
        question,
        answers,
        lambda yes: desk.bridge.run(marks.relabel, mark.id, label) if yes else None,
    )


def _still_fits(desk: Desk, kind: object, link: object, mark: Annotation, label: str) -> bool:
    ends = [desk.bench.marks.get(link.from_id), desk.bench.marks.get(link.to_id)]
    labels = [label if end is not None and end.id == mark.id else end and end.label for end in ends]
    return None in labels or kind.fits(*labels)


def add_part(desk: Desk, label: str) -> None:
    """Add the selection to the held mark of this label, or the last one made of it."""
    from annotator.project import marks

    selected = desk.view.selection()
    if selected is None:
        desk.say(tr("Select the words that belong to it too."))
        return
    bench = desk.bench
    held = bench.held if bench.held and bench.held.label == label else None
    of_label = [mark for mark in bench.marks.values() if mark.label == label]
    target = held or max(of_label, key=lambda mark: mark.id, default=None)
    if target is None:
        desk.say(tr("There is no {label} yet to add to.", label=label))
        return
    span = Span.of([*target.span.segments, selected])
    desk.bridge.run(marks.move, target.id, span, then=lambda mark: _made(desk, mark))


def remove_part(desk: Desk) -> None:
    """Take away the part of the held mark under the caret."""
    from annotator.project import marks

    mark = desk.bench.held
    if mark is None:
        return
    caret = desk.view.caret()
    rest = [(s, e) for s, e in mark.span.segments if not s <= caret <= e]
    if len(mark.segments) == 1 or len(rest) == len(mark.segments):
        desk.say(tr("The caret stands in no part that could go. Del removes the whole mark."))
        return
    desk.bridge.run(marks.move, mark.id, Span.of(rest))


def remove(desk: Desk) -> None:
    """Remove the held mark with its links."""
    from annotator.project import marks

    mark = desk.bench.held
    if mark is not None:
        links = sum(mark.id in (r.from_id, r.to_id) for r in desk.bench.relations)
        said = _removed(mark.label, _short(mark.words), links)
        desk.bridge.run(marks.remove, [mark.id], then=lambda _: desk.say(said))


def _removed(label: str, words: str, links: int) -> str:
    if not links:
        return tr("Removed {label}: {words}. Ctrl+Z brings it back.", label=label, words=words)
    return trn(
        "Removed {label} and {count} link: {words}. Ctrl+Z brings it back.",
        "Removed {label} and {count} links: {words}. Ctrl+Z brings it back.",
        links,
        label=label,
        words=words,
    )


def toggle_unsure(desk: Desk) -> None:
    """Say that one is unsure of the held mark, or no longer."""
    from annotator.project import marks

    mark = desk.bench.held
    if mark is not None:
        value = None if "unsure" in mark.attributes else "yes"
        desk.bridge.run(marks.set_attribute, mark.id, "unsure", value)


def ask_attribute(desk: Desk) -> None:
    """An attribute by its letter, then a value by its letter; 0 unsets."""
    mark = desk.bench.held
    if mark is None:
        return
    fitting = desk.bench.schema.current.attributes_of(mark.label)
    fitting = tuple(sorted(fitting, key=lambda a: not a.offered))
    answers = keyed([(_said(mark, attribute), attribute) for attribute in fitting])
    desk.asking.one_of(tr("Attribute"), answers, lambda chosen: _ask_value(desk, mark, chosen))


def _said(mark: Annotation, attribute: Attribute) -> str:
    value = mark.attributes.get(attribute.name)
    return f"{attribute.title}  {value}" if value else attribute.title


def _ask_value(desk: Desk, mark: Annotation, attribute: object) -> None:
    from annotator.project import marks

    assert isinstance(attribute, Attribute)
    answers = keyed([(value.replace("_", " "), value) for value in attribute.values])
    answers.append(Choice("0", tr("nobody decided"), None))

    def put(value: object) -> None:
        desk.bridge.run(marks.set_attribute, mark.id, attribute.name, value)
        desk.say(f"{attribute.title}: {value or '—'}")

    desk.asking.one_of(attribute.title, answers, put)


def ask_behind(desk: Desk) -> None:
    """Who stands behind a source, or what a claim states."""
    from annotator.project import marks

    mark = desk.bench.held
    if mark is None:
        return
    if mark.label == "source":
        known = sorted(one.name for one in desk.bridge.read.actors().values())
        name = desk.ask_words(tr("Actor"), tr("Who stands behind this source?"), known, mark.words)
        if name is not None:
            desk.bridge.run(marks.set_actor, mark.id, name or None)
    elif mark.label == "claim":
        known = desk.bridge.read.propositions()
        wording = {one.wording: one.id for one in known}
        said = desk.ask_words(
            tr("Proposition"), tr("What does this claim state?"), list(wording), mark.words
        )
        if said is not None:
            desk.bridge.run(marks.state, mark.id, said or None)
    else:
        desk.say(tr("Only a source has an actor, and only a claim a proposition."))


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return f"“{flat}”" if len(flat) <= 50 else f"“{flat[:49].rstrip()}…”"
