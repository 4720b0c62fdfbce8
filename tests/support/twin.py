"""One project in two forms, the real one and the plain model, and acts that are done to both.

Whatever an act needs is drawn from ``Dice``, so that hypothesis and a seeded generator can both
play. The real project must refuse exactly what the model refuses, and be the same afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.model.annotation import Annotation
from annotator.model.changes import Changes
from annotator.model.loss import Losses
from annotator.model.schema import Label, Schema, builtin
from annotator.project import Project, articles, marks, open_project, relations
from annotator.project.exchange import verify_project
from annotator.project.schema import set_schema
from annotator.storage.place import is_url
from annotator.text.span import Span, trimmed
from tests.support.model import Key, Model, Refused, Thing

Things = dict[Key, Thing]
PEOPLE = ("Mara", "Jon")
TEXTS = (
    "The port said the ferry sank. The crew denied it.",
    "Rain 🌧️ fell, the mayor told us; “no”, said\xa0others.",
    "وزیر نے کہا کہ پل بند ہے۔ انہوں نے تردید کی۔",
    "cafe\u0301 e\u0301tat: said A, said B, said C and so on",
)
ACTORS = ("The port", "The crew", "وزیر")
LABELS = ("claim", "source", "denial", "cue", "rumour")
LINKS = ("attributed_to", "issued_by", "denies", "via", "cued_by", "echoes")
ATTRIBUTES = (
    ("unsure", "yes"), ("certainty", "probable"), ("denial_kind", "refusal"),
    ("identification", "named"), ("certainty", "certain"),
)  # fmt: skip


class Dice(Protocol):
    def number(self, low: int, high: int) -> int: ...
    def pick(self, things: Sequence[Any]) -> Any: ...


class Twin:
    def __init__(self, place: str) -> None:
        self.place = place
        self.model = Model(builtin())
        self._open: dict[str, Project] = {}
        self._schemas = _schemas()
        self.refused = 0
        self._at_work = PEOPLE[0]
        self._told: list[Changes] = []

    def project(self, person: str) -> Project:
        """The project as that person has it open; a file is open to one at a time."""
        if person not in self._open:
            if not is_url(self.place):
                self.close()
            self._open[person] = open_project(self.place, person=person, durable=False)
            self._open[person].listen(self._told.append)
        return self._open[person]

    def close(self) -> None:
        for project in self._open.values():
            project.close()
        self._open.clear()

    def act(self, name: str, dice: Dice) -> None:
        """One act of somebody, or nothing where there is nothing to do it to."""
        if dice.number(0, 3) == 0:  # each works on for a while: a file is opened anew for another
            self._at_work = dice.pick(PEOPLE)
        person = self._at_work
        done = _ACTS[name](self, person, dice)
        if done:
            self._both(person, *done)

    def undo(self, person: str) -> bool:
        return self._both(person, self.model.undo, lambda project: project.undo(), journal=True)

    def redo(self, person: str) -> bool:
        return self._both(person, self.model.redo, lambda project: project.redo(), journal=True)

    def bulk(self, person: str, dice: Dice) -> None:
        """Several changes as one step; one that is refused takes the others with it."""
        names = [dice.pick(_SMALL) for _ in range(dice.number(2, 4))]
        project = self.project(person)
        before = project.read.last_seq()
        expected: Exception | None = None
        try:
            with self.model.acting(person), project.op("Several"):
                for name in names:
                    done = _ACTS[name](self, person, dice)
                    if done:
                        was = dict(self.model.things)
                        _one(self.model, person, *done, project)
                        self.model.stirred |= self.model.things != was
        except Refused as error:
            expected = error
        assert project.read.last_seq() <= before + 1
        if expected is not None:
            self.refused += 1
            assert project.read.last_seq() == before

    def same(self) -> None:
        """The two are alike in everything that can be seen."""
        for project in list(self._open.values()):
            assert seen(project) == self._expected(project.person.id)

    def sound(self) -> None:
        """Nothing is wrong inside, and every quote stands where it is said to."""
        project = self.project(PEOPLE[0])
        assert project.read.findings() == ()
        assert verify_project(project).problems == ()

    def _both(
        self,
        person: str,
        modelled: Callable[[str], None],
        done: Callable[[Project], Any],
        *,
        journal: bool = False,
    ) -> bool:
        project = self.project(person)
        before, things = project.read.last_seq(), dict(self.model.things)
        self._told.clear()
        try:
            if journal:
                _one(self.model, person, modelled, done, project)
            else:
                with self.model.acting(person):
                    _one(self.model, person, modelled, done, project)
        except Refused:
            assert project.read.last_seq() == before
            self.refused += 1
            assert self._told == []
            return False
        told = {document for changes in self._told for document in changes.documents}
        assert concerned(things, self.model.things) <= told
        return True

    def _expected(self, person_id: str) -> dict[str, Any]:
        model = self.model
        names = {project.person.id: name for name, project in self._open.items()}
        own = model.all("set")
        return {
            "schema": [label.name for label in model.schema().labels],
            "actors": {k: thing["name"] for k, thing in model.all("actor").items()},
            "propositions": {k: p["wording"] for k, p in model.all("proposition").items()},
            "documents": {k: (d["title"], _counts(model, k)) for k, d in model.all("document").items()},
            "status": {
                k: next((s["status"] for s in own.values() if (s["document"], s["person"]) == (k, names[person_id])), "new")
                for k in model.documents()
            },
            "sets": {
                k: (s["document"], s["person"], s["status"], s["reason"])
                for k, s in own.items() if s["document"] in model.documents()
            },
            "marks": {k: _seen_mark(model, model.mark(k)) for k in model.marks()},
            "links": {k: (r["set"], r["type"], r["from"], r["to"])
                      for k, r in model.all("link").items() if k in model.links()},
        }  # fmt: skip


def concerned(before: Things, after: Things) -> set[str]:
    """The documents whose page is another now."""
    found: set[str] = set()
    for noun, key in {**before, **after}:
        was, now = before.get((noun, key)), after.get((noun, key))
        thing = now or was
        if was == now or thing is None:
            continue
        if noun == "document":
            found.add(key)
        elif noun in ("set", "mark"):
            found.add(thing["document"])
        elif noun == "link":
            ends = [("mark", thing["from"]), ("mark", thing["to"])]
            found |= {(after.get(end) or before[end])["document"] for end in ends}
    return found


def seen(project: Project) -> dict[str, Any]:
    """A project as the model sees it."""
    read = project.read
    losses = Losses()
    entries = list(read.entries(losses))
    assert losses.found() == ()
    library = read.library(project.person.id)
    for found in library:  # every document has a line
        assert any(entry.doc_id == found.document.id for entry in entries)
    return {
        "schema": [label.name for label in read.schema().labels],
        "actors": {actor.id: actor.name for actor in read.actors().values()},
        "propositions": {one.id: one.wording for one in read.propositions()},
        "documents": {f.document.id: (f.document.title, f.counts) for f in library},
        "status": {f.document.id: f.status for f in library},
        "sets": {
            e.annotation_set.id: (
                e.doc_id, e.annotation_set.annotator, e.annotation_set.status,
                e.annotation_set.reason or "",
            )
            for e in entries
        },
        "marks": {
            span.id: (
                e.annotation_set.id, span.label, span.segments, span.text,
                msgspec.json.decode(span.attributes), span.note,
                span.actor or None, span.proposition or None,
            )
            for e in entries for span in e.spans
        },
        "links": {
            r.id: (e.annotation_set.id, r.type, r.from_, r.to) for e in entries for r in e.relations
        },
    }  # fmt: skip


def _one(
    model: Model, person: str, modelled: Any, done: Callable[[Project], Any], project: Project
) -> None:
    """Do it to both; the model is told what the project made, to know it by its id."""
    said: AnnotatorError | None = None
    made = None
    try:
        made = done(project)
    except AnnotatorError as error:
        said = error
    refusal: Refused | None = None
    try:
        modelled(person if modelled in (model.undo, model.redo) else made)
    except Refused as error:
        refusal = error
    assert refusal is None or said is not None, f"only the model refuses: {refusal}"
    assert said is None or refusal is not None, f"only the project refuses: {said}"
    if refusal is not None:
        raise refusal


def _seen_mark(model: Model, mark: Thing) -> tuple[Any, ...]:
    text = model.things["document", mark["document"]]["text"]
    words = " … ".join(text[start:end] for start, end in mark["segments"])
    actor = mark["actor"] and model.things["actor", mark["actor"]]["name"]
    return (
        mark["set"], mark["label"], mark["segments"], words, mark["attributes"], mark["note"],
        actor, mark["proposition"],
    )  # fmt: skip


def _counts(model: Model, document: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for mark in model.all("mark").values():
        if mark["document"] == document:
            counts[mark["label"]] = counts.get(mark["label"], 0) + 1
    return counts


# Acts: each gives what the model does with what the project made, and what the project does.

Done = tuple[Callable[[Any], None], Callable[[Project], Any]] | str | None


def _import(twin: Twin, person: str, dice: Dice) -> Done:
    n = dice.number(0, len(TEXTS) - 1)
    text, name = TEXTS[n], f"article-{n}.txt"
    model = twin.model

    def modelled(outcome: articles.Outcome) -> None:
        (key,) = outcome.documents
        there = key in model.documents()
        assert outcome.result == ("already_there" if there else "imported")
        if there:
            return
        known = model.shelf.get(key)
        title = outcome_title(twin, person, key) if known is None else known["title"]
        model.put("document", key, text=text, title=title)
        sets = [s for s in model.all("set").values() if s["document"] == key]
        if not sets:
            own = twin.project(person).read.sets(key)[0]
            model.put("set", own.id, document=key, person=person, status="new", reason="")

    return modelled, lambda project: articles.import_bytes(project, text.encode(), name)


def outcome_title(twin: Twin, person: str, key: str) -> str:
    return twin.project(person).read.document(key).title


def _remove_article(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    if not model.documents():
        return None
    key = dice.pick(model.documents())

    def modelled(_: None) -> None:
        model.refuse_crossing({key}, set())
        del model.things["document", key]

    return modelled, lambda project: articles.remove(project, key)


def _describe(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    if not model.documents():
        return None
    key, title = dice.pick(model.documents()), dice.pick(("One", "Two"))
    return (
        lambda _: model.put("document", key, title=title),
        lambda project: articles.describe(project, key, {"title": title}),
    )


def _status(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    if not model.documents():
        return None
    key = dice.pick(model.documents())
    status = dice.pick(("in_progress", "complete", "excluded"))
    reason = "a film review" if status == "excluded" else ""

    def modelled(made: Any) -> None:
        model.put("set", made.id, document=key, person=person, status=status, reason=reason)

    return modelled, lambda project: articles.set_status(project, key, status, reason)


def _add(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    if not model.documents():
        return None
    document = dice.pick(model.documents())
    span, segments = _span(model.things["document", document]["text"], dice)
    label = dice.pick(LABELS)
    attributes = dict([dice.pick(ATTRIBUTES)]) if dice.number(0, 3) == 0 else {}
    actor = dice.pick(ACTORS) if dice.number(0, 3) == 0 else None
    proposition = f"p{dice.number(0, 2)}" if dice.number(0, 3) == 0 else None

    def modelled(made: Annotation | None) -> None:
        _require_words(model, label, attributes, actor, proposition)
        if segments is None:
            raise Refused("blanks")
        model.refuse_same(model.own_set(document, person), label, segments)
        assert made is not None
        own = model.things.get(("set", made.set_id))
        if own is None or own["status"] == "new":
            model.put("set", made.set_id, document=document, person=person, status="in_progress",
                      reason="")  # fmt: skip
        _stand_behind(model, made, actor, proposition)
        model.put(
            "mark", made.id, document=document, set=made.set_id, label=label, segments=segments,
            attributes=attributes, note="", actor=made.actor_id, proposition=proposition,
            stamp=model.time,
        )  # fmt: skip

    return modelled, lambda project: marks.add(
        project, document, span, label, attributes=attributes, actor=actor, proposition=proposition
    )


def _remove(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    known = model.marks()
    if not known:
        return None
    ids = list(dict.fromkeys(dice.pick(known) for _ in range(dice.number(1, 3))))

    def modelled(_: None) -> None:
        for key in ids:
            model.drop_mark(key)

    return modelled, lambda project: marks.remove(project, ids)


def _relabel(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    key, label = _any_mark(model, dice), dice.pick(LABELS)

    def modelled(_: Any) -> None:
        _require_words(model, label, {}, None, None)
        mark = model.mark(key)
        if mark["label"] != label:
            model.refuse_same(mark["set"], label, mark["segments"])
        model.touch(key, label=label)

    return key and (modelled, lambda project: marks.relabel(project, key, label))


def _move(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    key = _any_mark(model, dice)
    if not key or ("document", model.things["mark", key]["document"]) not in model.things:
        return None
    text = model.things["document", model.things["mark", key]["document"]]["text"]
    span, segments = _span(text, dice)

    def modelled(_: Any) -> None:
        mark = model.mark(key)
        if segments is None:
            raise Refused("blanks")
        if segments != mark["segments"]:
            model.refuse_same(mark["set"], mark["label"], segments)
        model.touch(key, segments=segments)

    return modelled, lambda project: marks.move(project, key, span)


def _attribute(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    key = _any_mark(model, dice)
    name, value = dice.pick(ATTRIBUTES)
    value = None if dice.number(0, 3) == 0 else value

    def modelled(_: Any) -> None:
        mark = model.mark(key)
        kept = {k: v for k, v in mark["attributes"].items() if k != name}
        if value is not None:
            _require_words(model, mark["label"], {name: value}, None, None)
            kept[name] = value
        model.touch(key, attributes=kept)

    return key and (modelled, lambda project: marks.set_attribute(project, key, name, value))


def _note(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    key, note = _any_mark(model, dice), dice.pick(("", "see page 2", "چیک 🔎"))

    def modelled(_: Any) -> None:
        model.mark(key)
        model.touch(key, note=note)

    return key and (modelled, lambda project: marks.set_note(project, key, note))


def _actor(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    key, name = _any_mark(model, dice), dice.pick((*ACTORS, None))

    def modelled(made: Any) -> None:
        mark = model.mark(key)
        if name is not None:
            _require_words(model, mark["label"], {}, name, None)
            _stand_behind(model, made, name, None)
        model.touch(key, actor=made.actor_id)

    return key and (modelled, lambda project: marks.set_actor(project, key, name))


def _proposition(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    key, name = _any_mark(model, dice), dice.pick(("p0", "p1", "p2", None))

    def modelled(made: Any) -> None:
        mark = model.mark(key)
        if name is not None:
            _require_words(model, mark["label"], {}, None, name)
            _stand_behind(model, made, None, name)
        model.touch(key, proposition=name)

    return key and (modelled, lambda project: marks.set_proposition(project, key, name))


def _link(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    from_, to, kind = _any_mark(model, dice), _any_mark(model, dice), dice.pick(LINKS)
    if from_ and to and dice.number(0, 3):
        kind = _fitting(model, from_, to, kind)

    def modelled(made: Any) -> None:
        model.refuse_link(kind, from_, to)
        model.put(
            "link", made.id, set=model.mark(from_)["set"], type=kind, **{"from": from_}, to=to
        )

    return from_ and (modelled, lambda project: relations.link(project, kind, from_, to))


def _unlink(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    if not model.links():
        return None
    key = dice.pick(model.links())

    def modelled(_: Any) -> None:
        del model.things["link", key]

    return modelled, lambda project: relations.unlink(project, [key])


def _turn(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    if not model.links():
        return None
    key = dice.pick(model.links())

    def modelled(made: Any) -> None:
        old = model.things.pop(("link", key))
        model.refuse_link(old["type"], old["to"], old["from"])
        model.put("link", made.id, set=model.mark(old["to"])["set"], type=old["type"],
                  **{"from": old["to"]}, to=old["from"])  # fmt: skip

    return modelled, lambda project: relations.turn(project, key)


def _schema(twin: Twin, person: str, dice: Dice) -> Done:
    model = twin.model
    wanted: Schema = dice.pick(twin._schemas)

    def modelled(made: Schema | None) -> None:
        old = model.schema()
        if replace(wanted, version=old.version) == old:
            return
        labels = {label.name for label in wanted.labels}
        if any(mark["label"] not in labels for mark in model.all("mark").values()):
            raise Refused("labels in use")
        kinds = {kind.name for kind in wanted.relations}
        if any(link["type"] not in kinds for link in model.all("link").values()):
            raise Refused("links in use")
        assert made is not None
        model.put("schema", made.sha256, schema=made, rev=model.time)

    return modelled, lambda project: set_schema(project, wanted)


def _undo(twin: Twin, person: str, dice: Dice) -> Done:
    twin.undo(person)
    return None


def _redo(twin: Twin, person: str, dice: Dice) -> Done:
    twin.redo(person)
    return None


def _bulk(twin: Twin, person: str, dice: Dice) -> Done:
    twin.bulk(person, dice)
    return None


def _reopen(twin: Twin, person: str, dice: Dice) -> Done:
    twin.close()
    return None


_ACTS: dict[str, Callable[[Twin, str, Dice], Done]] = {
    "import": _import, "remove_article": _remove_article, "describe": _describe,
    "status": _status, "add": _add, "remove": _remove, "relabel": _relabel, "move": _move,
    "attribute": _attribute, "note": _note, "actor": _actor, "proposition": _proposition,
    "link": _link, "unlink": _unlink, "turn": _turn, "schema": _schema, "undo": _undo,
    "redo": _redo, "bulk": _bulk, "reopen": _reopen,
}  # fmt: skip
_SMALL = ("add", "add", "remove", "relabel", "attribute", "note", "link", "status")
OFTEN = ("add", "add", "add", "link", "link", "undo", "undo", "redo", "redo", *_ACTS)
"""The acts as often as they are to be drawn."""


def _any_mark(model: Model, dice: Dice) -> str:
    """A mark, now and then one that is out of sight."""
    known = sorted(model.all("mark")) if dice.number(0, 9) == 0 else model.marks()
    return dice.pick(known) if known else ""


def _span(text: str, dice: Dice) -> tuple[Span, tuple[tuple[int, int], ...] | None]:
    """A span of one to three ranges, and what is stored of it: None where it is only blanks."""
    ranges: list[tuple[int, int]] = []
    for _ in range(dice.pick((1, 1, 1, 2, 3))):
        start = dice.number(0, len(text) - 2)
        ranges.append((start, min(len(text), start + dice.number(1, 14))))
    span = Span.of(ranges)
    tight = [trimmed(text, start, end) for start, end in span.segments]
    kept = [one for one in tight if one[0] < one[1]]
    return span, Span.of(kept).segments if kept else None


def _require_words(
    model: Model, label: str, attributes: dict[str, str], actor: Any, proposition: Any
) -> None:
    schema = model.schema()
    if label not in {one.name for one in schema.labels}:
        raise Refused("no such label")
    for name, value in attributes.items():
        if not any(a.name == name and value in a.values for a in schema.attributes_of(label)):
            raise Refused("no such attribute")
    if (actor and label != "source") or (proposition and label != "claim"):
        raise Refused("only a source has an actor, only a claim a proposition")


def _stand_behind(model: Model, made: Annotation, actor: Any, proposition: Any) -> None:
    if actor:
        assert made.actor_id is not None
        known = {thing["name"]: key for key, thing in model.all("actor").items()}
        assert known.get(actor, made.actor_id) == made.actor_id
        model.put("actor", made.actor_id, name=actor)
    if proposition and ("proposition", proposition) not in model.things:
        model.put("proposition", proposition, wording=made.words)


def _fitting(model: Model, from_: str, to: str, otherwise: str) -> str:
    labels = (model.things["mark", from_]["label"], model.things["mark", to]["label"])
    kinds = model.schema().relations_between(*labels)
    return kinds[0].name if kinds else otherwise


def _schemas() -> tuple[Schema, ...]:
    """The built-in one, one with a label more, and one with a label less."""
    first = builtin()
    more = replace(first, labels=(*first.labels, Label("rumour", "Rumour")))
    labels = tuple(label for label in first.labels if label.name != "cue")
    less = replace(
        first,
        labels=labels,
        attributes=tuple(a for a in first.attributes if "cue" not in a.on),
        relations=tuple(r for r in first.relations if "cue" not in r.to),
    )
    return first, more, less
