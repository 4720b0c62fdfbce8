"""Files of JSON objects: one on each line, in an array, or pretty-printed one behind the other.

They are read one by one and strictly: a key that stands twice, NaN, or an end in the middle is an
error that names the record.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from annotator.errors import FormatError
from annotator.language import tr

LONGEST = 512 * 1024 * 1024
"""Characters of the longest record."""
CHUNK = 1 << 20

_BREAKS = ((b"\xc2\x85", b"\\u0085"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))
"""Characters that some programs take for the end of a line, and how they are written."""
_BLANK = re.compile(r"\s*")

_ENCODER = msgspec.json.Encoder()
encode = _ENCODER.encode


def line(value: Any) -> bytes:
    """The value as a line of JSON that ends nowhere but at its end, whatever reads it."""
    # With the end of the line at once. In a list: of a tuple some bytes stay in memory (msgspec 0.22).
    return broken_nowhere(_ENCODER.encode_lines([value]))


def broken_nowhere(data: bytes) -> bytes:
    """JSON without the characters that some programs take for the end of a line."""
    for character, escape in _BREAKS:
        # Its last byte is rare, and one byte is looked for many times as fast as two or three.
        if character[-1] in data and character in data:
            data = data.replace(character, escape)
    return data


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with their numbers, from 1. Raises FormatError and OSError."""
    with path.open("rb") as file:
        text = _Text(path, file)
        in_array = text.skip("[")
        number = 0
        while True:
            if text.at_end():
                if in_array:
                    raise text.broken(number + 1, tr("the file ends in the middle of its list"))
                return
            if in_array and text.skip("]"):
                if not text.at_end():
                    raise text.broken(number + 1, tr("something stands behind the end of the list"))
                return
            if in_array and number and not text.skip(","):
                raise text.broken(number + 1, tr("a comma is missing before it"))
            number += 1
            yield number, text.value(number)


def first(path: Path) -> dict[str, Any]:
    """The first object of a file; an empty one where there is none, for a look at what it is."""
    try:
        about = path.stat()
        return _first(path, about.st_mtime_ns, about.st_size)
    except (FormatError, OSError):
        return {}


@lru_cache(maxsize=1)  # formats look at a file one after the other
def _first(path: Path, *about: int) -> dict[str, Any]:
    del about
    with path.open("rb") as file:
        start = file.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return next(records(path), (0, {}))[1] if start[:1] in (b"{", b"[") else {}


class _Text:
    """The characters of a file, of which only those of the record at hand are held."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        start = file.read(4)
        file.seek(0)
        utf16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self._decode = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")().decode
        self._held, self._at, self._ended = "", 0, False
        self._chunk = CHUNK
        self._number = 0

    def skip(self, sign: str) -> bool:
        """Whether this sign comes next; it is then passed."""
        if self.at_end() or self._held[self._at] != sign:
            return False
        self._at += 1
        return True

    def at_end(self) -> bool:
        """Whether nothing but blanks is left; they are passed."""
        while True:
            match = _BLANK.match(self._held, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._held):
                return False
            if not self._more():
                return True

    def value(self, number: int) -> dict[str, Any]:
        """The object that comes next."""
        self._number = number
        self._chunk = CHUNK
        if self.at_end():
            raise self.broken(number, tr("the file ends before it"))
        while True:
            try:
                found, end = _DECODER.raw_decode(self._held, self._at)
            except (ValueError, RecursionError) as error:
                if self._is_whole_line() or not self._more():
                    raise self.broken(number, _why(error)) from None
                continue
            if not isinstance(found, dict):
                raise self.broken(number, tr("it is no JSON object"))
            self._at = end
            return found

    def broken(self, number: int, why: str) -> FormatError:
        """What is to be raised for a record."""
        return FormatError(
            tr("{path}, record {number}: {why}.", path=self._path, number=number, why=why),
            line=number,
        )

    def _is_whole_line(self) -> bool:
        """Whether the record must end on this line: the next line begins another object."""
        end = self._held.find("\n", self._at)
        return end > 0 and self._held[end - 1 : end + 2] in ("}\n{", "}\r\n{")

    def _more(self) -> bool:
        """Hold more of the file; False at its end."""
        if self._ended:
            return False
        data = self._file.read(self._chunk)
        self._chunk *= 2  # a long record is then not looked at over and over
        self._ended = not data
        try:
            more = self._decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise self.broken(
                self._number + 1, tr("it is not text ({reason})", reason=error.reason)
            ) from None
        self._held = self._held[self._at :] + more
        self._at = 0
        if len(self._held) > LONGEST:
            raise self.broken(self._number, tr("it is longer than any record can be"))
        return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Said(tr("the key “{twice}” stands in it twice", twice=twice))
    return found


def _no_number(name: str) -> float:
    raise _Said(tr("{name} is no number of JSON", name=name))


def strict(words: str) -> Any:
    """What this JSON holds. Raises ValueError, also for a key that stands twice and for NaN."""
    try:
        return _DECODER.decode(words)
    except (ValueError, RecursionError) as error:
        raise _Said(_why(error)) from None


class _Said(ValueError):
    """What is wrong, in our words."""


def _why(error: Exception) -> str:
    if isinstance(error, _Said):
        return str(error)
    if isinstance(error, RecursionError):
        return tr("it is nested too deeply")
    said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return tr("this is not JSON ({said})", said=said)


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number)
