"""What another program wrote, as entries: marks are put on their words, ids come from the content.

Where the program kept the words of its marks, every way to count is tried against them; a mark that no
way puts on its words is sought by them, and the file is refused where they cannot be found for certain.
The same record read again has the same ids, so a file that is imported twice is there once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

import msgspec

from annotator.errors import FormatError
from annotator.formats.base import Reading
from annotator.language import tr
from annotator.model.dataset import (
    FOREIGN,
    NO_ATTRIBUTES,
    Entry,
    EntryRelation,
    EntrySet,
    EntrySpan,
)
from annotator.model.document import Block
from annotator.model.loss import EMPTY, LINKS_OF_OMITTED, MOVED
from annotator.text.canonical import canonicalize, storable, text_hash
from annotator.text.counting import CODE_POINTS, Counting, countings
from annotator.text.span import Span

Ranges = Sequence[tuple[int, int]]
JOINS = (" ", " … ", "", "\n")
"""What programs put between the pieces of a mark."""

_BLANKS = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


class Mark(msgspec.Struct, kw_only=True):
    """A mark as the program wrote it."""

    key: str
    """What links of its record call it."""
    label: str
    ranges: Ranges
    """Offsets as the program counts them."""
    quote: str | None = None
    """Its words, where the program kept them."""
    attributes: dict[str, Any] = {}
    note: str = ""


class Link(msgspec.Struct, kw_only=True):
    """A link as the program wrote it; its ends are keys of marks."""

    type: str
    from_: str
    to: str
    attributes: dict[str, Any] = {}


class Record(msgspec.Struct, kw_only=True):
    """One text with what one person marked in it."""

    where: str
    """How an error calls it: “doccano.jsonl, record 3”."""
    number: int
    text: str
    """As it stands in the file."""
    marks: Sequence[Mark] = ()
    links: Sequence[Link] = ()
    annotator: str = ""
    metadata: dict[str, Any] = {}
    doc_id: str = ""
    """The id of the document, where the record is an export of ours."""
    status: str = "complete"
    reason: str = ""
    unit: str = CODE_POINTS
    """How the program counts, as far as is known."""


def as_entry(record: Record, tool: str, reading: Reading) -> Entry:
    """The record as an entry. Raises FormatError naming the record and the mark."""
    canonical = canonicalize(record.text)
    sha = text_hash(canonical.text)
    person = storable(reading.options.annotator or record.annotator or tool)
    doc_id = storable(record.doc_id) or _id("document", sha)
    own = _own_id(record, tool, person, sha, reading)
    placed = _placed(record, canonical.text, reading)
    ids = {mark.key: _id(own, str(n)) for n, (mark, _) in enumerate(placed)}
    if len(ids) < len(placed):
        raise _wrong(record, tr("two marks are called {key}", key=_twice(record.marks)))
    return Entry(
        doc_id=doc_id,
        text=canonical.text,
        text_sha256=sha,
        source_sha256=None,
        metadata=dict(sorted(_storable(record.metadata).items())),
        blocks=paragraphs(canonical.text),
        schema=FOREIGN,
        annotation_set=EntrySet(
            id=own, annotator=person, kind="imported", status=record.status, created="",
            reason=storable(record.reason) if record.status == "excluded" else msgspec.UNSET,
        ),
        spans=tuple(sorted(
            (_span(mark, span, ids[mark.key], canonical.text, person) for mark, span in placed),
            key=lambda one: (one.start, one.end, one.id),
        )),
        relations=tuple(_links(record, ids, own, person, reading)),
    )  # fmt: skip


def paragraphs(text: str) -> tuple[Block, ...]:
    """Each line with words in it as a block of its own."""
    starts = [match.start() for match in _PARAGRAPH.finditer(text)] or [0]
    edges = [0, *starts[1:], len(text)] if text else []
    return tuple(Block(start, end) for start, end in pairwise(edges))


def required(value: Any, kind: type | tuple[type, ...], what: str, where: str, number: int) -> Any:
    """The value, if it is of this kind. Raises FormatError."""
    if isinstance(value, kind) and not (isinstance(value, bool) and kind is int):
        return value
    raise FormatError(
        tr("{where}: {what} is missing or of another kind.", where=where, what=what), line=number
    )


def unended(where: str) -> str:
    """What is said of a file of lines that stops inside one: nothing else shows that it was cut."""
    return tr(
        "{where}: its last line does not end with a line break; it may be cut off.", where=where
    )


def _own_id(record: Record, tool: str, person: str, sha: str, reading: Reading) -> str:
    """The id of the set: of what it holds, and of how many alike were read before."""
    content = msgspec.json.encode([record.marks, record.links, record.status], enc_hook=repr)
    alike = _id(tool, person, sha, record.doc_id, sha256(content).hexdigest())
    before = reading.met[alike] = reading.met.get(alike, 0) + 1
    return alike if before == 1 else _id(alike, str(before))


def _placed(record: Record, text: str, reading: Reading) -> list[tuple[Mark, Span]]:
    """Where each mark stands in the canonical text; those without a character are left out."""
    best: list[Span | None] = []
    chosen: Counting | None = None
    for way in countings(record.text, record.unit, reading.options.offsets):
        found = [_try(mark, way, text) for mark in record.marks]
        if chosen is None or found.count(None) < best.count(None):
            best, chosen = found, way
        if None not in found:
            break
    if chosen is not None and chosen.unit != record.unit and record.marks and not text.isascii():
        reading.note(
            tr(
                "Offsets are counted in {name} there, as the words of the marks show.",
                name=chosen.name,
            )
        )
    placed: list[tuple[Mark, Span]] = []
    for mark, span in zip(record.marks, best, strict=True):
        if span is None:
            span = _sought(record, mark, text)
            reading.losses.add(MOVED, (_called(record, mark),))
        if span.segments:
            placed.append((mark, span))
        else:
            reading.losses.add(EMPTY, (_called(record, mark),))
    return placed


_NOTHING = Span(())


def _try(mark: Mark, way: Counting, text: str) -> Span | None:
    """Where the mark stands if it is counted this way; None where its words do not stand there."""
    ranges: list[tuple[int, int]] = []
    for start, end in mark.ranges:
        low, high = way.offset(start), way.offset(end)
        if low is None or high is None or high < low:
            return None
        ranges.append((low, high))
    if mark.quote is not None and not _is_quote(mark.quote, [text[a:b] for a, b in ranges]):
        return None
    return Span.of(ranges) if any(a < b for a, b in ranges) else _NOTHING


def _is_quote(quote: str, words: Sequence[str]) -> bool:
    quote = canonicalize(quote).text
    if len(words) == 1 and words[0] == quote:
        return True
    flat = _BLANKS.sub(" ", quote)
    return any(_BLANKS.sub(" ", join.join(words)) == flat for join in JOINS)


def _sought(record: Record, mark: Mark, text: str) -> Span:
    """Where the mark's words stand, if they stand at one place only. Raises FormatError."""
    at = ", ".join(f"{start}:{end}" for start, end in mark.ranges)
    if mark.quote is None:
        said = tr("{at} is no place in a text of {length} characters", at=at, length=len(text))
        raise _wrong(record, f"{mark.label} {mark.key}: {said}", mark.key)
    quote = canonicalize(mark.quote).text
    if quote and text.count(quote) == 1 and len(mark.ranges) == 1:
        start = text.index(quote)
        return Span.of([(start, start + len(quote))])
    said = tr(
        "the words “{quote}” do not stand at {at}, however it is counted",
        quote=_short(quote),
        at=at,
    )
    raise _wrong(record, f"{mark.label} {mark.key}: {said}", mark.key)


