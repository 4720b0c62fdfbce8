"""The project as plain Python sees it: what verbs do, and what undo and redo may.

Things are dicts under (noun, id), never changed in place. An act is what it changed, with the
values before and after; that is all that undo and redo need.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from annotator.model.rules import SAME_WORDS_TWICE
from annotator.model.schema import Schema

Key = tuple[str, str]
Thing = dict[str, Any]
REFERENCES = {
    "set": {"document": "document"},
    "mark": {"document": "document", "set": "set", "actor": "actor", "proposition": "proposition"},
    "link": {"set": "set", "from": "mark", "to": "mark"},
}


class Refused(Exception):
    """The project should say no."""


class Change(NamedTuple):
    before: Thing | None
    after: Thing | None


class Act:
    def __init__(self, person: str, seq: int, changes: dict[Key, Change]) -> None:
        self.person = person
        self.seq = self.since = seq
        self.undone = 0
        self.changes = changes


class Model:
    def __init__(self, schema: Schema) -> None:
        self.things: dict[Key, Thing] = {}
        self.shelf: dict[str, Thing] = {}
        """Removed documents by id; their sets and marks stay among the things."""
        self.acts: list[Act] = []
        self.time = 0
        self.stirred = False
        """Whether the act under way did something, though perhaps nothing is left of it."""
        self._first_schema = schema

    # Looking

    def all(self, noun: str) -> dict[str, Thing]:
        return {key: thing for (kind, key), thing in self.things.items() if kind == noun}

    def documents(self) -> list[str]:
        return sorted(self.all("document"))

    def marks(self) -> list[str]:
        """Ids of the marks that are in sight."""
        there = self.all("document")
        return sorted(k for k, m in self.all("mark").items() if m["document"] in there)

    def links(self) -> list[str]:
        return sorted(k for k, r in self.all("link").items() if r["from"] in self.marks())

    def schema(self) -> Schema:
        known = self.all("schema").values()
        newest = max(known, key=lambda one: one["rev"], default=None)
        return newest["schema"] if newest else self._first_schema

    def mark(self, key: str) -> Thing:
        if key not in self.marks():
            raise Refused("no such mark")
        return self.things["mark", key]

    def own_set(self, document: str, person: str) -> str | None:
        own = (
            k
            for k, s in self.all("set").items()
            if (s["document"], s["person"]) == (document, person)
        )
        return min(own, default=None)

    # Changing

    @contextmanager
    def acting(self, person: str) -> Generator[None]:
        """What is changed inside is one act, or nothing where it is refused."""
        before = dict(self.things)
        self.time += 1
        self.stirred = False
        try:
            yield
        except BaseException:
            self.things = before
            raise
        changes = dict(_differences(before, self.things))
        if not changes and not self.stirred:
            return
        for act in self.acts:
            if act.person == person:
                act.undone = 0
        self.acts.append(Act(person, self.time, changes))
        self._keep_shelf(before)

    def put(self, noun: str, key: str, **changed: Any) -> None:
        self.things[noun, key] = {**self.things.get((noun, key), {}), **changed}

    def touch(self, key: str, **changed: Any) -> None:
        """Change a mark; a mark that is the same afterwards is not touched."""
        before = self.things["mark", key]
        after = {**before, **changed}
        if after != before:
            self.things["mark", key] = {**after, "stamp": self.time}

    def refuse_same(self, set_: str | None, label: str, segments: Any) -> None:
        if label in SAME_WORDS_TWICE:
            return
        for other in self.all("mark").values():
            if (other["set"], other["label"], other["segments"]) == (set_, label, segments):
                raise Refused("the same words twice")

    def drop_mark(self, key: str) -> None:
        self.mark(key)
        for link, ends in self.all("link").items():
            if key in (ends["from"], ends["to"]):
                del self.things["link", link]
        del self.things["mark", key]

    def refuse_link(self, type_: str, from_: str, to: str) -> None:
        source, target = self.mark(from_), self.mark(to)
        kind = next((k for k in self.schema().relations if k.name == type_), None)
        if kind is None or from_ == to or not kind.fits(source["label"], target["label"]):
            raise Refused("no such link")
        ends = [(r["from"], r["to"]) for r in self.all("link").values() if r["type"] == type_]
        if (from_, to) in ends:
            raise Refused("a double link")
        if kind.acyclic and from_ in _reached(to, ends):
            raise Refused("a circle")

    def refuse_crossing(self, documents: set[str], besides: set[Key]) -> None:
        """Documents do not go while their marks are linked with those of others."""
        for key, link in self.all("link").items():
            ends = [
                self.things["mark", link[end]]["document"] in documents for end in ("from", "to")
            ]
            if ("link", key) not in besides and ends[0] != ends[1]:
                raise Refused("linked with another document")

    # Undo and redo

    def newest(self, person: str, *, undone: bool = False) -> Act | None:
        own = [a for a in self.acts if a.person == person and (a.undone if undone else a.since)]
        return max(own, key=lambda a: a.undone if undone else a.since, default=None)

    def undo(self, person: str) -> None:
        act = self.newest(person)
        if act is None:
            raise Refused("nothing to undo")
        back = {key: Change(c.after, c.before) for key, c in act.changes.items()}
        self._move(act, back, lambda other: other.since > act.since)
        act.since, act.undone = 0, self.time

    def redo(self, person: str) -> None:
        act = self.newest(person, undone=True)
        if act is None:
            raise Refused("nothing to redo")
        self._move(act, act.changes, lambda other: other.since > act.undone and other.seq > act.seq)
        act.since, act.undone = self.time, 0

    def _move(self, act: Act, changes: dict[Key, Change], is_later: Callable[[Act], bool]) -> None:
        touched = {key for other in self.acts if is_later(other) for key in other.changes}
        if touched & set(changes) or (_nouns(touched) & _nouns(changes) & {"schema"}):
            raise Refused("a later act touched the same")
        after = dict(self.things)
        for key, change in changes.items():
            if _but_rev(self.things.get(key)) != _but_rev(change.before):
                raise Refused("it is not as the act left it")
            after.pop(key, None)
            if change.after is not None:
                after[key] = change.after
        going = {key for key, change in changes.items() if change.after is None}
        self._refuse_left_behind(going, changes, touched)
        self._refuse_homeless(changes, after)
        names = [thing["name"] for (noun, _), thing in after.items() if noun == "actor"]
        if len(names) != len(set(names)):
            raise Refused("another actor has the name")
        self.time += 1
        before, self.things = self.things, after
        for noun, key in changes:
            if noun == "schema" and (noun, key) in after:
                self.put(noun, key, rev=self.time)
        try:
            self._refuse_wordless(changes)
        except Refused:
            self.things = before
            raise
        self._keep_shelf(before)

    def _refuse_left_behind(
        self, going: set[Key], changes: dict[Key, Change], touched: set[Key]
    ) -> None:
        for key, thing in self.things.items():
            if key in changes:
                continue
            for field, noun in REFERENCES.get(key[0], {}).items():
                gone = (noun, thing[field]) in going
                # A document goes with what was on it before, not with what came since.
                if gone and (noun != "document" or key in touched):
                    raise Refused("something hangs on it")
        self.refuse_crossing({key for noun, key in going if noun == "document"}, set(changes))

    def _refuse_homeless(self, changes: dict[Key, Change], after: dict[Key, Thing]) -> None:
        for noun, key in changes:
            thing = after.get((noun, key))
            for field, home in REFERENCES.get(noun, {}).items() if thing else ():
                wanted = thing[field]  # type: ignore[index]
                if wanted is None:
                    continue
                found = after.get((home, wanted))
                if found is None or (
                    home == "mark" and ("document", found["document"]) not in after
                ):
                    raise Refused("what it belongs to is gone")

    def _refuse_wordless(self, changes: dict[Key, Change]) -> None:
        """Every mark and link has its word in the schema that is then in force."""
        schema = self.schema()
        labels = {label.name for label in schema.labels}
        kinds = {kind.name for kind in schema.relations}
        looked_at = self.things if "schema" in _nouns(changes) else changes
        for noun, key in looked_at:
            thing = self.things.get((noun, key))
            if thing and noun == "mark" and thing["label"] not in labels:
                raise Refused("the schema has no such label")
            if thing and noun == "link" and thing["type"] not in kinds:
                raise Refused("the schema has no such link")

    def _keep_shelf(self, before: dict[Key, Thing]) -> None:
        for (noun, key), thing in before.items():
            if noun == "document" and (noun, key) not in self.things:
                self.shelf[key] = thing
        for key in self.documents():
            self.shelf.pop(key, None)


def _nouns(keys: Any) -> set[str]:
    return {noun for noun, _ in keys}


def _but_rev(thing: Thing | None) -> Thing | None:
    return thing and {name: value for name, value in thing.items() if name != "rev"}


def _differences(before: dict[Key, Thing], after: dict[Key, Thing]) -> Iterator[tuple[Key, Change]]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield key, Change(before.get(key), after.get(key))


def _reached(start: str, ends: list[tuple[str, str]]) -> set[str]:
    reached = {start}
    while True:
        more = {to for from_, to in ends if from_ in reached} - reached
        if not more:
            return reached
        reached |= more
