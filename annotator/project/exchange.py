"""Datasets out of a project, and the proof of datasets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator.errors import FormatError
from annotator.formats.base import HOLDABLE, Format, Options, Reading, Writing
from annotator.formats.out import OnDisk
from annotator.formats.registry import for_writing, formats, recognize, suffix_of
from annotator.language import in_english, spoken, tr, trn
from annotator.model.dataset import Entry
from annotator.model.loss import Loss
from annotator.progress import Progress, silent
from annotator.project.in_place import has_manifest
from annotator.project.project import Project
from annotator.project.proving import Verdict, prove, prove_folder, reading

PROJECT = "project"
"""The format that is a project itself."""


class ExportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What went out, and what could not."""

    format: str
    files: tuple[str, ...]
    """What was written, the file (or the folder) that was asked for first."""
    documents: int
    lines: int
    """Documents and annotation sets."""
    spans: int
    relations: int
    losses: tuple[Loss, ...]
    not_held: tuple[str, ...]
    """What the format has no room for at all, in words."""

    def sentences(self) -> tuple[str, ...]:
        """What a person is told."""
        first, *beside = self.files
        said = [
            tr(
                "{file}: {sets}, {marks}, {links}.",
                file=first,
                sets=trn("{count} annotation set", "{count} annotation sets", self.lines),
                marks=trn("{count} mark", "{count} marks", self.spans),
                links=trn("{count} link", "{count} links", self.relations),
            ),
            *(tr("Beside it lies {name}.", name=name) for name in beside),
            tr("Not part of it: {parts}.", parts=", ".join(map(spoken, self.not_held))),
            *map(str, self.losses),
        ]
        return tuple(said)


def export(
    project: Project,
    path: Path,
    progress: Progress = silent,
    *,
    chosen: Format | None = None,
    options: Options | None = None,
) -> ExportReport:
    """Write the project to ``path``, whole or not at all. Raises FormatError or ProjectError.

    Without a chosen format it goes by the name. Two exports of the same project are the same bytes.
    """
    chosen = chosen or _by_name(path)
    with OnDisk(path, suffix_of(path, chosen)) as out:
        tally = _Tally(project, chosen, options)
        chosen.write(tally.entries(progress), out, tally.writing)
    return tally.report(out.files)


def verify(where: Path, progress: Progress = silent) -> Verdict:
    """Prove every quote and every link of a dataset file; of a dataset folder also every byte.

    Raises FormatError, DatasetError or NotFound.
    """
    if has_manifest(where):
        return prove_folder(where, progress)
    chosen = recognize(where)
    if chosen is None:
        raise FormatError(
            tr("{where} is not a dataset of a known format; nothing was proved.", where=where)
        )
    return prove(reading(chosen, where, Reading()), progress, counts=chosen.counts)


def verify_project(project: Project, progress: Progress = silent) -> Verdict:
    """Prove every quote and every link of a project; line n is its n-th document and set."""
    return prove(enumerate(project.read.entries(), 1), progress)


def is_dataset(where: str) -> bool:
    """Whether this names a dataset, a file or a folder, rather than a project."""
    if "://" in where or not Path(where).exists():
        return False
    found = recognize(Path(where))
    return has_manifest(Path(where)) or (found is not None and found.name != PROJECT)


class _Tally:
    """Counts what goes by on its way from a project to a writer."""

    def __init__(self, project: Project, chosen: Format, options: Options | None) -> None:
        self._project = project
        self._chosen = chosen
        self.writing = Writing(schema=project.read.schema(), options=options or Options())
        self._documents = self._lines = self._spans = self._relations = 0

    def entries(self, progress: Progress) -> Iterator[Entry]:
        """Every entry of the project."""
        total = self._project.read.count_documents()
        last = None
        for entry in self._project.read.entries(self.writing.losses):
            if entry.doc_id != last:
                progress(self._documents, total, last or "")
                last = entry.doc_id
                self._documents += 1
            self._lines += 1
            self._spans += len(entry.spans)
            self._relations += len(entry.relations)
            yield entry
        progress(total, total, "")

    def report(self, files: tuple[Path, ...]) -> ExportReport:
        """What went by."""
        lacking = [words for name, words in HOLDABLE.items() if name not in self._chosen.holds]
        return ExportReport(
            format=self._chosen.name,
            files=tuple(map(str, files)),
            documents=self._documents,
            lines=self._lines,
            spans=self._spans,
            relations=self._relations,
            losses=self.writing.losses.found(),
            not_held=(
                *lacking,
                in_english("the saved files themselves"),
                in_english("the history"),
            ),
        )


def _by_name(path: Path) -> Format:
    chosen = for_writing(path)
    if chosen is None:
        known = ", ".join(dict.fromkeys(s for one in formats() if one.writes for s in one.suffixes))
        said = tr(
            "{path}: the name must end in {known}, or a format be named; nothing was written.",
            path=path,
            known=known,
        )
        raise FormatError(said)
    return chosen
