"""The lines of a brat .ann file: what each says, and how one is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotator.errors import FormatError
from annotator.formats.base import Reading
from annotator.formats.foreign import Link, Mark, unended
from annotator.language import tr
from annotator.model.dataset import EntrySpan

EVENT = "event"
"""The attribute of a trigger and of the links to its arguments: which event they are."""

_FIELD = re.compile(r"[\n\r\t]")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_LINE = re.compile(r"(?:[TREAMN]\d+|#\d*|\*)\t")
_NUMBERED = re.compile(r"(?<=[^\W\d])\d+$")
_WORDS = re.compile(r"[^\n]*\S[^\n]*|[^\n]+")


class Names:
    """Labels and relation types as brat takes them: letters without accents, figures, - and _."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._used: set[str] = set()

    def of(self, name: str) -> str:
        """How the name is written; two names never in the same way."""
        if name not in self._known:
            written = safe = _UNSAFE.sub("_", name) or "_"
            number = 1
            while written in self._used:
                number += 1
                written = f"{safe}_{number}"
            self._used.add(written)
            self._known[name] = written
        return self._known[name]


def is_plain(value: object) -> bool:
    """Whether it can be a value of an attribute."""
    return isinstance(value, str) and _PLAIN.fullmatch(value) is not None


def one_line(words: str) -> str:
    """Words without line breaks and tabs, which would begin another field."""
    return _FIELD.sub(" ", words)


def pieces(text: str, span: EntrySpan) -> list[tuple[int, int]]:
    """The ranges of a mark, none of which goes over a line break; none where it is only blanks."""
    if "\n" not in span.text and all(text[a:b].strip() for a, b in span.segments):
        return list(span.segments)
    return [
        match.span()
        for start, end in span.segments
        for match in _WORDS.finditer(text, start, end)
        if match.group().strip()
    ]


