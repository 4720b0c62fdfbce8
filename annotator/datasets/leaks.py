"""Whether a split leaks: no document, no text and no group may stand in two of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.datasets.manifest import Listed
from annotator.language import tr


def leaks(documents: Iterable[Listed]) -> Iterator[str]:
    """One sentence for each document that is where something of its kind is not."""
    seen: set[str] = set()
    homes: dict[str, str] = {}
    for one in documents:
        if one.doc_id in seen:
            yield tr("document {doc_id} is listed twice", doc_id=one.doc_id)
        seen.add(one.doc_id)
        for key in (f"group {one.group}", f"text {one.text_sha256}"):
            home = homes.setdefault(key, one.split)
            if home != one.split:
                yield tr(
                    "{key} is in {home} and, with document {doc_id}, in {split}",
                    key=key,
                    home=home,
                    doc_id=one.doc_id,
                    split=one.split,
                )
                break
