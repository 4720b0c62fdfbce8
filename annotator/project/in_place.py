"""A folder that takes its place when all of it is written, and leaves no trace otherwise."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import TracebackType

from annotator.datasets.manifest import MANIFEST, TAG
from annotator.errors import AnnotatorError, DatasetError
from annotator.language import tr


class FolderInPlace:
    """Gives a folder to write into, beside the place it will take.

    What lies at the place is only replaced with ``replace``, and only where it is empty or a dataset of
    ours. Raises DatasetError, also for whatever the disk refuses while it is open.
    """

    def __init__(self, place: Path, *, replace: bool = False) -> None:
        self._place = place
        self._draft = _beside(place, "part")
        self._replace = replace

    def __enter__(self) -> Path:
        self._require_free()
        try:
            self._draft.mkdir()
        except OSError as error:
            raise self._refusal(error) from None
        return self._draft

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._take_place()
        except OSError as failed:
            raise self._refusal(failed) from None
        finally:
            shutil.rmtree(self._draft, ignore_errors=True)
        if isinstance(error, OSError):
            raise self._refusal(error) from None
        if isinstance(error, AnnotatorError) and str(self._draft) in str(error):
            # It speaks of the draft, and the person knows only the place.
            raise type(error)(str(error).replace(str(self._draft), str(self._place))) from None

    def _take_place(self) -> None:
        self._require_free()  # somebody may have put something there meanwhile
        old = _beside(self._place, "old")
        if self._place.exists():
            self._place.rename(old)
        try:
            self._draft.rename(self._place)
        except OSError:
            if old.exists():
                old.rename(self._place)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _require_free(self) -> None:
        place = self._place
        if not place.exists() or (place.is_dir() and not any(place.iterdir())):
            return
        if not is_folder(place):
            raise DatasetError(
                tr("{place} is there and is no dataset; nothing was written.", place=place)
            )
        if not self._replace:
            raise DatasetError(tr("{place} is there already; nothing was written.", place=place))

    def _refusal(self, error: OSError) -> DatasetError:
        why = error.strerror or str(error)
        return DatasetError(
            tr(
                "{place} cannot be written ({why}); nothing was written.",
                place=self._place,
                why=why,
            )
        )


def is_folder(place: Path) -> bool:
    """Whether a dataset folder of ours lies there."""
    try:
        with (place / MANIFEST).open("rb") as file:
            return f'"dataset": "{TAG}"'.encode() in file.read(1 << 20)
    except OSError:
        return False


def has_manifest(place: Path) -> bool:
    """Whether what lies there means to be a dataset folder, be it whole or damaged."""
    return (place / MANIFEST).is_file()


def _beside(place: Path, what: str) -> Path:
    place = Path(os.path.abspath(place))
    return place.with_name(f".{place.name}.{os.getpid()}.{what}")
