"""Datasets out of a project and into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from annotator.datasets.verify import Problem, Verifier
from annotator.errors import AnnotatorError, FormatError, NotFound
from annotator.formats.base import Format, for_writing, formats, recognize
from annotator.model import schema as schemas
from annotator.model.dataset import Entry
from annotator.model.schema import Schema
from annotator.progress import Progress, silent
from annotator.project.project import Project
from annotator.project.storing import ImportReport, Storing
from annotator.storage.exchange import Loss

SHOWN = 20
"""How many problems a refusal or a verdict names; the rest are counted."""


class ExportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What went out, and what could not."""

    file: str
    documents: int
    lines: int
    spans: int
    relations: int
    links_left_out: int
    """Links to marks of documents that were removed."""
    schema_file: str | None

    def sentences(self) -> tuple[str, ...]:
        """What a person is told."""
        said = [
            f"{self.file}: {self.lines} lines, {self.spans} marks, {self.relations} links.",
            "The saved files themselves and the history are not part of it.",
        ]
        if self.schema_file:
            said.append(f"The schema stands beside it in {self.schema_file}.")
        if self.links_left_out:
            said.append(f"{self.links_left_out} links to removed articles were left out.")
        return tuple(said)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What verify found."""

    lines: int
    spans: int
    relations: int
    problems: tuple[str, ...]
    """The first of them, one sentence each."""
    count: int
    """How many there are."""


def export(project: Project, path: Path, progress: Progress = silent) -> ExportReport:
    """Write the project to ``path``, whole or not at all. Raises FormatError or ProjectError.

    The format goes by the name. Two exports of the same project are the same bytes.
    """
    chosen = for_writing(path)
    if chosen is None:
        known = ", ".join(found.suffix for found in formats())
        raise FormatError(f"{path}: the name must end in {known}; nothing was written.")
    schema = project.read.schema()
    beside = None if schema == schemas.builtin() else schema_beside(path, chosen)
    loss, tally = Loss(), _Tally()
    with _Replacing(path) as file:
        found = project.read.entries(loss)
        chosen.write(tally.counting(found, project.read.count_documents(), progress), file)
        if beside is not None:
            with _Replacing(beside) as schema_file:
                schema_file.write(schemas.dump(schema))
    return ExportReport(
        file=str(path),
        documents=tally.documents,
        lines=tally.lines,
        spans=tally.spans,
        relations=tally.relations,
        links_left_out=loss.links_to_elsewhere,
        schema_file=None if beside is None else str(beside),
    )


def import_dataset(project: Project, path: Path, progress: Progress = silent) -> ImportReport:
    """Take in a dataset, all of it or nothing, as one act. Raises FormatError or NotFound."""
    chosen = recognize(path)
    if chosen is None:
        raise FormatError(f"{path} is not a dataset of a known format; nothing was stored.")
    ignored: set[str] = set()
    _require_sound(path, chosen, ignored, progress)
    with project.op(f"Import {path.name}") as act:
        storing = Storing(act, lambda entry: _schema_of(entry, path, chosen))
        for line, entry in _reading(chosen, path, ignored):
            try:
                storing.take(entry)
            except AnnotatorError as error:
                said = f"{path}, line {line}: {error} Nothing of the file was stored."
                raise FormatError(said, line=line) from None
            progress(line, None, entry.doc_id)
        storing.finish()
        storing.notes += [f"{path.name}: the key “{key}” is not known and was ignored."
                          for key in sorted(ignored)]  # fmt: skip
        if storing.documents:
            storing.notes.append("The saved files themselves and the history did not come along.")
    return storing.report()


def verify(where: Path, progress: Progress = silent) -> Verdict:
    """Prove every quote and every link of a dataset file. Raises FormatError or NotFound."""
    chosen = recognize(where)
    if chosen is None:
        raise FormatError(f"{where} is not a dataset of a known format; nothing was proved.")
    return _prove(_reading(chosen, where, set()), progress)


def verify_project(project: Project, progress: Progress = silent) -> Verdict:
    """Prove every quote and every link of a project; line n is its n-th document and set."""
    return _prove(enumerate(project.read.entries(Loss()), 1), progress)


def is_dataset(where: str) -> bool:
    """Whether this names a dataset file rather than a project."""
    return "://" not in where and Path(where).is_file() and recognize(Path(where)) is not None


def schema_beside(path: Path, chosen: Format) -> Path:
    """Where the schema of a dataset lies that is not the built-in one."""
    return path.with_name(path.name.removesuffix(chosen.suffix) + ".schema.json")


class _Tally:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.documents = self.lines = self.spans = self.relations = 0

    def counting(self, entries: Iterable[Entry], total: int, progress: Progress) -> Iterator[Entry]:
        last = None
        for entry in entries:
            if entry.doc_id != last:
                progress(self.documents, total, last or "")
                last = entry.doc_id
                self.documents += 1
            self.lines += 1
            self.spans += len(entry.spans)
            self.relations += len(entry.relations)
            yield entry
        progress(total, total, "")


class _Replacing:
    """A file that takes its place when all of it is written, and leaves no trace otherwise."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.{os.getpid()}.part")

    def __enter__(self) -> BinaryIO:
        try:
            if self._path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            self._file = self._draft.open("wb", buffering=1 << 20)
        except OSError as error:
            said = f"{self._path} cannot be written ({error.strerror}); nothing was written."
            raise FormatError(said) from None
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            with self._file:
                self._file.flush()
                os.fsync(self._file.fileno())
            if kind is None:
                self._draft.replace(self._path)
        except OSError as error:
            said = f"{self._path} cannot be written ({error.strerror}); nothing was written."
            raise FormatError(said) from None
        finally:
            self._draft.unlink(missing_ok=True)


def _reading(chosen: Format, path: Path, ignored: set[str]) -> Iterator[tuple[int, Entry]]:
    try:
        yield from chosen.read(path, ignored)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}).") from None


def _require_sound(path: Path, chosen: Format, ignored: set[str], progress: Progress) -> None:
    """The whole file is looked at before any of it is stored."""
    try:
        verdict = _prove(_reading(chosen, path, ignored), progress)
    except FormatError as error:
        said = f"{str(error).rstrip('.')}; nothing of the file was stored."
        raise FormatError(said, line=error.line) from None
    if verdict.count:
        more = f" ({verdict.count} things are wrong in it)" if verdict.count > 1 else ""
        raise FormatError(f"{path}, {verdict.problems[0]}{more}; nothing of the file was stored.")


def _prove(entries: Iterable[tuple[int, Entry]], progress: Progress) -> Verdict:
    verifier = Verifier()
    problems: list[Problem] = []
    count = lines = 0

    def note(found: Iterable[Problem]) -> None:
        nonlocal count
        for problem in found:
            count += 1
            if len(problems) < SHOWN:
                problems.append(problem)

    for line, entry in entries:
        lines += 1
        note(verifier.entry(line, entry))
        progress(lines, None, entry.doc_id)
    note(verifier.end())
    return Verdict(
        lines=lines,
        spans=verifier.spans,
        relations=verifier.relations,
        problems=tuple(map(str, problems)),
        count=count,
    )


def _schema_of(entry: Entry, path: Path, chosen: Format) -> Schema | None:
    """The schema an entry was made with: the built-in one or the one beside; None if neither."""
    beside = schema_beside(path, chosen)
    found = [schemas.builtin()]
    if beside.exists():
        found.append(schemas.load(beside.read_bytes(), str(beside)))
    return next((schema for schema in found if schema.sha256 == entry.schema.sha256), None)
