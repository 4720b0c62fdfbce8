"""What a format is, and how the right one is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import BinaryIO, Protocol

from annotator.model.dataset import Entry

GROUP = "annotator.formats"
BUILT_IN = ("annotator.formats.jsonl:JSONL",)


class Format(Protocol):
    """Reads and writes datasets."""

    name: str
    suffix: str
    """How its files' names end, with the dot."""

    def recognizes(self, path: Path) -> bool:
        """Whether the file at ``path`` is of this format, judged by its beginning."""
        ...

    def read(self, path: Path, ignored: set[str]) -> Iterator[tuple[int, Entry]]:
        """The entries with the line (from 1) each begins at.

        Names of keys that mean nothing to this program are put into ``ignored``. Raises
        FormatError naming the line.
        """
        ...

    def write(self, entries: Iterable[Entry], file: BinaryIO) -> None:
        """Write every entry."""
        ...


@cache
def formats() -> tuple[Format, ...]:
    """The built-in formats, then those of plug-ins."""
    from pkgutil import resolve_name

    built_in = [resolve_name(name) for name in BUILT_IN]
    known = {found.name for found in built_in}
    plugged = [point.load() for point in entry_points(group=GROUP)]
    return (*built_in, *(found for found in plugged if found.name not in known))


def recognize(path: Path) -> Format | None:
    """The format of a file, or None where it is none of ours."""
    return next((found for found in formats() if found.recognizes(path)), None)


def for_writing(path: Path) -> Format | None:
    """The format that a name to write to asks for."""
    return next((found for found in formats() if path.name.endswith(found.suffix)), None)
