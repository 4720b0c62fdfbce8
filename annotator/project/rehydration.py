"""A dataset without texts is put together again from the saved articles, their texts, or a project.

A text counts only where it is, to the last character, the one that was annotated: its hash says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from annotator.articles import registry
from annotator.datasets import manifest as manifests
from annotator.datasets.manifest import LISTING, MANIFEST, SCHEMA, Listed, Manifest, Part
from annotator.datasets.shaping import LINKS_LEFT_BEHIND
from annotator.errors import AnnotatorError, ArticleError, DatasetError, NotFound
from annotator.formats.base import Options, Reading
from annotator.formats.offsets import OFFSETS, filled, read_bare
from annotator.formats.registry import named, recognize
from annotator.language import in_english, tr, trn
from annotator.model import schema as schemas
from annotator.model.dataset import Entry
from annotator.model.loss import Losses
from annotator.progress import Progress, silent
from annotator.project.folder import Content, describe, write_data
from annotator.project.in_place import FolderInPlace
from annotator.project.project import open_project
from annotator.project.proving import prove_folder, reading
from annotator.text.canonical import canonicalize, text_hash

SHOWN = 20
"""How many missing and strange texts are named; the rest are counted."""
PROJECTS = ".annotator"


class Rehydrated(msgspec.Struct, frozen=True, kw_only=True):
    """What was put together."""

    place: str
    documents: int
    missing: tuple[str, ...]
    """The articles whose texts are not there, one sentence each."""
    strange: tuple[str, ...]
    """The files that are the text of none of the articles, one sentence each."""

    def sentences(self) -> tuple[str, ...]:
        """What a person is told."""
        lines = [
            trn(
                "{place}: {count:,} article, texts and all.",
                "{place}: {count:,} articles, texts and all.",
                self.documents,
                place=self.place,
            )
        ]
        for found in (self.missing, self.strange):
            lines += found[:SHOWN]
            if len(found) > SHOWN:
                lines.append(tr("… and {more:,} more.", more=len(found) - SHOWN))
        return tuple(lines)


def rehydrate(
    folder: Path,
    sources: Sequence[Path],
    out: Path,
    progress: Progress = silent,
    *,
    partial: bool = False,
) -> Rehydrated:
    """Write the dataset of ``folder`` with its texts to the new folder ``out``, whole or not at all.

    ``sources`` are files and folders of saved articles or texts, datasets, projects. Where a text is
    not among them all is refused, or with ``partial`` its article left out. Raises DatasetError.
    """
    manifest, part = _require_bare(folder)
    with (folder / LISTING).open("rb") as file:
        listed = [*manifests.read_listing(file, str(folder / LISTING))]
    search = _Search(listed)
    for at, source in enumerate(_files(sources)):
        progress(at, None, source.name)
        search.look_in(source)
    missing = [one for one in listed if one.text_sha256 not in search.texts]
    if len(missing) == len(listed) or (missing and not partial):
        raise DatasetError(_lacking(missing, len(listed), search.strange))
    there = [one for one in listed if one.text_sha256 in search.texts]
    schema = schemas.load((folder / SCHEMA).read_bytes(), str(folder / SCHEMA))
    left_out = {
        **part.left_out,
        **({in_english("without a text"): len(missing)} if missing else {}),
    }
    content = Content(
        format=named("jsonl"),
        options=Options(),
        splits=tuple(part.counts),
        entries=lambda split, losses: _entries(
            folder, manifest, split, search.texts, there, losses
        ),
        left_out=left_out,
        second_sets=part.second_sets,
    )
    with FolderInPlace(out) as draft:
        written = write_data(draft, content, schema, lambda _: None)
        head = replace(manifest, has_text=True, parts=(), files=())
        describe(draft, head, schema, there, [written])
    return Rehydrated(
        place=str(out),
        documents=len(there),
        missing=tuple(_missing(one) for one in missing),
        strange=tuple(search.strange),
    )


class _Search:
    """Looks for the texts of a dataset in whatever it is given."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._wanted = {one.text_sha256: one for one in listed}
        self._saved = {one.source_sha256: one for one in self._wanted.values() if one.source_sha256}
        self.texts: dict[str, str] = {}
        """By hash; only those that are wanted."""
        self.strange: list[str] = []

    def look_in(self, path: Path) -> None:
        """Keep the texts of a file that are wanted, or say why it has none."""
        try:
            if path.name.endswith(PROJECTS):
                found = self._keep(_texts_of_project(path, self._wanted))
            elif (chosen := recognize(path)) is not None:
                entries = reading(chosen, path, Reading())
                found = self._keep(entry.text for _, entry in entries)
            else:
                data = path.read_bytes()
                articles, reader = _read(data, path.name)
                found = self._keep([*articles, *_as_text(data)])
                if not found and (due := self._saved.get(sha256(data).hexdigest())):
                    self.strange.append(
                        tr(
                            "{path} is the saved file of {article}, but {reader} reads "
                            "another text out of it than {then} did; it was not used.",
                            path=path,
                            article=_name(due),
                            reader=reader or tr("no reader"),
                            then=due.reader,
                        )
                    )
                    return
        except AnnotatorError as error:
            self.strange.append(tr("{path} was not used: {error}", path=path, error=error))
        except OSError as error:
            self.strange.append(
                tr(
                    "{path} cannot be read ({why}); it was not used.",
                    path=path,
                    why=error.strerror,
                )
            )
        else:
            if not found:
                self.strange.append(
                    tr(
                        "{path} has another text than every article of the dataset; it was not used.",
                        path=path,
                    )
                )

    def _keep(self, texts: Iterable[str]) -> int:
        found = 0
        for text in texts:
            digest = text_hash(text)
            if digest in self._wanted:
                self.texts[digest] = text
                found += 1
        return found


