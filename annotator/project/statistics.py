"""The numbers of a project: how far it is, who speaks in it, how long it took."""

from __future__ import annotations

from annotator.model.annotation import STATUSES
from annotator.model.rules import NO_DENIAL
from annotator.model.statistics import Statistics, Worked
from annotator.project.project import Queries
from annotator.storage import statistics as counting

DENIAL, KIND, SOURCE = "denial", "denial_kind", "source"
MOST = 200
"""Sources that are told one by one."""


def statistics(read: Queries, person: str, *, all_denials: bool = False) -> Statistics:
    """Count everything; ``person`` is whose statuses count.

    Denials that refuse to answer or deny nothing are left out unless ``all_denials``.
    """
    schema = read.schema()
    counted = read.ask(counting.marks_by_label)
    marks = {one.name: counted.pop(one.name, 0) for one in schema.labels}
    marks |= counted
    left_out = 0
    if not all_denials and marks.get(DENIAL):
        kinds = read.ask(counting.values, DENIAL, KIND)
        left_out = sum(kinds.get(kind, 0) for kind in NO_DENIAL)
        marks[DENIAL] -= left_out
    articles = read.count_documents()
    begun = read.ask(counting.statuses, person)
    begun["new"] = articles - sum(n for status, n in begun.items() if status != "new")
    sources = read.ask(counting.sources, SOURCE)
    return Statistics(
        articles=articles,
        statuses={status: begun.get(status, 0) for status in STATUSES},
        marks=marks,
        left_out=left_out,
        links=read.ask(counting.links),
        per_article=read.ask(counting.marks_per_article),
        sources=sources[:MOST],
        source_names=len(sources),
        worked=_worked(read),
    )


def _worked(read: Queries) -> tuple[Worked, ...]:
    seconds = read.ask(counting.worked)
    titles = read.ask(counting.titles, list(seconds))
    found = (Worked(id_, titles[id_], round(n)) for id_, n in seconds.items() if id_ in titles)
    return tuple(sorted(found, key=lambda one: (-one.seconds, one.document_id)))
