"""Small projects, built through the public doors."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from annotator.model.annotation import Annotation
from annotator.project import Project, articles, marks
from annotator.text.span import Span

STORY = (
    "Harbour office closes pier\n\n"
    "The harbour office said on Monday that the pier 🚢 would be closed. "
    "Two fishermen denied that anybody had asked them.\n\n"
    "“We heard it from the radio”, one of them said, and Café Müller stays open.\n"
)


def article(project: Project, text: str = STORY, name: str = "story.txt") -> str:
    """Import a text as an article; its id."""
    outcome = articles.import_bytes(project, text.encode(), name)
    assert not outcome.reason, outcome.reason
    return outcome.documents[0]


def mark(
    project: Project, document: str, words: str, label: str = "claim", **said: Any
) -> Annotation:
    """Mark the first place where these words stand."""
    return marks.add(project, document, at(project, document, words), label, **said)


def at(project: Project, document: str, *quotes: str) -> Span:
    """Where these words stand, one behind the other."""
    text = project.read.text(document)
    ranges: list[tuple[int, int]] = []
    start = 0
    for quote in quotes:
        start = text.index(quote, start)
        ranges.append((start, start + len(quote)))
        start += len(quote)
    return Span.of(ranges)


def dump(project: Project) -> dict[str, Any]:
    """Everything that is in a project, without rev and without the journal."""
    read = project.read
    return {
        "schema": read.schema().sha256,
        "actors": {actor.id: actor.name for actor in read.actors().values()},
        "propositions": {one.id: one.wording for one in read.propositions()},
        "library": {
            found.document.id: (asdict(found.document), found.counts, found.status)
            for found in read.library(project.person.id)
        },
        "entries": list(read.entries()),
    }
