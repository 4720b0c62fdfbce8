"""What other programs carry along for us: which document it is, whose marks, and how far they are."""

from __future__ import annotations

from typing import Any

import msgspec

from annotator.model.annotation import STATUSES
from annotator.model.dataset import Entry

KEY = "annotator"
"""The key under which it stands among what a program knows of a text."""


class Told(msgspec.Struct, frozen=True):
    """What was carried along; all that is empty was not."""

    doc_id: str = ""
    annotator: str = ""
    status: str = "complete"
    """Marks that another program made are complete."""


def with_ours(entry: Entry) -> dict[str, Any]:
    """The metadata of an entry and, under KEY, what is ours."""
    own = entry.annotation_set
    ours = {"doc_id": entry.doc_id, "annotator": own.annotator, "status": own.status}
    return {**entry.metadata, KEY: ours}


def parted(metadata: Any) -> tuple[dict[str, Any], Told]:
    """Metadata without what is ours, and that. Anything but an object is taken for none."""
    if not isinstance(metadata, dict):
        return {}, Told()
    return {key: value for key, value in metadata.items() if key != KEY}, told(metadata.get(KEY))


def told(ours: Any) -> Told:
    """What stands under KEY, as far as it can be understood."""
    if not isinstance(ours, dict):
        return Told()
    status = ours.get("status")
    return Told(
        str(ours.get("doc_id") or ""),
        str(ours.get("annotator") or ""),
        status if status in STATUSES else "complete",
    )
