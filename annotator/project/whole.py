"""A whole project as a dataset: another project file is read, or a new one is made.

It stands here and not among the other formats because only this floor opens projects.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import AnnotatorError, FormatError
from annotator.formats.base import EVERYTHING, Plain, Reading, Writing
from annotator.formats.out import Out
from annotator.language import in_english
from annotator.model.dataset import Entry
from annotator.model.schema import Schema
from annotator.project import keep
from annotator.project.agreement import Agreement
from annotator.project.fitting import Names, Terms
from annotator.project.project import open_project
from annotator.project.storing import Storing

BEGINNING = b"SQLite format 3\0"
NAME = "Annotator"
"""Who opens a project that is only read, or made for others."""


class WholeProject(Plain):
    """The format; it has no options."""

    name = "project"
    title = in_english("Annotator project")
    suffixes = (".annotator",)
    reads = writes = True
    holds = EVERYTHING
    counts = "entry"

    def recognizes(self, path: Path) -> bool:
        """Whether it is a project file."""
        if path.suffix != self.suffixes[0] or not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING

    def schema(self, path: Path) -> Schema | None:
        """The project's schema."""
        with open_project(path, person=NAME, write=False) as project:
            return project.read.schema()

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries of the project."""
        try:
            with open_project(path, person=NAME, write=False) as project:
                yield from enumerate(project.read.entries(reading.losses), 1)
        except AnnotatorError as error:
            raise FormatError(str(error)) from None

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Make a project of the entries."""
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            path = Path(folder, "whole.annotator")
            keep.create(path)
            with (
                open_project(path, person=NAME, durable=False) as project,
                project.op("Export") as act,
            ):
                if writing.schema != act.read.schema():
                    act.tx.add(writing.schema)
                losses = writing.losses
                agreement = Agreement(act, Names(), Terms(), lambda _: writing.schema, losses)
                storing = Storing(act, agreement, losses)
                for entry in entries:
                    storing.take(entry)
                storing.finish()
            with path.open("rb") as file:
                shutil.copyfileobj(file, out.file(), 1 << 20)


WHOLE = WholeProject()
