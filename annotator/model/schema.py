"""The schema of a project: labels, attributes, relation types, guidelines."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from annotator import resources
from annotator.errors import RuleError
from annotator.language import tr

ANY_LABEL = "*"
STYLES = ("fill", "underline", "hatch", "dashes")

Retired = bool | UnsetType
"""Whether new work no longer gets it; what has it keeps it. Left out of the JSON where it is not
said, so that a schema in which nothing was ever retired keeps its hash."""


class Label(msgspec.Struct, frozen=True):
    """What a mark can be."""

    name: str
    title: str
    key: str = ""
    style: str = "fill"
    """How it is drawn: fill, underline, hatch or dashes."""
    color: str = ""
    """A theme's color name, or #rrggbb."""
    guideline: str = ""
    retired: Retired = UNSET


class Attribute(msgspec.Struct, frozen=True):
    """What can be said of a mark; an attribute that nobody decided is not stored."""

    name: str
    title: str
    on: tuple[str, ...]
    """Names of labels, or ``*`` for every label."""
    values: tuple[str, ...]
    offered: bool = False
    """Whether the simple preset shows it."""
    guideline: str = ""
    retired: Retired = UNSET

    def is_on(self, label: str) -> bool:
        """Whether marks of this label can have it."""
        return label in self.on or ANY_LABEL in self.on


