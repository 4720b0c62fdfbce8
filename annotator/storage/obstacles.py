"""What stands in the way of taking an act back or of repeating it.

Every check raises UndoRefused with the reason and changes nothing; the caller's transaction goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from annotator.errors import UndoRefused
from annotator.language import tr
from annotator.model.schema import Schema
from annotator.storage import tables as t
from annotator.storage.journal import Tx
from annotator.storage.rows import (
    ACTOR,
    ANNOTATION,
    BLOCK_CHOICE,
    DOCUMENT,
    NOUNS,
    PROPOSITION,
    RELATION,
    SCHEMA,
    SET,
    Noun,
    decoded,
)

CHUNK = 500
"""Keys in one IN list; SQLite's limit of parameters is far higher, its planner's patience is not."""

Images = dict[tuple[str, str], str | None]


class Move(NamedTuple):
    """What undo or redo is about to do."""

    title: str
    step: str
    final: Images
    """What each thing is to be, by noun and key: its image, or None where it goes."""
    later: Any
    """The condition on `op` of the acts that count as later ones."""

    def keys(self, noun: Noun) -> list[str]:
        """The things of one noun."""
        return [key for name, key in self.final if name == noun.name]

    def going(self, noun: Noun) -> list[str]:
        """The things of one noun that go."""
        return [key for key in self.keys(noun) if self.final[noun.name, key] is None]

    def coming(self, noun: Noun) -> Iterator[Any]:
        """The values of one noun that come or stay."""
        for key in self.keys(noun):
            image = self.final[noun.name, key]
            if image is not None:
                yield noun.parse(image)

    def refusal(self, why: str) -> UndoRefused:
        """The error that says so."""
        return UndoRefused(
            tr(
                "“{title}” was left as it is: {why}. Nothing was changed.",
                title=self.title,
                why=why,
            )
        )


def refuse(tx: Tx, move: Move) -> None:
    """Everything that can be seen before the first row is written. Raises UndoRefused."""
    for noun in NOUNS.values():
        _refuse_later(tx, move, noun)
    _refuse_left_behind(tx, move)
    _refuse_crossing(tx, move)
    _refuse_homeless(tx, move)
    _refuse_names(tx, move)


def refuse_wordless(tx: Tx, move: Move) -> None:
    """Once all is written: the schema then in force knows every label and link that is in use."""
    newest = select(t.schema_version.c.body).order_by(t.schema_version.c.rev.desc()).limit(1)
    schema = decoded(tx.connection.execute(newest).scalar_one(), Schema)
    if move.keys(SCHEMA):
        used = set(tx.connection.execute(select(t.annotation.c.label).distinct()).scalars())
        used |= set(tx.connection.execute(select(t.relation.c.type).distinct()).scalars())
    else:
        used = {mark.label for mark in move.coming(ANNOTATION)}
        used |= {link.type for link in move.coming(RELATION)}
    lost = used - {one.name for one in (*schema.labels, *schema.relations)}
    if lost:
        raise move.refusal(tr("the schema would have no “{name}”, which is in use", name=min(lost)))


def _refuse_later(tx: Tx, move: Move, noun: Noun) -> None:
    """Refuse where an act in force that came later touched the same thing."""
    later = _touched_later(tx, move, noun, move.keys(noun))
    if later is not None:
        raise move.refusal(
            tr(
                "“{title}” by {person} has since changed the same thing",
                title=later[0],
                person=later[1],
            )
        )


def _touched_later(tx: Tx, move: Move, noun: Noun, keys: Sequence[str]) -> Any:
    """Title and person of a later act that touched one of these things, if there is one."""
    c = t.op_change.c
    for part in chunks(keys):
        # However many schemas there were, the one in force is one thing.
        same = c.noun == noun.name if noun is SCHEMA else and_(c.key.in_(part), c.noun == noun.name)
        query = (
            select(t.op.c.title, t.annotator.c.name)
            .join_from(t.op_change, t.op, t.op.c.seq == c.seq)
            .join(t.annotator, t.annotator.c.id == t.op.c.annotator_id)
            .where(same, t.op.c.step != move.step, move.later)
            .limit(1)
        )
        found = tx.connection.execute(query).first()
        if found is not None:
            return found
    return None


_HANGING = (
    # what goes, what may hang on it, by which columns, in words
    (ANNOTATION, RELATION, (t.relation.c.from_id, t.relation.c.to_id), tr("a link to the mark")),
    (SET, ANNOTATION, (t.annotation.c.set_id,), tr("marks made since")),
    (SET, RELATION, (t.relation.c.set_id,), tr("links made since")),
    (DOCUMENT, SET, (t.annotation_set.c.document_id,), tr("work of somebody on the article")),
    (
        DOCUMENT,
        BLOCK_CHOICE,
        (t.block_choice.c.document_id,),
        tr("work of somebody on the article"),
    ),
    (DOCUMENT, ANNOTATION, (t.annotation.c.document_id,), tr("marks on the article")),
    (PROPOSITION, ANNOTATION, (t.annotation.c.proposition_id,), tr("a claim that states it")),
    (ACTOR, ANNOTATION, (t.annotation.c.actor_id,), tr("a source behind which they stand")),
)


def _refuse_left_behind(tx: Tx, move: Move) -> None:
    """Refuse where something that stays would hang on something that goes."""
    for noun, hanger, columns, words in _HANGING:
        for part in chunks(move.going(noun)):
            query = select(hanger.key_column).where(or_(*(c.in_(part) for c in columns)))
            found: list[str] = list(tx.connection.execute(query).scalars())
            # What this act itself takes along or changes is settled by its own images.
            found = [key for key in found if (hanger.name, key) not in move.final]
            if noun is DOCUMENT:
                # It is hidden with what was on it before, but not with what came since.
                found = found if _touched_later(tx, move, hanger, found) else []
            if found:
                raise move.refusal(tr("{words} would be left behind", words=words))


def _refuse_crossing(tx: Tx, move: Move) -> None:
    """Refuse where a document goes whose marks are linked with those of one that stays."""
    going = set(move.going(DOCUMENT))
    from_, to = t.annotation.alias(), t.annotation.alias()
    for part in chunks(sorted(going)):
        query = (
            select(t.relation.c.id, from_.c.document_id, to.c.document_id)
            .join(from_, from_.c.id == t.relation.c.from_id)
            .join(to, to.c.id == t.relation.c.to_id)
            .where(or_(from_.c.document_id.in_(part), to.c.document_id.in_(part)))
        )
        for link, *ends in tx.connection.execute(query):
            if (RELATION.name, link) not in move.final and not going.issuperset(ends):
                raise move.refusal(tr("a link with another article would be left behind"))


def _refuse_homeless(tx: Tx, move: Move) -> None:
    """Refuse to bring back a mark whose article, or a link whose mark, is gone meanwhile."""
    needed: dict[str, set[str | None]] = {noun.name: set() for noun in _IN_WORDS}
    for own in (*move.coming(SET), *move.coming(BLOCK_CHOICE)):
        needed[DOCUMENT.name].add(own.document_id)
    for mark in move.coming(ANNOTATION):
        needed[DOCUMENT.name].add(mark.document_id)
        needed[SET.name].add(mark.set_id)
        needed[PROPOSITION.name].add(mark.proposition_id)
        needed[ACTOR.name].add(mark.actor_id)
    for link in move.coming(RELATION):
        needed[SET.name].add(link.set_id)
        needed[ANNOTATION.name] |= {link.from_id, link.to_id}
    for noun, words in _IN_WORDS.items():
        keys = filter(None, needed[noun.name])
        missing = {key for key in keys if move.final.get((noun.name, key)) is None}
        if missing - _present(tx, noun, missing):
            raise move.refusal(tr("the {thing} it belongs to is gone", thing=words))


_IN_WORDS = {
    ANNOTATION: tr("mark"),
    SET: tr("set"),
    DOCUMENT: tr("article"),
    PROPOSITION: tr("proposition"),
    ACTOR: tr("actor"),
}


def _present(tx: Tx, noun: Noun, keys: Iterable[str]) -> set[str]:
    """Those of these things that are there and in sight."""
    found: set[str] = set()
    for part in chunks(sorted(keys)):
        query = select(noun.key_column).where(noun.key_column.in_(part))
        if noun is ANNOTATION:
            query = query.join(t.document, t.document.c.id == t.annotation.c.document_id)
        if noun in (ANNOTATION, DOCUMENT):
            query = query.where(t.document.c.hidden == 0)
        found.update(tx.connection.execute(query).scalars())
    return found


def _refuse_names(tx: Tx, move: Move) -> None:
    """Refuse to bring back an actor whose name another one has taken meanwhile."""
    coming = {actor.name: actor.id for actor in move.coming(ACTOR)}
    for part in chunks(sorted(coming)):
        query = select(t.actor.c.name, t.actor.c.id).where(t.actor.c.name.in_(part))
        for name, key in tx.connection.execute(query):
            if coming[name] != key and (ACTOR.name, key) not in move.final:
                raise move.refusal(tr("somebody has since named another actor “{name}”", name=name))


def chunks(keys: Sequence[str]) -> list[Sequence[str]]:
    """Keys in parts that one query takes."""
    return [keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK)]
