"""Words that say what a text is about, and how many of them stand in a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

LONGEST_TEASER = 60
"""Characters of a line whose words are not the text's: it may be a headline itself."""

_WORD = re.compile(r"[^\W\d_]{4,}")
"""A word that says something; shorter ones stand in any text."""


def telling(line: str) -> list[str]:
    """The words of a line that say something, folded."""
    return _WORD.findall(line.casefold())


def told_in(text: Iterable[str]) -> set[str]:
    """The words that the paragraphs among the lines of a text say."""
    return set(telling("\n".join(line for line in text if len(line) > LONGEST_TEASER)))


def share(line: str, told: Collection[str]) -> float:
    """Which part of what a line says is told in a text; 0 where it hardly says a thing."""
    words = set(telling(line))
    return sum(word in told for word in words) / len(words) if len(words) > 1 else 0.0
