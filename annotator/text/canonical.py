"""Canonical text: the one form in which an article is stored, shown and counted.

All leading U+FEFF are dropped; CRLF, CR, U+2028 and U+2029 become LF; NUL, lone surrogates, U+FDD0,
U+FDD1 and U+FFFE become U+FFFD. Nothing else changes: no NFC, no NBSP replacement, ZWNJ kept. These
are the characters that Qt, SQLite or PostgreSQL would otherwise change behind our back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from hashlib import sha256

import msgspec

CANONICAL_VERSION = 1

_DROPPED = re.compile("\\A\ufeff+|\r(?=\n)")
_CHANGED = str.maketrans(
    {"\r": "\n", "\u2028": "\n", "\u2029": "\n"}
    | dict.fromkeys(map(chr, (0, 0xFDD0, 0xFDD1, 0xFFFE, *range(0xD800, 0xE000))), "\ufffd")
)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SUSPECT = re.compile("[\r\0\u2028\u2029\ufdd0\ufdd1\ufffe\ud800-\udfff]")
"""Where it stands alone, a set of characters is looked for several times as fast as with alternatives."""


class Canonical(msgspec.Struct, frozen=True):
    """A canonical text and the way from offsets of the raw text to offsets in it."""

    text: str
    dropped: tuple[int, ...]
    """Raw offsets (code points) of the characters that are gone, in order."""
    replaced: int
    """How many characters became U+FFFD."""

    def offset(self, raw: int) -> int:
        """Where the code point offset ``raw`` of the raw text lies in the canonical text."""
        return raw - bisect_left(self.dropped, raw)


def canonicalize(raw: str) -> Canonical:
    """Bring a decoded text into canonical form."""
    if is_canonical(raw):
        return Canonical(raw, (), 0)
    dropped = tuple(i for m in _DROPPED.finditer(raw) for i in range(m.start(), m.end()))
    text = _DROPPED.sub("", raw).translate(_CHANGED)
    replaced = text.count("\ufffd") - raw.count("\ufffd")
    return Canonical(text, dropped, replaced)


def is_canonical(text: str) -> bool:
    """Whether ``canonicalize`` would leave the text as it is."""
    return not text.startswith("\ufeff") and _SUSPECT.search(text) is None


def storable(words: str) -> str:
    """Other words than a text's, as every database takes them: NUL and surrogates become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", words)


def text_hash(text: str) -> str:
    """The SHA-256 of a canonical text in UTF-8, as 64 hex digits."""
    return sha256(text.encode()).hexdigest()
