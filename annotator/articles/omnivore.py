"""What Omnivore gave its readers at the end: a ZIP of lists, and of the pages that they name."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from annotator.articles import dates
from annotator.articles.bylines import authors_of
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.articles.packed import ZIP, Packed
from annotator.articles.page import reading
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

_LIST = re.compile(r"(?:.*/)?metadata_\d+_to_\d+\.json")
_KEYS = {
    "title": "title", "url": "url", "siteName": "outlet", "publishedAt": "published", "savedAt": "saved",
}  # fmt: skip


class OmnivoreReader:
    """Reads the ZIP that Omnivore exported."""

    name = "omnivore/1"
    suffixes = (".zip",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """An archive with lists of that name."""
        del name
        if not data.startswith(ZIP):
            return False
        try:
            names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except Exception:  # what is wrong with it is said by the reader of another kind
            return False
        return any(_LIST.fullmatch(one) for one in names)

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the pages in the order of the lists."""
        packed = Packed(data, name)
        part = 0
        for member in sorted(one for one in packed.names if _LIST.fullmatch(one)):
            for record in _listed(packed.read(member), name):
                part += 1
                try:
                    yield _article(packed, member, record, data, name, part)
                except ArticleError as error:
                    yield ArticleError(tr("Record {part}: {error}", part=part, error=error))


READER = OmnivoreReader()


def _listed(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ArticleError(
            tr("A list in {name} is broken; it was not imported.", name=said(name))
        ) from None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _article(
    packed: Packed, member: str, record: dict[str, Any], source: bytes, name: str, part: int
) -> Article:
    folder = member.rpartition("/")[0]
    page = f"{folder}/content/{record.get('slug')}.html".lstrip("/")
    if page not in packed.names:
        raise ArticleError(tr("{name} holds no text for it; it was not imported.", name=said(name)))
    about = Details()
    for theirs, ours in _KEYS.items():
        value = str(record.get(theirs) or "")
        about.add(ours, dates.find(value) if theirs.endswith("At") else value, "Omnivore", 0.97)
    about.add("authors", authors_of(str(record.get("author") or "")), "Omnivore", 0.96)
    markup, _ = decode(packed.read(page), name, "utf-8")
    return reading.read(
        markup, source=source, reader=READER.name, name=name, about=about, part=part, whole=True
    )
