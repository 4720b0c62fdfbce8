"""What a dataset folder says of itself: manifest.json, documents.jsonl and SHA256SUMS.

The manifest says how the dataset came to be and lists every file with its hash. The listing says where
each document went and with what it belongs together. SHA256SUMS, which `sha256sum -c` reads too, covers
every file, the manifest among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from annotator.datasets.agreement import Agreement
from annotator.datasets.counts import Counts
from annotator.datasets.splits import SplitPlan
from annotator.errors import DatasetError
from annotator.language import tr
from annotator.model.dataset import EntrySchema
from annotator.model.loss import Loss

TAG = "annotator-dataset"
VERSION = "1.0"
MANIFEST, LISTING, SUMS, SCHEMA = "manifest.json", "documents.jsonl", "SHA256SUMS", "schema.json"
CARD, CROISSANT = "README.md", "croissant.json"


class File(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file of the folder."""

    path: str
    """Within the folder, with “/”."""
    size: int
    """Bytes."""
    sha256: str
    format: str = ""
    split: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The dataset in one format."""

    name: str
    title: str
    counts: Mapping[str, Counts]
    """By split; a dataset that is not split has one part without a name."""
    left_out: Mapping[str, int] = {}
    """Why documents stayed behind, and how many."""
    second_sets: int = 0
    """Sets that stayed behind because another one of their document went out."""
    losses: tuple[Loss, ...] = ()
    not_held: tuple[str, ...] = ()
    """What the format has no room for at all, in words."""
    uses: tuple[str, ...] = ()
    """What else shaped the data, with versions: a tokenizer, a sentence splitter, a template."""


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What there is to say of the documents and the people, for the card."""

    title: str
    about: str = ""
    """Why the dataset was made, in the words of whoever made it."""
    licence: str = ""
    """Of the annotations."""
    outlets: Mapping[str, int] = {}
    """Documents by outlet."""
    languages: Mapping[str, int] = {}
    readers: Mapping[str, int] = {}
    first: str = ""
    """The earliest date of publication."""
    last: str = ""
    undated: int = 0
    people: int = 0
    """How many have marked."""
    joined: int = 0
    """Groups of more than one document."""
    largest: int = 1
    """Documents in the largest group."""
    agreement: tuple[Agreement, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, tag_field="dataset", tag=TAG):
    """How the dataset came to be, and what it is made of."""

    version: str = VERSION
    program: str
    """Name and version of what wrote it."""
    canonical_text: int
    """The version of the rule that every text follows."""
    schema: EntrySchema
    project: str
    """The project's newest act: its number and when it was done; the same again is the same data."""
    recipe: Any
    """What was asked for."""
    split: SplitPlan | None = None
    has_text: bool = True
    facts: Facts
    parts: tuple[Part, ...]
    files: tuple[File, ...]
    """Every file but the manifest and the sums, by path."""


class Listed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document of the dataset."""

    doc_id: str
    split: str = ""
    group: str
    """Documents of one group are in one split."""
    text_sha256: str
    source_sha256: str = ""
    reader: str = ""
    """Name and version of what read the text out of the saved article."""
    url: str = ""
    title: str = ""
    sets: tuple[str, ...] = ()
    """Ids of the annotation sets that went out."""


def dump(manifest: Manifest) -> bytes:
    """The manifest as it is written: sorted, indented, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2) + b"\n"


def load(data: bytes, where: str) -> Manifest:
    """Read a manifest. Raises DatasetError."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DatasetError(
            tr("{where} is not the manifest of a dataset: {error}.", where=where, error=error)
        ) from None
    if manifest.version.partition(".")[0] != VERSION.partition(".")[0]:
        raise DatasetError(
            tr(
                "{where} has version {version}, newer than this program reads ({known}).",
                where=where,
                version=manifest.version,
                known=VERSION,
            )
        )
    return manifest


def listing(documents: Iterable[Listed]) -> Iterator[bytes]:
    """The lines of documents.jsonl."""
    encode = msgspec.json.Encoder().encode
    return (encode(one) + b"\n" for one in documents)


def read_listing(lines: Iterable[bytes], where: str) -> Iterator[Listed]:
    """The documents of documents.jsonl. Raises DatasetError naming the line."""
    decode = msgspec.json.Decoder(Listed).decode
    for number, line in enumerate(lines, 1):
        try:
            yield decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DatasetError(
                tr("{where}, line {number}: {error}.", where=where, number=number, error=error)
            ) from None


def sums(files: Iterable[File], manifest_sha256: str) -> bytes:
    """What SHA256SUMS holds."""
    by_path = {file.path: file.sha256 for file in files} | {MANIFEST: manifest_sha256}
    return "".join(f"{by_path[path]}  {path}\n" for path in sorted(by_path)).encode()
