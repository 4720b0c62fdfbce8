"""Articles that tell one story in the same words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.errors import RuleError
from annotator.project import Project, articles, duplicates
from tests.support.builders import STORY, article, dump
from tests.support.stories import copied, story


def text_of(paragraphs: list[str]) -> str:
    return "\n\n".join(["A headline of its own", *paragraphs]) + "\n"


def made(seed: int) -> list[str]:
    return story(random.Random(seed))


def grouped(project: Project) -> list[list[str]]:
    return [[one.id for one in group.documents] for group in duplicates.groups(project)]


def test_a_copy_is_grouped_with_its_story_and_named_in_the_report(project: Project) -> None:
    one = article(project, text_of(made(1)), "one.txt")
    article(project, text_of(made(2)), "other.txt")
    copy = text_of(copied(made(1), random.Random(3)))
    outcome = articles.import_bytes(project, copy.encode(), "copy.txt")
    assert outcome.same_as == one
    assert 0.4 <= outcome.likeness <= 1
    assert grouped(project) == [[one, *outcome.documents]]
    assert len(project.read.library()) == 3
    assert project.read.findings() == ()


def test_copies_in_one_batch_find_each_other(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(text_of(made(5) if n % 2 else made(n)) + f"{n}\n")
    report = articles.import_paths(project, [folder])
    ids = [outcome.documents[0] for outcome in report.outcomes]
    assert grouped(project) == [[ids[1], ids[3]]]
    project.undo()
    assert grouped(project) == []
    project.redo()
    assert grouped(project) == [[ids[1], ids[3]]]


def test_the_same_text_in_other_bytes_is_one_story(project: Project) -> None:
    one = article(project)
    other = articles.import_bytes(project, STORY.encode("utf-16"), "one.txt")
    assert (other.same_as, other.likeness) == (one, 1.0)
    assert grouped(project) == [[one, *other.documents]]


def test_grouping_is_taken_back_with_the_import(project: Project) -> None:
    article(project, text_of(made(1)), "one.txt")
    before = dump(project)
    article(project, text_of(made(1)) + "More of it.\n", "two.txt")
    project.undo()
    assert dump(project) == before


def test_who_is_set_apart_stays_apart(project: Project) -> None:
    ids = [article(project, text_of(made(1)) + f"{n}\n", f"{n}.txt") for n in range(3)]
    assert grouped(project) == [ids]
    duplicates.set_apart(project, ids[0])
    assert grouped(project) == [ids[1:]]
    duplicates.look_again(project)
    assert grouped(project) == [ids[1:]]
    with pytest.raises(RuleError, match="in no group"):
        duplicates.set_apart(project, ids[0])
    duplicates.put_together(project, [ids[0], ids[2]])
    assert grouped(project) == [ids]


def test_looking_again_joins_what_came_apart(project: Project) -> None:
    ids = [article(project, text_of(made(1)) + f"{n}\n", f"{n}.txt") for n in range(3)]
    alone = article(project, text_of(made(9)), "alone.txt")
    for _ in range(4):
        project.undo()
    again = [article(project, text_of(made(1)) + f"{n}\n", f"{n}.txt") for n in range(3)]
    assert again == ids
    duplicates.look_again(project)
    assert grouped(project) == [ids]
    assert duplicates.look_again(project) == 0
    assert alone not in ids


def test_a_caption_that_a_long_article_holds_is_no_copy(project: Project) -> None:
    article(project, text_of(made(1)), "one.txt")
    outcome = articles.import_bytes(project, made(1)[0][:60].encode(), "caption.txt")
    assert not outcome.same_as