def _require_bare(folder: Path) -> tuple[Manifest, Part]:
    """The manifest of a dataset without texts, and its part. Raises DatasetError."""
    try:
        body = (folder / MANIFEST).read_bytes()
    except OSError as error:
        why = error.strerror
        raise DatasetError(
            tr(
                "{folder} is no dataset folder ({manifest}: {why}).",
                folder=folder,
                manifest=MANIFEST,
                why=why,
            )
        ) from None
    manifest = manifests.load(body, str(folder / MANIFEST))
    part = next((one for one in manifest.parts if one.name == OFFSETS.name), None)
    if part is None:
        raise DatasetError(
            tr("{folder} was not written without texts; there is nothing to put in.", folder=folder)
        )
    verdict = prove_folder(folder)
    if verdict.count:
        raise DatasetError(
            tr(
                "{folder}, {problem}; nothing was written.",
                folder=folder,
                problem=verdict.problems[0],
            )
        )
    return manifest, part


def _entries(
    folder: Path,
    manifest: Manifest,
    split: str,
    texts: Mapping[str, str],
    there: Sequence[Listed],
    losses: Losses,
) -> Iterator[Entry]:
    """The entries of one split whose texts are there, with no link to one whose is not."""
    ids = {one.doc_id for one in there}
    own = (one for one in manifest.files if (one.format, one.split) == (OFFSETS.name, split))
    for file in own:
        for _, bare in read_bare(folder / file.path):
            if bare.doc_id not in ids:
                continue
            kept = [r for r in bare.relations if r.to_doc is UNSET or r.to_doc in ids]
            losses.add(LINKS_LEFT_BEHIND, [r.id for r in bare.relations if r not in kept])
            yield filled(replace(bare, relations=tuple(kept)), texts[bare.text_sha256])


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and all files of the folders. Raises NotFound."""
    for path in paths:
        if not path.exists():
            raise NotFound(tr("There is no file or folder {path}.", path=path))
        if not path.is_dir():
            yield path
            continue
        for here, folders, names in os.walk(path):
            folders.sort()
            yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))


def _read(data: bytes, name: str) -> tuple[list[str], str]:
    """The texts that are read out of such a file, and name and version of the reader."""
    found = [one for one in registry.read_all(data, name) if not isinstance(one, ArticleError)]
    return [one.text for one in found], next((one.reader for one in found), "")


def _as_text(data: bytes) -> list[str]:
    """The bytes as they are, where they are UTF-8."""
    try:
        return [canonicalize(data.decode("utf-8-sig")).text]
    except UnicodeDecodeError:
        return []


def _texts_of_project(path: Path, wanted: Mapping[str, Listed]) -> Iterator[str]:
    with open_project(path, person="reader", write=False) as project:
        for document in project.read.outlines():
            if document.text_sha256 in wanted:
                yield project.read.text(document.id)


def _name(one: Listed) -> str:
    return f"“{one.title}”" if one.title else one.doc_id


def _missing(one: Listed) -> str:
    where = ", ".join(filter(None, (one.doc_id, one.url)))
    return tr("The text of {article} is missing ({where}).", article=_name(one), where=where)


def _lacking(missing: Sequence[Listed], total: int, strange: Sequence[str]) -> str:
    said = [
        trn(
            "{count:,} text of {total} not found; nothing was written.",
            "{count:,} texts of {total} not found; nothing was written.",
            len(missing),
            total=total,
        ),
        *map(_missing, missing[:3]),
    ]
    if len(missing) > 3:
        said.append(tr("And {more} more.", more=len(missing) - 3))
    return " ".join([*said, *strange[:1]])
