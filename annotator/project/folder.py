"""What a dataset folder is made of: the data of each format and split, and all that describes them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

import msgspec
from msgspec.structs import replace

from annotator.datasets import manifest as manifests
from annotator.datasets.card import card, summary
from annotator.datasets.counts import Counts, Tally
from annotator.datasets.croissant import croissant
from annotator.datasets.manifest import (
    CARD,
    CROISSANT,
    LISTING,
    MANIFEST,
    SCHEMA,
    SUMS,
    File,
    Listed,
    Manifest,
    Part,
)
from annotator.formats.base import HOLDABLE, Format, Options, Writing
from annotator.formats.out import OnDisk, Out
from annotator.model import schema as schemas
from annotator.model.dataset import Entry
from annotator.model.loss import Losses
from annotator.model.schema import Schema

DATA = "data"
"""The folder of the data; also what its files are called where they are of no split."""

Tell = Callable[[Entry], None]


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What goes out in one format."""

    format: Format
    options: Options
    splits: tuple[str, ...]
    entries: Callable[[str, Losses], Iterator[Entry]]
    """Those of one split; says what it leaves out."""
    left_out: Mapping[str, int] = {}
    second_sets: int = 0


class Written(msgspec.Struct, frozen=True):
    """A part of the dataset as it was written, and its files: paths with their format and split."""

    part: Part
    files: Mapping[str, tuple[str, str]]


def write_data(folder: Path, content: Content, schema: Schema, tell: Tell) -> Written:
    """Write one format, a file (or what it is there) for each split."""
    losses = Losses()
    counts: dict[str, Counts] = {}
    files: dict[str, tuple[str, str]] = {}
    for split in content.splits:
        with OnDisk(_place(folder, content.format, split), _suffix(content.format)) as out:
            counts[split] = fill(out, content, split, schema, losses, tell)
        for path in (inner for outer in out.files for inner in _inside(outer)):
            files[path.relative_to(folder).as_posix()] = (content.format.name, split)
    return Written(part_of(content, counts, losses), files)


def fill(
    out: Out, content: Content, split: str, schema: Schema, losses: Losses, tell: Tell
) -> Counts:
    """Write one split in one format, and count what went out; ``tell`` hears of every entry."""
    tally = Tally()
    writing = Writing(schema=schema, options=content.options, losses=losses)
    content.format.write(_passing(content.entries(split, losses), tally, tell), out, writing)
    return tally.counts()


def part_of(content: Content, counts: Mapping[str, Counts], losses: Losses) -> Part:
    """What the manifest says of a format that was written."""
    chosen = content.format
    return Part(
        name=chosen.name,
        title=chosen.title,
        counts=counts,
        left_out=content.left_out,
        second_sets=content.second_sets,
        losses=losses.found(),
        not_held=tuple(words for name, words in HOLDABLE.items() if name not in chosen.holds),
        uses=chosen.uses,
    )


def describe(
    folder: Path,
    head: Manifest,
    schema: Schema,
    documents: Iterable[Listed],
    written: Iterable[Written],
) -> Manifest:
    """Write everything beside the data; ``head`` is the manifest without parts and files."""
    written = list(written)
    (folder / SCHEMA).write_bytes(msgspec.json.format(schemas.dump(schema), indent=2) + b"\n")
    with (folder / LISTING).open("wb") as file:
        file.writelines(manifests.listing(documents))
    of = {path: of for one in written for path, of in one.files.items()}
    files = [_file(folder, path, *of.get(path, ("", ""))) for path in paths(folder)]
    manifest = replace(head, parts=tuple(one.part for one in written), files=tuple(files))
    (folder / CARD).write_text(card(manifest, schema), encoding="utf-8", newline="")
    (folder / CROISSANT).write_bytes(
        croissant(manifest, summary(manifest, schema), _first_lines(folder, files))
    )
    files += [_file(folder, path) for path in (CARD, CROISSANT)]
    manifest = replace(manifest, files=tuple(sorted(files, key=lambda one: one.path)))
    body = manifests.dump(manifest)
    (folder / MANIFEST).write_bytes(body)
    (folder / SUMS).write_bytes(manifests.sums(files, sha256(body).hexdigest()))
    _flush(folder)
    return manifest


def digest(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def paths(folder: Path) -> list[str]:
    """Every file of a folder, relative to it and with “/”, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in _inside(folder))


def _inside(path: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder."""
    if not path.is_dir():
        yield path
    for here, _, names in os.walk(path):
        yield from (Path(here, name) for name in names)


def _place(folder: Path, chosen: Format, split: str) -> Path:
    within = folder / DATA / chosen.name
    within.mkdir(parents=True, exist_ok=True)
    return within / f"{split or DATA}{_suffix(chosen)}"


def _suffix(chosen: Format) -> str:
    return chosen.suffixes[0] if chosen.suffixes else ""


def _passing(entries: Iterator[Entry], tally: Tally, tell: Tell) -> Iterator[Entry]:
    for entry in entries:
        tell(entry)
        tally.count(entry)
        yield entry


def _file(folder: Path, path: str, format: str = "", split: str = "") -> File:
    place = folder / path
    return File(
        path=path, size=place.stat().st_size, sha256=digest(place), format=format, split=split
    )


def _first_lines(folder: Path, files: Iterable[File]) -> dict[str, bytes]:
    """The first line of every file of JSON lines that has one."""
    found: dict[str, bytes] = {}
    for one in files:
        if one.path.endswith(".jsonl") and one.size:
            with (folder / one.path).open("rb") as file:
                found[one.path] = file.readline()
    return found


def _flush(folder: Path) -> None:
    """What describes the data is on the disk before the folder takes its place."""
    for name in (SCHEMA, LISTING, CARD, CROISSANT, MANIFEST, SUMS):
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())
