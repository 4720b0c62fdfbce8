"""Lines that stand in several articles of one site: what its pages print around each of them.

No single page shows that “Our reporters are on the road for you.” is not part of the article; three do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from msgspec.structs import replace

from annotator.model.document import Article, Block
from annotator.model.prepared import Prepared
from annotator.text.words import fold

LEAST = 3
"""Articles of a site in which a line stands."""
SHARE = 0.2
"""Of the site's articles, the part in which it stands."""
LONGEST = 200
"""Characters of such a line; a longer one was taken over from another article."""
MOST = 0.3
"""Which part of a body may go: where it would be more, the articles tell the same and are not a frame."""
SURE = 0.8
FRAME = "boilerplate"
"""The role of such lines."""

_HOST = re.compile(r"^https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


Told = TypeVar("Told", Article, Prepared)


class Page(Protocol):
    """A text of which blocks are known."""

    @property
    def text(self) -> str:
        """Its canonical text."""
        ...

    @property
    def blocks(self) -> Sequence[Block]:
        """Its blocks."""
        ...


def dimmed(articles: Sequence[Told]) -> list[Told]:
    """The articles, with lines dimmed that the pages of a site have in common."""
    sites: dict[str, list[int]] = {}
    for n, article in enumerate(articles):
        sites.setdefault(site_of(article.metadata), []).append(n)
    made = list(articles)
    for site, members in sites.items():
        common = in_common([articles[n] for n in members]) if site else set[str]()
        for n in members if common else ():
            made[n] = _without(articles[n], common)
    return made


def site_of(metadata: Mapping[str, object]) -> str:
    """The host of an article's address, or its outlet; empty where neither is known."""
    found = _HOST.match(str(metadata.get("url") or ""))
    return found[1].lower() if found else fold(str(metadata.get("outlet") or ""))


def in_common(pages: Iterable[Page]) -> set[str]:
    """The lines, folded, that pages of one site have in common; each page is looked at once."""
    counted: Counter[str] = Counter()
    count = 0
    for page in pages:
        count += 1
        lines = {_line(page, block) for block in page.blocks if not block.dimmed}
        counted.update(line for line in lines if 0 < len(line) <= LONGEST)
    least = max(LEAST, SHARE * count)
    return {line for line, n in counted.items() if n >= least}


def places(page: Page, common: Collection[str]) -> dict[int, str]:
    """The blocks of a page (counted from 0) that are such lines, with those; none where they are most of it."""
    body = [n for n, block in enumerate(page.blocks) if not block.dimmed]
    lines = {n: _line(page, page.blocks[n]) for n in body}
    going = {n: line for n, line in lines.items() if line in common}
    whole = sum(page.blocks[n].end - page.blocks[n].start for n in body)
    gone = sum(page.blocks[n].end - page.blocks[n].start for n in going)
    return going if gone <= whole * MOST else {}


def _without(article: Told, common: set[str]) -> Told:
    going = places(article, common)
    if not going:
        return article
    blocks = [
        replace(block, role=FRAME, dimmed=True) if n in going else block
        for n, block in enumerate(article.blocks)
    ]
    sure = article.confidence or (1.0,) * len(blocks)
    confidence = [SURE if n in going else one for n, one in enumerate(sure)]
    return replace(article, blocks=tuple(blocks), confidence=tuple(confidence))


def _line(page: Page, block: Block) -> str:
    return " ".join(fold(page.text[block.start : block.end]).split())
