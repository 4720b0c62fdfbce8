"""A second opinion on which blocks of a page are body: the element in which most running text stands.

It is Readability's idea on our own blocks: each paragraph speaks for the element around it, and half as
loudly for the one around that; links, and what the page itself calls navigation, do not speak.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.articles.page.dom import Found, Outline, stands_around

LEAST = 8
"""Words of a block that speaks."""
LINKED = 0.5
LIKE = 0.25
"""Which part of the best element's weight one beside it must have, to hold a part of the article too."""


def body(outline: Outline, words: Sequence[list[str]]) -> list[bool]:
    """Which blocks stand in the element with most running text."""
    above = outline.above
    weight = [0.0] * len(above)
    speaks = [_weight(block, len(own)) for block, own in zip(outline.blocks, words, strict=True)]
    for block, said in zip(outline.blocks, speaks, strict=True):
        parent = above[block.element]
        weight[parent] += said
        weight[above[parent]] += said / 2
    best = max(range(len(weight)), key=weight.__getitem__, default=0)
    inside = [False] * len(above)
    for element in range(len(above)):
        beside = above[element] == above[best] and weight[element] > weight[best] * LIKE
        inside[element] = element == best or beside or (element > 0 and inside[above[element]])
    return [
        inside[block.element] and not stands_around(block) and (said > 0 or block.linked < LINKED)
        for block, said in zip(outline.blocks, speaks, strict=True)
    ]


def _weight(block: Found, count: int) -> float:
    """How loudly a block speaks: its words without links."""
    if count < LEAST or block.linked > LINKED or stands_around(block):
        return 0.0
    return count * (1 - block.linked)
