"""What the files of an entry are called in a folder: by the article, no two the same."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.model.dataset import Entry
from annotator.model.document import title_of

LONGEST = 60
_UNSAFE = re.compile(r"[^\w.-]+")


class Places:
    """Gives names away; those that differ only in case are the same, as on some disks."""

    def __init__(self, *, folders: bool = False) -> None:
        """``folders``: each annotator's files lie in a folder of their name."""
        self._folders = folders
        self._used: set[str] = set()

    def of(self, entry: Entry) -> str:
        """A name without an ending, with “/” behind that of the folder."""
        title = Path(title_of(entry.metadata) or entry.doc_id).name
        stem = plain(title) or plain(entry.doc_id) or "article"
        whole = f"{plain(entry.annotation_set.annotator) or '_'}/{stem}" if self._folders else stem
        place, number = whole, 1
        while place.lower() in self._used:
            number += 1
            place = f"{whole}_{number}"
        self._used.add(place.lower())
        return place


def plain(words: str) -> str:
    """Words as every disk takes them for a name; empty where nothing is left."""
    return _UNSAFE.sub("_", words)[:LONGEST].strip("._")
