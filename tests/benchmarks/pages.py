"""Made-up articles with marks and links, for benchmarks of what is drawn."""

from __future__ import annotations

import random

from annotator.model.annotation import Annotation, Relation, segments_of
from annotator.model.document import Block
from annotator.text.span import Span

WORDS = [
    "officials",
    "told",
    "the",
    "courier",
    "that",
    "two",
    "posts",
    "were",
    "shelled",
    "overnight",
    "while",
    "the",
    "ministry",
    "denied",
    "it",
    "and",
    "residents",
    "of",
    "the",
    "town",
    "said",
    "that",
    "the",
    "road",
    "to",
    "the",
    "pass",
    "was",
    "closed",
    "until",
    "noon",
    "🌊",
]
LABELS = ("claim", "source", "denial", "cue")
AT = "2026-11-24T08:00:00.000Z"


def article(size: int, marks: int, seed: int) -> tuple[str, tuple[Block, ...], list[Annotation]]:
    chosen = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        words = chosen.choices(WORDS, k=chosen.randrange(45, 110))
        paragraphs.append(" ".join(words).capitalize() + ".")
        length += len(paragraphs[-1]) + 2
    text = "\n\n".join(paragraphs)
    blocks: list[Block] = []
    at = 0
    for paragraph in paragraphs:
        end = min(at + len(paragraph) + 2, len(text))
        blocks.append(Block(at, end))
        at = end
    annotations: list[Annotation] = []
    for n in range(marks):
        start = chosen.randrange(len(text) - 210)
        stop = start + chosen.randrange(12, 200)
        annotations.append(mark(text, start, stop, LABELS[n % 4], f"m{n}"))
    return text, tuple(blocks), annotations


def mark(text: str, start: int, end: int, label: str, mark_id: str) -> Annotation:
    return Annotation(
        id=mark_id,
        set_id="s",
        document_id="d",
        label=label,
        segments=segments_of(Span.of([(start, end)]), text),
        created=AT,
        updated=AT,
        by="b",
    )


def links(annotations: list[Annotation], seed: int) -> list[Relation]:
    """A link from every second mark to a mark near it."""
    chosen = random.Random(seed)
    near = sorted(annotations, key=lambda one: one.start)
    found: list[Relation] = []
    for n, one in enumerate(near[:-6:2]):
        other = near[2 * n + chosen.randrange(1, 6)]
        found.append(
            Relation(
                id=f"l{n}",
                set_id="s",
                type="attributed_to",
                from_id=one.id,
                to_id=other.id,
                created=AT,
                updated=AT,
                by="b",
            )
        )
    return found
