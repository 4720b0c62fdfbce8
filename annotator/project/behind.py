"""What stands behind marks of many articles: actors of sources, propositions of claims.

``kind`` is ``actor`` or ``proposition``. Each verb is one act over all articles.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from annotator.errors import NotFound, RuleError
from annotator.language import tr
from annotator.model.annotation import BEHIND, Actor, Annotation, Proposition
from annotator.model.ids import new_id
from annotator.model.names import THING_NAMES
from annotator.project.project import Act, Project
from annotator.text.canonical import storable

Standing = Actor | Proposition


def rename(project: Project, kind: str, its_id: str, words: str) -> None:
    """Give an actor another name, a proposition another wording. Raises NotFound or RuleError."""
    words = _words(words)
    with project.op(f"Rename {kind}") as act:
        before = _find(act, kind, its_id)
        same = _with_words(act, kind, words)
        if same is not None and same.id != its_id:
            raise RuleError(
                tr(
                    "There is a {kind} “{words}” already; merge the two instead. Nothing was changed.",
                    kind=THING_NAMES[kind],
                    words=words,
                )
            )
        act.tx.put(before, _made(kind, its_id, words))


def merge(project: Project, kind: str, into: str, others: Sequence[str]) -> int:
    """Let one stand behind all marks of the others, which are gone then; gives how many moved."""
    with project.op(f"Merge {kind}s") as act:
        _find(act, kind, into)
        gone = [_find(act, kind, other) for other in dict.fromkeys(others) if other != into]
        if not gone:
            raise RuleError(tr("It takes two to merge; nothing was changed."))
        moved = 0
        for other in gone:
            marks = act.read.marks_behind(kind, other.id)
            _move(act, kind, marks, into)
            act.tx.drop(other)
            moved += len(marks)
        return moved


def split(project: Project, kind: str, mark_ids: Sequence[str], words: str) -> None:
    """Give marks a standing of their own, apart from the others of theirs."""
    words = _words(words)
    with project.op(f"Split {kind}") as act:
        marks = act.read.annotations_of(mark_ids)
        if len(marks) < len(set(mark_ids)):
            raise NotFound(tr("One of these marks is not there any more; nothing was changed."))
        if any(mark.label != BEHIND[kind] for mark in marks):
            raise RuleError(
                tr(
                    "Only a {label} has a {kind}; nothing was changed.",
                    label=BEHIND[kind],
                    kind=THING_NAMES[kind],
                )
            )
        if kind == "actor" and _with_words(act, kind, words) is not None:
            raise RuleError(
                tr("There is an actor “{words}” already; nothing was changed.", words=words)
            )
        own = _made(kind, new_id(), words)
        act.tx.add(own)
        _move(act, kind, marks, own.id)


def _move(act: Act, kind: str, marks: Sequence[Annotation], into: str) -> None:
    for mark in marks:
        changed = {f"{kind}_id": into, "updated": act.tx.at}
        act.tx.put(mark, replace(mark, **changed))


def _find(act: Act, kind: str, its_id: str) -> Standing:
    found = (
        act.read.actors([its_id]).get(its_id)
        if kind == "actor"
        else act.read.proposition(storable(its_id))
    )
    if found is None:
        raise NotFound(
            tr("There is no {kind} “{id}”; nothing was changed.", kind=THING_NAMES[kind], id=its_id)
        )
    return found


def _with_words(act: Act, kind: str, words: str) -> Standing | None:
    if kind == "actor":
        return act.read.actor_named(words)
    return next((one for one in act.read.propositions() if one.wording == words), None)


def _made(kind: str, its_id: str, words: str) -> Standing:
    return Actor(its_id, words) if kind == "actor" else Proposition(its_id, words)


def _words(words: str) -> str:
    words = storable(words.strip())
    if not words:
        raise RuleError(tr("It needs a name; nothing was changed."))
    return words
