"""How the labels and relation types of a dataset fit the project's schema, and what becomes of the others.

Names that the schema has not are added to it in the act of the import, so that one undo takes back both;
a person can say otherwise name by name, or refuse them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from annotator.errors import FormatError, RuleError
from annotator.language import tr, trn
from annotator.model.dataset import (
    FOREIGN,
    NO_ATTRIBUTES,
    Entry,
    EntryRelation,
    EntrySchema,
    EntrySpan,
)
from annotator.model.loss import LINKS_OF_OMITTED, LINKS_SKIPPED, SKIPPED, Losses
from annotator.model.rules import SAME_WORDS_TWICE
from annotator.model.schema import ANY_LABEL, Attribute, Label, RelationType, Schema
from annotator.text.words import fold

LEAVE_OUT = ""
"""What a name is mapped to that is left out."""
COLORS = ("#7a5195", "#2a7f7f", "#b5476d", "#5b7a1f", "#8a5a2b", "#3f6fb5", "#a33b3b", "#4d5a66")
"""Of labels that came from elsewhere, in turn; dark enough on light paper, light enough on dark."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of names that another program gave."""

    names: Mapping[str, str] = {}
    """Labels and relation types as they are to be called here; LEAVE_OUT leaves them out."""
    strict: bool = False
    """Whether a name that the schema has not is refused instead of added to it."""

    @classmethod
    def parse(cls, written: Iterable[str], *, strict: bool = False) -> Terms:
        """Terms from ``OLD=NEW``; nothing behind the sign leaves OLD out. Raises RuleError."""
        names: dict[str, str] = {}
        for one in written:
            old, sign, new = one.partition("=")
            if not sign or not old:
                raise RuleError(tr("“{words}” is not OLD=NEW; nothing was imported.", words=one))
            names[old] = new
        return cls(names=names, strict=strict)


class Names:
    """The names that a dataset uses, by the schema it was made with."""

    def __init__(self) -> None:
        self.labels: dict[EntrySchema, Counter[str]] = {}
        self.links: dict[EntrySchema, Counter[str]] = {}
        self.attributes: set[str] = set()
        """Of marks that another program made."""
        self.twice = 0
        """Marks that stand on the same words as one before, with the same label."""

    def met(
        self, entries: Iterable[tuple[int, Entry]], people: Collection[str] = ()
    ) -> Iterator[tuple[int, Entry]]:
        """The same entries, the names that these people (or all) used taken in as they pass."""
        for number, entry in entries:
            if not people or entry.annotation_set.annotator in people:
                self.meet(entry)
            yield number, entry

    def meet(self, entry: Entry) -> None:
        """Take in the names of an entry."""
        labels = [span.label for span in entry.spans]
        self.labels.setdefault(entry.schema, Counter()).update(labels)
        self.links.setdefault(entry.schema, Counter()).update(r.type for r in entry.relations)
        if entry.schema == FOREIGN:
            for span in entry.spans:
                if span.attributes != NO_ATTRIBUTES:
                    self.attributes.update(msgspec.json.decode(span.attributes))
            own = [(s.label, s.segments) for s in entry.spans if s.label not in SAME_WORDS_TWICE]
            self.twice += len(own) - len(set(own))


class Fitting(msgspec.Struct, frozen=True, kw_only=True):
    """How the names of one schema are called here."""

    schema: Schema
    """The project's, with what is to be added to it."""
    labels: Mapping[str, str] = {}
    links: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()

    def of(self, entry: Entry, losses: Losses) -> Entry:
        """The entry with the names of the project; what is left out is counted."""
        if not self.labels and not self.links:
            return entry
        spans = tuple(self._spans(entry.spans, losses))
        gone = {span.id for span in entry.spans} - {span.id for span in spans}
        return replace(
            entry, spans=spans, relations=tuple(self._relations(entry.relations, gone, losses))
        )

    def _spans(self, spans: Sequence[EntrySpan], losses: Losses) -> Iterable[EntrySpan]:
        for span in spans:
            label = self.labels.get(span.label, span.label)
            if label == LEAVE_OUT:
                losses.add(SKIPPED, (span.id,))
            else:
                yield span if label == span.label else replace(span, label=label)

    def _relations(
        self, links: Sequence[EntryRelation], gone: set[str], losses: Losses
    ) -> Iterable[EntryRelation]:
        for link in links:
            kind = self.links.get(link.type, link.type)
            if kind == LEAVE_OUT:
                losses.add(LINKS_SKIPPED, (link.id,))
            elif link.from_ in gone or link.to in gone:
                losses.add(LINKS_OF_OMITTED, (link.id,))
            else:
                yield link if kind == link.type else replace(link, type=kind)


