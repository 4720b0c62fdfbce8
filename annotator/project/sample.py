"""The sample project: four short articles written for it, one of them coded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from annotator import resources
from annotator.model.annotation import Annotation
from annotator.project import articles, keep, marks, relations
from annotator.project.project import Project, open_project
from annotator.text.span import Span

ARTICLES = ("border-posts.txt", "harbor-regatta.txt", "urdu-bridge.txt", "water-clipping.md")
CODER = "Example"


def default_place() -> Path:
    """Where the sample project lies unless somebody says otherwise."""
    return platformdirs.user_data_path("annotator") / "sample.annotator"


def sample(place: Path) -> Path:
    """Make the sample project at ``place`` where nothing is; an existing one is left as it is."""
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    keep.create(place)
    with open_project(place, person=CODER) as project:
        files = [resources.path(f"samples/{name}") for name in ARTICLES]
        report = articles.import_paths(project, files)
        code(project, report.outcomes[0].documents[0])
    return place


def code(project: Project, document_id: str) -> None:
    """Mark and link the first article as resources/samples/marks.json says, as one act."""
    example: Any = msgspec.json.decode(resources.text("samples/marks.json"))
    text = project.read.text(document_id)
    with project.op("Code the example"):
        made: dict[str, Annotation] = {}
        for said in example["marks"]:
            made[said["key"]] = marks.add(
                project,
                document_id,
                find_quotes(text, said["quotes"], said.get("nth", 1)),
                said["label"],
                attributes=said.get("attributes"),
                note=said.get("note", ""),
                actor=said.get("actor"),
            )
        for link in example["relations"]:
            relations.link(project, link["type"], made[link["from"]].id, made[link["to"]].id)


def find_quotes(text: str, quotes: list[str], nth: int) -> Span:
    """Where the quotes stand, one behind the other, the first at its n-th place (from 1)."""
    at = -1
    for _ in range(nth):
        at = text.index(quotes[0], at + 1)
    ranges: list[tuple[int, int]] = []
    for quote in quotes:
        at = text.index(quote, at)
        ranges.append((at, at + len(quote)))
        at += len(quote)
    return Span.of(ranges)
