"""Lines that stand in several articles of one site: what its pages print around each of them.

No single page shows that “Our reporters are on the road for you.” is not part of the article; three do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

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

_HOST = re.compile(r"^https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


Told = TypeVar("Told", Article, Prepared)


def dimmed(articles: Sequence[Told]) -> list[Told]:
    """The articles, with lines dimmed that the pages of a site have in common."""
    sites: dict[str, list[int]] = {}
    for n, article in enumerate(articles):
        sites.setdefault(_site(article), []).append(n)
    made = list(articles)
    for site, members in sites.items():
        if site and len(members) >= LEAST:
            common = _common([articles[n] for n in members])
            for n in members if common else ():
                made[n] = _without(articles[n], common)
    return made


def _site(article: Article | Prepared) -> str:
    """The host of its address, or its outlet; empty where neither is known."""
    found = _HOST.match(str(article.metadata.get("url") or ""))
    return found[1].lower() if found else fold(str(article.metadata.get("outlet") or ""))


def _common(articles: Sequence[Article | Prepared]) -> set[str]:
    counted = Counter(
        line
        for article in articles
        for line in {_line(article, block) for block in article.blocks if not block.dimmed}
        if 0 < len(line) <= LONGEST
    )
    least = max(LEAST, SHARE * len(articles))
    return {line for line, count in counted.items() if count >= least}


def _without(article: Told, common: set[str]) -> Told:
    body = [n for n, block in enumerate(article.blocks) if not block.dimmed]
    going = {n for n in body if _line(article, article.blocks[n]) in common}
    whole = sum(article.blocks[n].end - article.blocks[n].start for n in body)
    gone = sum(article.blocks[n].end - article.blocks[n].start for n in going)
    if not going or gone > whole * MOST:
        return article
    blocks = [
        replace(block, role="boilerplate", dimmed=True) if n in going else block
        for n, block in enumerate(article.blocks)
    ]
    sure = article.confidence or (1.0,) * len(blocks)
    confidence = [SURE if n in going else one for n, one in enumerate(sure)]
    return replace(article, blocks=tuple(blocks), confidence=tuple(confidence))


def _line(article: Article | Prepared, block: Block) -> str:
    return " ".join(fold(article.text[block.start : block.end]).split())
