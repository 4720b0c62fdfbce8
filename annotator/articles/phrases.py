"""What lines say that stand around articles on pages: loaded from ``resources/reading/lines.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import Any

from annotator import resources

REMEMBERED = 2048
"""Lines whose kind is kept for a while: each is asked for several times."""
LONGEST = 200
"""Characters of a line that says what stands around articles and nothing else."""

TAIL = 160
"""Characters at the end of a line in which a credit is looked for."""


@lru_cache(REMEMBERED)
def is_around(line: str) -> bool:
    """Whether a line says what stands around articles and nothing else."""
    words = line.strip().lower()
    return len(words) < LONGEST and _whole("around").fullmatch(words) is not None


@lru_cache(REMEMBERED)
def is_promo(line: str) -> bool:
    """Whether a line advertises, asks readers for something, or says who may do what with the text."""
    longest = _groups()["promo"]["longest"]
    return len(line) <= longest and _within("promo").search(line.lower()) is not None


@lru_cache(REMEMBERED)
def is_caption(line: str) -> bool:
    """Whether a line says what a picture shows, by the one who took it."""
    words = line.strip()
    longest = _groups()["caption"]["longest"]
    if len(words) > longest:
        return False
    return bool(_whole("caption").fullmatch(words) or _ends("caption").search(words[-TAIL:]))


def opens_comments(line: str) -> bool:
    """Whether what readers wrote begins with a line."""
    words = line.strip().lower()
    return len(words) < LONGEST and _whole("comments").fullmatch(words) is not None


def surely_opens_comments(line: str) -> bool:
    """Whether a line of such words is never a button among the text."""
    words = line.strip().lower()
    return len(words) < LONGEST and _all_of("comments", "sure").fullmatch(words) is not None


@lru_cache(REMEMBERED)
def opens_others(line: str) -> bool:
    """Whether a page lists other articles below a line."""
    words = line.strip().lower()
    return len(words) < LONGEST and _whole("opens").fullmatch(words) is not None


@lru_cache(REMEMBERED)
def ends_text(line: str) -> bool:
    """Whether a line stands where an article is over."""
    words = line.strip().lower()
    return len(words) < LONGEST and _whole("ends").fullmatch(words) is not None


@cache
def _groups() -> dict[str, Any]:
    return tomllib.loads(resources.text("reading/lines.toml"))


def _whole(group: str) -> re.Pattern[str]:
    return _all_of(group, "whole")


@cache
def _all_of(group: str, key: str) -> re.Pattern[str]:
    patterns = "|".join(_groups()[group][key])
    # Lower-case words are found faster in lower-case lines; a credit is known by its capitals.
    return re.compile(rf"[\W_]*(?:{patterns})[\W_]*", re.IGNORECASE if group == "caption" else 0)


@cache
def _within(group: str) -> re.Pattern[str]:
    # A place inside a word is passed over at once.
    return re.compile(rf"\b(?:{'|'.join(_groups()[group]['within'])})")


@cache
def _ends(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_groups()[group]['ends'])})[\W_]*\Z", re.IGNORECASE)
