"""Parquet: a row for each document and annotation set, with lists of marks and links. Needs pyarrow.

Everything of the lossless format is there; what has no fixed shape (metadata, attributes) is JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict

from annotator.errors import FormatError
from annotator.formats.base import EVERYTHING, Plain, Reading, Writing
from annotator.formats.out import Out
from annotator.formats.records import strict
from annotator.formats.tables import required_pyarrow
from annotator.language import in_english, tr
from annotator.model import schema as schemas
from annotator.model.dataset import Entry
from annotator.model.schema import Schema

SCHEMA = ".schema.json"
VERSION = b"1.0"
ROWS = 256
"""Documents that are held at a time; marks are the bulk of them."""
JSON = ("attributes",)


class Parquet(Plain):
    """The format; it has no options."""

    name = "parquet"
    title = in_english("Parquet")
    suffixes = (".parquet",)
    reads = writes = True
    holds = EVERYTHING
    beside = (SCHEMA,)
    counts = in_english("row")

    def recognizes(self, path: Path) -> bool:
        """Whether the name ends so and the file begins as Parquet does."""
        if not path.name.endswith(self.suffixes) or not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"

    def schema(self, path: Path) -> Schema | None:
        """The schema beside the file, where one lies there."""
        beside = path.with_name(path.name.removesuffix(self.suffixes[0]) + SCHEMA)
        return schemas.load(beside.read_bytes(), str(beside)) if beside.exists() else None

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each row."""
        del reading
        pyarrow = required_pyarrow()
        number = 0
        try:
            with pyarrow.parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=ROWS):
                    for row in batch.to_pylist():
                        number += 1
                        yield number, _entry(row)
        except pyarrow.ArrowException as error:
            said = str(error).partition("\n")[0]
            raise FormatError(
                tr("{path}: this is not Parquet as it should be ({said}).", path=path, said=said)
            ) from None
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(
                tr("{path}, row {number}: {error}.", path=path, number=number, error=error),
                line=number,
            ) from None

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a row."""
        pyarrow = required_pyarrow()
        schema = _arrow_schema(pyarrow)
        waiting: list[dict[str, Any]] = []
        marks = 0
        with pyarrow.parquet.ParquetWriter(out.file(), schema, compression="zstd") as to:
            for entry in entries:
                waiting.append(_row(entry))
                marks += len(entry.spans)
                if len(waiting) >= ROWS or marks >= 20_000:
                    to.write_table(pyarrow.Table.from_pylist(waiting, schema))
                    waiting, marks = [], 0
            to.write_table(pyarrow.Table.from_pylist(waiting, schema))
        if writing.schema != schemas.builtin():
            out.file(SCHEMA).write(schemas.dump(writing.schema))


PARQUET = Parquet()


def _row(entry: Entry) -> dict[str, Any]:
    row = _values(entry)
    row["metadata"] = msgspec.json.encode(entry.metadata).decode()
    row["blocks"] = [_values(one) for one in entry.blocks]
    row["schema"] = _values(entry.schema)
    row["annotation_set"] = _values(entry.annotation_set)
    row["spans"] = [_values(one) | _said(one.attributes) for one in entry.spans]
    row["relations"] = [
        _values(one) | _said(one.attributes) | {"from": one.from_} for one in entry.relations
    ]
    for one in row["spans"]:
        one["segments"] = [{"start": start, "end": end} for start, end in one["segments"]]
        if "offered" in one:
            one["offered"] = msgspec.json.encode(one["offered"]).decode()
    return row


def _values(thing: msgspec.Struct) -> dict[str, Any]:
    """What a struct holds, without what it does not say."""
    return {key: value for key, value in asdict(thing).items() if value is not UNSET}


def _said(attributes: msgspec.Raw) -> dict[str, Any]:
    return {"attributes": bytes(attributes).decode()}


def _entry(row: dict[str, Any]) -> Entry:
    row = {key: value for key, value in row.items() if value is not None or key == "source_sha256"}
    row["metadata"] = strict(row["metadata"])
    row["annotation_set"] = _present(row["annotation_set"])
    for key in ("spans", "relations"):
        row[key] = [_present(one) for one in row[key]]
        for one in row[key]:
            strict(one["attributes"])
            one["attributes"] = msgspec.Raw(one["attributes"].encode())
            if "offered" in one:
                one["offered"] = strict(one["offered"])
    for one in row["spans"]:
        one["segments"] = [(piece["start"], piece["end"]) for piece in one["segments"]]
    return msgspec.convert(row, Entry)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _arrow_schema(pyarrow: Any) -> Any:
    text, number, flag = pyarrow.string(), pyarrow.int64(), pyarrow.bool_()

    def words(*names: str) -> list[Any]:
        return [pyarrow.field(name, text) for name in names]

    def numbers(*names: str) -> list[Any]:
        return [pyarrow.field(name, number) for name in names]

    span = [
        *words("id", "label"), *numbers("start", "end"),
        pyarrow.field("segments", pyarrow.list_(pyarrow.struct(numbers("start", "end")))),
        *words("text", "attributes", "note", "origin", "created", "updated", "by", "proposition",
               "actor", "offered"),
    ]  # fmt: skip
    relation = words(
        "id", "type", "from", "to", "attributes", "origin", "created", "updated", "by", "to_doc"
    )
    block = [*numbers("start", "end"), *words("kind", "role"), pyarrow.field("dimmed", flag)]
    made_with = [*words("name"), *numbers("version"), *words("sha256")]
    own = words("id", "annotator", "kind", "status", "created", "reason")
    return pyarrow.schema(
        [
            *words("doc_id", "text", "text_sha256", "source_sha256", "metadata"),
            pyarrow.field("blocks", pyarrow.list_(pyarrow.struct(block))),
            pyarrow.field("schema", pyarrow.struct(made_with)),
            pyarrow.field("annotation_set", pyarrow.struct(own)),
            *words("group", "split"),
            pyarrow.field("spans", pyarrow.list_(pyarrow.struct(span))),
            pyarrow.field("relations", pyarrow.list_(pyarrow.struct(relation))),
        ],
        metadata={b"annotator": VERSION},
    )
