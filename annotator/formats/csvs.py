"""CSV and TSV: a table of marks, with one of links and one of articles beside it.

Attributes that the schema knows have columns of their own, so that a spreadsheet program can count them;
all of them stand once more as JSON, which is what is read. The columns that are read come from
``annotator.formats.sheet``.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from os import SEEK_END
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats import sheet
from annotator.formats.base import EVERYTHING, Plain, Reading, Writing
from annotator.formats.foreign import unended
from annotator.formats.out import Out
from annotator.formats.sheet import Cells
from annotator.formats.tables import BOM, rows_to, unsafe
from annotator.language import in_english, tr
from annotator.model import schema as schemas
from annotator.model.dataset import Entry
from annotator.model.schema import Schema

LINKS, DOCUMENTS, SCHEMA = ".links", ".documents", ".schema.json"


class Csv(Plain):
    """The format."""

    name = "csv"
    title = in_english("CSV tables")
    suffixes = (".csv", ".tsv")
    reads = writes = True
    holds = EVERYTHING
    takes = frozenset({"spreadsheet"})
    beside = (
        SCHEMA,
        *(kind + suffix for kind in (".links", ".documents") for suffix in (".csv", ".tsv")),
    )
    counts = in_english("article")

    def recognizes(self, path: Path) -> bool:
        """Whether the table begins with our columns and the articles lie beside it."""
        suffix = path.suffix.lower()
        if suffix not in self.suffixes or not path.is_file():
            return False
        with path.open("rb") as file:
            start = file.read(64).removeprefix(BOM)
        sign = "\t" if suffix == ".tsv" else ","
        return start.decode("utf-8", "replace").startswith(sign.join(sheet.MARK_KEYS))

    def schema(self, path: Path) -> Schema | None:
        """The schema beside the tables, where one lies there."""
        beside = path.with_name(path.stem + SCHEMA)
        return schemas.load(beside.read_bytes(), str(beside)) if beside.exists() else None

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each row of the table of articles."""
        marks = _by_set(_rows(path, reading))
        beside = [path.with_name(f"{path.stem}{kind}{path.suffix}") for kind in (LINKS, DOCUMENTS)]
        if not beside[1].exists():
            raise FormatError(
                tr(
                    "{path}: the table of articles {name} is not beside it.",
                    path=path,
                    name=beside[1].name,
                )
            )
        links = _by_set(_rows(beside[0], reading)) if beside[0].exists() else {}
        texts: dict[str, tuple[str, str]] = {}
        tables = (str(path), str(beside[0]), str(beside[1]))
        for number, cells in _rows(beside[1], reading):
            own = cells.get("set", "")
            entry = sheet.entry(
                cells, marks.pop(own, []), links.pop(own, []), texts, tables, number
            )
            yield number, entry
        for own, rows in (*marks.items(), *links.items()):
            said = tr("annotation set “{own}” is not in {name}", own=own, name=beside[1].name)
            raise FormatError(
                tr("{path}, row {number}: {said}.", path=path, number=rows[0][0], said=said),
                line=rows[0][0],
            )

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write the three tables."""
        suffix = out.suffix or self.suffixes[0]
        spreadsheet = writing.options.spreadsheet
        known = tuple(one.name for one in writing.schema.attributes)
        with (
            rows_to(out, sheet.mark_columns(known), spreadsheet=spreadsheet) as marks,
            rows_to(out, sheet.LINK_COLUMNS, LINKS + suffix, spreadsheet=spreadsheet) as links,
            rows_to(
                out, sheet.DOCUMENT_COLUMNS, DOCUMENTS + suffix, spreadsheet=spreadsheet
            ) as docs,
        ):
            before = ""
            for entry in entries:
                marks(sheet.mark_rows(entry, known))
                links(sheet.link_rows(entry))
                docs([sheet.document_row(entry, again=entry.doc_id == before)])
                before = entry.doc_id
        if writing.schema != schemas.builtin():
            out.file(SCHEMA).write(schemas.dump(writing.schema))


CSV = Csv()


def _rows(path: Path, reading: Reading) -> Iterator[tuple[int, Cells]]:
    """The rows of a table by the names of their columns, numbered as spreadsheet programs do."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open("rb") as raw:
        made_safe = raw.read(3) == BOM
        if raw.seek(0, SEEK_END) == 0:
            raise FormatError(
                tr("{path}: it is empty, without the names of its columns.", path=path)
            )
        raw.seek(-1, SEEK_END)
        if raw.read() not in (b"\n", b"\r"):
            reading.note(unended(str(path)))
    sign = "\t" if path.suffix.lower() == ".tsv" else ","
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=sign, strict=True)
            names = next(reader, [])
            for number, row in enumerate(reader, 2):
                if len(row) != len(names):
                    said = tr("it has {n} columns, the table {due}", n=len(row), due=len(names))
                    raise FormatError(
                        tr("{path}, row {number}: {said}.", path=path, number=number, said=said),
                        line=number,
                    )
                cells = map(unsafe, row) if made_safe else row
                yield number, dict(zip(names, cells, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise FormatError(
            tr("{path}: it is not a table in UTF-8 ({error}).", path=path, error=error)
        ) from None


def _by_set(rows: Iterable[tuple[int, Cells]]) -> dict[str, list[tuple[int, Cells]]]:
    found: dict[str, list[tuple[int, Cells]]] = {}
    for number, cells in rows:
        found.setdefault(cells.get("set", ""), []).append((number, cells))
    return found
