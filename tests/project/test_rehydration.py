"""Datasets without texts: not a word of the articles is in them, and only the very texts fit again."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.articles import registry
from annotator.datasets.splits import planned
from annotator.errors import DatasetError, NotFound
from annotator.model.document import Article
from annotator.project import Project, articles, datasets, keep, marks, open_project, relations
from annotator.project.exchange import verify
from annotator.project.recipes import Recipe
from annotator.project.rehydration import Rehydrated, rehydrate
from tests.support.builders import at, mark

TEXTS = {
    "pier.txt": "Pier closes\n\nThe harbour office said 🚢 that the pier was unsafe. Two men denied it.\n",
    "mill.md": "# Mill burns\n\nThe mayor said that the *old* mill burned.\n",
    "page.html": "<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1>"
    "<p>The ministry told reporters on Monday that the bridge would stay open for all.</p>"
    "<p>Nobody denied it on Tuesday, and nobody was asked about it again.</p></article></body></html>",
}
CLAIMS = ("the pier was unsafe", "old mill burned", "the bridge would stay open")
RECIPE = Recipe(formats=("offsets",), split=planned("100/0"))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The saved articles."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def mills(tmp_path: Path, saved: Path) -> Iterator[Project]:
    """Three finished articles; a mark with a gap, and a link from the second to the first."""
    keep.create(tmp_path / "p.annotator")
    with open_project(tmp_path / "p.annotator", person="Mara", durable=False) as project:
        made: list[str] = []
        for name, words in zip(TEXTS, CLAIMS, strict=True):
            document = articles.import_paths(project, [saved / name]).outcomes[0].documents[0]
            made.append(mark(project, document, words).id)
            articles.set_status(project, document, "complete")
            if name == "mill.md":
                span = at(project, document, "The mayor", "burned")
                denial = marks.add(project, document, span, "denial")
                relations.link(project, "denies", denial.id, made[0])
        articles.describe(project, document, {"summary": "The bridge stays open. " * 20})
        yield project


@pytest.fixture
def bare(mills: Project, tmp_path: Path) -> Path:
    datasets.write_folder(mills, RECIPE, tmp_path / "bare")
    return tmp_path / "bare"


def put_together(bare: Path, *sources: Path, partial: bool = False) -> Rehydrated:
    return rehydrate(bare, sources, bare.with_name("whole"), partial=partial)


def test_no_word_of_the_articles_is_in_it_and_what_was_cut_is_told(
    mills: Project, tmp_path: Path
) -> None:
    report = datasets.write_folder(mills, RECIPE, tmp_path / "bare")
    everything = b"".join(p.read_bytes() for p in (tmp_path / "bare").rglob("*") if p.is_file())
    for words in (*CLAIMS, "Two men", "The bridge stays open", "Nobody denied"):
        assert words.encode() not in everything
    assert {loss.kind: loss.count for loss in report.parts[0].losses} == {"long_metadata": 1}
    assert "texts are not part of it" in (tmp_path / "bare" / "README.md").read_text("utf-8")
    assert verify(tmp_path / "bare").problems == ()


@pytest.mark.parametrize("where", ["saved", "p.annotator", "all.jsonl"])
def test_saved_articles_a_project_or_a_dataset_give_the_texts_again(
    mills: Project, bare: Path, tmp_path: Path, where: str
) -> None:
    datasets.export(mills, Recipe(), tmp_path / "all.jsonl")
    done = put_together(bare, tmp_path / where)
    assert (done.documents, done.missing, done.strange) == (3, (), ())
    assert verify(tmp_path / "whole").problems == ()
    datasets.write_folder(mills, replace(RECIPE, formats=("jsonl",)), tmp_path / "full")
    made = (tmp_path / "whole" / "data" / "jsonl" / "train.jsonl").read_text("utf-8")
    due = (tmp_path / "full" / "data" / "jsonl" / "train.jsonl").read_text("utf-8")
    cut = ',"summary":"' + "The bridge stays open. " * 20 + '"'
    assert made == due.replace(cut, "")
    assert made != due


def test_texts_themselves_are_as_good_as_saved_articles(
    mills: Project, bare: Path, tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    for n, document in enumerate(mills.read.outlines()):
        text = mills.read.text(document.id).replace("\n", "\r\n")
        (tmp_path / "texts" / f"{n}.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert put_together(bare, tmp_path / "texts").documents == 3


def test_a_text_that_differs_is_refused_by_name_and_nothing_is_written(
    bare: Path, saved: Path
) -> None:
    (saved / "pier.txt").write_text(TEXTS["pier.txt"].replace("unsafe", "unsound"), "utf-8")
    with pytest.raises(DatasetError, match=r"1 text of 3 not found.*“Pier closes” is missing.*pier\.txt has another text"):  # fmt: skip
        put_together(bare, saved)
    assert not bare.with_name("whole").exists()


def test_without_a_text_its_article_and_the_links_to_it_are_left_out_where_that_is_asked_for(
    bare: Path, saved: Path
) -> None:
    (saved / "pier.txt").unlink()
    done = put_together(bare, saved, partial=True)
    assert done.documents == 2
    assert "“Pier closes” is missing" in done.missing[0]
    assert verify(bare.with_name("whole")).problems == ()
    card = (bare.with_name("whole") / "README.md").read_text("utf-8")
    assert "1 without a text" in card
    assert "1 link: left out" in card


def test_a_saved_file_that_is_read_otherwise_now_is_told_as_such(
    bare: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_otherwise(data: bytes, name: str) -> Iterator[Article]:
        for one in read_all(data, name):
            assert isinstance(one, Article)
            yield replace(one, text=one.text.replace("open", "shut"), reader="html/9")

    read_all = registry.read_all
    monkeypatch.setattr(registry, "read_all", read_otherwise)
    with pytest.raises(DatasetError, match=r"page\.html is the saved file of “Bridge”, but html/9 reads another text out of it than html/"):  # fmt: skip
        put_together(bare, saved)


def test_a_dataset_that_has_its_texts_or_is_none_is_refused(
    mills: Project, saved: Path, tmp_path: Path
) -> None:
    datasets.write_folder(mills, replace(RECIPE, formats=("jsonl",)), tmp_path / "full")
    with pytest.raises(DatasetError, match="was not written without texts"):
        put_together(tmp_path / "full", saved)
    with pytest.raises(DatasetError, match="is no dataset folder"):
        put_together(saved, saved)


def test_a_damaged_dataset_is_not_put_together(bare: Path, saved: Path) -> None:
    path = bare / "data" / "offsets" / "train.offsets.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"label":"claim"', b'"label":"chaim"', 1))
    with pytest.raises(DatasetError, match=r"train\.offsets\.jsonl: its bytes are not those"):
        put_together(bare, saved)


def test_texts_that_are_not_there_are_named(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file or folder .*nowhere"):
        put_together(bare, tmp_path / "nowhere")


def test_a_disk_that_fills_leaves_nothing_behind(
    bare: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Exception, match="No space left"):
        put_together(bare, saved)
    assert not [p for p in bare.parent.iterdir() if p.name.startswith((".", "whole"))]


def test_an_offset_past_the_end_is_named(bare: Path) -> None:
    path = bare / "data" / "offsets" / "train.offsets.jsonl"
    body = path.read_bytes()
    start = body.index(b'"segments":[[') + len(b'"segments":[[')
    moved = body[:start] + b"9" + body[start:]
    path.write_bytes(moved)
    manifest = (bare / "manifest.json").read_text()
    manifest = manifest.replace(sha256(body).hexdigest(), sha256(moved).hexdigest())
    (bare / "manifest.json").write_text(manifest.replace(f'"size": {len(body)}', f'"size": {len(moved)}'))  # fmt: skip
    said = verify(bare).problems
    assert any("its ranges do not lie in order" in one and "line 1" in one for one in said)
