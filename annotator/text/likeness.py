"""By what texts that tell the same in the same words are known: runs of words, and a sample of them.

A run is five words in a row, or eight characters of a script that is written without blanks. Of all
runs a text keeps those that begin with an *anchor*, a word that its own hash chooses; so the same runs
are kept in every text, and what two texts have in common shows in the few that are stored of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import compress
from zlib import crc32

WORDS, CHARACTERS = 5, 8
"""The length of a run."""
ONE_IN = 8
"""How many words there are for one anchor among them."""

SAME_STORY = 0.4
"""How much of the shorter text's runs the longer one has where both tell one story."""
SHORTEST = 20
"""Runs below which a text is another's copy only as a whole: a caption is no story."""

_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts without blanks between words: Thai, Lao, Burmese, Khmer, kana, Han."""


def sample(words: Sequence[str]) -> tuple[int, ...]:
    """The hashes of a text's anchored runs, and of the whole; each from 0 to 2⁶³ - 1, in order.

    ``words`` are folded, as `text.words.search_words` gives them.
    """
    if not words:
        return ()
    parts, length = _parts(words)
    anchors = compress(range(len(parts) - length + 1), map(_is_anchor, parts))
    found = {" ".join(parts[at : at + length]) for at in anchors}
    found.add(" ".join(words))
    return tuple(sorted(set(map(_hash, found))))


def runs(words: Sequence[str]) -> frozenset[int]:
    """All runs of a text; comparable within one process only. A shorter text is one run."""
    parts, length = _parts(words)
    if len(parts) < length:
        return frozenset([hash(tuple(parts))] if parts else ())
    return frozenset(map(hash, zip(*(parts[n:] for n in range(length)), strict=False)))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter text's runs the longer one has, from 0 to 1.

    Not of both together: a copy is often cut, and what was cut away makes it no other story.
    """
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def is_same_story(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two texts, given by all their runs, tell one story in the same words."""
    if min(len(one), len(other)) < SHORTEST:
        return bool(one) and one == other
    return likeness(one, other) >= SAME_STORY


def _parts(words: Sequence[str]) -> tuple[Sequence[str], int]:
    """What a text is counted in, and how much of it makes a run."""
    joined = "".join(words)
    if joined.isascii() or not _DENSE.search(joined):
        return words, WORDS
    dense = sum(len(word) for word in words if _DENSE.search(word))
    if 2 * dense < len(joined):
        return words, WORDS
    return list(_characters(words)), CHARACTERS


def _characters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if _DENSE.search(word):
            yield from word
        else:
            yield word


@lru_cache(maxsize=100_000)
def _is_anchor(word: str) -> bool:
    return crc32(word.encode("utf-8", "surrogatepass")) % ONE_IN == 0


def _hash(run: str) -> int:
    digest = blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
