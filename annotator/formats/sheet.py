"""An entry as rows of three tables, and rows as an entry: marks, links, articles.

Cells are words and numbers; what has parts (segments, blocks, metadata) is JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import UNSET

from annotator.errors import FormatError
from annotator.formats.records import encode, strict
from annotator.formats.tables import Column
from annotator.language import tr
from annotator.model.dataset import (
    NO_ATTRIBUTES,
    Entry,
    EntryOffer,
    EntryRelation,
    EntrySchema,
    EntrySet,
    EntrySpan,
)
from annotator.model.document import Block

Cells = dict[str, str]
Numbered = Sequence[tuple[int, Cells]]

MARK_KEYS = ("document", "title", "set", "annotator", "status", "mark", "label")

LINK_COLUMNS = tuple(map(Column, (
    "document", "set", "link", "type", "from", "to", "to_document", "attributes", "origin",
    "created", "updated", "by",
)))  # fmt: skip
DOCUMENT_COLUMNS = tuple(map(Column, (
    "document", "title", "set", "annotator", "kind", "status", "reason", "created", "group", "split",
    "text_sha256", "source_sha256", "schema", "metadata", "blocks", "text",
)))  # fmt: skip


def mark_columns(attributes: Sequence[str]) -> list[Column]:
    """The columns of marks, with one for each attribute of a schema."""
    return [
        *map(Column, MARK_KEYS), Column("start", "int64"), Column("end", "int64"), Column("text"),
        *(Column(f"attribute:{name}") for name in attributes),
        *map(Column, ("note", "actor", "proposition")),
        *(Column(name, "json") for name in ("segments", "attributes")), Column("origin"),
        Column("offered", "json"), *map(Column, ("created", "updated", "by")),
    ]  # fmt: skip


def mark_rows(entry: Entry, attributes: tuple[str, ...]) -> list[list[Any]]:
    """The marks of an entry."""
    own = entry.annotation_set
    head = [entry.doc_id, str(entry.metadata.get("title") or ""), own.id, own.annotator, own.status]
    empty = [""] * len(attributes)
    return [
        [
            *head, s.id, s.label, s.start, s.end, s.text,
            *(empty if s.attributes == NO_ATTRIBUTES else _told(bytes(s.attributes), attributes)),
            s.note, s.actor or "", s.proposition or "",
            "" if len(s.segments) == 1 else encode(s.segments).decode(),
            "" if s.attributes == NO_ATTRIBUTES else bytes(s.attributes).decode(),
            s.origin, encode(s.offered).decode() if s.offered else "", s.created, s.updated, s.by,
        ]
        for s in entry.spans
    ]  # fmt: skip


def link_rows(entry: Entry) -> list[list[Any]]:
    """The links of an entry."""
    return [
        [
            entry.doc_id, entry.annotation_set.id, r.id, r.type, r.from_, r.to, r.to_doc or "",
            "" if r.attributes == NO_ATTRIBUTES else bytes(r.attributes).decode(),
            r.origin, r.created, r.updated, r.by,
        ]
        for r in entry.relations
    ]  # fmt: skip


def document_row(entry: Entry, *, again: bool) -> list[Any]:
    """The article and the set of an entry; the text of an article that comes ``again`` is left out."""
    own = entry.annotation_set
    return [
        entry.doc_id, str(entry.metadata.get("title") or ""), own.id, own.annotator, own.kind,
        own.status, own.reason or "", own.created, entry.group or "", entry.split or "",
        entry.text_sha256, entry.source_sha256 or "", encode(entry.schema).decode(),
        encode(entry.metadata).decode(), encode(entry.blocks).decode(), "" if again else entry.text,
    ]  # fmt: skip


def entry(
    cells: Cells, marks: Numbered, links: Numbered, texts: dict[str, tuple[str, str]],
    tables: tuple[str, str, str], number: int,
) -> Entry:  # fmt: skip
    """An entry from its row and those of its marks and links. Raises FormatError naming the row.

    ``tables`` is how those of marks, links and articles are called. ``texts`` keeps the text of the last article for its other sets.
    """
    where = f"{tables[2]}, row {number}"
    try:
        doc_id = cells["document"]
        if cells["text"] or doc_id not in texts:
            texts.clear()
            texts[doc_id] = cells["text"], cells["text_sha256"]
        return Entry(
            doc_id=doc_id,
            text=texts[doc_id][0],
            text_sha256=cells["text_sha256"],
            source_sha256=cells["source_sha256"] or None,
            metadata=_json(cells["metadata"], dict[str, Any]),
            blocks=_json(cells["blocks"], tuple[Block, ...]),
            schema=_json(cells["schema"], EntrySchema),
            annotation_set=EntrySet(
                id=cells["set"], annotator=cells["annotator"], kind=cells["kind"],
                status=cells["status"], created=cells["created"], reason=cells["reason"] or UNSET,
            ),
            group=cells["group"] or UNSET,
            split=cells["split"] or UNSET,
            spans=tuple(_span(one, f"{tables[0]}, row {n}", n) for n, one in marks),
            relations=tuple(_link(one, f"{tables[1]}, row {n}", n) for n, one in links),
        )  # fmt: skip
    except KeyError as error:
        raise FormatError(
            tr("{where}: there is no column {error}.", where=where, error=error), line=number
        ) from None
    except (ValueError, msgspec.ValidationError) as error:
        raise FormatError(f"{where}: {error}.", line=number) from None


def _span(cells: Cells, where: str, number: int) -> EntrySpan:
    try:
        start, end = int(cells["start"]), int(cells["end"])
        segments = (
            _json(cells["segments"], tuple[tuple[int, int], ...]) if cells["segments"] else None
        )
        return EntrySpan(
            cells["mark"], cells["label"], start, end, segments or ((start, end),), cells["text"],
            _object(cells["attributes"]), cells["note"], cells["origin"], cells["created"],
            cells["updated"], cells["by"], cells["proposition"] or UNSET, cells["actor"] or UNSET,
            _json(cells["offered"], EntryOffer) if cells["offered"] else UNSET,
        )  # fmt: skip
    except (ValueError, msgspec.ValidationError) as error:
        raise FormatError(f"{where}: {error}.", line=number, mark=cells.get("mark")) from None


def _link(cells: Cells, where: str, number: int) -> EntryRelation:
    try:
        return EntryRelation(
            cells["link"], cells["type"], cells["from"], cells["to"], _object(cells["attributes"]),
            cells["origin"], cells["created"], cells["updated"], cells["by"],
            cells["to_document"] or UNSET,
        )  # fmt: skip
    except (ValueError, msgspec.ValidationError) as error:
        raise FormatError(f"{where}: {error}.", line=number, mark=cells.get("link")) from None


def _json(cell: str, kind: Any) -> Any:
    return msgspec.convert(strict(cell), kind)


def _object(cell: str) -> msgspec.Raw:
    """Attributes as they are written; their keys are sorted."""
    if not cell:
        return NO_ATTRIBUTES
    return msgspec.Raw(msgspec.json.encode(_json(cell, dict[str, Any]), order="sorted"))


@lru_cache(maxsize=1_000)  # most marks say one of a few things
def _told(attributes: bytes, names: tuple[str, ...]) -> list[str]:
    found = msgspec.json.decode(attributes)
    return [_cell(found[name]) if name in found else "" for name in names]


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else encode(value).decode()
