"""Real saved articles, where they lie beside the checkout; nothing of them stands here."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from annotator.articles import registry
from annotator.model.document import Article
from tests.articles.reading import read, told

CORPORA = Path(
    os.environ.get("ANNOTATOR_CORPORA") or Path(__file__).parents[2].parent / "shared" / "corpora"
)
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def test_the_article_that_it_all_began_with_comes_out_right() -> None:
    path = next(CORPORA.glob("000_*.txt"))
    article = read(path.read_bytes(), path.name)
    roles = Counter(role for role, _ in told(article))
    assert roles["body"] == 11
    assert roles["headline"] == roles["dateline"] == roles["byline"] // 2 == 1
    assert roles["(boilerplate)"] == 8
    assert article.metadata["published"] == "2024-06-21"
    assert len(article.metadata["authors"]) == 1
    assert article.metadata["outlet"]


def test_the_body_of_saved_pages_is_found() -> None:
    folder = CORPORA / "article-extraction"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    precision, recall = 0.0, 0.0
    for key, true in truth.items():
        page = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        article = registry.read(page, f"{key}.html")
        body = [article.text[b.start : b.end] for b in article.blocks if b.role == "body"]
        ours, theirs = shingles("\n".join(body)), shingles(true["articleBody"])
        common = (ours & theirs).total()
        precision += common / max(1, ours.total()) / len(truth)
        recall += common / max(1, theirs.total()) / len(truth)
    assert 2 * precision * recall / (precision + recall) > 0.97
    assert recall > 0.98


def test_clippings_lose_nothing() -> None:
    for path in sorted((CORPORA / "clippings" / "expected").glob("*.md")):
        article = read(path.read_bytes(), path.name)
        left = [words for role, words in told(article) if role == "(boilerplate)"]
        assert len(left) <= 1, path.name


@pytest.mark.parametrize(
    ("file", "count", "complete"),
    [
        ("nexis-uni/data/example1.DOCX", 100, ("title", "outlet", "published")),
        (
            "lexisnexistools/inst/extdata/sample.DOCX",
            10,
            ("title", "outlet", "published", "authors"),
        ),
        ("lexisnexistools/inst/extdata/sample.TXT", 10, ("title", "outlet", "published")),
        ("lexisnexis/lexisnexis_test_en.html", 2, ("title", "outlet", "published")),
        ("lexisnexis/lexisnexis_test_fr.html", 3, ("title", "outlet", "published")),
        ("factiva/factiva.htm", 9, ("title", "outlet", "published", "language")),
        ("factiva/factiva_test.html", 2, ("title", "outlet", "published", "language")),
        ("europresse/europresse_test1.html", 3, ("title", "outlet", "published")),
    ],
)
def test_every_article_of_a_press_export_is_found(
    file: str, count: int, complete: tuple[str, ...]
) -> None:
    path = CORPORA / "press" / file
    found = list(registry.read_all(path.read_bytes(), path.name))
    articles = [one for one in found if isinstance(one, Article)]
    assert len(articles) == len(found) == count
    for article in articles:
        assert all(article.metadata.get(key) for key in complete)
        assert any(not block.dimmed for block in article.blocks)
