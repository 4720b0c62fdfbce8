"""What the export dialog says: what goes out and what stays behind, what is kept together, what is lost."""

from __future__ import annotations

from annotator.language import spoken, tr, trn
from annotator.project.foreseeing import Foreseen
from annotator.project.planning import PartPlan, Plan, why_left_out

LOSSES = 8
"""Lines of losses that are shown."""


def going_out(plan: Plan, part: PartPlan) -> str:
    """How many articles go out in a format, and why others do not."""
    going, total = len(part.sets), len(plan.outlined.documents)
    said = [
        trn(
            "{going:,} of {count:,} article.",
            "{going:,} of {count:,} articles.",
            total,
            going=going,
        )
    ]
    if part.left_out:
        said.append(
            trn(
                "{count:,} is left out: {why}.",
                "{count:,} are left out: {why}.",
                sum(part.left_out.values()),
                why=why_left_out(part.left_out),
            )
        )
    if part.second_sets:
        said.append(
            trn(
                "{count:,} further set of the same articles stay behind.",
                "{count:,} further sets of the same articles stay behind.",
                part.second_sets,
            )
        )
    return " ".join(said)


def kept_together(plan: Plan) -> str:
    """Which articles a split does not part; empty where nothing is split."""
    if plan.recipe.split is None:
        return ""
    sizes: dict[str, int] = {}
    for document in plan.documents:
        sizes[plan.group[document.id]] = sizes.get(plan.group[document.id], 0) + 1
    several = [n for n in sizes.values() if n > 1]
    if not several:
        return tr("no two of these articles belong together")
    return trn(
        "{count:,} group of articles that stay together, the largest of {largest}",
        "{count:,} groups of articles that stay together, the largest of {largest}",
        len(several),
        largest=max(several),
    )


def lost(found: Foreseen) -> list[str]:
    """What a format cannot hold, a line for each kind of loss."""
    if not found.losses and not found.not_held:
        return [tr("Nothing is lost: {seen} are written.", seen=_seen(found))]
    said = [str(loss) for loss in found.losses[:LOSSES]]
    if not said:
        said.append(tr("Of {seen} none is lost.", seen=_seen(found)))
    elif found.sets < found.of:
        said.append(
            tr(
                "Counted in the first {sets:,} of {of:,} annotation sets.",
                sets=found.sets,
                of=found.of,
            )
        )
    if found.not_held:
        said.append(tr("Not part of it: {parts}.", parts=", ".join(map(spoken, found.not_held))))
    return said


def _seen(found: Foreseen) -> str:
    marks = trn("{count:,} mark", "{count:,} marks", found.marks)
    if found.gaps:
        marks = tr("{marks} ({gaps:,} with gaps)", marks=marks, gaps=found.gaps)
    links = trn("{count:,} link", "{count:,} links", found.links)
    if found.sets == found.of:
        return tr("{marks} and {links}", marks=marks, links=links)
    return tr(
        "{marks} and {links} in the first {sets:,} of {of:,} annotation sets",
        marks=marks,
        links=links,
        sets=found.sets,
        of=found.of,
    )
