"""What a format is: what it can hold, what it is asked, what it gives and what it says it lost.

A format knows neither the database nor the window. A writer is shown entries one by one and must not
keep them; a reader gives entries one by one. Both are stopped from outside: the entries a writer
iterates over raise Cancelled, and whoever reads stops asking for more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from annotator.formats.out import Out
from annotator.language import in_english
from annotator.model.dataset import Entry
from annotator.model.loss import Losses
from annotator.model.schema import Schema

HOLDABLE = {
    "texts": in_english("the texts as they are"),
    "spans": in_english("where marks stand"),
    "nested": in_english("marks inside and across each other"),
    "discontinuous": in_english("marks with gaps"),
    "attributes": in_english("attributes of marks"),
    "notes": in_english("notes"),
    "behind": in_english("who stands behind marks and what they state"),
    "relations": in_english("links"),
    "cross": in_english("links between articles"),
    "metadata": in_english("what is known of the articles"),
    "blocks": in_english("blocks"),
    "sets": in_english("whose annotations they are and how far these are"),
    "who": in_english("who made each mark, when and how"),
}
"""What a format may be able to hold, and how a person is told what is not part of it."""
EVERYTHING = frozenset(HOLDABLE)


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a format can be asked; it looks only at those that it names in ``takes``.

    The defaults are what the program behind the format expects.
    """

    offsets: str = ""
    """The unit of offsets: code_points, utf16 or bytes. Writing, the format's own where empty; reading,
    all are tried against the quotes where empty."""
    links: bool = True
    """Whether links are written, in formats that have a shape without."""
    labels: tuple[str, ...] = ()
    """The labels that are written, the most important first; all of the schema's where empty."""
    every_denial: bool = False
    """Whether refusals and dodges count as denials in training data."""
    template: str = ""
    """The version of the instructions in chat data; the newest where empty."""
    chunk: int = 6_000
    """The length (code points) from which articles are cut at paragraphs in chat data; 0: never."""
    negatives: float = 1.0
    """Pairs without a link for each pair with one."""
    seed: int = 0
    """What chance is drawn from."""
    spreadsheet: bool = True
    """Whether tables are written so that spreadsheet programs open them without running anything
    in them: with a byte order mark, and with an apostrophe before what begins like a formula."""
    annotator: str = ""
    """Reading: who made the marks, where the file does not say."""


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer is given besides the entries and the place."""

    schema: Schema
    """The schema the marks were made with."""
    options: Options = Options()
    losses: Losses = msgspec.field(default_factory=Losses)
    """The writer says here what it could not hold."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader is given besides the place, and where it says what is more than entries."""

    options: Options = Options()
    again: bool = False
    """Whether the same was read and proved a moment ago; what then was looked for need not be."""
    ignored: set[str] = msgspec.field(default_factory=set)
    """Names of keys that mean nothing to this program."""
    notes: list[str] = msgspec.field(default_factory=list)
    """Sentences for the person, each once."""
    losses: Losses = msgspec.field(default_factory=Losses)
    """The reader says here what of the file could not become marks or links."""
    met: dict[str, int] = msgspec.field(default_factory=dict)
    """How many records of the same content were read; for readers only."""

    def note(self, sentence: str) -> None:
        """Tell the person this, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


class Format(Protocol):
    """Reads or writes datasets, or both."""

    name: str
    """How it is asked for, such as ``label-studio``."""
    title: str
    """What a person calls it."""
    suffixes: tuple[str, ...]
    """How its files' names can end, with the dot, the usual one first. None: it is a folder."""
    reads: bool
    writes: bool
    trains: bool
    """Whether it is made for training: one set for each document, complete or reviewed ones only,
    and marks of the label denial only where they deny."""
    holds: frozenset[str]
    """Names from HOLDABLE."""
    takes: frozenset[str]
    """The names of the options that it looks at."""
    counts: str
    """What the numbers of its entries count: line, record, file or row."""
    uses: tuple[str, ...]
    """What else shapes the data, with versions: a tokenizer, a sentence splitter, a template."""
    beside: tuple[str, ...]
    """How the names end of files that lie beside the file itself and are read with it."""

    def recognizes(self, path: Path) -> bool:
        """Whether what lies at ``path`` is certainly of this format, judged by its beginning."""
        ...

    def schema(self, path: Path) -> Schema | None:
        """The schema that lies in or beside a dataset, where one does."""
        ...

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, each with the number (from 1) of the line, record or file that it is.

        An entry of another program has the schema FOREIGN. Raises FormatError naming the record and
        what is wrong in it, and OSError.
        """
        ...

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry, those of one document behind each other."""
        ...


class Plain:
    """The attributes of a format with their usual values."""

    name = ""
    title = ""
    suffixes: tuple[str, ...] = ()
    reads = False
    writes = False
    trains = False
    holds: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    counts = in_english("line")
    uses: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def recognizes(self, path: Path) -> bool:
        """Nothing is certainly of this format."""
        del path
        return False

    def schema(self, path: Path) -> Schema | None:
        """No schema lies in or beside it."""
        del path
        return None

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """It cannot be read."""
        raise NotImplementedError(f"{self.name} is not read")

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """It cannot be written."""
        raise NotImplementedError(f"{self.name} is not written")
