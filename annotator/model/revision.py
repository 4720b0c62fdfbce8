"""Another schema, and what becomes of the names that it no longer has.

``kind`` is ``label``, ``attribute``, ``relation`` or ``value``; a value is named ``attribute=value``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.language import tr
from annotator.model.annotation import Annotation
from annotator.model.schema import Attribute, Schema, problems

KINDS = ("label", "attribute", "relation", "value")
_PLURAL = {"label": "labels", "attribute": "attributes", "relation": "relations"}


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """A schema to put in force; old names lead to those that take their place in what is stored."""

    schema: Schema
    labels: dict[str, str] = {}
    attributes: dict[str, str] = {}
    relations: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    """By the old name of the attribute."""

    @property
    def moves_marks(self) -> bool:
        """Whether marks change by it."""
        return bool(self.labels or self.attributes or self.values)

    def mark(self, mark: Annotation) -> Annotation:
        """A mark as it is once the revision is in force."""
        label = self.labels.get(mark.label, mark.label)
        attributes = {
            self.attributes.get(name, name): self.values.get(name, {}).get(value, value)
            for name, value in mark.attributes.items()
        }
        return replace(mark, label=label, attributes=dict(sorted(attributes.items())))


def require_good(schema: Schema) -> None:
    """The schema does not contradict itself. Raises RuleError with the first thing that is wrong."""
    for problem in problems(schema):
        raise RuleError(
            tr("The schema would not be good: {problem}. Nothing was changed.", problem=problem)
        )


def renamed(schema: Schema, kind: str, old: str, new: str) -> Revision:
    """Give a thing another name, in the schema and in all that is stored. Raises RuleError."""
    if kind == "value":
        return _value(schema, old, new, merging=False)
    _find(schema, kind, old)
    if new in _names(schema, kind):
        raise RuleError(
            tr(
                "There is a {kind} “{new}” already; merge the two instead. Nothing was changed.",
                kind=kind,
                new=new,
            )
        )
    after = _replaced(schema, kind, old, lambda one: replace(one, name=new))
    return _revision(after, kind, old, new)


def merged(schema: Schema, kind: str, old: str, into: str) -> Revision:
    """Let one thing take the place of another, which is gone then. Raises RuleError."""
    if kind == "value":
        return _value(schema, old, into, merging=True)
    if kind == "attribute":
        raise RuleError(tr("Attributes cannot be merged, only their values. Nothing was changed."))
    gone, _ = _find(schema, kind, old), _find(schema, kind, into)
    if old == into:
        raise RuleError(
            tr("It takes two to merge; “{old}” stays as it is. Nothing was changed.", old=old)
        )
    after = _replaced(schema, kind, old, lambda _: None)
    if kind == "relation":

        def wider(one: Any) -> Any:
            ends = {"from_": one.from_ + gone.from_, "to": one.to + gone.to}
            return replace(one, **{name: tuple(dict.fromkeys(end)) for name, end in ends.items()})

        after = _replaced(after, kind, into, wider)
    return _revision(after, kind, old, into)


def retired(schema: Schema, kind: str, name: str, *, retire: bool = True) -> Revision:
    """Let new work no longer get a thing, or let it again; what has it keeps it. Raises RuleError."""
    if kind == "value":
        raise RuleError(
            tr("A value cannot be retired; merge it with another. Nothing was changed.")
        )
    _find(schema, kind, name)
    after = _replaced(schema, kind, name, lambda one: replace(one, retired=retire or UNSET))
    return Revision(schema=after)


def _revision(schema: Schema, kind: str, old: str, new: str) -> Revision:
    """With every mention of the old name inside the schema led to the new one."""
    if kind == "label":
        schema = replace(
            schema,
            attributes=tuple(replace(a, on=_led(a.on, old, new)) for a in schema.attributes),
            relations=tuple(
                replace(r, from_=_led(r.from_, old, new), to=_led(r.to, old, new))
                for r in schema.relations
            ),
        )
    moved = {_PLURAL[kind]: {old: new}}
    return Revision(schema=schema, **moved)  # pyright: ignore[reportArgumentType]


def _value(schema: Schema, said: str, new: str, *, merging: bool) -> Revision:
    name, equals, old = said.partition("=")
    if not equals:
        raise RuleError(
            tr("A value is named attribute=value; “{said}” is not. Nothing was changed.", said=said)
        )
    attribute: Attribute = _find(schema, "attribute", name)
    if old not in attribute.values or (merging and new not in attribute.values):
        known = ", ".join(attribute.values)
        raise RuleError(
            tr("{name} has the values {known}. Nothing was changed.", name=name, known=known)
        )
    if merging and old == new:
        raise RuleError(
            tr("It takes two to merge; “{old}” stays as it is. Nothing was changed.", old=old)
        )
    if not merging and new in attribute.values:
        raise RuleError(
            tr(
                "{name} has the value “{new}” already; merge the two instead. Nothing was changed.",
                name=name,
                new=new,
            )
        )
    after = _replaced(
        schema, "attribute", name, lambda a: replace(a, values=_led(a.values, old, new))
    )
    return Revision(schema=after, values={name: {old: new}})


def _led(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new if name == old else name for name in names))


def _names(schema: Schema, kind: str) -> list[str]:
    return [one.name for one in getattr(schema, _PLURAL[kind])]


def _find(schema: Schema, kind: str, name: str) -> Any:
    if kind not in _PLURAL:
        raise RuleError(
            tr(
                "“{kind}” is none of {kinds}. Nothing was changed.",
                kind=kind,
                kinds=", ".join(KINDS),
            )
        )
    found = next((one for one in getattr(schema, _PLURAL[kind]) if one.name == name), None)
    if found is None:
        known = ", ".join(_names(schema, kind))
        raise RuleError(
            tr(
                "There is no {kind} “{name}”; there are: {known}. Nothing was changed.",
                kind=kind,
                name=name,
                known=known,
            )
        )
    return found


def _replaced(schema: Schema, kind: str, name: str, change: Callable[[Any], Any]) -> Schema:
    """With one thing changed, or gone where the change gives None."""
    things = getattr(schema, _PLURAL[kind])
    after = tuple(change(one) if one.name == name else one for one in things)
    return replace(schema, **{_PLURAL[kind]: tuple(one for one in after if one is not None)})
