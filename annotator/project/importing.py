"""Datasets into a project: looked at whole, then stored whole, as one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from annotator.errors import AnnotatorError, FormatError
from annotator.formats.base import Format, Options, Reading
from annotator.formats.registry import named, recognize
from annotator.language import spoken, tr, trn
from annotator.model import schema as schemas
from annotator.model.dataset import FOREIGN, Entry
from annotator.model.names import either
from annotator.model.schema import Schema
from annotator.progress import Progress, silent
from annotator.project.agreement import Agreement
from annotator.project.fitting import Names, Terms
from annotator.project.project import Project
from annotator.project.proving import Verdict, prove, reading
from annotator.project.storing import ImportReport, Storing


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a dataset is to be taken in."""

    format: str = ""
    """The name of its format; by what lies there where empty."""
    terms: Terms = Terms()
    options: Options = Options()
    people: tuple[str, ...] = ()
    """Whose annotation sets come in; everybody's where nobody is named."""


USUAL = Way()


def import_dataset(
    project: Project,
    path: Path,
    progress: Progress = silent,
    *,
    way: Way = USUAL,
) -> ImportReport:
    """Take in a dataset, all of it or nothing, as one act. Raises FormatError or NotFound.

    Labels and relation types that the schema has not are added to it, unless the terms say otherwise.
    """
    chosen = _format_of(project, path, way)
    names = Names()
    first_look = reading(chosen, path, Reading(options=way.options))
    require_sound(path, chosen, names.met(first_look, way.people), progress)
    if way.people and not names.labels:
        raise FormatError(
            tr(
                "{path} has no marks by {people}; nothing was stored.",
                path=path,
                people=either(way.people),
            )
        )
    look = Reading(options=way.options, again=True)
    with project.op(f"Import {path.name}") as act:
        agreement = Agreement(
            act, names, way.terms, lambda one: schema_of(one, path, chosen), look.losses
        )
        storing = Storing(act, agreement, look.losses)
        for number, entry in reading(chosen, path, look):
            if way.people and entry.annotation_set.annotator not in way.people:
                continue
            try:
                storing.take(entry)
            except AnnotatorError as error:
                said = tr(
                    "{path}, {unit} {number}: {error} Nothing of the file was stored.",
                    path=path,
                    unit=spoken(chosen.counts),
                    number=number,
                    error=error,
                )
                raise FormatError(said, line=number) from None
            progress(number, None, entry.doc_id)
        storing.finish(whole=not way.people)
        storing.notes += _notes(path, look, names, act.read.schema())
        if storing.documents and FOREIGN not in names.labels:
            storing.notes.append(
                tr("The saved files themselves and the history did not come along.")
            )
    return storing.report()


def _format_of(project: Project, path: Path, way: Way) -> Format:
    """In which format a dataset is written that can be taken in. Raises FormatError."""
    chosen = named(way.format) if way.format else recognize(path)
    if chosen is None:
        raise FormatError(
            tr("{path} is not a dataset of a known format; nothing was stored.", path=path)
        )
    if not chosen.reads:
        raise FormatError(
            tr("{title} is written, not read; nothing was stored.", title=spoken(chosen.title))
        )
    if "://" not in str(project.where) and path.exists() and path.samefile(project.where):
        raise FormatError(tr("{path} is the project that is open; nothing was stored.", path=path))
    return chosen


def require_sound(
    path: Path, chosen: Format, entries: Iterable[tuple[int, Entry]], progress: Progress
) -> Verdict:
    """The whole file is looked at before any of it is stored. Raises FormatError."""
    try:
        verdict = prove(entries, progress, counts=chosen.counts)
    except FormatError as error:
        said = tr("{error}; nothing of the file was stored.", error=str(error).rstrip("."))
        raise FormatError(said, line=error.line, mark=error.mark) from None
    if verdict.count:
        raise FormatError(
            trn(
                "{path}, {problem}; nothing of the file was stored.",
                "{path}, {problem} ({count} things are wrong in it); nothing of the file was stored.",
                verdict.count,
                path=path,
                problem=verdict.problems[0],
            )
        )
    return verdict


def _notes(path: Path, look: Reading, names: Names, schema: Schema) -> Iterator[str]:
    """What the person should know of what was read."""
    for key in sorted(look.ignored):
        yield tr("{name}: the key “{key}” is not known and was ignored.", name=path.name, key=key)
    yield from look.notes
    strange = sorted(names.attributes - {one.name for one in schema.attributes})
    if strange:
        yield tr(
            "Kept, though the schema has no such attributes: “{names}”.",
            names="”, “".join(strange),
        )
    if names.twice:
        yield trn(
            "{count} mark stands on the same words as another of its label; "
            "they were kept, see the checks.",
            "{count} marks stand on the same words as another of its label; "
            "they were kept, see the checks.",
            names.twice,
        )
    for loss in look.losses.found():
        yield str(loss)


def schema_of(entry: Entry, path: Path, chosen: Format) -> Schema | None:
    """The schema an entry was made with: the built-in one or the one beside; None if neither."""
    found = [schemas.builtin()]
    beside = chosen.schema(path)
    if beside is not None:
        found.append(beside)
    return next((schema for schema in found if schema.sha256 == entry.schema.sha256), None)
