"""What a kept project holds, in words that no later format changes."""

from __future__ import annotations

from typing import Any

from annotator.project import Project


def told(project: Project) -> dict[str, Any]:
    """Texts, marks, links, statuses and history of a project."""
    read = project.read
    library = read.library(project.person.id)
    marks = {m.id: m for one in library for m in read.annotations(one.document.id)}
    links = {r.id: r for one in library for r in read.relations(one.document.id)}
    actors = read.actors()
    return {
        "articles": [
            {
                "title": one.document.title,
                "text": read.text(one.document.id),
                "status": one.status,
                "source": (read.source(one.document) or b"").decode(),
                "kinds": [block.kind for block in read.blocks(one.document.id)],
            }
            for one in library
        ],
        "marks": [
            {
                "label": mark.label,
                "segments": [[s.start, s.end, s.quote] for s in mark.segments],
                "note": mark.note,
                "attributes": mark.attributes,
                "actor": actors[mark.actor_id].name if mark.actor_id else None,
            }
            for mark in sorted(marks.values(), key=lambda mark: mark.id)
        ],
        "links": [
            [link.type, marks[link.from_id].words, marks[link.to_id].words]
            for link in sorted(links.values(), key=lambda link: link.id)
        ],
        "history": [
            [act.kind, act.title, act.by, act.in_force] for act in read.history(limit=None)
        ],
    }
