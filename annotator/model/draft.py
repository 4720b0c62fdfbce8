"""A schema while somebody edits it: step by step, with what becomes of the names that were stored."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.language import tr
from annotator.model import revision as revisions
from annotator.model.names import THING_NAMES
from annotator.model.revision import Revision
from annotator.model.schema import Attribute, Label, RelationType, Schema, problems
from annotator.text.words import search_words

THINGS = {"label": "labels", "attribute": "attributes", "relation": "relations"}
"""The kinds of things in a schema, and where they stand in it."""
COLORS = ("claim", "source", "denial", "cue", "#0072b2", "#009e73", "#cc79a7", "#d55e00", "#8a6d00")


class Draft:
    """Every step raises RuleError where it cannot be, and changes nothing then."""

    def __init__(self, schema: Schema) -> None:
        self.before = schema
        self.now = schema
        self._moved: dict[str, dict[str, str]] = {kind: {} for kind in THINGS}
        self._values: dict[str, dict[str, str]] = {}

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to put in force."""
        return replace(self.now, version=self.before.version) != self.before

    @property
    def problem(self) -> str:
        """The first thing that is wrong with it, in words, or nothing."""
        found = problems(self.now)
        return tr("This cannot be stored: {problem}.", problem=found[0]) if found else ""

    @property
    def revision(self) -> Revision:
        """The draft as it can be put in force."""
        moved = {
            THINGS[kind]: {old: new for old, new in names.items() if self._has(kind, new)}
            for kind, names in self._moved.items()
        }
        values = {name: dict(of) for name, of in self._values.items() if of}
        return Revision(schema=self.now, values=values, **moved)  # pyright: ignore

    def things(self, kind: str) -> tuple[Any, ...]:
        """The labels, attributes or relation types."""
        return getattr(self.now, THINGS[kind])

    def find(self, kind: str, name: str) -> Any:
        """The thing of that name. Raises RuleError."""
        found = next((one for one in self.things(kind) if one.name == name), None)
        if found is None:
            raise RuleError(
                tr("There is no {kind} “{name}” any more.", kind=THING_NAMES[kind], name=name)
            )
        return found

    def describe(self, **changed: Any) -> None:
        """Change what the schema says of itself."""
        self.now = replace(self.now, **changed)

    def change(self, kind: str, name: str, **changed: Any) -> None:
        """Change anything of a thing but its name."""
        self._put(kind, [replace(t, **changed) if t.name == name else t for t in self.things(kind)])

    def rename(self, kind: str, old: str, new: str) -> None:
        """Give a thing another name."""
        if old != new:
            self.now = revisions.renamed(self.now, kind, old, new).schema
            self._lead(kind, old, new)

    def merge(self, kind: str, old: str, into: str) -> None:
        """Let another thing take the place of one."""
        self.now = revisions.merged(self.now, kind, old, into).schema
        self._lead(kind, old, into)

    def retire(self, kind: str, name: str, *, retire: bool) -> None:
        """Let new work no longer get a thing, or let it again."""
        self.now = revisions.retired(self.now, kind, name, retire=retire).schema

    def remove(self, kind: str, name: str) -> None:
        """Take a thing out; it is refused later where something that is stored has it."""
        self._put(kind, [one for one in self.things(kind) if one.name != name])
        if kind == "label":
            self.now = replace(
                self.now,
                attributes=tuple(replace(a, on=_without(a.on, name)) for a in self.now.attributes),
                relations=tuple(
                    replace(r, from_=_without(r.from_, name), to=_without(r.to, name))
                    for r in self.now.relations
                ),
            )

    def move(self, kind: str, name: str, by: int) -> None:
        """Let a thing stand further up or down."""
        things = list(self.things(kind))
        at = next(n for n, one in enumerate(things) if one.name == name)
        things.insert(max(at + by, 0), things.pop(at))
        self._put(kind, things)

    def add(self, kind: str, title: str) -> str:
        """A new thing with that title; the name it got."""
        name = self._free(kind, "_".join(search_words(title)) or kind)
        made: Any
        if kind == "label":
            used = {one.color for one in self.now.labels}
            color = next((one for one in COLORS if one not in used), COLORS[0])
            made = Label(name, title, color=color)
        elif kind == "attribute":
            made = Attribute(name, title, (self.now.labels[0].name,), ("yes", "no"))
        else:
            ends = (self.now.labels[0].name,)
            made = RelationType(
                name, title, tr("{title} (from the other end)", title=title), ends, ends
            )
        self._put(kind, [*self.things(kind), made])
        return name

    def rename_value(self, attribute: str, old: str, new: str) -> None:
        """Give a value another name, in all marks too; one that is there takes its place."""
        values = self.find("attribute", attribute).values
        if old == new or old not in values:
            return
        step = revisions.merged if new in values else revisions.renamed
        self.now = step(self.now, "value", f"{attribute}={old}", new).schema
        origin = {now: was for was, now in self._moved["attribute"].items()}.get(
            attribute, attribute
        )
        known = next((a.values for a in self.before.attributes if a.name == origin), ())
        _lead(self._values.setdefault(origin, {}), known, old, new)

    def _lead(self, kind: str, old: str, new: str) -> None:
        known = [one.name for one in getattr(self.before, THINGS[kind])]
        _lead(self._moved[kind], known, old, new)

    def _put(self, kind: str, things: list[Any]) -> None:
        self.now = replace(self.now, **{THINGS[kind]: tuple(things)})

    def _has(self, kind: str, name: str) -> bool:
        return any(one.name == name for one in self.things(kind))

    def _free(self, kind: str, name: str) -> str:
        found, n = name, 2
        while self._has(kind, found):
            found, n = f"{name}_{n}", n + 1
        return found


def _lead(moved: dict[str, str], known: Any, old: str, new: str) -> None:
    """Let what led to the old name, or the old name itself where it was stored, lead to the new."""
    led = {was: new if now == old else now for was, now in moved.items()}
    if old in known and old not in moved:
        led[old] = new
    moved.clear()
    moved.update({was: now for was, now in led.items() if was != now})


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