class Ann:
    """The marks and links of one file; ``where`` is how an error calls it."""

    def __init__(self, where: str, number: int, reading: Reading) -> None:
        self._where, self._number, self._reading = where, number, reading
        self._marks: dict[str, Mark] = {}
        self._stands_for: dict[str, str] = {}
        """Events by the marks that are their triggers."""
        self._later: list[Callable[[], None]] = []
        self.links: list[Link] = []

    @property
    def marks(self) -> list[Mark]:
        """The marks, in the order of the file."""
        return list(self._marks.values())

    def read(self, content: str) -> None:
        """Take in all lines. Raises FormatError naming the line."""
        for line_number, line in enumerate(content.split("\n"), 1):
            line = line.removesuffix("\r")
            if not _LINE.match(line):
                self._goes_on(line, line_number)
                continue
            try:
                self._line(line)
            except (ValueError, IndexError):
                said = tr(
                    "{where}, line {line_number}: “{line}” is no line of brat",
                    where=self._where,
                    line_number=line_number,
                    line=line[:60],
                )
                raise FormatError(f"{said}.", line=self._number) from None
        for task in self._later:
            task()
        if content and not content.endswith("\n"):
            self._reading.note(unended(self._where))

    def _goes_on(self, line: str, line_number: int) -> None:
        """A line that begins like none of brat's is the rest of words with a line break in them."""
        if not line.strip():
            return
        last = next(reversed(self._marks.values()), None)
        if last is None:
            said = tr(
                "{where}, line {line_number}: “{line}” is no line of brat",
                where=self._where,
                line_number=line_number,
                line=line[:60],
            )
            raise FormatError(f"{said}.", line=self._number)
        last.quote = f"{last.quote}\n{line}"
        self._reading.note(
            tr(
                "{where}: words of a mark go on over a line break; they were joined.",
                where=self._where,
            )
        )

    def _line(self, line: str) -> None:
        key, rest = line.split("\t", 1)
        kinds: dict[str, Callable[[str, str], None]] = {
            "T": self._mark, "R": self._link, "E": self._event, "A": self._attribute,
            "M": self._attribute, "N": self._reference, "#": self._note, "*": self._alike,
        }  # fmt: skip
        kinds[key[0]](key, rest)

    def _mark(self, key: str, rest: str) -> None:
        said, quote = rest.split("\t", 1)  # without its words nothing says that it is whole
        label, at = said.split(" ", 1)
        ranges = [(int(a), int(b)) for a, b in (one.split() for one in at.split(";"))]
        if key in self._marks:
            raise FormatError(
                tr("{where}: there are two marks {key}.", where=self._where, key=key),
                line=self._number,
            )
        self._marks[key] = Mark(key=key, label=label, ranges=ranges, quote=quote)

    def _link(self, key: str, rest: str) -> None:
        del key
        kind, one, other = rest.split()[:3]
        ends = [end.partition(":")[2] for end in (one, other)]
        self._later.append(lambda: self._join(kind, ends[0], ends[1]))

    def _event(self, key: str, rest: str) -> None:
        trigger, *arguments = rest.split()
        mark = self._marks_named(trigger.partition(":")[2])
        self._stands_for[key] = mark.key
        told = mark.attributes.get(EVENT)
        mark.attributes = {**mark.attributes, EVENT: [*told, key] if told else [key]}
        for argument in arguments:
            role, _, end = argument.partition(":")
            if not end:
                self._reading.note(
                    tr(
                        "{where}: the {role} of {key} is missing; it was left out.",
                        where=self._where,
                        role=role,
                        key=key,
                    )
                )
                continue
            kind = _NUMBERED.sub("", role)
            self._later.append(lambda k=kind, e=end: self._join(k, mark.key, e, {EVENT: key}))

    def _attribute(self, key: str, rest: str) -> None:
        del key
        name, target, *value = rest.split()
        self._later.append(lambda: self._say(target, name, " ".join(value) if value else True))

    def _reference(self, key: str, rest: str) -> None:
        del key
        said, _, name = rest.partition("\t")
        _, target, reference = said.split()[:3]
        self._later.append(lambda: self._say(target, "reference", f"{reference} {name}".strip()))

    def _note(self, key: str, rest: str) -> None:
        del key
        said, _, words = rest.partition("\t")
        target = said.split()[1]

        def add() -> None:
            mark = self._marks.get(self._stands_for.get(target, target))
            if mark is None:
                self._reading.note(tr("Notes of brat’s links and events’ parts were left out."))
            else:
                mark.note = f"{mark.note}\n{words}" if mark.note else words

        self._later.append(add)

    def _alike(self, key: str, rest: str) -> None:
        del key
        kind, first, *others = rest.split()
        for other in others:
            self._later.append(lambda o=other: self._join(kind, first, o))

    def _marks_named(self, key: str) -> Mark:
        mark = self._marks.get(self._stands_for.get(key, key))
        if mark is None:
            said = tr(
                "{where}: something leads to {key}, and there is no such mark",
                where=self._where,
                key=key,
            )
            raise FormatError(f"{said}.", line=self._number)
        return mark

    def _join(
        self, kind: str, one: str, other: str, attributes: dict[str, Any] | None = None
    ) -> None:
        ends = self._marks_named(one).key, self._marks_named(other).key
        self.links.append(Link(type=kind, from_=ends[0], to=ends[1], attributes=attributes or {}))

    def _say(self, target: str, name: str, value: object) -> None:
        if target.startswith("R"):
            self._reading.note(tr("Attributes of brat’s links were left out."))
            return
        mark = self._marks_named(target)
        mark.attributes = {**mark.attributes, name: value}


def arguments(roles: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The arguments of an event; a role that comes again is numbered."""
    met: dict[str, int] = {}
    for role, key in roles:
        met[role] = met.get(role, 0) + 1
        yield f"{role}{met[role] if met[role] > 1 else ''}:{key}"
