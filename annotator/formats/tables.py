"""Rows with named columns as JSON lines, CSV, TSV or Parquet, by the ending of the name.

A table for spreadsheet programs begins with a byte order mark, and what begins like a formula gets an
apostrophe in front of it, as does what begins with apostrophes and then like one; so nothing runs, and
the way back is certain.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from operator import itemgetter
from typing import Any, BinaryIO

import msgspec

from annotator.errors import FormatError
from annotator.formats.out import Out
from annotator.formats.records import encode, line
from annotator.language import tr

BOM = b"\xef\xbb\xbf"
Rows = Sequence[Sequence[Any]]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_RISKY = frozenset("=+-@\t\r'")
_FIRST = itemgetter(slice(1))
"""The first character of a cell; a row is looked at cell by cell only where one of them is risky."""


class Column(msgspec.Struct, frozen=True):
    """A column: its name and what stands in it, as Arrow calls that."""

    name: str
    kind: str = "string"
    """string, json (a string, and no formula), int64, double, bool, list<string>, list<int64>,
    list<bool>."""


@contextmanager
def rows_to(
    out: Out, columns: Sequence[Column], ending: str = "", *, spreadsheet: bool = True
) -> Generator[Callable[[Rows], None]]:
    """What takes rows and writes them; without an ending to the file itself."""
    suffix = (ending or out.suffix).rpartition(".")[2]
    if suffix == "parquet":
        with _parquet(out.file(ending), columns) as write:
            yield write
    elif suffix in ("csv", "tsv"):
        yield _separated(out.file(ending), columns, "\t" if suffix == "tsv" else ",", spreadsheet)
    else:
        yield _lines(out.file(ending), columns)


def safe(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unsafe(cell: str) -> str:
    """The cell that was made safe."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def required_pyarrow() -> Any:
    """The library that Parquet needs. Raises FormatError saying what to install."""
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise FormatError(
            tr(
                "Parquet needs pyarrow, which is not here: pip install 'annotator[parquet]'; "
                "nothing was written or read."
            )
        ) from None


def _lines(file: BinaryIO, columns: Sequence[Column]) -> Callable[[Rows], None]:
    names = [column.name for column in columns]

    def write(rows: Rows) -> None:
        for row in rows:
            file.write(line(dict(zip(names, row, strict=True))))

    return write


def _separated(
    file: BinaryIO, columns: Sequence[Column], sign: str, spreadsheet: bool
) -> Callable[[Rows], None]:
    file.write(BOM if spreadsheet else b"")
    waiting = io.StringIO()
    to = csv.writer(waiting, delimiter=sign, lineterminator="\r\n")
    words = [at for at, column in enumerate(columns) if column.kind == "string"]
    lists = [at for at, column in enumerate(columns) if column.kind.startswith("list")]
    flags = [at for at, column in enumerate(columns) if column.kind == "bool"]

    their_words = itemgetter(*words) if len(words) > 1 else lambda row: [row[at] for at in words]

    def write(rows: Rows) -> None:
        if lists or flags:
            rows = [_cells(row) for row in rows]
        if spreadsheet:
            rows = [
                row if _RISKY.isdisjoint(map(_FIRST, their_words(row))) else _safe(row)
                for row in rows
            ]
        to.writerows(rows)
        file.write(waiting.getvalue().encode())
        waiting.seek(0)
        waiting.truncate()

    def _cells(row: Sequence[Any]) -> list[Any]:
        cells = list(row)
        for at in lists:
            cells[at] = encode(cells[at]).decode()
        for at in flags:
            cells[at] = "true" if cells[at] else "false"
        return cells

    def _safe(row: Sequence[Any]) -> list[Any]:
        cells = list(row)
        for at in words:
            cells[at] = safe(cells[at])
        return cells

    to.writerow([column.name for column in columns])
    return write


@contextmanager
def _parquet(file: BinaryIO, columns: Sequence[Column]) -> Generator[Callable[[Rows], None]]:
    pyarrow = required_pyarrow()
    schema = pyarrow.schema([(column.name, _arrow(pyarrow, column.kind)) for column in columns])
    waiting: list[Sequence[Any]] = []
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as to:

        def flush() -> None:
            made = [
                pyarrow.array([row[at] for row in waiting], field.type)
                for at, field in enumerate(schema)
            ]
            to.write_table(pyarrow.Table.from_arrays(made, schema=schema))
            waiting.clear()

        def write(rows: Rows) -> None:
            waiting.extend(rows)
            if len(waiting) >= 10_000:
                flush()

        yield write
        flush()


def _arrow(pyarrow: Any, kind: str) -> Any:
    if kind.startswith("list<"):
        return pyarrow.list_(_arrow(pyarrow, kind[5:-1]))
    return {
        "string": pyarrow.string(),
        "json": pyarrow.string(),
        "int64": pyarrow.int64(),
        "double": pyarrow.float64(),
        "bool": pyarrow.bool_(),
    }[kind]
