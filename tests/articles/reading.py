"""What the tests of every reader look at."""

from __future__ import annotations

from annotator.articles import registry
from annotator.model.document import Article, gaps
from annotator.text.canonical import is_canonical


def read(source: str | bytes, name: str) -> Article:
    """Read an article, and see to it that it holds what every article holds."""
    data = source.encode() if isinstance(source, str) else source
    article = registry.read(data, name)
    assert gaps(article.blocks, len(article.text)) is None
    assert is_canonical(article.text)
    assert article.source == data
    return article


def told(article: Article) -> list[tuple[str, str]]:
    """Role and words of every block; the role of what is folded away in brackets.

    What has another role than body is dimmed, whatever it is.
    """
    assert all(block.dimmed for block in article.blocks if block.role != "body")
    return [
        (
            f"({block.role})" if block.stands_back else block.role,
            article.text[block.start : block.end].rstrip("\n"),
        )
        for block in article.blocks
    ]


def words_of(article: Article, role: str) -> list[str]:
    """The words of the blocks of one role, dimmed or not."""
    return [words for found, words in told(article) if found.strip("()") == role]
