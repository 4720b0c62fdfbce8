"""Between code points, in which everything is stored, and UTF-16 units, in which Qt counts."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """The way between the two for one text; building it reads the text once.

    An offset inside a surrogate pair belongs to the character's start.
    """

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._astral: list[int] = (
            [] if text.isascii() else [m.start() for m in _ASTRAL.finditer(text)]
        )
        # In UTF-16 the n-th astral character begins n units later than in code points.
        self._astral16 = [at + n for n, at in enumerate(self._astral)]

    @property
    def utf16_length(self) -> int:
        """The length of the text in UTF-16 units."""
        return self.length + len(self._astral)

    def to_utf16(self, code_points: int) -> int:
        """A code point offset as UTF-16 units."""
        return code_points + bisect_left(self._astral, code_points)

    def to_code_points(self, utf16: int) -> int:
        """A UTF-16 offset as code points."""
        return utf16 - bisect_left(self._astral16, utf16)
