"""annotator-jsonl: the lossless format, one line for each document and annotation set.

Described by `schemas/annotator-jsonl-1.schema.json` in the resources. A minor version only adds
optional keys; a reader goes on and names those it ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import fields

from annotator.errors import FormatError
from annotator.formats.base import EVERYTHING, Plain, Reading, Writing
from annotator.formats.out import Out
from annotator.formats.records import broken_nowhere, encode, line, strict
from annotator.language import in_english, tr
from annotator.model import schema as schemas
from annotator.model.dataset import NO_ATTRIBUTES, Entry
from annotator.model.schema import Schema

TAG = "annotator-jsonl"
VERSION = "1.0"
SCHEMA = ".schema.json"
OFFSET_UNIT = "unicode_codepoint"
LONGEST_LINE = 512 * 1024 * 1024

_BEGINNING = re.compile(rb'\s*\{\s*"format"\s*:\s*"annotator-jsonl"')


class Line(Entry, frozen=True, kw_only=True, tag_field="format", tag=TAG):
    """An entry as a line of the file."""

    version: str = VERSION
    offset_unit: str = OFFSET_UNIT


_FIELDS = tuple(field.name for field in fields(Entry))
_decode = msgspec.json.Decoder(Line).decode


class Jsonl(Plain):
    """The format; it has no options. A schema other than the built-in one lies beside the file."""

    name = "jsonl"
    title = in_english("Annotator JSONL")
    suffixes = (".jsonl",)
    reads = writes = True
    holds = EVERYTHING
    beside = (SCHEMA,)

    def recognizes(self, path: Path) -> bool:
        """Whether the file begins as a line of ours does."""
        try:
            with path.open("rb") as file:
                beginning = file.read(4096).removeprefix(b"\xef\xbb\xbf")
        except OSError:
            return False
        if _BEGINNING.match(beginning):
            return True
        if not beginning:  # a project without articles
            return path.name.endswith(self.suffixes)
        # Another program may have written the keys in another order.
        return path.name.endswith(self.suffixes) and b'"annotator-jsonl"' in _first_line(path)

    def schema(self, path: Path) -> Schema | None:
        """The schema beside the file, where one lies there."""
        beside = path.with_name(path.name.removesuffix(self.suffixes[0]) + SCHEMA)
        return schemas.load(beside.read_bytes(), str(beside)) if beside.exists() else None

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one by one. Raises FormatError naming the line."""
        with path.open("rb", buffering=1 << 20) as file:
            for number, data in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
                if number == 1:
                    data = data.removeprefix(b"\xef\xbb\xbf")
                if data.strip():
                    where = f"{path}, line {number}"
                    entry = _entry(data, where, number, reading.ignored)
                    if not reading.again:
                        _require_each_key_once(data, entry, where, number)
                    yield number, entry

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a line."""
        file = out.file()
        for entry in entries:
            file.write(line(Line(**{name: getattr(entry, name) for name in _FIELDS})))
        if writing.schema != schemas.builtin():
            out.file(SCHEMA).write(schemas.dump(writing.schema))


JSONL = Jsonl()


def _first_line(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.readline(LONGEST_LINE)


def _entry(data: bytes, where: str, number: int, ignored: set[str]) -> Line:
    try:
        try:
            entry = _decode(data)
        except msgspec.ValidationError as error:
            if "unknown field" not in str(error):
                raise
            entry = _decode(encode(_known(data, ignored)))
    except msgspec.ValidationError as error:
        raise FormatError(f"{where}: {_plain(error)}.", line=number) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(
            tr("{where}: this is not JSON ({error}).", where=where, error=error), line=number
        ) from None
    major = entry.version.partition(".")[0]
    if major != VERSION.partition(".")[0]:
        said = tr(
            "version {version} is newer than this program reads ({known})",
            version=entry.version,
            known=VERSION,
        )
        raise FormatError(f"{where}: {said}.", line=number)
    if entry.offset_unit != OFFSET_UNIT:
        said = tr(
            "offsets are counted in “{unit}”, not in {due}", unit=entry.offset_unit, due=OFFSET_UNIT
        )
        raise FormatError(f"{where}: {said}.", line=number)
    return entry


def _require_each_key_once(data: bytes, entry: Line, where: str, number: int) -> None:
    """No object of the line names a key twice, of which the decoder takes the last. Raises FormatError.

    A line that is what we would write names none twice; only others are looked at key by key.
    """
    written, due = data.rstrip(), encode(entry)
    is_ours = written == due or written == broken_nowhere(due)
    if is_ours and all(encode(msgspec.json.decode(one)) == one for one in _said(entry)):
        return
    try:
        strict(data.decode())
    except ValueError as error:
        raise FormatError(f"{where}: {error}.", line=number) from None


def _said(entry: Line) -> set[bytes]:
    """What is said of marks and links, each once; a decoder leaves it as it stands."""
    every = [one.attributes for one in entry.spans] + [one.attributes for one in entry.relations]
    return {bytes(one) for one in every if one != NO_ATTRIBUTES}


def _plain(error: msgspec.ValidationError) -> str:
    """What msgspec says, with the place in words."""
    said, _, place = str(error).partition(" - at ")
    return f"{said} at {place.strip('`').removeprefix('$.')}" if place else said


def _known(data: bytes, ignored: set[str]) -> Any:
    """The line without the keys that mean nothing to us; their names go into ``ignored``."""
    return _pruned(msgspec.json.decode(data), msgspec.inspect.type_info(Line), "", ignored)


def _pruned(value: Any, kind: Any, at: str, ignored: set[str]) -> Any:
    if isinstance(kind, msgspec.inspect.StructType) and isinstance(value, dict):
        known: dict[Any, Any] = {field.encode_name: field.type for field in kind.fields}
        known[kind.tag_field] = None  # a key too, where there is one
        ignored.update(at + key for key in value if key not in known)
        return {
            key: _pruned(inner, known[key], f"{at}{key}.", ignored)
            for key, inner in value.items()
            if key in known
        }
    if isinstance(kind, msgspec.inspect.VarTupleType) and isinstance(value, list):
        return [_pruned(inner, kind.item_type, at, ignored) for inner in value]
    return value
