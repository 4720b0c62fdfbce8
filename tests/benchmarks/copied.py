"""Pages as text that somebody copied: what each line is, and what is found in it without any markup."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from annotator.articles import registry
from annotator.articles.decoding import decode
from annotator.articles.lines import roles
from annotator.articles.page import dom
from annotator.articles.page.tree import parsed
from annotator.articles.phrases import is_around, is_caption, is_promo
from annotator.model.document import Article
from annotator.text.words import search_words
from tests.benchmarks.quality import Found, f1
from tests.benchmarks.rows import Row, at_least, at_most, told

ABOVE, BELOW = 10, 12
"""Lines that somebody copies too, above the text and behind it."""
SHARE = 0.6
TIMED = 40
"""Pages that are timed."""


class Copied(NamedTuple):
    """Lines, and which of them are body."""

    lines: list[str]
    is_body: list[bool]


def line_rows(corpora: Path) -> Iterator[Row]:
    """How well lines are told apart: on a library's rendering where it is installed, and on our own."""
    pages = list(_pages(corpora / "article-extraction"))
    try:
        from resiliparse.extract.html2text import (  # type: ignore[import-not-found]
            extract_plain_text,
        )
    except ImportError:
        pass
    else:
        rendered = [
            _copied(_lines(extract_plain_text(markup, main_content=True)), gold)
            for markup, gold in pages
        ]
        yield from _scored("lines, as resiliparse renders pages", rendered)
    yield from _scored("lines, copied from pages", [_selected(*page) for page in pages])


def detail_rows(corpora: Path, expected: dict[str, dict[str, str]]) -> Iterator[Row]:
    """Headline and date of pages of which there is nothing but the text."""
    title, date = Found(), Found()
    for stem, gold in expected.items():
        path = corpora / "clippings" / "fixtures" / f"{stem}.html"
        markup, _ = decode(path.read_bytes(), path.name)
        lines = _outlined(markup)
        found = next(registry.read_all("\n".join(lines).encode(), "copied.txt"), None)
        if not lines or not isinstance(found, Article):
            continue
        joined = "\n".join(lines[:25])
        if gold.get("title") and gold["title"] in joined:
            title.add([str(found.metadata.get("title") or "")], [gold["title"]])
        said = str(found.metadata.get("published") or "")
        if gold.get("published"):
            date.add([said], [gold["published"][:10]])
    yield at_least("text only: headline", title.recall, "", 0.85)
    yield at_least("text only: date, precision", date.precision, "", 0.95)
    yield told("text only: date, recall", date.recall, "")


def time_rows(corpora: Path) -> Iterator[Row]:
    """The words of pages as plain text and as Markdown, beside trafilatura on the same pages."""
    import trafilatura

    both = list(islice(_pages(corpora / "article-extraction"), TIMED))
    pages = [markup for markup, _ in both]
    texts = ["\n\n".join(_selected(*page).lines).encode() for page in both]
    alone = _spent(trafilatura.extract, pages)
    for suffix in (".txt", ".md"):

        def read(text: bytes, name: str = f"a{suffix}") -> None:
            list(registry.read_all(text, name))

        read(texts[0])
        yield at_most(
            f"{suffix}: time beside trafilatura", _spent(read, texts) / alone, "times", 0.2
        )


def _spent(work: Callable[[Any], object], things: Sequence[object]) -> float:
    """CPU seconds for all of them, the least of several runs."""
    taken: list[float] = []
    for _ in range(3):
        for remembered in (is_around, is_caption, is_promo):  # no page is known from the run before
            remembered.cache_clear()
        start = time.process_time()
        for thing in things:
            work(thing)
        taken.append(time.process_time() - start)
    return min(taken)


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for key, true in truth.items():
        page = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield decode(page, key)[0], true["articleBody"]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _outlined(markup: str) -> list[str]:
    root, _ = parsed(markup, "page")
    return _lines("\n".join(block.text for block in dom.outline(root).blocks))


def _copied(lines: list[str], gold: str) -> Copied:
    """Lines of which most of the four-word shingles stand in the true body, or all of a short one."""
    words = search_words(gold)
    shingles = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    joined = f" {' '.join(words)} "
    is_body: list[bool] = []
    for line in lines:
        own = search_words(line)
        fours = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        if fours:
            is_body.append(sum(four in shingles for four in fours) >= SHARE * len(fours))
        else:
            is_body.append(bool(own) and f" {' '.join(own)} " in joined)
    return Copied(lines, is_body)


def _selected(markup: str, gold: str) -> Copied:
    """What somebody selects who wants the article and is not too careful."""
    whole = _copied(_outlined(markup), gold)
    long = [n for n, body in enumerate(whole.is_body) if body and len(whole.lines[n]) > 80]
    if not long:
        return whole
    part = slice(max(0, long[0] - ABOVE), long[-1] + BELOW)
    return Copied(whole.lines[part], whole.is_body[part])


def _scored(name: str, pages: Sequence[Copied]) -> Iterator[Row]:
    both = missed = taken = left = 0
    lost = characters = 0
    for lines, is_body in pages:
        found = roles(lines)[0] if lines else []
        for line, body, role in zip(lines, is_body, found, strict=True):
            kept = role.role == "body" and not role.dimmed
            both += kept and body
            taken += kept and not body
            missed += body and not kept
            left += not kept and not body
            characters += len(line) if body else 0
            lost += len(line) if body and not kept else 0
    yield at_least(f"{name}: body F1", _f1(both, taken, missed), "", 0.93)
    yield at_least(f"{name}: junk F1", _f1(left, missed, taken), "", 0.80)
    yield at_most(f"{name}: body dimmed", 100 * lost / max(1, characters), "%", 1.5)


def _f1(right: int, wrong: int, missed: int) -> float:
    return f1(right / max(1, right + wrong), right / max(1, right + missed))
