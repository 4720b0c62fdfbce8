"""Articles: taking them in, removing them, and how far the work on each is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from annotator.articles.apart.crew import Crew, read_in_hand
from annotator.articles.apart.messages import Reply
from annotator.articles.columns import TableMapping
from annotator.errors import AnnotatorError, RuleError
from annotator.formats.registry import formats, recognize
from annotator.language import in_english, tr
from annotator.model.annotation import STATUSES, AnnotationSet
from annotator.model.document import BY_HAND, Document
from annotator.model.prepared import storable_metadata
from annotator.progress import Progress, silent
from annotator.project.importing import USUAL, Way
from annotator.project.outcomes import Outcome, Report
from annotator.project.project import Project, new_set
from annotator.project.taking_in import MANY_FILES, TakingIn
from annotator.text.canonical import storable

DATES = frozenset(["published", "modified", "saved"])
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def import_paths(
    project: Project,
    paths: Sequence[Path],
    progress: Progress = silent,
    *,
    way: Way = USUAL,
    mappings: Sequence[TableMapping] = (),
) -> Report:
    """Take in files, and all files of folders; each succeeds or fails alone, undone as one step.

    Datasets are recognized by their beginning, or are what ``way`` says all of the paths are;
    everything else is read apart from the program, by as many processes as there are cores, tables
    as ``mappings`` say of their columns.
    Cancelled by ``progress``, it keeps what is stored.
    """
    files = list(paths) if way.format else files_of(paths)
    kinds = [True] * len(files) if way.format else kinds_of(files, progress)
    articles = [at for at, kind in enumerate(kinds) if kind is False]
    if len(files) >= MANY_FILES:
        project.safeguard(in_english("before an import"), progress, len(files))
    taking_in = TakingIn(project, way)

    def waiting(at: int) -> None:
        progress(articles[at], len(files), files[articles[at]].name)

    with Crew(mappings=mappings) as crew:
        found = crew.read([files[at] for at in articles], waiting)
        try:
            for file, kind in zip(files, kinds, strict=True):
                _take(taking_in, file, kind, found)
        finally:  # also where it is stopped: what was read is not read in vain
            taking_in.flush()
    progress(len(files), len(files), "")
    return taking_in.report()


def import_bytes(project: Project, data: bytes, name: str = "") -> Outcome:
    """Take in what is in hand, such as pasted text or HTML; the outcome of its last article."""
    taking_in = TakingIn(project)
    for reply in read_in_hand(data, name):
        taking_in.take(name or tr("pasted text"), reply)
    taking_in.flush()
    return taking_in.report().outcomes[-1]


def remove(project: Project, document_id: str) -> None:
    """Take a document out of sight with its marks; its text goes only with a purge.

    Raises NotFound, or RuleError where another document's marks are linked to its own.
    """
    with project.op("Remove article") as act:
        document = act.read.document(document_id)
        own = {mark.id for mark in act.read.annotations(document_id)}
        for link in act.read.relations(document_id):
            if not {link.from_id, link.to_id} <= own:
                raise RuleError(
                    tr(
                        "“{title}” is linked with another article ({type}); "
                        "remove that link first. Nothing was removed.",
                        title=document.title,
                        type=link.type,
                    )
                )
        act.tx.drop(document)


def describe(project: Project, document_id: str, metadata: Mapping[str, object]) -> Document:
    """Give a document other metadata; None as a value takes a key away.

    What the person said of a key is from then on the person's; where the others were found is kept.
    Raises NotFound, or RuleError for a date that is none; nothing is then changed.
    """
    for key in DATES & metadata.keys():
        if metadata[key] and not _DATE.fullmatch(str(metadata[key])):
            raise RuleError(
                tr(
                    "“{words}” is no date; one is written 2026-11-25, or as much of it as is "
                    "known. Nothing was changed.",
                    words=metadata[key],
                )
            )
    with project.op("Edit details") as act:
        before = act.read.document(document_id)
        said = storable_metadata(dict(metadata))
        merged = {**before.metadata, **said}
        kept = {key: value for key, value in merged.items() if value not in (None, "", [])}
        new = {key for key in said if before.metadata.get(key) != kept.get(key)}
        origins = {**before.origins, **dict.fromkeys(new, BY_HAND)}
        origins = {key: origin for key, origin in origins.items() if key in kept}
        after = replace(before, metadata=kept, origins=origins)
        act.tx.put(before, after)
        return after


def set_status(project: Project, document_id: str, status: str, reason: str = "") -> AnnotationSet:
    """Say how far the person's own work on a document is. ``reason`` is kept with excluded."""
    if status not in STATUSES:
        raise RuleError(
            tr(
                "“{status}” is not a status; it can be {statuses}.",
                status=status,
                statuses=", ".join(STATUSES),
            )
        )
    if reason and status != "excluded":
        raise RuleError(tr("Only an excluded article has a reason; nothing was changed."))
    reason = storable(reason)
    with project.op(f"Status: {status.replace('_', ' ')}") as act:
        document = act.read.document(document_id)
        before = act.read.own_set(document.id, act.tx.person)
        if before is None:
            after = replace(new_set(document.id, act.tx), status=status, reason=reason)
            act.tx.add(after)
        else:
            after = replace(before, status=status, reason=reason)
            act.tx.put(before, after)
        return after


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and all files of the folders among them."""
    return [file for path in paths for file in _files(path)]


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder in the order of their names, hidden ones not."""
    if not path.is_dir() or recognize(path) is not None:
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if _is_meant(name))


def _is_meant(name: str) -> bool:
    # What lies beside a dataset, as its schema, is read with it.
    beside = tuple(ending for one in formats() for ending in one.beside)
    return not name.startswith(".") and not name.endswith(beside)


def kinds_of(files: Sequence[Path], progress: Progress) -> list[bool | AnnotatorError]:
    """For each file what `is_dataset` says of it; of many that takes a while."""
    kinds: list[bool | AnnotatorError] = []
    for file in files:
        progress(0, len(files), file.name)
        kinds.append(is_dataset(file))
    return kinds


def is_dataset(path: Path) -> bool | AnnotatorError:
    """Whether a file is a dataset; else it may be an article. The error of one that cannot be read."""
    try:
        return recognize(path) is not None
    except AnnotatorError as error:
        return error


def _take(
    taking_in: TakingIn, file: Path, kind: bool | AnnotatorError, found: Iterator[Reply]
) -> None:
    """Take in one file: a dataset, or what was found of articles in it."""
    if isinstance(kind, AnnotatorError):
        taking_in.refuse(str(file), str(kind))
    elif kind:
        try:
            taking_in.dataset(file)
        except AnnotatorError as error:
            taking_in.refuse(str(file), str(error))
    else:
        for reply in found:
            taking_in.take(str(file), reply)
            if reply.finished:
                return
