"""A REFI-QDA project as records: a record for each text and each person who coded in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from annotator.errors import FormatError
from annotator.formats.base import Reading
from annotator.formats.foreign import Link, Mark, Record
from annotator.formats.qda_codes import ATTRIBUTES
from annotator.formats.xml import parsed
from annotator.language import tr, trn

Q = "{urn:QDA-XML:project:1.0}"
SEPARATOR = " / "
"""Between a code and the one above it, where two codes have the same name."""


def records_of(path: Path, reading: Reading) -> Iterator[Record]:
    """The records of a project. Raises FormatError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _Project(path, archive, reading).records()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FormatError(
            tr("{path}: the archive is broken ({error}).", path=path, error=error)
        ) from None


class _Project:
    """A project that is read from its archive."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, reading: Reading) -> None:
        self._path, self._archive, self._reading = path, archive, reading
        self._files = {PurePosixPath(name).name.lower(): name for name in archive.namelist()}
        name = next((name for name in archive.namelist() if name.lower().endswith(".qde")), None)
        if name is None:
            raise FormatError(tr("{path}: there is no project in the archive.", path=path))
        self._root = parsed(io.BytesIO(archive.read(name)), f"{path}, {name}")
        self._ours = self._root.get("origin") == "Annotator"
        self._codes = dict(_codes(self._root))
        self._alike = Counter(code[-1] for code in self._codes.values())
        self._people = {
            _id(one.get("guid")): one.get("name") or "" for one in self._root.iter(f"{Q}User")
        }
        self._notes = {
            _id(one.get("guid")): one.findtext(f"{Q}PlainTextContent") or ""
            for one in self._root.iter(f"{Q}Note")
        }
        self._links = [
            (one.get("name") or "linked", _id(one.get("originGUID")), _id(one.get("targetGUID")))
            for one in self._root.iter(f"{Q}Link")
        ]
        self._require_ends()

    def _require_ends(self) -> None:
        """Links may join whatever has a GUID. Raises FormatError where nothing has it."""
        known = {_id(one.get("guid")) for one in self._root.iter() if one.get("guid")}
        for kind, *ends in self._links:
            for end in ends:
                if end not in known:
                    said = tr(
                        "a link {kind} leads to {end}, and there is no such thing",
                        kind=kind,
                        end=end or tr("nothing"),
                    )
                    raise FormatError(f"{self._path}: {said}.")

    def records(self) -> Iterator[Record]:
        """A record for each text and each person who coded in it."""
        joined = 0
        for number, source in enumerate(self._root.iter(f"{Q}TextSource"), 1):
            where = f"{self._path}, source {number}"
            text = self._text(source, where, number)
            by_person: dict[str, list[Mark]] = {}
            for selection in source.iter(f"{Q}PlainTextSelection"):
                for person, mark in self._marks(selection, text, where, number):
                    by_person.setdefault(person, []).append(mark)
            if not by_person:
                by_person[self._people.get(_id(source.get("creatingUser")), "")] = []
            title = source.get("name") or PurePosixPath(source.get("plainTextPath") or "").stem
            for person, marks in by_person.items():
                keys = {mark.key for mark in marks}
                links = [
                    Link(type=kind, from_=one, to=other)
                    for kind, one, other in self._links
                    if one in keys and other in keys
                ]
                joined += len(links)
                yield Record(
                    where=where, number=number, text=text, marks=marks, annotator=person,
                    links=links, metadata={"title": title} if title else {},
                )  # fmt: skip

        if joined < len(self._links):
            self._reading.note(
                trn(
                    "{count} link that does not join two marks of one person in one text was left out.",
                    "{count} links that do not join two marks of one person in one text were left out.",
                    len(self._links) - joined,
                )
            )

    def _text(self, source: Any, where: str, number: int) -> str:
        inside = source.findtext(f"{Q}PlainTextContent")
        if inside is not None:
            return inside
        path = source.get("plainTextPath") or ""
        name = self._files.get(PurePosixPath(path.partition("://")[2] or path).name.lower())
        if name is None:
            said = tr("its text {path} is not in the archive", path=path or tr("(without a name)"))
            raise FormatError(f"{where}: {said}.", line=number)
        try:
            return self._archive.read(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise FormatError(
                tr("{where}: its text {name} is not in UTF-8.", where=where, name=name), line=number
            ) from None

    def _marks(
        self, selection: Any, text: str, where: str, number: int
    ) -> Iterator[tuple[str, Mark]]:
        """A mark for each code of a selection, with who gave it; attributes go to the first."""
        key = _id(selection.get("guid"))
        try:
            range_ = int(selection.get("startPosition")), int(selection.get("endPosition"))
        except (TypeError, ValueError):
            said = tr("selection {key} does not say where it stands", key=key)
            raise FormatError(f"{where}: {said}.", line=number) from None
        note = "\n".join(
            self._notes.get(_id(one.get("targetGUID")), "") for one in selection.iter(f"{Q}NoteRef")
        )
        labels: list[tuple[str, str]] = []
        attributes: dict[str, Any] = {}
        for coding in selection.iter(f"{Q}Coding"):
            person = self._people.get(_id(coding.get("creatingUser")), "")
            for ref in coding.iter(f"{Q}CodeRef"):
                code = self._codes.get(_id(ref.get("targetGUID")))
                if code is None:
                    said = tr("selection {key} has a code that is not in the codebook", key=key)
                    raise FormatError(f"{where}: {said}.", line=number)
                if self._ours and code[0] == ATTRIBUTES and len(code) == 3:
                    attributes[code[1]] = code[2]
                else:
                    labels.append((person, self._label(code)))
        # Some programs put the words into the name, others a line number or nothing.
        name = selection.get("name") or ""
        quote = name if name and (self._ours or name in text) else None
        for n, (person, label) in enumerate(labels):
            yield person, Mark(
                key=f"{key} {n}" if n else key, label=label, ranges=[range_], quote=quote,
                attributes=attributes if n == 0 else {}, note=note if n == 0 else "",
            )  # fmt: skip

    def _label(self, code: tuple[str, ...]) -> str:
        """The code's name, with those above it where another code has the same name."""
        return code[-1] if self._alike[code[-1]] == 1 else SEPARATOR.join(code)


def _codes(root: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every code with the names from the top down to its own."""
    waiting = [(code, ()) for code in root.iterfind(f"{Q}CodeBook/{Q}Codes/{Q}Code")]
    while waiting:
        code, above = waiting.pop()
        names = (*above, code.get("name") or "?")
        yield _id(code.get("guid")), names
        waiting += [(inner, names) for inner in code.iterfind(f"{Q}Code")]


def _id(guid: str | None) -> str:
    """A GUID as it is compared: with small letters and without braces."""
    return (guid or "").strip().strip("{}").lower()
