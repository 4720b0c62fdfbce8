"""brat standoff: a folder with a text and an .ann file for each document and annotator.

Offsets are code points. What one person marked lies in a folder of their name; annotation.conf says what
can be marked and linked. An event (E line) is read as its trigger, with a link to each argument; the
attribute ``event`` of both says which event they were, and makes them one again on the way out. The corpora
that keep their files apart in ``text`` and ``attributions`` folders, with the annotator behind an underscore,
are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from annotator.errors import FormatError
from annotator.formats import brat_conf
from annotator.formats.ann import EVENT, Ann, Names, arguments, is_plain, one_line, pieces
from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Record, as_entry
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.places import Places
from annotator.language import in_english, tr, trn
from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntryRelation, EntrySpan
from annotator.model.loss import (
    ATTRIBUTES,
    EDGES,
    LABEL_NAMES,
    LINES,
    LINK_ATTRIBUTES,
    LINK_NAMES,
    NO_WORD,
    NOTE_LINES,
    Losses,
)

_ANNOTATOR = re.compile(r"(?P<text>.+)_(?P<person>[^_]+)")


class Brat(Plain):
    """The format; it has no options for writing."""

    name = "brat"
    title = in_english("brat standoff")
    reads = writes = True
    holds = frozenset(
        {"texts", "spans", "nested", "discontinuous", "attributes", "notes", "relations"}
    )
    takes = frozenset({"offsets", "annotator"})
    counts = in_english("file")

    def recognizes(self, path: Path) -> bool:
        """Whether it is a folder with .ann files in it, or such a file."""
        if path.is_dir():
            return next(path.rglob("*.ann"), None) is not None
        return path.suffix == ".ann" and path.is_file()

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each .ann file, in the order of their names."""
        if not path.exists():
            raise FileNotFoundError
        files = sorted(path.rglob("*.ann")) if path.is_dir() else [path]
        used: set[Path] = set()
        for number, file in enumerate(files, 1):
            text, person = _text_of(file, path, number)
            used.add(text)
            ann = Ann(str(file), number, reading)
            ann.read(_decoded(file, number))
            record = Record(
                where=str(file), number=number, text=_decoded(text, number), marks=ann.marks,
                links=ann.links, annotator=person, metadata={"title": text.stem, "file": text.name},
            )  # fmt: skip
            yield number, as_entry(record, self.name, reading)
        alone = sum(one not in used for one in path.rglob("*.txt")) if path.is_dir() else 0
        if alone:
            reading.note(
                trn(
                    "{count} text without an .ann file was left out.",
                    "{count} texts without an .ann file were left out.",
                    alone,
                )
            )

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write a text and an .ann file for every entry, then what can be marked."""
        places, names = Places(folders=True), Names()
        for entry in entries:
            place = places.of(entry)
            with out.inside(f"{place}.txt") as file:
                file.write(entry.text.encode())
            with out.inside(f"{place}.ann") as file:
                file.write("".join(self._lines(entry, names, writing.losses)).encode())
        with out.inside("annotation.conf") as file:
            file.write(brat_conf.annotation(writing.schema, names).encode())
        with out.inside("visual.conf") as file:
            file.write(brat_conf.visual(writing.schema, names).encode())

    def _lines(self, entry: Entry, names: Names, losses: Losses) -> Iterator[str]:
        tell_marks(entry.spans, self.holds, losses)
        places = [(span, pieces(entry.text, span)) for span in entry.spans]
        _tell(places, entry.text, names, losses)
        keys: dict[str, str] = {}
        events: dict[tuple[str, str], list[tuple[str, str]]] = {}
        labels: dict[str, str] = {}
        said = notes = 0
        for span, at in places:
            if not at:
                continue
            key = keys[span.id] = f"T{len(keys) + 1}"
            labels[span.id] = names.of(span.label)
            where = ";".join([f"{start} {end}" for start, end in at])
            words = one_line(" ".join([entry.text[start:end] for start, end in at]))
            yield f"{key}\t{labels[span.id]} {where}\t{words}\n"
            if span.attributes != NO_ATTRIBUTES:
                for name, value in _attributes(span, losses):
                    if name == EVENT:
                        events[span.id, value] = []
                    else:
                        said += 1
                        yield f"A{said}\t{name} {key} {value}\n"
            if span.note:
                notes += 1
                yield f"#{notes}\tAnnotatorNotes {key}\t{one_line(span.note)}\n"
        written = [span for span, at in places if at]
        number = 0
        for link in links_within(entry, written, losses, attributes=True):
            event = _event_of(link, losses)
            kind = names.of(link.type)
            if kind != link.type:
                losses.add(LINK_NAMES, (link.id,))
            if event is not None and (link.from_, event) in events:
                events[link.from_, event].append((kind, keys[link.to]))
            else:
                number += 1
                yield f"R{number}\t{kind} Arg1:{keys[link.from_]} Arg2:{keys[link.to]}\n"
        for n, ((trigger, _), ends) in enumerate(events.items(), 1):
            yield " ".join([f"E{n}\t{labels[trigger]}:{keys[trigger]}", *arguments(ends)]) + "\n"


BRAT = Brat()


def _tell(
    places: Sequence[tuple[EntrySpan, list[tuple[int, int]]]],
    text: str,
    names: Names,
    losses: Losses,
) -> None:
    """Count what becomes of marks with line breaks in them, and of names that brat cannot write."""
    for span, at in places:
        if not at:
            losses.add(NO_WORD, (span.id,))
            continue
        if (at[0][0], at[-1][1]) != (span.start, span.end):
            losses.add(EDGES, (span.id,))
        elif tuple(at) != span.segments:
            losses.add(LINES, (span.id,))
        if names.of(span.label) != span.label:
            losses.add(LABEL_NAMES, (span.id,))
        if "\n" in span.note or "\t" in span.note or "\r" in span.note:
            losses.add(NOTE_LINES, (span.id,))


def _attributes(span: EntrySpan, losses: Losses) -> Iterator[tuple[str, str]]:
    """The attributes that brat can write, and the events that the mark triggers."""
    lost = False
    for name, value in msgspec.json.decode(span.attributes).items():
        if name == EVENT and isinstance(value, list) and all(isinstance(v, str) for v in value):
            yield from [(EVENT, str(event)) for event in value]
        elif is_plain(name) and is_plain(value):
            yield name, str(value)
        else:
            lost = True
    if lost:
        losses.add(ATTRIBUTES, (span.id,))


def _event_of(link: EntryRelation, losses: Losses) -> str | None:
    """Which event the link is a part of; what else is said of it is counted."""
    if link.attributes == NO_ATTRIBUTES:
        return None
    attributes = msgspec.json.decode(link.attributes)
    event = attributes.pop(EVENT, None)
    if attributes:
        losses.add(LINK_ATTRIBUTES, (link.id,))
    return event if isinstance(event, str) else None


def _text_of(file: Path, root: Path, number: int) -> tuple[Path, str]:
    """The text that an .ann file belongs to, and whose it is. Raises FormatError."""
    inside = file.parent != root and root.is_dir()
    match = _ANNOTATOR.fullmatch(file.stem)
    apart = file.parent.parent / "text"
    if file.with_suffix(".txt").exists():
        return file.with_suffix(".txt"), file.parent.name if inside else ""
    if match and apart.is_dir() and (apart / f"{match['text']}.txt").exists():
        return apart / f"{match['text']}.txt", match["person"]
    if match and file.with_name(f"{match['text']}.txt").exists():
        return file.with_name(f"{match['text']}.txt"), match["person"]
    raise FormatError(
        tr("{file}: its text {stem}.txt is not beside it.", file=file, stem=file.stem), line=number
    )


def _decoded(file: Path, number: int) -> str:
    """A file's words, line breaks as they are. Raises FormatError."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(tr("{file}: it is not text in UTF-8.", file=file), line=number) from None
