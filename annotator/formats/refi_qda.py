"""REFI-QDA: a project for NVivo, MAXQDA, ATLAS.ti, QualCoder and their like, as one .qdpx file.

A mark is a selection of a text with the code of its label; attributes are codes too, below “attributes”.
Texts are written with LF and no byte order mark, offsets in code points, as most of these programs
count. A selection has one range and no room for a person but the one who coded.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import as_entry
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.qda_codes import Code, Codes, codings, guid, guids
from annotator.formats.qda_read import records_of
from annotator.formats.xml import attribute, content, held, whole_attribute
from annotator.language import in_english
from annotator.model.dataset import Entry, EntrySpan
from annotator.model.document import title_of
from annotator.model.loss import ATTRIBUTES, NOTE_CHARACTERS, SPLIT

PROJECT = "project.qde"
SPOOLED = 1024 * 1024
"""Bytes from which a part of the project waits on the disk."""


class RefiQda(Plain):
    """The format; it has no options for writing."""

    name = "refi-qda"
    title = in_english("REFI-QDA project")
    suffixes = (".qdpx",)
    reads = writes = True
    holds = frozenset({"texts", "spans", "nested", "attributes", "notes", "relations"})
    takes = frozenset({"offsets", "annotator"})
    counts = in_english("source")

    def recognizes(self, path: Path) -> bool:
        """Whether the name ends so and the file begins as an archive does, be it whole or not."""
        if path.suffix.lower() != ".qdpx" or not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(4) == b"PK\3\4"

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each text and person."""
        for record in records_of(path, reading):
            yield record.number, as_entry(record, self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write the project; its texts go straight into the archive."""
        codes = Codes(writing.schema)
        people: dict[str, str] = {}
        with (
            zipfile.ZipFile(out.file(), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            _spool() as sources, _spool() as notes, _spool() as links,
        ):  # fmt: skip
            for entry in entries:
                name = entry.annotation_set.annotator
                person = people.setdefault(name, guid("person", name))
                file = f"{guid(entry.text_sha256)}.txt"
                if f"sources/{file}" not in archive.NameToInfo:
                    _put(archive, f"sources/{file}", entry.text.encode())
                ids = guids([span.id for span in entry.spans])
                _source(entry, file, person, codes, ids, sources, notes, writing)
                told = [
                    f'<Link guid="{guid(link.id)}" name={attribute(link.type)} direction="OneWay" '
                    f'originGUID="{ids[link.from_]}" targetGUID="{ids[link.to]}"/>\n'
                    for link in links_within(entry, entry.spans, writing.losses)
                ]
                links.write(_encoded(told))
            with archive.open(_info(PROJECT), "w", force_zip64=True) as project:
                project.write(_head(people, codes).encode())
                for name, part in (("Sources", sources), ("Notes", notes), ("Links", links)):
                    _copy(name, part, project)
                project.write(b"</Project>\n")


REFI_QDA = RefiQda()


def _source(
    entry: Entry, file: str, person: str, codes: Codes, ids: Mapping[str, str],
    to: IO[bytes], notes: IO[bytes], writing: Writing,
) -> None:  # fmt: skip
    """An article with what one person marked in it."""
    losses = writing.losses
    tell_marks(entry.spans, RefiQda.holds, losses)
    losses.add(SPLIT, [span.id for span in entry.spans if len(span.segments) > 1])
    losses.add(NOTE_CHARACTERS, [s.id for s in entry.spans if s.note and held(s.note) != s.note])
    parts = [
        f'<TextSource guid="{guid(entry.annotation_set.id)}" '
        f"name={attribute(title_of(entry.metadata) or entry.doc_id)} "
        f'plainTextPath="internal://{file}" creatingUser="{person}">\n'
    ]
    told: list[str] = []
    for span in entry.spans:
        own, lost = codes.of(span)
        if lost:
            losses.add(ATTRIBUTES, (span.id,))
        note = ""
        if span.note:
            note = f'<NoteRef targetGUID="{guid(span.id, "note")}"/>'
            told.append(
                f'<Note guid="{guid(span.id, "note")}" creatingUser="{person}">'
                f"<PlainTextContent>{content(span.note)}</PlainTextContent></Note>\n"
            )
        if len(span.segments) == 1:
            parts.append(_selection(ids[span.id], span.segments[0], span.text, own, note, person))
        else:
            parts += _selections(span, ids[span.id], entry.text, own, note, person)
    to.write(_encoded([*parts, "</TextSource>\n"]))
    notes.write(_encoded(told))


def _selections(
    span: EntrySpan, id_: str, text: str, codes: Sequence[Code], note: str, person: str
) -> Iterator[str]:
    """A selection for each piece of a mark; what is said of it stands at the first."""
    for n, (start, end) in enumerate(span.segments):
        words = text[start:end]
        if n == 0:
            yield _selection(id_, (start, end), words, codes, note, person)
        else:
            own = guid(span.id, str(n))
            yield _selection(own, (start, end), words, codes[:1], "", person)


def _selection(
    id_: str, place: tuple[int, int], words: str, codes: Sequence[Code], note: str, person: str
) -> str:
    """One range; it is called by its words, if XML can hold them."""
    name = whole_attribute(words)
    start, end = place
    return (
        f'<PlainTextSelection guid="{id_}" {f"name={name} " if name else ""}startPosition="{start}" '
        f'endPosition="{end}" creatingUser="{person}">{codings(id_, codes, person)}{note}'
        "</PlainTextSelection>\n"
    )


def _head(people: dict[str, str], codes: Codes) -> str:
    users = "".join(
        f'<User guid="{id_}" name={attribute(name)}/>\n' for name, id_ in people.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Project xmlns="urn:QDA-XML:project:1.0" name="Annotator" origin="Annotator">\n'
        + (f"<Users>\n{users}</Users>\n" if users else "")
        + f"<CodeBook>\n<Codes>\n{codes.book()}</Codes>\n</CodeBook>\n"
    )


def _encoded(parts: list[str]) -> bytes:
    """In UTF-8. Joined first, one character beyond ASCII would make the whole several times as wide."""
    return b"".join(map(str.encode, parts))


def _spool() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=SPOOLED)


def _copy(name: str, part: IO[bytes], to: IO[bytes]) -> None:
    """A part of the project, if there is anything in it."""
    if not part.tell():
        return
    part.seek(0)
    to.write(f"<{name}>\n".encode())
    while block := part.read(1 << 16):
        to.write(block)
    to.write(f"</{name}>\n".encode())


def _info(name: str) -> zipfile.ZipInfo:
    """A place in the archive without the time, so that the same project is the same bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_info(name), data)
