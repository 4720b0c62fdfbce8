"""Words and the folded form in which they are compared, sorted and searched."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")
_IGNORED = {"Mn", "Cf"}  # accents, vowel points, soft hyphens, joiners, bidi controls
_ASCII_WORDS = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})


def fold(text: str) -> str:
    """Case, accents and compatibility forms taken away; two texts alike to a reader fold alike."""
    if text.isascii():
        return text.lower()
    # What is folded never reaches over an ASCII character, and most of a text is ASCII.
    parts = _NOT_ASCII.split(text)
    parts[::2] = map(str.lower, parts[::2])
    parts[1::2] = map(_folded, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=4_096)  # the same dashes, quotes and letters come again and again
def _folded(part: str) -> str:
    plain = unicodedata.normalize("NFKD", part).casefold()
    return "".join([c for c in plain if unicodedata.category(c) not in _IGNORED])


def search_words(text: str) -> list[str]:
    """The folded words of a text in order, as the search index holds them: runs of letters and digits."""
    parts = [text] if text.isascii() else _NOT_ASCII.split(text)
    parts[1::2] = map(_folded_words, parts[1::2])
    plain = "".join(parts)
    if plain.isascii():  # as most are: one look at all of it
        return _ascii_words(plain).split()
    parts[::2] = map(_ascii_words, parts[::2])
    return "".join(parts).split()


def _ascii_words(part: str) -> str:
    return part.lower().translate(_ASCII_WORDS)


@lru_cache(maxsize=4_096)
def _folded_words(part: str) -> str:
    return "".join([c if c.isalnum() else " " for c in _folded(part)])


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
