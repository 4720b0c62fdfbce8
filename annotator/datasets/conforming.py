"""Whether what an entry holds is what the schema of its dataset allows."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.datasets.verify import Problem
from annotator.language import tr
from annotator.model.dataset import Entry
from annotator.model.schema import Schema


def misfits(line: int, entry: Entry, schema: Schema) -> Iterator[Problem]:
    """Labels and relation types that the schema does not have, and links that may not lead so.

    The ends of links to other entries are not looked at.
    """
    labels = {label.name for label in schema.labels}
    kinds = {kind.name: kind for kind in schema.relations}
    of = {span.id: span.label for span in entry.spans}
    for span in entry.spans:
        if span.label not in labels:
            yield Problem(line, span.id, tr("the schema has no label “{label}”", label=span.label))
    for link in entry.relations:
        kind, from_, to = kinds.get(link.type), of.get(link.from_, ""), of.get(link.to, "")
        if kind is None:
            yield Problem(line, link.id, tr("the schema has no relation “{type}”", type=link.type))
        elif from_ in labels and to in labels and not kind.fits(from_, to):
            yield Problem(
                line,
                link.id,
                tr(
                    "{type} may not lead from {start} to {end}", type=link.type, start=from_, end=to
                ),
            )
