"""Where a format writes: a file with others beside it, or a folder of files; whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self, cast

from annotator.errors import FormatError
from annotator.language import tr


class Out(Protocol):
    """What a writer writes to. It opens files and lets the one who gave it close them."""

    @property
    def suffix(self) -> str:
        """With which of the format's suffixes the name ends that was asked for; empty if with none."""
        ...

    def file(self, ending: str = "") -> BinaryIO:
        """The file itself; with an ending such as ``.relations.csv`` one that lies beside it."""
        ...

    def inside(self, name: str) -> BinaryIO:
        """A file of this name (with “/” for folders) in the folder; the writer closes it."""
        ...


class OnDisk:
    """Files that take their places when all is written, and leave no trace otherwise.

    ``path`` is the file or the folder. An existing file is replaced; a folder must be empty or not
    there. Raises FormatError, also for whatever the disk refuses while it is open.
    """

    def __init__(self, path: Path, suffix: str = "") -> None:
        self._path = path
        self.suffix = suffix
        self._stem = path.name.removesuffix(suffix)
        self._drafts: list[tuple[Path, Path, BinaryIO]] = []
        self._folder = path.with_name(f".{path.name}.{os.getpid()}.parts")
        self.files: tuple[Path, ...] = ()
        """What was written, once it stands in its place; the file itself first."""

    def file(self, ending: str = "") -> BinaryIO:
        """The file itself, or one beside it."""
        place = self._path.with_name(self._stem + ending) if ending else self._path
        if place.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        draft = place.with_name(f".{place.name}.{os.getpid()}.part")
        file = draft.open("wb", buffering=1 << 20)
        self._drafts.append((draft, place, file))
        return file

    def inside(self, name: str) -> BinaryIO:
        """A file in the folder."""
        if not self._folder.exists():
            self._require_free()
            self._folder.mkdir()
        path = self._folder / name
        if "/" in name:
            path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            for _, _, file in self._drafts:
                with file:
                    file.flush()
                    os.fsync(file.fileno())
            if kind is None:
                self._settle()
        except OSError as failed:
            raise self._refusal(failed) from None
        finally:
            for draft, _, _ in self._drafts:
                draft.unlink(missing_ok=True)
            shutil.rmtree(self._folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise self._refusal(error) from None

    def _settle(self) -> None:
        """Put everything in its place; what lies beside goes first, so the file speaks for all."""
        if self._folder.exists():
            if self._path.exists():
                self._path.rmdir()
            self._folder.rename(self._path)
            self.files = (self._path,)
        for draft, place, _ in reversed(self._drafts):
            draft.replace(place)
        self.files += tuple(place for _, place, _ in self._drafts)

    def _require_free(self) -> None:
        if self._path.exists() and (not self._path.is_dir() or any(self._path.iterdir())):
            raise FormatError(
                tr(
                    "{path} is there already and a folder is to be written; nothing was written.",
                    path=self._path,
                )
            )

    def _refusal(self, error: OSError) -> FormatError:
        return FormatError(
            tr(
                "{path} cannot be written ({why}); nothing was written.",
                path=self._path,
                why=error.strerror,
            )
        )


class InMemory:
    """Files that stay in memory, by their endings or their names in the folder: for previews."""

    def __init__(self, suffix: str = "") -> None:
        self.suffix = suffix
        self._files: dict[str, io.BytesIO] = {}

    def file(self, ending: str = "") -> BinaryIO:
        """The file itself, or one beside it."""
        return self._files.setdefault(ending, io.BytesIO())

    def inside(self, name: str) -> BinaryIO:
        """A file in the folder."""
        return self._files.setdefault(name, _Kept())

    def contents(self) -> dict[str, bytes]:
        """What was written."""
        return {name: file.getvalue() for name, file in self._files.items()}


class Nowhere:
    """Files that are not kept: what a format would lose is found out by writing to nowhere."""

    suffix = ""

    def file(self, ending: str = "") -> BinaryIO:
        """A file that is not kept."""
        del ending
        return cast(BinaryIO, _Dropped())

    def inside(self, name: str) -> BinaryIO:
        """A file that is not kept."""
        return self.file(name)


class _Kept(io.BytesIO):
    """Bytes that outlast the writer's closing."""

    def close(self) -> None:
        """Keep what was written."""


class _Dropped(io.RawIOBase):
    """Takes everything and keeps only where it is."""

    def __init__(self) -> None:
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, data: object, /) -> int:
        size = memoryview(cast(bytes, data)).nbytes
        self._at += size
        return size
