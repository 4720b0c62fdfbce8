"""Formats without a project: entries to bytes, files to entries."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.formats.base import Format, Options, Reading, Writing
from annotator.formats.out import InMemory, OnDisk
from annotator.formats.registry import suffix_of
from annotator.model.dataset import Entry
from annotator.model.loss import Losses
from annotator.model.schema import Schema, builtin


def in_memory(
    chosen: Format,
    entries: Iterable[Entry],
    schema: Schema | None = None,
    options: Options | None = None,
) -> dict[str, bytes]:
    """What a format writes, by ending or by name in the folder."""
    out = InMemory()
    chosen.write(entries, out, writing(schema, options))
    return out.contents()


def on_disk(
    chosen: Format,
    entries: Iterable[Entry],
    path: Path,
    schema: Schema | None = None,
    options: Options | None = None,
) -> Losses:
    """Write to a file or folder; what was lost."""
    asked = writing(schema, options)
    with OnDisk(path, suffix_of(path, chosen)) as out:
        chosen.write(entries, out, asked)
    return asked.losses


def read(chosen: Format, path: Path, reading: Reading | None = None) -> list[Entry]:
    """All entries of a dataset."""
    return [entry for _, entry in chosen.read(path, reading or Reading())]


def writing(schema: Schema | None = None, options: Options | None = None) -> Writing:
    """What a writer is given; every id of what is lost is kept."""
    return Writing(
        schema=schema or builtin(), options=options or Options(), losses=Losses(shown=None)
    )
