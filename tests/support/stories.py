"""Made stories, and copies of them as papers make them of a wire's: cut, edited, prefixed."""

from __future__ import annotations

import random

SYLLABLES = [
    "ba",
    "do",
    "ke",
    "li",
    "mu",
    "na",
    "po",
    "ra",
    "si",
    "tu",
    "ve",
    "wo",
    "za",
    "chi",
    "gre",
    "sta",
    "plo",
    "bru",
    "fen",
    "dal",
    "mir",
    "tor",
    "hun",
    "esk",
]


def vocabulary(seed: int = 7, size: int = 4_000) -> list[str]:
    """Words that nobody uses."""
    chosen = random.Random(seed)
    return ["".join(chosen.choices(SYLLABLES, k=chosen.randint(1, 4))) for _ in range(size)]


WORDS = vocabulary()
WEIGHTS = [1 / (n + 3) for n in range(len(WORDS))]
PHRASES = [" ".join(random.Random(n).choices(WORDS, WEIGHTS, k=14)) for n in range(60)]
"""What every paper says again and again."""


def story(chosen: random.Random) -> list[str]:
    """Paragraphs of a story; some of its phrases stand in many others."""
    paragraphs = [
        " ".join(chosen.choices(WORDS, WEIGHTS, k=chosen.randint(25, 70)))
        for _ in range(chosen.randint(4, 14))
    ]
    for _ in range(chosen.randint(0, 2)):
        paragraphs.insert(chosen.randrange(len(paragraphs)), chosen.choice(PHRASES))
    return paragraphs


def copied(paragraphs: list[str], chosen: random.Random) -> list[str]:
    """A copy: cut from the end, a few words changed, or something of the paper's own before it."""
    found = list(paragraphs)
    for how in chosen.sample((cut, edited, prefixed), k=chosen.randint(1, 3)):
        found = how(found, chosen)
    return found


def cut(paragraphs: list[str], chosen: random.Random) -> list[str]:
    """The first half or more of it."""
    return paragraphs[: max(2, round(len(paragraphs) * chosen.uniform(0.5, 0.9)))]


def edited(paragraphs: list[str], chosen: random.Random) -> list[str]:
    """Up to one word in twenty is another, and a sentence may have gone."""
    share = chosen.uniform(0.01, 0.05)
    words = [[w if chosen.random() > share else chosen.choice(WORDS) for w in p.split()] for p in paragraphs]  # fmt: skip
    return [" ".join(p) for p in words]


def prefixed(paragraphs: list[str], chosen: random.Random) -> list[str]:
    """With a line and a paragraph of the paper's own."""
    own = " ".join(chosen.choices(WORDS, WEIGHTS, k=chosen.randint(10, 60)))
    return ["From our own desk", own, *paragraphs]
