"""REFI-QDA's GUIDs: what is written says of each thing which it is, today and tomorrow."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid1

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.base import Writing
from annotator.formats.out import OnDisk
from annotator.formats.refi_qda import REFI_QDA
from annotator.model.dataset import Entry
from tests.formats.rich import SCHEMA, entry, link, mark, rich


def written(path: Path, entries: Iterable[Entry]) -> str:
    with OnDisk(path, ".qdpx") as out:
        REFI_QDA.write(entries, out, Writing(schema=SCHEMA))
    with zipfile.ZipFile(path) as archive:
        return archive.read("project.qde").decode()


def guids(project: str) -> list[str]:
    return re.findall(r' guid="([^"]*)"', project)


def several(ids: Iterable[str]) -> Entry:
    """Marks of one and of two pieces, each with three codes, and a link from the first to the last."""
    said = {"source_type": "organisation", "identification": "named"}
    marks = [
        mark(id_, "source", *("The harbour", "denied it")[: 1 + n % 2], attributes=said)
        for n, id_ in enumerate(ids)
    ]
    return entry(*marks, links=(link("r", "same_as", marks[0].id, marks[-1].id),))


IDS = st.one_of(
    st.uuids().map(str),
    st.integers(0, 2**16).map(lambda n: str(UUID(int=n))),  # they differ in the last digits only
    st.builds(lambda: str(uuid1())),  # and these in the first only
    st.text("ab-0", min_size=1, max_size=4),
)


@given(st.lists(IDS, min_size=1, max_size=12, unique=True))
def test_no_two_things_have_one_guid(ids: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = written(Path(folder, "all.qdpx"), [several(ids)])
    found = guids(project)
    assert len(set(found)) == len(found)
    assert [str(UUID(one)) for one in found] == found
    assert set(re.findall(r'(?:target|origin)GUID="([^"]*)"', project)) <= set(found)


def test_a_guid_stays_whatever_else_is_written(tmp_path: Path) -> None:
    whole, *others = rich()
    alone = entry(*whole.spans[:3])
    less = guids(written(tmp_path / "less.qdpx", [alone]))
    assert set(less) <= set(guids(written(tmp_path / "more.qdpx", [*others, whole])))
