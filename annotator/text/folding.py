"""A text as it is compared, and the way back from there to the text's own code points."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from annotator.text.words import fold

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class _Folds(dict[str, str]):
    """What each character folds to, worked out once."""

    def __missing__(self, character: str) -> str:
        folded = self[character] = fold(character)
        return folded


_FOLDS = _Folds()


class Folded:
    """A text with case, accents and compatibility forms taken away, character by character.

    ``words`` is the folded text. Some characters fold to several (…, ß, ﬁ) and some to none (accents,
    joiners), so an offset in it is brought back by ``span``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._at: list[int] = []
        self._origin: list[int] = []
        self._length: list[int] = []
        if text.isascii():
            self.words = text.lower()
            return
        self.words = _NOT_ASCII.sub(_folded, text).lower()
        odd = {c for c in set(text) if c > "\x7f" and len(_FOLDS[c]) != 1}
        if odd:
            self._note(re.compile(f"[{re.escape(''.join(sorted(odd)))}]"))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text (code points) of a range of the folded words that is not empty.

        A character of which only a part was found counts whole, with the accents behind it.
        """
        first, last = self._from(start), self._from(end - 1) + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return first, last

    def _note(self, odd: re.Pattern[str]) -> None:
        """Remember where characters stand that do not fold to exactly one."""
        grown = 0
        for found in odd.finditer(self.text):
            length = len(_FOLDS[found[0]])
            self._at.append(found.start() + grown)
            self._origin.append(found.start())
            self._length.append(length)
            grown += length - 1

    def _from(self, offset: int) -> int:
        """The code point of the text from which the folded character at ``offset`` comes."""
        near = bisect_right(self._at, offset) - 1
        if near < 0:
            return offset
        inside = offset - self._at[near]
        if inside < self._length[near]:
            return self._origin[near]
        return self._origin[near] + 1 + inside - self._length[near]


def _folded(found: re.Match[str]) -> str:
    return _FOLDS[found[0]]
