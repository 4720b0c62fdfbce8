"""Articles: taking them in, removing them, and how far the work on each is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from annotator.articles import registry
from annotator.errors import AnnotatorError, ArticleError, RuleError
from annotator.formats.base import recognize
from annotator.model.annotation import STATUSES, AnnotationSet
from annotator.model.document import Article, Document
from annotator.model.ids import new_id
from annotator.progress import Progress, silent
from annotator.project.exchange import import_dataset
from annotator.project.project import Act, Project, new_set
from annotator.storage import intake
from annotator.storage.intake import Prepared
from annotator.text.canonical import storable

BATCH = 32
"""Articles in one op: short enough that an act of the person waits unnoticed in between."""
BATCH_CHARACTERS = 400_000
LARGEST_FILE = 64 * 1024 * 1024

IMPORTED, ALREADY_THERE, REFUSED = "imported", "already_there", "refused"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    name: str
    result: str
    """imported, already_there or refused."""
    documents: tuple[str, ...] = ()
    """Ids of the documents that it is."""
    reason: str = ""
    """Why it was refused."""
    notes: tuple[str, ...] = ()
    """What the person should know of it."""


class Report(msgspec.Struct, frozen=True):
    """What became of every file, in the order in which they were met."""

    outcomes: tuple[Outcome, ...]

    def count(self, result: str) -> int:
        """How many files had this result."""
        return sum(outcome.result == result for outcome in self.outcomes)


def import_paths(project: Project, paths: Sequence[Path], progress: Progress = silent) -> Report:
    """Take in files, and all files of folders; each succeeds or fails alone, undone as one step.

    Datasets are recognized by their beginning. Cancelled by ``progress``, it keeps what is stored.
    """
    files = [file for path in paths for file in _files(path)]
    intaking = _Intake(project)
    try:
        for done, file in enumerate(files):
            progress(done, len(files), file.name)
            intaking.file(file)
    finally:  # also where it is stopped: what was read is not read in vain
        intaking.flush()
    progress(len(files), len(files), "")
    return intaking.report()


def import_bytes(project: Project, data: bytes, name: str = "") -> Outcome:
    """Take in one article that is in hand, such as pasted text or HTML."""
    intaking = _Intake(project)
    intaking.article(name or "pasted text", data, "")
    intaking.flush()
    return intaking.report().outcomes[0]


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
                    f"“{document.title}” is linked with another article ({link.type}); "
                    "remove that link first. Nothing was removed."
                )
        act.tx.drop(document)


def describe(project: Project, document_id: str, metadata: dict[str, object]) -> Document:
    """Give a document other metadata; None as a value takes a key away."""
    with project.op("Edit details") as act:
        before = act.read.document(document_id)
        merged = {**before.metadata, **intake.storable_metadata(metadata)}
        kept = {key: value for key, value in merged.items() if value not in (None, "", [])}
        after = replace(before, metadata=kept)
        act.tx.put(before, after)
        return after


def set_status(project: Project, document_id: str, status: str, reason: str = "") -> AnnotationSet:
    """Say how far the person's own work on a document is. ``reason`` is kept with excluded."""
    if status not in STATUSES:
        raise RuleError(f"“{status}” is not a status; it can be {', '.join(STATUSES)}.")
    if reason and status != "excluded":
        raise RuleError("Only an excluded article has a reason; nothing was changed.")
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


class _Intake:
    """Reads files one by one and stores them in batches that are one undo step together."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._step: str | None = None
        self._waiting: list[tuple[int, Prepared]] = []
        self._characters = 0
        self._outcomes: list[Outcome] = []

    def file(self, path: Path) -> None:
        """Take in a file: a dataset or an article."""
        try:
            if recognize(path) is not None:
                self._dataset(path)
                return
            data = _bytes_of(path)
        except AnnotatorError as error:
            self._outcomes.append(Outcome(name=str(path), result=REFUSED, reason=str(error)))
            return
        self.article(str(path), data, path.name)

    def article(self, name: str, data: bytes, file_name: str) -> None:
        """Read the articles of a file; they are stored with the next batch."""
        for found in registry.read_all(data, file_name):
            if isinstance(found, ArticleError):
                self._outcomes.append(Outcome(name=name, result=REFUSED, reason=str(found)))
            else:
                self._one(name, found, file_name)

    def _one(self, name: str, article: Article, file_name: str) -> None:
        if not article.metadata.get("title") and not file_name:
            article = replace(
                article, metadata={**article.metadata, "title": _first_words(article)}
            )
        self._waiting.append((len(self._outcomes), intake.prepare(article)))
        self._outcomes.append(Outcome(name=name, result=IMPORTED, notes=article.warnings))
        self._characters += len(article.text)
        if len(self._waiting) >= BATCH or self._characters >= BATCH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Store what was read."""
        if not self._waiting:
            return
        with self._project.op("Import articles", step=self._step) as act:
            self._step = act.tx.head.step
            self._store(act)
        self._waiting, self._characters = [], 0

    def report(self) -> Report:
        """What became of everything so far."""
        return Report(tuple(self._outcomes))

    def _dataset(self, path: Path) -> None:
        self.flush()
        report = import_dataset(self._project, path)
        new = report.documents or report.new_sets
        self._outcomes.append(
            Outcome(
                name=str(path),
                result=IMPORTED if new else ALREADY_THERE,
                documents=report.documents,
                notes=report.notes,
            )
        )

    def _store(self, act: Act) -> None:
        sources = [prepared.source_sha256 or "" for _, prepared in self._waiting]
        known = act.read.documents_by("source_sha256", sources)
        new: list[tuple[Document, Prepared]] = []
        for at, prepared in self._waiting:
            sha = prepared.source_sha256 or ""
            result = ALREADY_THERE if sha in known else IMPORTED
            if sha not in known:
                known[sha] = self._enter(act, prepared, new)
            self._outcomes[at] = replace(self._outcomes[at], result=result, documents=(known[sha],))
        sets = [new_set(document.id, act.tx) for document, _ in new]
        intake.take_in(act.tx, new, sets)

    def _enter(self, act: Act, prepared: Prepared, new: list[tuple[Document, Prepared]]) -> str:
        """A document for the article; one that was removed comes back as it was."""
        removed = act.read.hidden_document(prepared.source_sha256 or "")
        if removed is not None:
            intake.show_again(act.tx, removed)
            if not act.read.sets(removed.id):  # they went when its first import was undone
                act.tx.add(new_set(removed.id, act.tx))
            return removed.id
        document = Document(
            id=new_id(),
            metadata=prepared.metadata,
            text_sha256=prepared.text_sha256,
            source_sha256=prepared.source_sha256,
            length=len(prepared.text),
            reader=prepared.reader,
            created=act.tx.at,
        )
        new.append((document, prepared))
        return document.id


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder in the order of their names, hidden ones not."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if _is_meant(name))


def _is_meant(name: str) -> bool:
    # A dataset's schema lies beside it and is read with it.
    return not name.startswith(".") and not name.endswith(".schema.json")


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ArticleError(
                f"{path} is larger than {LARGEST_FILE // 1024**2} MB, no article; "
                "it was not imported."
            )
        if not path.is_file():
            raise ArticleError(f"{path} is not a file; it was not imported.")
        return path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"There is no file {path}; nothing was imported.") from None
    except OSError as error:
        raise ArticleError(f"{path} cannot be read ({error.strerror}).") from None


def _first_words(article: Article) -> str:
    """What a pasted article is called that has no headline."""
    line = article.text.strip().split("\n", 1)[0]
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"
