"""Files that stand in their places whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.formats.out import InMemory, Nowhere, OnDisk


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_file_and_those_beside_it_take_their_places_together(tmp_path: Path) -> None:
    with OnDisk(tmp_path / "a.csv", ".csv") as out:
        out.file().write(b"marks")
        out.file(".links.csv").write(b"links")
        assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "a.csv").read_bytes() == b"marks"
    assert (tmp_path / "a.links.csv").read_bytes() == b"links"
    assert out.files == (tmp_path / "a.csv", tmp_path / "a.links.csv")
    assert names(tmp_path) == ["a.csv", "a.links.csv"]


def test_a_folder_takes_its_place_as_one(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()  # an empty one is no harm
    with OnDisk(tmp_path / "out") as out:
        for name in ("x.txt", "sub/y.txt"):
            with out.inside(name) as file:
                file.write(name.encode())
    assert names(tmp_path) == ["out", "out/sub", "out/sub/y.txt", "out/x.txt"]
    assert out.files == (tmp_path / "out",)


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_what_is_stopped_leaves_no_trace(tmp_path: Path, failure: type[BaseException]) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")

    def stopped(out: OnDisk) -> None:
        with out:
            out.file().write(b"new")
            out.file(".links.csv").write(b"new")
            raise failure

    with pytest.raises(failure):
        stopped(OnDisk(tmp_path / "a.csv", ".csv"))

    def stopped_folder(out: OnDisk) -> None:
        with out, out.inside("x.txt"):
            raise failure

    with pytest.raises(failure):
        stopped_folder(OnDisk(tmp_path / "out"))
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_a_folder_with_something_in_it_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_bytes(b"mine")
    for place in (tmp_path / "out", tmp_path / "out" / "mine.txt"):
        with (
            pytest.raises(FormatError, match=r"is there already .* nothing was written"),
            OnDisk(place) as out,
        ):
            out.inside("x.txt")
    assert names(tmp_path) == ["out", "out/mine.txt"]


def test_memory_keeps_what_was_written_and_nowhere_does_not() -> None:
    kept = InMemory()
    kept.file().write(b"a")
    kept.file().write(b"b")
    with kept.inside("sub/x.txt") as file:
        file.write(b"c")
    assert kept.contents() == {"": b"ab", "sub/x.txt": b"c"}
    with Nowhere().inside("x") as file:
        assert file.write(b"abc") == 3
        assert file.tell() == 3
