"""What each format writes, byte for byte; ANNOTATOR_WRITE_GOLDEN=1 writes the files anew."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from annotator.formats.base import Format
from annotator.formats.out import InMemory
from tests.formats.contract import NEEDS, proved
from tests.formats.rich import rich
from tests.support.formats import writing

GOLDEN = Path(__file__).parent.parent / "golden" / "formats"
BINARY = {*NEEDS, "project"}
WRITE = "ANNOTATOR_WRITE_GOLDEN" in os.environ


def texts() -> list[tuple[Format, str]]:
    """Every format with every ending that is not of a binary file."""
    return [
        (one, suffix)
        for one in proved()
        if one.writes and one.name not in BINARY
        for suffix in one.suffixes or ("",)
        if not suffix.endswith((".parquet", ".iob2", ".bio"))
    ]


def written(chosen: Format, suffix: str) -> dict[str, bytes]:
    out = InMemory(suffix)
    chosen.write(rich(), out, writing())
    found = out.contents()
    if suffix == ".qdpx":
        with zipfile.ZipFile(io.BytesIO(found[""])) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return found


@pytest.mark.parametrize(("chosen", "suffix"), texts(), ids=lambda one: getattr(one, "name", one))
def test_a_format_is_written_as_it_always_was(chosen: Format, suffix: str) -> None:
    folder = GOLDEN / f"{chosen.name}{suffix}"
    found = written(chosen, suffix)
    if WRITE:
        for name, data in found.items():
            path = folder / (name.lstrip(".") or f"data{suffix}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert {name.lstrip(".") or f"data{suffix}": data for name, data in found.items()} == kept
