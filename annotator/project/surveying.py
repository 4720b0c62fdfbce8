"""What the import of a dataset would do, found out by reading all of it and storing nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator.errors import FormatError
from annotator.formats.base import Format, Reading
from annotator.formats.registry import named, recognize
from annotator.language import spoken, tr
from annotator.model.dataset import Entry
from annotator.model.loss import Loss
from annotator.progress import Progress, silent
from annotator.project.fitting import Names, Terms, fitted
from annotator.project.importing import USUAL, Way, require_sound, schema_of
from annotator.project.project import Project, Queries
from annotator.project.proving import reading


class Used(msgspec.Struct, frozen=True):
    """A label or a relation type that the dataset uses."""

    name: str
    count: int
    becomes: str
    """What it is called here where nobody says otherwise."""
    is_new: bool
    """Whether that comes into the schema with the import."""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a dataset, and how it fits the project."""

    path: Path
    format: str
    """The title of its format."""
    articles: int
    here: int
    """Articles that the project has already: these marks will lie beside theirs."""
    sets: int
    people: tuple[str, ...]
    marks: int
    links: int
    labels: tuple[Used, ...]
    kinds: tuple[Used, ...]
    schema: str
    """The name of the schema that becomes the project's, where it has no marks yet."""
    losses: tuple[Loss, ...]
    """What of the file cannot become marks or links, or stands elsewhere than the file says."""
    notes: tuple[str, ...]


def survey(
    project: Project, path: Path, progress: Progress = silent, *, way: Way = USUAL
) -> Survey:
    """Read a dataset whole. Raises FormatError, as its import would, where something in it is wrong."""
    chosen = named(way.format) if way.format else recognize(path)
    if chosen is None:
        raise FormatError(
            tr("{path} is not a dataset of a known format; nothing was stored.", path=path)
        )
    seen = _Seen(project.read)
    look = Reading(options=way.options)
    entries = seen.passing(reading(chosen, path, look))
    verdict = require_sound(path, chosen, entries, progress)
    labels, kinds, schema = _fit(project.read, seen, path, chosen)
    ignored = [
        tr("The key “{key}” is not known and is ignored.", key=key) for key in sorted(look.ignored)
    ]
    return Survey(
        path=path,
        format=spoken(chosen.title),
        articles=len(seen.articles),
        here=seen.here,
        sets=verdict.lines,
        people=tuple(sorted(seen.people)),
        marks=verdict.spans,
        links=verdict.relations,
        labels=labels,
        kinds=kinds,
        schema=schema,
        losses=look.losses.found(),
        notes=(*ignored, *look.notes),
    )


class _Seen:
    """Gathers what goes by."""

    def __init__(self, read: Queries) -> None:
        self._read = read
        self.names = Names()
        self.samples: list[Entry] = []
        """One entry for each schema that was used."""
        self.articles: set[str] = set()
        self.people: set[str] = set()
        self.here = 0

    def passing(self, entries: Iterator[tuple[int, Entry]]) -> Iterator[tuple[int, Entry]]:
        for number, entry in entries:
            if entry.schema not in self.names.labels:
                self.samples.append(entry)
            self.names.meet(entry)
            self.people.add(entry.annotation_set.annotator)
            if entry.doc_id not in self.articles:
                self.articles.add(entry.doc_id)
                self.here += bool(
                    self._read.documents_by("text_sha256", [entry.text_sha256])
                    or self._read.any_document(entry.doc_id)
                )
            yield number, entry


def _fit(
    read: Queries, seen: _Seen, path: Path, chosen: Format
) -> tuple[tuple[Used, ...], tuple[Used, ...], str]:
    """The names that are used as they will be called, and the schema that is taken over whole."""
    ours = read.schema()
    labels: dict[str, Used] = {}
    kinds: dict[str, Used] = {}
    for sample in seen.samples:
        theirs = schema_of(sample, path, chosen)
        if (
            theirs
            and theirs != ours
            and not read.labels_in_use()
            and not read.had_schema(theirs.sha256)
        ):
            ours, taken = theirs, theirs.name
        else:
            taken = ""
        fitting = fitted(ours, seen.names, sample.schema, theirs, Terms())
        for found, used, renamed, known in (
            (labels, seen.names.labels, fitting.labels, [one.name for one in ours.labels]),
            (kinds, seen.names.links, fitting.links, [one.name for one in ours.relations]),
        ):
            counts: Counter[str] = used.get(sample.schema, Counter())
            for name, count in counts.items():
                becomes = renamed.get(name, name)
                before = found[name].count if name in found else 0
                found[name] = Used(name, before + count, becomes, becomes not in known)
        if taken:
            return _ranked(labels), _ranked(kinds), taken
    return _ranked(labels), _ranked(kinds), ""


def _ranked(found: dict[str, Used]) -> tuple[Used, ...]:
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.name)))
