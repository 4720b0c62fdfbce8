"""How another program counts in a text: the ways in which its offsets may be meant.

Programs count code points, UTF-16 units or UTF-8 bytes, and a line break of two characters as two or
as one. Every way leads to code points of the canonical text.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotator.text.canonical import canonicalize
from annotator.text.offsets import Utf16Map

CODE_POINTS, UTF16, BYTES = "code_points", "utf16", "bytes"


class Counting:
    """One way to count in a raw text."""

    def __init__(self, raw: str, unit: str, *, one_break: bool = False) -> None:
        """``one_break``: a line break of two characters (CRLF) counts as one."""
        self.unit = unit
        self._raw = raw.replace("\r\n", "\n") if one_break else raw
        self._canonical = canonicalize(self._raw)
        self._utf16 = Utf16Map(self._raw) if unit == UTF16 else None
        self.name = unit.replace("_", " ").replace("utf16", "UTF-16") + (
            " with line breaks as one" if one_break else ""
        )

    def offset(self, counted: int) -> int | None:
        """The offset in code points of the canonical text; None where the text has no such place."""
        if counted < 0:
            return None
        found: int | None = counted
        if self._utf16 is not None:
            found = self._utf16.to_code_points(counted)
            found = found if self._utf16.to_utf16(found) == counted else None
        elif self.unit == BYTES:
            found = self._behind_bytes(counted)
        if found is None or found > len(self._raw):
            return None
        return self._canonical.offset(found)

    def _behind_bytes(self, count: int) -> int | None:
        data = self._raw.encode("utf-8", "surrogatepass")
        try:
            return (
                len(data[:count].decode("utf-8", "surrogatepass")) if count <= len(data) else None
            )
        except UnicodeDecodeError:
            return None


def countings(raw: str, first: str = CODE_POINTS, only: str = "") -> Iterator[Counting]:
    """The ways to count in a raw text that differ from one another, the most likely one first.

    ``first`` is the unit that the format is said to use; ``only`` allows no other one.
    """
    astral = max(raw, default="") > "\uffff"
    differing = {CODE_POINTS: True, UTF16: astral, BYTES: not raw.isascii()}
    units = [unit for unit in (CODE_POINTS, UTF16, BYTES) if differing[unit] and unit != first]
    usual = first if differing[first] else CODE_POINTS
    for unit in [only] if only else dict.fromkeys([usual, *units]):
        yield Counting(raw, unit)
        if "\r\n" in raw:
            yield Counting(raw, unit, one_break=True)
