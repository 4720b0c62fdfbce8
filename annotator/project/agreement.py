"""The schema of a dataset's entries and the project's own: by which names entries come in."""

from __future__ import annotations

from collections.abc import Callable

from annotator.errors import FormatError
from annotator.language import tr
from annotator.model.dataset import FOREIGN, Entry, EntrySchema
from annotator.model.loss import Losses
from annotator.model.schema import Schema
from annotator.project.fitting import Fitting, Names, Terms, fitted
from annotator.project.project import Act


class Agreement:
    """Fits entries to the project's schema, which grows or becomes theirs where that is due."""

    def __init__(
        self,
        act: Act,
        names: Names,
        terms: Terms,
        schema_of: Callable[[Entry], Schema | None],
        losses: Losses,
    ) -> None:
        self._act = act
        self.notes: list[str] = []
        """What the person should know of it."""
        self._names, self._terms = names, terms
        self._schema_of = schema_of
        self._losses = losses
        self._fittings: dict[EntrySchema, Fitting] = {}
        self._own: set[EntrySchema] = set()
        """Those that the project has itself."""

    def fitted(self, entry: Entry) -> Entry:
        """The entry with names of the project's schema, which becomes theirs while it is empty."""
        fitting = self._fittings.get(entry.schema)
        if fitting is None:
            fitting = self._fittings[entry.schema] = self._agree(entry)
            if entry.schema.sha256 == fitting.schema.sha256:
                self._own.add(entry.schema)
        if entry.schema in self._own:
            _require_names(entry, fitting.schema)
        return fitting.of(entry, self._losses)

    def _agree(self, entry: Entry) -> Fitting:
        ours, read = self._act.read.schema(), self._act.read
        asked = self._terms.names or self._terms.strict
        if entry.schema.sha256 == ours.sha256 and not asked:
            return Fitting(schema=ours)
        theirs = None if entry.schema == FOREIGN else self._schema_of(entry)
        if theirs and not asked and not read.labels_in_use() and not read.had_schema(theirs.sha256):
            self._act.tx.add(theirs)
            return Fitting(schema=theirs)
        fitting = fitted(ours, self._names, entry.schema, theirs, self._terms)
        if entry.schema not in (FOREIGN, EntrySchema(ours.name, ours.version, ours.sha256)):
            self.notes.append(
                tr(
                    "It was made with the schema {name} {version}; "
                    "the project keeps its own, {own} {own_version}.",
                    name=entry.schema.name,
                    version=entry.schema.version,
                    own=ours.name,
                    own_version=ours.version,
                )
            )
        if fitting.schema != ours:
            self._act.tx.add(fitting.schema)
        self.notes += fitting.notes
        return fitting


def _require_names(entry: Entry, schema: Schema) -> None:
    """The entry uses only names of the schema that it says it was made with. Raises FormatError."""
    labels = {label.name for label in schema.labels}
    kinds = {kind.name for kind in schema.relations}
    strange = {s.label for s in entry.spans} - labels | {r.type for r in entry.relations} - kinds
    if strange:
        raise FormatError(
            tr(
                "The project's schema {name} has no “{strange}”.",
                name=schema.name,
                strange=min(strange),
            )
        )
