"""What the articles of one site have in common is not theirs."""

from __future__ import annotations

from annotator.articles import registry, repeated
from annotator.model.document import Article

FRAME = "Our reporters are on the road for you every day of the year."


def page(n: int, frame: str = FRAME, host: str = "harborpost.example") -> Article:
    text = (
        f"Story number {n}: who tested the brakes?\n\n"
        f"The harbor office told the Courier that ferry {n} had lost its brakes in a night of storm and rain, and "
        f"that nobody had looked at them since the spring of the year {n}.\n\n{frame}\n\n"
        f"The line denied it on day {n}, before the harbor court of the town, where it stood accused of it."
    )
    article = registry.read(text.encode(), f"{n}.txt")
    article.metadata["url"] = f"https://{host}/{n}"
    return article


def body(article: Article) -> str:
    return "\n".join(article.text[b.start : b.end] for b in article.blocks if not b.dimmed)


def test_a_line_in_three_articles_of_a_site_is_dimmed_and_kept() -> None:
    framed = repeated.dimmed([page(n) for n in range(1, 5)])
    for article in framed:
        assert FRAME in article.text
        assert FRAME not in body(article)
        assert "denied it" in body(article)


def test_two_articles_or_several_sites_prove_nothing() -> None:
    two = [page(1), page(2)]
    assert repeated.dimmed(two) == two
    sites = [page(n, host=f"site{n}.example") for n in range(4)]
    assert repeated.dimmed(sites) == sites


def test_articles_that_are_the_same_keep_their_body() -> None:
    same = [page(1) for _ in range(4)]
    assert repeated.dimmed(same) == same
