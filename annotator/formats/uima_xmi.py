"""UIMA CAS XMI, as INCEpTION reads and writes it: a folder with a type system and a file for each set.

Offsets are UTF-16 units. Marks are of the type ``webanno.custom.Mark``, links of ``webanno.custom.MarkLink``;
the pieces of a mark with gaps name the first one. XML has no control characters: they become “�”. On the
way in every annotation of any type is a mark, but for tokens and sentences.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotator.errors import FormatError
from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Link, Mark, Record, as_entry
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.places import Places
from annotator.formats.provenance import told
from annotator.formats.records import encode, strict
from annotator.formats.xmi_types import FEATURES, type_system
from annotator.formats.xml import attribute, held, parsed
from annotator.language import in_english, tr
from annotator.model.dataset import NO_ATTRIBUTES, Entry, EntrySpan
from annotator.model.loss import CHARACTERS, NOTE_CHARACTERS
from annotator.text.counting import UTF16
from annotator.text.offsets import Utf16Map

XMI = "{http://www.omg.org/XMI}"
ID = XMI + "id"
CUSTOM = "http:///webanno/custom.ecore"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore" '
    f'xmlns:custom="{CUSTOM}" xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
)
SOFA = 1
"""The number of the text among the things of a file."""
OUR_KEYS = frozenset({"label", "note", "mark", "pieceOf", "attributes"})
PLACE = frozenset({ID, "sofa", "begin", "end"})
LABELS = ("label", "value", "identifier")
"""Features that say what an annotation is, where its type does not."""
LEFT_OUT = frozenset(
    {"DocumentAnnotation", "DocumentMetaData", "TagDescription", "TagsetDescription"}
)


class UimaXmi(Plain):
    """The format; it has no options for writing."""

    name = "uima-xmi"
    title = in_english("UIMA CAS XMI (INCEpTION)")
    reads = writes = True
    holds = frozenset(
        {"spans", "nested", "discontinuous", "attributes", "notes", "relations", "sets"}
    )
    takes = frozenset({"annotator"})
    counts = in_english("file")

    def recognizes(self, path: Path) -> bool:
        """Whether it is an .xmi file or a folder with some."""
        if path.is_dir():
            return next(path.glob("*.xmi"), None) is not None
        return path.suffix == ".xmi" and path.is_file()

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each text of a file."""
        if not path.exists():
            raise FileNotFoundError
        files = sorted(path.glob("*.xmi")) if path.is_dir() else [path]
        for number, file in enumerate(files, 1):
            for record in _Cas(file, number, reading).records():
                yield number, as_entry(record, self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write a file for every entry, and the type system."""
        known = [one.name for one in writing.schema.attributes]
        names = [name for name in known if name not in FEATURES and name.isascii()
                 and name.isidentifier()]  # fmt: skip
        places = Places()
        for entry in entries:
            with out.inside(f"{places.of(entry)}.xmi") as file:
                file.write(self._cas(entry, set(names), writing).encode())
        with out.inside("TypeSystem.xml") as file:
            file.write(type_system(names).encode())

    def _cas(self, entry: Entry, names: set[str], writing: Writing) -> str:
        losses = writing.losses
        tell_marks(entry.spans, self.holds, losses)
        losses.add(
            NOTE_CHARACTERS, [s.id for s in entry.spans if s.note and held(s.note) != s.note]
        )
        if held(entry.text) != entry.text:
            losses.add(CHARACTERS, (entry.doc_id,))
        units = None if max(entry.text, default="") <= "\uffff" else Utf16Map(entry.text)
        length = units.utf16_length if units else len(entry.text)
        own = entry.annotation_set
        ours = encode({"doc_id": entry.doc_id, "annotator": own.annotator, "status": own.status})
        parts = [HEAD]
        parts.append(
            f'<tcas:DocumentAnnotation xmi:id="2" sofa="{SOFA}" begin="0" end="{length}" '
            'language="x-unspecified"/>\n'
            f'<custom:Origin xmi:id="3" sofa="{SOFA}" begin="0" end="0" '
            f"ours={attribute(ours.decode())}/>\n"
        )
        number = 3
        first: dict[str, int] = {}
        at: dict[str, tuple[int, int]] = {}
        for span in entry.spans:
            said = _said(span, names)
            for start, end in span.segments:
                number += 1
                if units is not None:
                    start, end = units.to_utf16(start), units.to_utf16(end)
                piece = f' pieceOf="{first[span.id]}"' if span.id in first else ""
                first.setdefault(span.id, number)
                at.setdefault(span.id, (start, end))
                parts.append(
                    f'<custom:Mark xmi:id="{number}" sofa="{SOFA}" begin="{start}" end="{end}" '
                    f"{said}{piece}/>\n"
                )
        for link in links_within(entry, entry.spans, losses):
            number += 1
            start, end = at[link.to]
            parts.append(
                f'<custom:MarkLink xmi:id="{number}" sofa="{SOFA}" begin="{start}" end="{end}" '
                f'Governor="{first[link.from_]}" Dependent="{first[link.to]}" '
                f"label={attribute(link.type)}/>\n"
            )
        members = " ".join(map(str, range(2, number + 1)))
        parts.append(
            f'<cas:Sofa xmi:id="{SOFA}" sofaNum="1" sofaID="_InitialView" mimeType="text" '
            f"sofaString={attribute(entry.text)}/>\n"
            f'<cas:View sofa="{SOFA}" members="{members}"/>\n</xmi:XMI>\n'
        )
        return "".join(parts)


UIMA_XMI = UimaXmi()


def _said(span: EntrySpan, names: set[str]) -> str:
    """The features of a mark; attributes that have none of their own go together as JSON."""
    parts = [f"label={attribute(span.label)}", f"mark={attribute(span.id)}"]
    if span.note:
        parts.append(f"note={attribute(span.note)}")
    if span.attributes != NO_ATTRIBUTES:
        others: dict[str, Any] = {}
        for name, value in msgspec.json.decode(span.attributes).items():
            if name in names and isinstance(value, str) and held(value) == value:
                parts.append(f"{name}={attribute(value)}")
            else:
                others[name] = value
        if others:
            parts.append(f"attributes={attribute(_ascii(encode(others)))}")
    return " ".join(parts)


def _ascii(data: bytes) -> str:
    """JSON with every character that XML could not hold written as a number."""
    return json.dumps(json.loads(data))


class _Cas:
    """One file as records."""

    def __init__(self, file: Path, number: int, reading: Reading) -> None:
        self._file, self._number, self._reading = file, number, reading
        self._root = parsed(file, str(file), number)

    def records(self) -> Iterator[Record]:
        """A record for each text in it. Raises FormatError where there is none."""
        texts = [one for one in self._root if _kind(one) == "Sofa" and one.get("sofaString")]
        if not texts:
            raise FormatError(
                tr("{file}: there is no text in it.", file=self._file), line=self._number
            )
        for sofa in texts:
            yield self._record(sofa)

    def _record(self, sofa: Any) -> Record:
        things = [one for one in self._root if one.get("sofa") == sofa.get(ID)]
        marks: dict[str, Mark] = {}
        links: list[Link] = []
        ours = told(None)
        for thing in things:
            kind = _kind(thing)
            if kind == "Origin" and thing.get("ours"):
                ours = told(self._json(thing, "ours"))
            elif thing.get("Governor") and thing.get("Dependent"):
                links.append(self._link(thing, kind))
            elif thing.get("begin") is not None and kind != "View" and not _is_skipped(thing, kind):
                self._mark(thing, kind, marks)
        return Record(
            where=str(self._file), number=self._number, text=sofa.get("sofaString"),
            marks=list(marks.values()), links=links, metadata={"title": self._file.stem},
            annotator=ours.annotator, doc_id=ours.doc_id, status=ours.status, unit=UTF16,
        )  # fmt: skip

    def _mark(self, thing: Any, kind: str, marks: dict[str, Mark]) -> None:
        try:
            range_ = int(thing.get("begin")), int(thing.get("end"))
        except (TypeError, ValueError):
            said = tr("{kind} {id} does not say where it stands", kind=kind, id=thing.get(ID))
            raise FormatError(f"{self._file}: {said}.", line=self._number) from None
        piece = thing.get("pieceOf")
        if piece and piece not in marks:
            said = tr(
                "{kind} {id} is a piece of {piece}, and there is no such mark",
                kind=kind,
                id=thing.get(ID),
                piece=piece,
            )
            raise FormatError(f"{self._file}: {said}.", line=self._number)
        if piece:
            marks[piece].ranges = [*marks[piece].ranges, range_]
            return
        features = {name: value for name, value in thing.attrib.items() if name not in PLACE}
        key, label = thing.get(ID), kind
        note, attributes = "", dict[str, Any](features)
        if "mark" in features and "label" in features:
            label, note = features["label"], features.get("note", "")
            attributes = {name: v for name, v in features.items() if name not in OUR_KEYS}
            attributes |= self._json(thing, "attributes") if "attributes" in features else {}
        else:
            name = next((name for name in LABELS if features.get(name)), None)
            if name is not None:
                label = attributes.pop(name)
        marks[key] = Mark(key=key, label=label, ranges=[range_], note=note, attributes=attributes)

    def _json(self, thing: Any, name: str) -> dict[str, Any]:
        try:
            return msgspec.convert(strict(thing.get(name)), dict[str, Any])
        except ValueError as error:
            said = tr(
                "what {thing} {id} says as {name}: {error}",
                thing=_kind(thing),
                id=thing.get(ID),
                name=name,
                error=error,
            )
            raise FormatError(f"{self._file}: {said}.", line=self._number) from None

    def _link(self, thing: Any, kind: str) -> Link:
        said = next((thing.get(name) for name in LABELS if thing.get(name)), kind)
        return Link(type=said, from_=thing.get("Governor"), to=thing.get("Dependent"))


def _kind(thing: Any) -> str:
    """The name of a thing's type, without its package."""
    return str(thing.tag).rpartition("}")[2]


def _is_skipped(thing: Any, kind: str) -> bool:
    """Whether it only cuts the text into tokens or sentences, or describes the document."""
    return kind in LEFT_OUT or "/segmentation/type" in str(thing.tag)
