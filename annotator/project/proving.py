"""Proving what went out: a file entry by entry, a dataset folder down to every byte."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import UNSET

from annotator.datasets import manifest as manifests
from annotator.datasets.conforming import misfits
from annotator.datasets.leaks import leaks
from annotator.datasets.manifest import LISTING, MANIFEST, SCHEMA, SUMS, File, Listed, Manifest
from annotator.datasets.verify import Problem, Verifier
from annotator.errors import AnnotatorError, DatasetError, FormatError, NotFound
from annotator.formats.base import Format, Reading
from annotator.formats.offsets import OFFSETS, Bare, read_bare
from annotator.formats.registry import named
from annotator.language import tr, trn
from annotator.model import schema as schemas
from annotator.model.dataset import FOREIGN, Entry
from annotator.model.schema import Schema
from annotator.progress import Progress, silent
from annotator.project.folder import digest, paths

SHOWN = 20
"""How many problems a refusal or a verdict names; the rest are counted."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What verify found."""

    lines: int
    spans: int
    relations: int
    problems: tuple[str, ...]
    """The first of them, one sentence each."""
    count: int
    """How many there are."""
    files: int = 0
    """Of a dataset folder: how many were compared with their hashes."""

    @property
    def sentence(self) -> str:
        """What was looked at, and whether it holds."""
        good = tr("every quote and every link holds")
        if self.files:
            good = tr("every hash, quote, link and split holds")
        if self.count:
            good = trn("{count} thing is wrong", "{count} are wrong", self.count)
        counts = tr(
            "{lines}, {marks}, {links}",
            lines=trn("{count} line", "{count} lines", self.lines),
            marks=trn("{count} mark", "{count} marks", self.spans),
            links=trn("{count} link", "{count} links", self.relations),
        )
        if self.files:
            files = trn("{count} file", "{count} files", self.files)
            return tr("{files}, {counts}: {good}.", files=files, counts=counts, good=good)
        return tr("{counts}: {good}.", counts=counts, good=good)


class Proof:
    """Gathers what is wrong; names the first of it and counts the rest."""

    def __init__(self, progress: Progress = silent, counts: str = "line") -> None:
        self._progress = progress
        self.counts = counts
        """What the numbers of entries are those of: line, record, file or row."""
        self._problems: list[str] = []
        self._count = self._lines = self._spans = self._relations = 0
        self.files = 0

    def wrong(self, what: str) -> None:
        """One more thing is wrong."""
        self._count += 1
        if len(self._problems) < SHOWN:
            self._problems.append(what)

    def entries(
        self,
        entries: Iterable[tuple[int, Entry]],
        where: str = "",
        more: Callable[[int, Entry], Iterable[Problem]] | None = None,
    ) -> None:
        """Prove entries that hold together: no link may lead out of them."""
        verifier = Verifier()
        for line, entry in entries:
            self._lines += 1
            self._note(verifier.entry(line, entry), where)
            self._note(more(line, entry) if more else (), where)
            self._progress(self._lines, None, entry.doc_id)
        self._note(verifier.end(), where)
        self._spans += verifier.spans
        self._relations += verifier.relations

    def bare(self, line: int, bare: Bare, where: str) -> None:
        """Prove an entry without its text."""
        self._lines += 1
        self._spans += len(bare.spans)
        self._relations += len(bare.relations)
        own = {span.id for span in bare.spans}
        for span in bare.spans:
            ends = [-1, *(at for segment in span.segments for at in segment)]
            if ends == [-1] or ends[-1] > bare.length or any(a >= b for a, b in pairwise(ends)):
                said = tr(
                    "its ranges do not lie in order in a text of {length}", length=bare.length
                )
                self._note([Problem(line, span.id, said)], where)
        for link in bare.relations:
            if link.from_ not in own or (link.to_doc is UNSET and link.to not in own):
                self._note(
                    [Problem(line, link.id, tr("there is no mark at one of its ends"))], where
                )

    def verdict(self) -> Verdict:
        """What came out."""
        return Verdict(
            lines=self._lines,
            spans=self._spans,
            relations=self._relations,
            problems=tuple(self._problems),
            count=self._count,
            files=self.files,
        )

    def _note(self, found: Iterable[Problem], where: str) -> None:
        for problem in found:
            said = problem.told(self.counts)
            self.wrong(f"{where}, {said}" if where else said)


def reading(chosen: Format, path: Path, look: Reading) -> Iterator[tuple[int, Entry]]:
    """The entries of a file or folder. Raises FormatError, and NotFound where nothing is there."""
    try:
        yield from chosen.read(path, look)
    except FileNotFoundError:
        raise NotFound(tr("There is no file {path}.", path=path)) from None
    except OSError as error:
        raise FormatError(
            tr("{path} cannot be read ({why}).", path=path, why=error.strerror)
        ) from None


def prove(
    entries: Iterable[tuple[int, Entry]], progress: Progress = silent, *, counts: str = "line"
) -> Verdict:
    """Prove every quote and every link of entries; ``counts`` says what their numbers are those of."""
    proof = Proof(progress, counts)
    proof.entries(entries)
    return proof.verdict()