def _span(mark: Mark, span: Span, id_: str, text: str, person: str) -> EntrySpan:
    return EntrySpan(
        id_,
        storable(mark.label),
        span.start,
        span.end,
        span.segments,
        " … ".join(span.quotes(text)),
        _raw(mark.attributes),
        storable(mark.note),
        "imported",
        "",
        "",
        person,
    )


def _links(
    record: Record, ids: dict[str, str], own: str, person: str, reading: Reading
) -> Iterator[EntryRelation]:
    known = {mark.key for mark in record.marks}
    for n, link in enumerate(record.links):
        for end in (link.from_, link.to):
            if end not in known:
                raise _wrong(
                    record,
                    tr(
                        "a link {type} leads to {end}, and there is no such mark",
                        type=link.type,
                        end=end,
                    ),
                )
        id_ = _id(own, "link", str(n))
        if link.from_ not in ids or link.to not in ids:
            reading.losses.add(LINKS_OF_OMITTED, (id_,))
            continue
        yield EntryRelation(
            id_, storable(link.type), ids[link.from_], ids[link.to], _raw(link.attributes),
            "imported", "", "", person,
        )  # fmt: skip


def _raw(attributes: dict[str, Any]) -> msgspec.Raw:
    if not attributes:
        return NO_ATTRIBUTES
    return msgspec.Raw(msgspec.json.encode(_storable(attributes), order="sorted"))


def _storable(value: Any) -> Any:
    """Strings as databases take them, all the way down."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): _storable(one) for key, one in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list) else value


def _id(*of: str) -> str:
    """An id in the form of a UUID (version 8) that is made of these words and no others."""
    found = sha256("\0".join(of).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{found[:8]}-{found[8:12]}-8{found[13:16]}-8{found[17:20]}-{found[20:32]}"


def _wrong(record: Record, what: str, mark: str | None = None) -> FormatError:
    return FormatError(f"{record.where}: {what}.", line=record.number, mark=mark)


def _called(record: Record, mark: Mark) -> str:
    return f"{record.number}:{mark.key}"


def _twice(marks: Sequence[Mark]) -> str:
    keys = [mark.key for mark in marks]
    return next(key for key in keys if keys.count(key) > 1)


def _short(words: str) -> str:
    words = " ".join(words.split())  # what is said is one line
    return words if len(words) <= 60 else words[:59] + "…"