class RelationType(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """How one mark can be linked to another."""

    name: str
    title: str
    """How it reads from the mark it starts from: “said by”."""
    inverse: str
    """How it reads from the other end: “says”."""
    from_: tuple[str, ...]
    to: tuple[str, ...]
    acyclic: bool = False
    guideline: str = ""
    retired: Retired = UNSET

    def fits(self, from_label: str, to_label: str) -> bool:
        """Whether it may lead from a mark of the one label to a mark of the other."""
        return _may(from_label, self.from_) and _may(to_label, self.to)


class Schema(msgspec.Struct, frozen=True):
    """Labels, attributes, relation types and guidelines, under a name and a version."""

    name: str
    version: int
    labels: tuple[Label, ...]
    attributes: tuple[Attribute, ...] = ()
    relations: tuple[RelationType, ...] = ()
    title: str = ""
    guideline: str = ""

    def label(self, name: str) -> Label:
        """The label of that name. Raises RuleError."""
        found = next((label for label in self.labels if label.name == name), None)
        if found is None:
            known = ", ".join(label.name for label in self.labels)
            raise RuleError(
                tr("There is no label “{name}”; the schema has {known}.", name=name, known=known)
            )
        return found

    def relation(self, name: str) -> RelationType:
        """The relation type of that name. Raises RuleError."""
        found = next((kind for kind in self.relations if kind.name == name), None)
        if found is None:
            known = ", ".join(kind.name for kind in self.relations)
            raise RuleError(
                tr("There is no relation “{name}”; the schema has {known}.", name=name, known=known)
            )
        return found

    def for_marks(self, name: str) -> Label:
        """The label of that name, for a new mark. Raises RuleError, also where it is retired."""
        label = self.label(name)
        if label.retired:
            raise RuleError(
                tr("The label “{name}” is retired: marks keep it, no new one gets it.", name=name)
            )
        return label

    def for_links(self, name: str) -> RelationType:
        """The relation type of that name, for a new link. Raises RuleError, also where retired."""
        kind = self.relation(name)
        if kind.retired:
            raise RuleError(
                tr("The link “{name}” is retired: links keep it, no new one gets it.", name=name)
            )
        return kind

    @property
    def current(self) -> Schema:
        """What new work may use: all that is not retired."""
        return replace(
            self,
            labels=tuple(one for one in self.labels if not one.retired),
            attributes=tuple(one for one in self.attributes if not one.retired),
            relations=tuple(one for one in self.relations if not one.retired),
        )

    def attributes_of(self, label: str) -> tuple[Attribute, ...]:
        """The attributes that a mark of this label can have."""
        return tuple(a for a in self.attributes if a.is_on(label))

    def relations_between(self, from_label: str, to_label: str) -> tuple[RelationType, ...]:
        """The relation types that may lead from the one label to the other."""
        return tuple(kind for kind in self.relations if kind.fits(from_label, to_label))

    @property
    def sha256(self) -> str:
        """The hash of the schema's canonical JSON."""
        return sha256(dump(self)).hexdigest()


def dump(schema: Schema) -> bytes:
    """The canonical JSON of a schema: sorted keys, no spaces."""
    return msgspec.json.encode(schema, order="sorted")


def load(data: bytes | str, where: str = "the schema") -> Schema:
    """Read a schema from JSON. Raises RuleError naming ``where`` and what is wrong in it."""
    try:
        schema = msgspec.json.decode(data, type=Schema)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RuleError(
            tr("{where} is not a schema: {error}. Nothing was changed.", where=where, error=error)
        ) from None
    for problem in problems(schema):
        raise RuleError(
            tr(
                "{where} is not a good schema: {problem}. Nothing was changed.",
                where=where,
                problem=problem,
            )
        )
    return schema


def builtin() -> Schema:
    """The built-in schema *attribution*."""
    return load(resources.text("schemas/attribution.json"), "schemas/attribution.json")


def problems(schema: Schema) -> list[str]:
    """What is wrong with a schema, in words."""
    names = [label.name for label in schema.labels]
    found: list[str] = []
    if not schema.name:
        found.append(tr("it has no name"))
    if not names:
        found.append(tr("it has no labels"))
    elif all(label.retired for label in schema.labels):
        found.append(tr("all its labels are retired"))
    found += _unsaid(schema)
    found += _doubles("label", names)
    found += _doubles("attribute", [a.name for a in schema.attributes])
    found += _doubles("relation", [r.name for r in schema.relations])
    found += _keys(schema.labels)
    found += [
        tr(
            "label {name} has the style {style}, which is none of {styles}",
            name=a.name,
            style=a.style,
            styles=", ".join(STYLES),
        )
        for a in schema.labels
        if a.style not in STYLES
    ]
    for attribute in schema.attributes:
        found += _unknown(tr("attribute {name}", name=attribute.name), attribute.on, names)
        if not attribute.values:
            found.append(tr("attribute {name} has no values", name=attribute.name))
        found += _doubles(
            tr("attribute {name}: value", name=attribute.name), list(attribute.values)
        )
    for kind in schema.relations:
        found += _unknown(tr("relation {name}", name=kind.name), kind.from_ + kind.to, names)
    return found


def _may(label: str, allowed: tuple[str, ...]) -> bool:
    return label in allowed or ANY_LABEL in allowed


def _doubles(what: str, names: list[str]) -> list[str]:
    return [
        tr("{what} “{name}” stands in it twice", what=what, name=name)
        for name in names
        if names.count(name) > 1
    ][:1]


def _keys(labels: tuple[Label, ...]) -> list[str]:
    """Two labels cannot have one key."""
    taken: dict[str, str] = {}
    for label in labels:
        key = label.key.upper()
        if key and not label.retired and taken.setdefault(key, label.name) != label.name:
            return [
                tr(
                    "the key “{key}” of {name} is taken by {other}",
                    key=key,
                    name=label.name,
                    other=taken[key],
                )
            ]
    return []


def _unsaid(schema: Schema) -> list[str]:
    """Names are what programs know things by."""
    named = (
        ("label", schema.labels),
        ("attribute", schema.attributes),
        ("relation", schema.relations),
    )
    return [
        tr("the {what} “{name}” needs another name", what=what, name=one.name)
        for what, things in named
        for one in things
        if not one.name or one.name.strip() != one.name or one.name == ANY_LABEL
    ]


def _unknown(what: str, labels: tuple[str, ...], known: list[str]) -> list[str]:
    return [
        tr("{what} names the label “{label}”, which is not in it", what=what, label=label)
        for label in labels
        if label != ANY_LABEL and label not in known
    ]
