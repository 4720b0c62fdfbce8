"""The one facade: open a project, read it, act in it.

    with open_project("border.annotator", person="Mara") as project:
        mark = marks.add(project, document_id, Span.of([(10, 24)]), "claim")
        project.undo()

The verbs are functions, one file for each noun: articles, marks, relations, schema, exchange, keep.
"""

from annotator.project.project import Act, Project, Queries, open_project

__all__ = ["Act", "Project", "Queries", "open_project"]
