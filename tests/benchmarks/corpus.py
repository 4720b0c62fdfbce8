"""Projects of many articles in a made-up language whose words are as unevenly frequent as real ones."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import TypeVar

from annotator.model.annotation import Annotation, segments_of
from annotator.model.document import Article, Block, Document
from annotator.model.ids import new_id
from annotator.model.prepared import Prepared, pack, prepare
from annotator.project import Act, Project, keep, open_project
from annotator.project.project import new_set
from annotator.storage import intake
from annotator.text.span import Span

T = TypeVar("T")
PERSON = "Bench"
VOCABULARY = 20_000
PART = 250
"""Articles of one op."""
SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "hu",
    "ja",
    "ke",
    "li",
    "mo",
    "nu",
    "pa",
    "re",
    "si",
    "to",
    "vé",
)
LABELS = ("claim", "source", "denial", "cue")


def word(rank: int) -> str:
    """The word of that rank, from 0; the lower, the more frequent."""
    parts = [SYLLABLES[rank % 15], SYLLABLES[rank // 15 % 15], SYLLABLES[rank // 225 % 15]]
    return "".join(parts) + (SYLLABLES[rank // 3375 % 15] if rank >= 3375 else "n")


WORDS = [word(rank) for rank in range(VOCABULARY)]
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))


def project(place: Path, articles: int, marks: int, *, words: int = 300) -> Project:
    """A new project, open, of so many articles of so many words, with so many marks in each."""
    began = time.monotonic()
    keep.create(place)
    made = open_project(place, person=PERSON, durable=False)
    with made.op("Build") as act:
        for part in _parts(range(articles), PART):
            _take_in(act, [_prepared(n, words) for n in part], marks)
            act.next_part()
    seconds = time.monotonic() - began
    print(f"{articles} articles, {articles * marks} marks made in {seconds:.0f} s", file=sys.stderr)
    return made


def _take_in(act: Act, prepared: list[Prepared], marks: int) -> None:
    documents = [_document(one, act.tx.at) for one in prepared]
    sets = [new_set(one.id, act.tx, status="in_progress") for one in documents]
    intake.take_in(act.tx, list(zip(documents, prepared, strict=True)), sets=sets)
    act.tx.add_many(
        [
            mark
            for own, one in zip(sets, prepared, strict=True)
            for mark in _marks(act, own.id, own.document_id, one.text, marks)
        ]
    )


def _marks(act: Act, set_id: str, document_id: str, text: str, count: int) -> Iterator[Annotation]:
    step = max(1, len(text) // max(1, count))
    for n in range(count):
        start = text.find(" ", n * step) + 1
        end = min(start + 12 + n % 40, len(text))
        span = Span.of([(start, end)])
        yield Annotation(
            id=new_id(),
            set_id=set_id,
            document_id=document_id,
            label=LABELS[n % 4],
            segments=segments_of(span, text),
            created=act.tx.at,
            updated=act.tx.at,
            by=act.tx.person,
        )


def _prepared(number: int, words: int) -> Prepared:
    article = _article(number, words)
    return prepare(article, pack(article.source).sha256)


def _article(number: int, words: int) -> Article:
    chosen = random.Random(number)
    told = chosen.choices(WORDS, cum_weights=WEIGHTS, k=words)
    title = " ".join(told[:6]).capitalize()
    paragraphs = [f"“{' '.join(part).capitalize()}.”" for part in _parts(told[6:], 60)]
    text = "\n\n".join([f"{title} {number}", *paragraphs])
    blocks: list[Block] = []
    at = 0
    for paragraph in text.split("\n\n"):
        end = min(at + len(paragraph) + 2, len(text))
        blocks.append(Block(at, end, "paragraph" if at else "heading"))
        at = end
    metadata = {"title": f"{title} {number}", "outlet": "Courier", "published": "2026-11-24"}
    return Article(
        text=text, blocks=tuple(blocks), metadata=metadata, source=text.encode(), reader="bench/1"
    )


def _document(prepared: Prepared, at: str) -> Document:
    return Document(
        id=new_id(),
        metadata=prepared.metadata,
        text_sha256=prepared.text_sha256,
        source_sha256=prepared.source_sha256,
        length=len(prepared.text),
        reader=prepared.reader,
        created=at,
    )


def _parts(things: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(things)
    while part := list(islice(waiting, size)):
        yield part
