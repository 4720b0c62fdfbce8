"""Lines that a site prints around each of its articles: offered, dimmed as one act, taken back."""

from __future__ import annotations

from pathlib import Path

from annotator.project import Project, articles, blocks
from annotator.project.frames import dim, repeating
from tests.support.builders import dump, mark

SITE = "harborpost.example"
FRAME = "Our reporters are on the road for you every day of the year."


def pages(project: Project, folder: Path, *hosts: str) -> list[str]:
    """An article of each of these sites, with the same line in it; their ids."""
    for n, host in enumerate(hosts):
        text = (
            f"---\ntitle: Story {n}\nurl: https://{host}/story-{n}\n---\n\n"
            f"The harbor office told the Courier that ferry {n} had lost its brakes in a night of storm "
            f"and rain, and that nobody had looked at them since the spring of the year {n}.\n\n{FRAME}\n\n"
            f"The line denied it on day {n}, before the harbor court, where it was accused of it."
        )
        (folder / f"{n}.md").write_text(text)
    report = articles.import_paths(project, sorted(folder.glob("*.md")))
    return [one.documents[0] for one in report.outcomes]


def body(project: Project, document: str) -> str:
    text = project.read.text(document)
    return "\n".join(text[b.start : b.end] for b in project.read.blocks(document) if not b.dimmed)


def test_what_repeats_is_offered_and_dimmed_as_one_act(project: Project, tmp_path: Path) -> None:
    documents = pages(project, tmp_path, *[SITE] * 4)
    before = dump(project)
    found = repeating(project, documents[-1:])
    assert found.lines == ((FRAME, 4),)
    assert found.sentence() == "1 line repeats in 4 articles of the same site."
    assert dump(project) == before
    assert dim(project, found) == 4
    assert all(FRAME not in body(project, one) for one in documents)
    assert all(FRAME in project.read.text(one) for one in documents)
    assert not repeating(project).lines
    project.undo()
    assert dump(project) == before


def test_sites_do_not_share_their_lines_and_two_articles_are_too_few(
    project: Project, tmp_path: Path
) -> None:
    pages(project, tmp_path, "a.example", "b.example", "a.example", "b.example")
    assert not repeating(project).lines


def test_what_somebody_decided_or_marked_is_left_alone(project: Project, tmp_path: Path) -> None:
    one, two, three, four = pages(project, tmp_path, *[SITE] * 4)
    mark(project, one, "on the road")
    at = next(
        n for n, block in enumerate(project.read.blocks(two))
        if project.read.text(two)[block.start : block.end].startswith(FRAME)
    )  # fmt: skip
    blocks.choose(project, two, [at], role="caption")
    found = repeating(project)
    assert set(found.places) == {three, four}