def prove_folder(folder: Path, progress: Progress = silent) -> Verdict:
    """Prove a dataset folder: every hash, offset, quote, link and split, and that nothing is too much.

    Raises DatasetError where the manifest itself cannot be read.
    """
    proof = Proof(progress)
    try:
        body = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise DatasetError(
            tr(
                "{path} cannot be read ({why}).",
                path=folder / MANIFEST,
                why=error.strerror,
            )
        ) from None
    manifest = manifests.load(body, str(folder / MANIFEST))
    for what in _files(folder, manifest, body):
        proof.wrong(what)
    proof.files = len(manifest.files) + 2
    try:
        schema = schemas.load((folder / SCHEMA).read_bytes(), SCHEMA)
        if schema.sha256 != manifest.schema.sha256:
            proof.wrong(
                tr(
                    "{schema}: it is not the schema that {manifest} names",
                    schema=SCHEMA,
                    manifest=MANIFEST,
                )
            )
        with (folder / LISTING).open("rb") as file:
            listed = {one.doc_id: one for one in manifests.read_listing(file, LISTING)}
        with (folder / LISTING).open("rb") as file:
            for what in leaks(manifests.read_listing(file, LISTING)):
                proof.wrong(f"{LISTING}: {what}")
    except OSError as error:
        proof.wrong(
            tr(
                "{name} cannot be read ({why})",
                name=Path(str(error.filename)).name,
                why=error.strerror,
            )
        )
    except AnnotatorError as error:
        proof.wrong(str(error).rstrip("."))
    else:
        _data(folder, manifest, schema, listed, proof)
    return proof.verdict()


def _files(folder: Path, manifest: Manifest, body: bytes) -> Iterator[str]:
    """What is missing, changed or too much."""
    there = set(paths(folder))
    for file in manifest.files:
        if file.path not in there:
            yield tr("{path}: it is missing", path=file.path)
        elif why := _changed(folder / file.path, file):
            yield f"{file.path}: {why}"
    for path in sorted(there - {file.path for file in manifest.files} - {MANIFEST, SUMS}):
        yield tr("{path}: no file of this name belongs to the dataset", path=path)
    due = manifests.sums(manifest.files, sha256(body).hexdigest())
    if SUMS not in there or (folder / SUMS).read_bytes() != due:
        yield tr("{sums}: it does not say what {manifest} says", sums=SUMS, manifest=MANIFEST)


def _changed(place: Path, file: File) -> str:
    try:
        size = place.stat().st_size
        if size != file.size:
            return tr("it has {size:,} bytes, not {due:,}", size=size, due=file.size)
        return (
            "" if digest(place) == file.sha256 else tr("its bytes are not those that were written")
        )
    except OSError as error:
        return tr("it cannot be read ({why})", why=error.strerror)


def _data(
    folder: Path,
    manifest: Manifest,
    schema: Schema,
    listed: dict[str, Listed],
    proof: Proof,
) -> None:
    """Read again what can be read again, a format's splits behind each other."""
    for part in manifest.parts:
        chosen = named(part.name)
        proof.counts = chosen.counts
        if part.name == OFFSETS.name:
            _bare_data(folder, manifest, proof)
        if not chosen.reads:
            continue
        for split in part.counts:
            place = next(_main_of(folder, manifest, chosen, split), None)
            if place is None:
                continue
            where = place.relative_to(folder).as_posix()
            texts = {one.text_sha256 for one in listed.values() if one.split == split}
            whole = "texts" in chosen.holds and not chosen.trains

            def more(
                line: int,
                entry: Entry,
                split: str = split,
                due: set[str] = texts,
                whole: bool = whole,
            ) -> Iterator[Problem]:
                if entry.schema != FOREIGN:
                    yield from misfits(line, entry, schema)
                    yield from (Problem(line, "", what) for what in _unlike(entry, split, listed))
                elif whole and entry.text_sha256 not in due:
                    yield Problem(
                        line,
                        "",
                        tr("its text is that of no article of {listing} here", listing=LISTING),
                    )

            try:
                proof.entries(reading(chosen, place, Reading()), where, more)
            except AnnotatorError as error:
                proof.wrong(str(error).replace(f"{folder}{os.sep}", "").rstrip("."))


def _bare_data(folder: Path, manifest: Manifest, proof: Proof) -> None:
    """Offsets without texts: every mark lies inside its text, every link ends at a mark."""
    for file in manifest.files:
        if file.format == OFFSETS.name:
            try:
                for line, bare in read_bare(folder / file.path):
                    proof.bare(line, bare, file.path)
            except (AnnotatorError, OSError) as error:
                proof.wrong(str(error).replace(f"{folder}{os.sep}", "").rstrip("."))


def _main_of(folder: Path, manifest: Manifest, chosen: Format, split: str) -> Iterator[Path]:
    """The file (or the folder) of a format for one split; others may lie beside it."""
    for file in manifest.files:
        if (file.format, file.split) == (chosen.name, split):
            place = folder / file.path
            if not chosen.suffixes:
                yield folder.joinpath(*Path(file.path).parts[:3])
            elif file.path.endswith(chosen.suffixes) and place.is_file():
                yield place


def _unlike(entry: Entry, split: str, listed: dict[str, Listed]) -> Iterator[str]:
    """How an entry of ours is not what the list of documents says."""
    due = listed.get(entry.doc_id)
    if due is None:
        yield tr("document {doc_id} is not in {listing}", doc_id=entry.doc_id, listing=LISTING)
        return
    if due.text_sha256 != entry.text_sha256:
        yield tr(
            "document {doc_id} has another text than in {listing}",
            doc_id=entry.doc_id,
            listing=LISTING,
        )
    if due.split != split or (entry.split and entry.split != split):
        yield tr(
            "document {doc_id} is of the split {split}",
            doc_id=entry.doc_id,
            split=due.split or tr("without a name"),
        )
    if entry.annotation_set.id not in due.sets:
        yield tr(
            "annotation set {id} is not in {listing}", id=entry.annotation_set.id, listing=LISTING
        )
