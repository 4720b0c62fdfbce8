"""Linking: from the held mark to another one, by letters or by dragging."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from annotator.errors import RuleError
from annotator.gui.actions.base import MARK, Action, has_held
from annotator.gui.asking import keyed
from annotator.language import tr
from annotator.model.annotation import Annotation, Relation

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


def actions() -> list[Action]:
    """Link, and turn the link made last."""
    return [
        Action("link.to", tr("Link…"), ("R",), MARK, ask_target, when=has_held),
        Action("link.turn", tr("Turn the last link"), ("Shift+R",), MARK, turn_last, when=has_held),
    ]


def ask_target(desk: Desk) -> None:
    """Letters on the marks in sight that the held one may be linked with; the others in a list."""
    held = desk.bench.held
    if held is None:
        return
    schema = desk.bench.schema.current
    near = sorted(desk.bench.in_order(), key=lambda mark: abs(mark.start - held.start))
    targets = [
        mark
        for mark in near
        if mark.id != held.id
        and (
            schema.relations_between(held.label, mark.label)
            or schema.relations_between(mark.label, held.label)
        )
    ]
    if not targets:
        desk.say(tr("There is no mark that this {label} could be linked with.", label=held.label))
        return
    desk.ask_mark(
        tr("Link “{words}” with … (letter)", words=_short(held)),
        targets,
        partial(_link_to, desk, held.id),
    )


def _link_to(desk: Desk, held: str, target: str) -> None:
    link(desk, held, target)


def link(desk: Desk, from_id: str, to_id: str) -> None:
    """Link two marks; the type follows from the two ends, and is asked where two fit."""
    from annotator.project import relations

    marks = desk.bench.marks
    a, b = marks.get(from_id), marks.get(to_id)
    if a is None or b is None:
        return
    try:
        possible = relations.between(desk.bench.schema, a, b)
    except RuleError as error:
        desk.say(str(error))
        return
    both_ways = len({kind for kind, _, _ in possible}) == 1
    if len(possible) == 1 or both_ways:
        _do(desk, possible[0])
        return
    titles = {kind.name: kind.title for kind in desk.bench.schema.relations}
    answers = keyed([(titles[one[0]], one) for one in possible])
    desk.asking.one_of(tr("Which link?"), answers, lambda one: _do(desk, one))


def _do(desk: Desk, chosen: Any) -> None:
    from annotator.project import relations

    kind, from_id, to_id = chosen
    desk.bridge.run(relations.link, kind, from_id, to_id, then=lambda made: _made(desk, made))


def _made(desk: Desk, made: Relation) -> None:
    kind = desk.bench.schema.relation(made.type)
    a, b = desk.bench.marks.get(made.from_id), desk.bench.marks.get(made.to_id)
    desk.last_link = made.id
    if a and b:
        reads = f"“{_short(a)}” {kind.title} “{_short(b)}”"
        desk.say(reads)
        if kind.fits(*_labels(b, a)):
            desk.again.offer(Qt.Key.Key_R, reads, tr("turn it"), partial(turn_last, desk))


def turn_last(desk: Desk) -> None:
    """Let the link made last lead the other way."""
    from annotator.project import relations

    known = {r.id for r in desk.bench.relations}
    if desk.last_link not in known:
        desk.say(tr("No link was made here just now."))
        return
    desk.bridge.run(relations.turn, desk.last_link, then=lambda made: _made(desk, made))


def _labels(a: Annotation | None, b: Annotation | None) -> tuple[str, str]:
    return (a.label if a else "", b.label if b else "")


def _short(mark: Annotation) -> str:
    flat = " ".join(mark.words.split())
    return flat if len(flat) <= 40 else flat[:39].rstrip() + "…"
