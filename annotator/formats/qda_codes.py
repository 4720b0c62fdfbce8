"""Labels and attributes as the codes of a REFI-QDA codebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, Self

import msgspec

from annotator.formats.xml import attribute, content
from annotator.model.dataset import NO_ATTRIBUTES, EntrySpan
from annotator.model.schema import Schema

ATTRIBUTES = "attributes"
"""The code below which attributes stand."""
COLORS = ("#d97706", "#2563eb", "#dc2626", "#059669", "#7c3aed", "#db2777", "#4b5563", "#0891b2")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GUIDS = re.compile(rf"(?:{_GUID.pattern}\n)*")


def guid(*of: str) -> str:
    """The id itself where it has the form of a GUID, else one that is made of these words."""
    if len(of) == 1 and len(of[0]) == 36 and _GUID.fullmatch(of[0]):
        return of[0]
    found = sha256("\0".join(("qda", *of)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{found[:8]}-{found[8:12]}-8{found[13:16]}-8{found[17:20]}-{found[20:32]}"


def guids(ids: Sequence[str]) -> dict[str, str]:
    """The GUID of each of these ids."""
    if _GUIDS.fullmatch("\n".join([*ids, ""])):
        return dict(zip(ids, ids, strict=True))
    return {one: guid(one) for one in ids}


class Code(NamedTuple):
    """What a mark can be coded with."""

    guid: str
    number: int
    """Its last twelve digits."""

    @classmethod
    def of(cls, *words: str) -> Self:
        """The code that these words name."""
        found = guid(*words)
        return cls(found, int(found[24:], 16))


def codings(selection: str, codes: Sequence[Code], person: str) -> str:
    """The codings of a selection. Their GUIDs are its own, the last digits crossed with their codes'."""
    begin, number = selection[:24], int(selection[24:], 16)
    told = ""
    for own, digits in codes:
        told += (
            f'<Coding guid="{begin}{number ^ digits:012x}" creatingUser="{person}">'
            f'<CodeRef targetGUID="{own}"/></Coding>'
        )
    return told


class Codes:
    """The codes of a schema: one for each label, and one for each value of each attribute."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._labels = {one.name: Code.of("label", one.name) for one in schema.labels}
        self._values = {
            (one.name, value): Code.of("value", one.name, value)
            for one in schema.attributes
            for value in one.values
        }
        self._said = lru_cache(maxsize=1000)(self._codes)
        """Many marks say the same."""

    def of(self, span: EntrySpan) -> tuple[Sequence[Code], bool]:
        """The codes of a mark, that of its label first, and whether an attribute has none."""
        if span.attributes == NO_ATTRIBUTES:
            return (self._labels[span.label],), False
        return self._said(span.label, bytes(span.attributes))

    def _codes(self, label: str, attributes: bytes) -> tuple[Sequence[Code], bool]:
        own, lost = [self._labels[label]], False
        for name, value in msgspec.json.decode(attributes).items():
            code = self._values.get((name, value)) if isinstance(value, str) else None
            lost |= code is None
            own += [code] if code else []
        return own, lost

    def book(self) -> str:
        """The codebook's codes."""
        lines: list[str] = []
        for n, label in enumerate(self._schema.labels):
            color = label.color if label.color.startswith("#") else COLORS[n % len(COLORS)]
            about = (
                f"<Description>{content(label.guideline)}</Description>" if label.guideline else ""
            )
            lines.append(
                f'<Code guid="{self._labels[label.name].guid}" name={attribute(label.name)} '
                f'isCodable="true" color="{color}">{about}</Code>\n'
            )
        groups = [self._group(one.name, one.values) for one in self._schema.attributes]
        if groups:
            head = f'<Code guid="{guid(ATTRIBUTES)}" name="{ATTRIBUTES}" isCodable="false">\n'
            lines += [head, *groups, "</Code>\n"]
        return "".join(lines)

    def _group(self, name: str, values: tuple[str, ...]) -> str:
        inner = "".join(
            f'<Code guid="{self._values[name, value].guid}" name={attribute(value)} isCodable="true"/>\n'
            for value in values
        )
        return (
            f'<Code guid="{guid("attribute", name)}" name={attribute(name)} isCodable="false">\n'
            f"{inner}</Code>\n"
        )
