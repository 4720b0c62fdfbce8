"""Marks and links as the outside sees them: the keys of the lossless format, names for ids."""

from __future__ import annotations

from typing import Any

from annotator.model.annotation import Annotation, Relation
from annotator.model.document import Document
from annotator.project.project import Project


def document_as_entry(project: Project, document: Document) -> dict[str, Any]:
    """A document with the marks of all its sets."""
    read = project.read
    marks = read.annotations(document.id)
    links = read.relations(document.id)
    return {
        "id": document.id,
        "text": read.text(document.id),
        "text_sha256": document.text_sha256,
        "source_sha256": document.source_sha256,
        "metadata": document.metadata,
        "blocks": read.blocks(document.id),
        "sets": read.sets(document.id),
        "annotations": marks_as_entries(project, marks),
        "relations": [link_as_entry(project, link) for link in links],
    }


def marks_as_entries(project: Project, marks: tuple[Annotation, ...]) -> list[dict[str, Any]]:
    """Marks with the names of their people and actors."""
    people = {person.id: person.name for person in project.read.annotators()}
    actors = project.read.actors([mark.actor_id for mark in marks if mark.actor_id])
    return [
        _mark(mark, people, actors[mark.actor_id].name if mark.actor_id else None) for mark in marks
    ]


def link_as_entry(project: Project, link: Relation) -> dict[str, Any]:
    """A link with the name of whoever made it."""
    people = {person.id: person.name for person in project.read.annotators()}
    return {
        "id": link.id,
        "type": link.type,
        "from": link.from_id,
        "to": link.to_id,
        "set": link.set_id,
        "attributes": link.attributes,
        "origin": link.origin,
        "created": link.created,
        "updated": link.updated,
        "by": people[link.by],
    }


def _mark(mark: Annotation, people: dict[str, str], actor: str | None) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": mark.id,
        "label": mark.label,
        "start": mark.start,
        "end": mark.end,
        "segments": [[segment.start, segment.end] for segment in mark.segments],
        "text": mark.words,
        "attributes": mark.attributes,
        "note": mark.note,
        "set": mark.set_id,
        "document": mark.document_id,
        "origin": mark.origin,
        "created": mark.created,
        "updated": mark.updated,
        "by": people[mark.by],
    }
    optional = {"proposition": mark.proposition_id, "actor": actor, "offered": mark.offered}
    return shape | {key: value for key, value in optional.items() if value is not None}