def fitted(
    ours: Schema, names: Names, made_with: EntrySchema, theirs: Schema | None, terms: Terms
) -> Fitting:
    """How names of entries made with one schema fit ours. Raises FormatError where they may not.

    ``theirs`` is that schema, where it is known.
    """
    alike = made_with == FOREIGN
    labels, new_labels = _sorted_out(
        names.labels.get(made_with, {}), [one.name for one in ours.labels], terms, alike=alike
    )
    links, new_links = _sorted_out(
        names.links.get(made_with, {}), [one.name for one in ours.relations], terms, alike=alike
    )
    if terms.strict and (new_labels or new_links):
        unknown = "”, “".join([*new_labels, *new_links])
        raise FormatError(
            tr(
                "The schema {name} has no “{unknown}”, and only what it has was to be imported.",
                name=ours.name,
                unknown=unknown,
            )
        )
    schema = _with(ours, new_labels, new_links, theirs)
    notes = [
        tr("“{old}” was taken for “{new}”.", old=old, new=new)
        for old, new in {**labels, **links}.items()
        if new not in (old, LEAVE_OUT) and old not in terms.names
    ]
    if new_labels:
        notes.append(_new_labels(new_labels))
    if new_links:
        notes.append(_new_links(new_links))
    return Fitting(schema=schema, labels=labels, links=links, notes=tuple(notes))


def _sorted_out(
    used: Mapping[str, int], known: Sequence[str], terms: Terms, *, alike: bool
) -> tuple[dict[str, str], list[str]]:
    """What used names are called here where that is another, and which names are new.

    ``alike``: whether a name that differs only in case and accents is the same.
    """
    folded = {fold(name): name for name in reversed(known)} if alike else {}
    called: dict[str, str] = {}
    new: dict[str, None] = {}
    for name in used:
        here = terms.names.get(name, name)
        if here == name and name not in known and name not in terms.names:
            here = folded.get(fold(name), name)
        if here != name:
            called[name] = here
        if here != LEAVE_OUT and here not in known:
            new[here] = None
    return called, list(new)


def _with(
    ours: Schema, labels: Sequence[str], links: Sequence[str], theirs: Schema | None
) -> Schema:
    """Our schema with these names, as theirs describes them."""
    if not labels and not links:
        return ours
    own = {one.name: one for one in theirs.labels} if theirs else {}
    keys = {one.key.upper() for one in ours.labels}
    added: list[Label] = []
    for n, name in enumerate(labels, len(ours.labels)):
        label = own.get(name) or Label(name, _title(name), color=COLORS[n % len(COLORS)])
        added.append(replace(label, key="") if label.key.upper() in keys else label)
        keys.add(label.key.upper())
    known = {one.name for one in (*ours.labels, *added)}
    kinds = {one.name: one for one in theirs.relations} if theirs else {}
    return replace(
        ours,
        version=ours.version + 1,
        labels=(*ours.labels, *added),
        relations=(*ours.relations, *(_kind(name, kinds.get(name), known) for name in links)),
        attributes=(*ours.attributes, *_attributes(ours, theirs, set(labels))),
    )


def _kind(name: str, theirs: RelationType | None, known: set[str]) -> RelationType:
    if theirs is None:
        title = _title(name).lower()
        return RelationType(name, title, f"{title} (from)", (ANY_LABEL,), (ANY_LABEL,))
    ends = [
        tuple(label for label in end if label in known or label == ANY_LABEL) or (ANY_LABEL,)
        for end in (theirs.from_, theirs.to)
    ]
    return replace(theirs, from_=ends[0], to=ends[1])


def _attributes(ours: Schema, theirs: Schema | None, labels: set[str]) -> Iterable[Attribute]:
    """What theirs says of marks of the new labels."""
    taken = {one.name for one in ours.attributes}
    for attribute in theirs.attributes if theirs else ():
        on = tuple(label for label in attribute.on if label in labels)
        if on and attribute.name not in taken:
            yield replace(attribute, on=on)


def _title(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip() or name
    return words[:1].upper() + words[1:]


def _new_labels(names: Sequence[str]) -> str:
    return trn(
        "New in the schema: label “{names}”.",
        "New in the schema: labels “{names}”.",
        len(names),
        names="”, “".join(names),
    )


def _new_links(names: Sequence[str]) -> str:
    return trn(
        "New in the schema: relation type “{names}”.",
        "New in the schema: relation types “{names}”.",
        len(names),
        names="”, “".join(names),
    )
