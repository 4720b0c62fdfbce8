"""Which reader reads what."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from annotator.articles import registry
from annotator.errors import ArticleError
from annotator.model.document import Article, Block

PAGE = b"<!doctype html><html><body><p>The pier is closed.</p></body></html>"
CLIPPING = b"---\ntitle: The pier\n---\n\nThe pier is *closed*.\n"


class LetterReader:
    name = "letter/1"
    suffixes = (".letter",)

    def recognizes(self, data: bytes, name: str) -> bool:
        return data.startswith(b"Dear ") or name.endswith(self.suffixes)

    def read(self, data: bytes, name: str) -> Article:
        return self.letter(data.decode(), data)

    def letter(self, text: str, source: bytes, part: int = 0) -> Article:
        blocks = (Block(0, len(text)),)
        return Article(text=text, blocks=blocks, metadata={}, source=source, reader=self.name, part=part)  # fmt: skip


class PileReader(LetterReader):
    """Many letters in one file."""

    name = "pile/1"
    suffixes = (".pile",)

    def recognizes(self, data: bytes, name: str) -> bool:
        return data.startswith(b"PILE ")

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        for number, words in enumerate(data.decode().split("\n")[1:], 1):
            if words == "broken off":
                raise ArticleError(f"{name} breaks off after {number - 1} letters.")
            if words == "bug":
                raise KeyError("some words of the text")
            yield self.letter(words, data, number) if words else ArticleError("An empty letter.")


READER = LetterReader()
PILE = PileReader()
HERE = f"{__name__}:READER"


@pytest.fixture
def plug_ins(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    points: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda *, group: points)
    registry.readers.cache_clear()
    yield points
    registry.readers.cache_clear()


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"The pier is closed.", "a.txt", "text/1"),
        (b"The pier is closed.", "A.TXT", "text/1"),
        (b"The pier is closed.", "a", "text/1"),
        (b"The pier is closed.", "Mr. Falk goes", "text/1"),
        (b"The pier is closed.", "", "text/1"),
        (b"The pier is closed.", "-", "text/1"),
        (b"The pier is closed.", "a.html", "html/1"),
        (b"The pier is *closed*.", "a.md", "markdown/1"),
        (PAGE, "a.HTM", "html/1"),
        (PAGE, "a.txt", "html/1"),
        (PAGE, "page", "html/1"),
        (PAGE, "", "html/1"),
        (b"<!-- saved --><html><p>The pier</p></html>", "-", "html/1"),
        (b"<p>The <b>pier</b> is closed.</p>", "", "html/1"),
        (b"<meta charset='utf-8'><p>The pier</p>", "", "html/1"),
        (CLIPPING, "", "markdown/1"),
        (b"<3 is what they wrote", "", "text/1"),
        (b"5 < 6, says the teacher", "", "text/1"),
    ],
)
def test_the_name_tells_and_else_the_beginning(data: bytes, name: str, reader: str) -> None:
    assert registry.read(data, name).reader == reader


@pytest.mark.parametrize("name", ["style.css", "archive.zip", "data.bin", "a.b.docx"])
def test_other_kinds_of_file_are_refused_with_the_kinds_that_are_read(name: str) -> None:
    with pytest.raises(ArticleError) as caught:
        registry.read(b"body { color: red }", name)
    assert str(caught.value).startswith(f"{name} ")
    assert ".html" in str(caught.value)


def test_the_name_is_kept_with_the_article_and_none_where_it_was_pasted() -> None:
    assert registry.read(b"The pier", "pier.txt").metadata["file"] == "pier.txt"
    assert "file" not in registry.read(b"The pier", "-").metadata
    assert "file" not in registry.read(b"The pier", "").metadata


def test_a_plug_in_reads_its_own_kind(plug_ins: list[EntryPoint]) -> None:
    plug_ins.append(EntryPoint("letter", HERE, registry.GROUP))
    assert registry.read(b"Dear all, the pier", "a.letter").reader == "letter/1"
    assert registry.read(b"Dear all, the pier", "").reader == "letter/1"
    assert registry.read(b"The pier is closed.", "a.txt").reader == "text/1"


def piled(data: bytes, plug_ins: list[EntryPoint]) -> list[str]:
    """What comes of a pile: the words of a letter, or the sentence in its place."""
    plug_ins.append(EntryPoint("pile", f"{__name__}:PILE", registry.GROUP))
    found = list(registry.read_all(data, "a.pile"))
    return [one.text if isinstance(one, Article) else f"! {one}" for one in found]


def test_a_file_of_several_articles_gives_them_one_by_one_with_an_error_in_the_place_of_one(
    plug_ins: list[EntryPoint],
) -> None:
    assert piled(b"PILE \none\n\nthree", plug_ins) == ["one", "! An empty letter.", "three"]
    parts = [a.part for a in registry.read_all(b"PILE \none\ntwo", "") if isinstance(a, Article)]
    assert parts == [1, 2]


def test_a_file_that_breaks_off_keeps_what_came_before(plug_ins: list[EntryPoint]) -> None:
    data = b"PILE \none\nbroken off\nthree"
    assert piled(data, plug_ins) == ["one", "! a.pile breaks off after 1 letters."]


def test_a_reader_that_fails_is_one_sentence_and_no_word_of_the_text_in_the_log(
    plug_ins: list[EntryPoint], caplog: pytest.LogCaptureFixture
) -> None:
    _, told = piled(b"PILE \none\nbug", plug_ins)
    assert told == "! a.pile cannot be read (KeyError); nothing more of it was imported."
    assert "KeyError at" in caplog.text
    assert "some words" not in caplog.text


def test_a_file_of_several_articles_is_not_read_as_one(plug_ins: list[EntryPoint]) -> None:
    plug_ins.append(EntryPoint("pile", f"{__name__}:PILE", registry.GROUP))
    with pytest.raises(ArticleError, match="more than one article"):
        registry.read(b"PILE \none\ntwo", "a.pile")
    with pytest.raises(ArticleError, match="no article"):
        registry.read(b"PILE ", "a.pile")


def test_a_broken_plug_in_harms_nobody(
    plug_ins: list[EntryPoint], caplog: pytest.LogCaptureFixture
) -> None:
    plug_ins.append(EntryPoint("broken", "no.such.module:READER", registry.GROUP))
    assert registry.read(b"The pier is closed.", "a.txt").reader == "text/1"
    assert "broken" in caplog.text


def test_importing_the_readers_is_cheap() -> None:
    program = (
        "import sys, annotator.articles.registry\n"
        "print([m for m in ('lxml', 'trafilatura', 'yaml', 'markdown_it', 'chardet') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == "[]"
