"""How right saved articles come in, beside every single library that is here; from the corpora."""

from __future__ import annotations

import gzip
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.articles import dates, registry
from annotator.articles.bylines import authors_of
from annotator.articles.decoding import decode
from annotator.model.document import Article
from annotator.project.extract import body_of
from tests.benchmarks.copied import detail_rows, line_rows, time_rows
from tests.benchmarks.exports import encoding_rows, press_rows
from tests.benchmarks.peers import Peer, installed
from tests.benchmarks.quality import Found, Score, shingles
from tests.benchmarks.rows import Row, at_least, at_most, told

CORPORA = Path(
    os.environ.get("ANNOTATOR_CORPORA") or Path(__file__).parents[2].parent / "shared" / "corpora"
)


def rows() -> Iterator[Row]:
    """Everything that can be measured with the corpora that are here."""
    yield from encoding_rows()
    if not CORPORA.is_dir():
        return
    yield from press_rows(CORPORA)
    yield from line_rows(CORPORA)
    yield from time_rows(CORPORA)
    yield from detail_rows(CORPORA, dict(_all_expected()))
    peers = list(installed())
    yield from _bodies(peers)
    yield from _details(peers)


def _all_expected() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted((CORPORA / "clippings" / "fixtures").glob("*.html")):
        gold = _expected(path.stem)
        if gold is not None:
            yield path.stem, gold


def _read(data: bytes, name: str) -> Article | None:
    found = next(registry.read_all(data, name))
    return found if isinstance(found, Article) else None


def _bodies(peers: list[Peer]) -> Iterator[Row]:
    """The body of news pages, and how long it takes to find it."""
    folder = CORPORA / "article-extraction"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    ours, theirs = Score(), [Score() for _ in peers]
    spent, spent_by = 0.0, [0.0 for _ in peers]
    for key, true in truth.items():
        page = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        gold = shingles(true["articleBody"])
        start = time.process_time()
        read = _read(page, f"{key}.html")
        spent += time.process_time() - start
        ours.add(shingles(body_of(read) if read else ""), gold)
        markup, _ = decode(page, key)
        for n, peer in enumerate(peers):
            start = time.process_time()
            body = peer.body(markup)
            spent_by[n] += time.process_time() - start
            theirs[n].add(shingles(body), gold)
    yield at_least("pages: body F1", ours.f1, "", 0.968)
    yield at_least("pages: body recall", ours.recall, "", 0.985)
    yield told("pages: body precision", ours.precision, "")
    yield at_most("pages: below .5", ours.below(0.5), "pages", 0)
    best = max(score.f1 for score in theirs)
    for peer, score in zip(peers, theirs, strict=True):
        yield told(f"  {peer.name}: body F1", score.f1, "")
    yield at_least("pages: body F1 over the best single library", ours.f1 - best, "", 0.0)
    alone = spent_by[[peer.name for peer in peers].index("trafilatura")]
    yield at_most("pages: time beside trafilatura alone", spent / alone, "times", 2.5)


def _details(peers: list[Peer]) -> Iterator[Row]:
    """Title, authors and date of saved pages."""
    ours = {key: Found() for key in ("title", "authors", "date")}
    theirs = [{key: Found() for key in ours} for _ in peers]
    for path in sorted((CORPORA / "clippings" / "fixtures").glob("*.html")):
        gold = _expected(path.stem)
        if gold is None:
            continue
        data = path.read_bytes()
        read = _read(data, path.name)
        said: dict[str, Any] = read.metadata if read else {}
        _score(ours, gold, said.get("title"), said.get("authors"), said.get("published"))
        markup, _ = decode(data, path.name)
        for n, peer in enumerate(peers):
            if peer.details is not None:
                title, authors, date = _tried(peer, markup)
                _score(theirs[n], gold, title, authors_of(authors), date)
    for key, found in ours.items():
        best = max(score[key].f1 for score in theirs)
        yield at_least(
            f"clippings: {key} F1 over the best single library", found.f1 - best, "", 0.0
        )
        yield told(f"clippings: {key} F1", found.f1, "")
        for peer, score in zip(peers, theirs, strict=True):
            if peer.details is not None:
                yield told(f"  {peer.name}: {key} F1", score[key].f1, "")


def _tried(peer: Peer, markup: str) -> tuple[str, str, str]:
    try:
        return peer.details(markup) if peer.details else ("", "", "")
    except Exception:
        return "", "", ""


def _expected(stem: str) -> dict[str, str] | None:
    """The details of a clipping, from the JSON above its text."""
    path = CORPORA / "clippings" / "expected" / f"{stem}.md"
    if not path.is_file():
        return None
    found = re.match(r"```json\n(.*?)\n```", path.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        return None
    gold = json.loads(found[1])
    published = str(gold.get("published") or "")
    return {**gold, "published": dates.find(published) or published}


def _score(
    scores: dict[str, Found],
    gold: dict[str, str],
    title: str | None,
    authors: list[str] | None,
    date: str | None,
) -> None:
    scores["title"].add([title or ""], [gold.get("title") or ""])
    scores["authors"].add(authors or [], authors_of(gold.get("author") or ""))
    scores["date"].add([(date or "")[:10]], [(gold.get("published") or "")[:10]])
