"""What is worked out of an article before a database is asked."""

from __future__ import annotations

import zlib
from hashlib import sha256

from annotator.model.document import Article, Block, Origin
from annotator.model.prepared import Prepared, counted_words, pack, prepare, storable_metadata
from annotator.text.likeness import sample

TEXT = "Pier closes\nThe Café stays open."
BLOCKS = (Block(0, 12, "heading", "headline", dimmed=True), Block(12, 32))
ORIGINS = {"title": Origin("text", 0.5)}


def test_an_article_is_folded_hashed_and_counted_by_its_body() -> None:
    article = Article(
        text=TEXT, blocks=BLOCKS, metadata={"title": "Pier\0"}, source=b"x", reader="text/1",
        warnings=("odd",), part=2, confidence=(1.0, 0.5), origins=ORIGINS,
    )  # fmt: skip
    body = ["the", "cafe", "stays", "open"]
    found = prepare(article, "hash")
    assert found == Prepared(
        text=TEXT, text_sha256=sha256(TEXT.encode()).hexdigest(),
        words="pier closes the cafe stays open", sample=sample(body), body=4, blocks=BLOCKS,
        confidence=(1.0, 0.5), metadata={"title": "Pier\ufffd"}, origins=ORIGINS, reader="text/1",
        warnings=("odd",), part=2, source_sha256="hash",
    )  # fmt: skip
    assert found.body_words() == body


def test_a_word_that_blocks_part_is_one_word_of_the_text() -> None:
    blocks = (Block(0, 3), Block(3, 6, dimmed=True), Block(6, 9))
    assert counted_words("ab cd efg", blocks) == (["ab", "cd", "efg"], ["ab", "efg"])
    # It is looked through block by block where none parts a word, and whole where one does.
    odd = "ab\n\ncd"
    assert counted_words(odd, (Block(0, 4), Block(4, 6))) == (["ab", "cd"], ["ab", "cd"])
    assert counted_words(odd, (Block(0, 1), Block(1, 4), Block(4, 6)))[0] == ["ab", "cd"]
    assert counted_words("a b", (Block(0, 2), Block(2, 3)))[0] == ["a", "b"]
    parted = (Block(0, 1), Block(1, 9, dimmed=True))
    assert counted_words("ab cd efg", parted) == (["ab", "cd", "efg"], ["a"])


def test_a_file_is_compressed_where_that_pays() -> None:
    many, few = b"pier " * 99, b"pier"
    packed = pack(many)
    assert (packed.sha256, packed.compressed) == (sha256(many).hexdigest(), True)
    assert zlib.decompress(packed.data) == many
    assert (pack(few).data, pack(few).compressed) == (few, False)


def test_metadata_is_made_storable_at_every_depth() -> None:
    said = {"a\0": ["b\ud800", ("c", 4)], 5: None}
    assert storable_metadata(said) == {"a\ufffd": ["b\ufffd", ["c", 4]], "5": None}
