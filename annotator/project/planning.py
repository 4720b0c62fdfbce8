"""What would go into a dataset and where, worked out from the project's outline.

Nothing is written and no text is read, so the window can ask at every change of a recipe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from annotator.datasets.agreement import agreement, double_sets
from annotator.datasets.counts import WHOLE, Counts, classes, foreseen
from annotator.datasets.dates import reach
from annotator.datasets.groups import USUAL, groups
from annotator.datasets.manifest import Facts, Listed
from annotator.datasets.selection import (
    FINISHED,
    Chosen,
    choose,
)
from annotator.datasets.shaping import shaped
from annotator.datasets.splits import Assignment, assign
from annotator.formats.base import Format, Options
from annotator.formats.registry import named
from annotator.language import spoken
from annotator.model.dataset import Entry
from annotator.model.loss import Losses
from annotator.model.names import STATUS_NAMES
from annotator.model.outline import FarEnd, Outline
from annotator.model.schema import Schema
from annotator.project.project import Queries
from annotator.project.recipes import Recipe


class Outlined(msgspec.Struct, frozen=True):
    """What planning needs of a project, read once."""

    schema: Schema
    documents: tuple[Outline, ...]
    far_ends: Mapping[str, FarEnd]
    state: str
    """The newest act: its number and when it was done."""


class PartPlan(msgspec.Struct, frozen=True):
    """The dataset in one format."""

    format: Format
    options: Options
    sets: Mapping[str, tuple[str, ...]]
    """Ids of the sets that go out, by document."""
    counts: Mapping[str, Counts]
    """What each split will hold, apart from links, as far as the format has room for it."""
    left_out: Mapping[str, int]
    """Why documents stay behind, and how many."""
    second_sets: int


class Plan(msgspec.Struct, frozen=True):
    """A recipe, worked out for a project."""

    recipe: Recipe
    outlined: Outlined
    group: Mapping[str, str]
    """Of every document of the project."""
    split: Mapping[str, str]
    """Of every document that may go out; all are in one part without a name where it is not split."""
    parts: tuple[PartPlan, ...]

    @property
    def documents(self) -> tuple[Outline, ...]:
        """What goes out in any format."""
        going = {one for part in self.parts for one in part.sets}
        return tuple(one for one in self.outlined.documents if one.id in going)

    def entries(self, read: Queries, part: PartPlan, split: str, losses: Losses) -> Iterator[Entry]:
        """The entries of one split in one format, read from the project."""
        sets = {one: own for one, own in part.sets.items() if self.split[one] == split}
        return shaped(
            read.entries(losses, sets=sets),
            losses,
            split=split,
            labels=self.recipe.selection.labels,
            far_ends=self.outlined.far_ends,
            sets=frozenset(one for own in part.sets.values() for one in own),
        )


def outlined(read: Queries) -> Outlined:
    """Read what planning needs; ask for it within one state of the project."""
    newest = read.history(limit=1)
    state = f"act {newest[0].seq} of {newest[0].at}" if newest else ""
    return Outlined(read.schema(), read.outlines(), read.far_ends(), state)


def planned(known: Outlined, recipe: Recipe) -> Plan:
    """Work a recipe out. Raises FormatError for a format that is none."""
    formats = [named(name) for name in recipe.formats]
    chosen = [_chosen(known, recipe, one) for one in formats]
    group = groups(known.documents, recipe.split.together if recipe.split else USUAL)
    going = [d.id for d in known.documents if any(d.id in one.sets for one in chosen)]
    where = Assignment(dict.fromkeys(going, WHOLE))
    if recipe.split is not None:
        where = assign(
            recipe.split,
            group,
            going,
            classes=classes(known.documents, _finished(known, recipe))
            if recipe.split.stratified
            else None,
            dates={document.id: document.published for document in known.documents},
        )
    parts = tuple(
        _part(known, recipe, one, its, where) for one, its in zip(formats, chosen, strict=True)
    )
    return Plan(recipe, known, group, where.split, parts)


def facts(plan: Plan, read: Queries) -> Facts:
    """What there is to say of what goes out; reads the marks of what two people marked."""
    documents = plan.documents
    taken = {one for part in plan.parts for own in part.sets.values() for one in own}
    days = [day for one in documents for day in reach(one.published) or ()]
    sizes = Counter(plan.group[one.id] for one in documents)
    twice = double_sets(documents)
    return Facts(
        title=plan.recipe.title,
        about=plan.recipe.about,
        licence=plan.recipe.licence,
        outlets=_counted(one.outlet for one in documents),
        languages=_counted(one.language for one in documents),
        readers=_counted(one.reader for one in documents),
        first=min(days, default=""),
        last=max(days, default=""),
        undated=sum(reach(one.published) is None for one in documents),
        people=len({own.annotator for one in documents for own in one.sets if own.id in taken}),
        joined=sum(n > 1 for n in sizes.values()),
        largest=max(sizes.values(), default=0),
        agreement=agreement(read.entries(sets=twice)) if twice else (),
    )


def listing(plan: Plan) -> Iterator[Listed]:
    """Every document that goes out, in the order of their ids."""
    for document in plan.documents:
        sets = {one for part in plan.parts for one in part.sets.get(document.id, ())}
        yield Listed(
            doc_id=document.id,
            split=plan.split[document.id],
            group=plan.group[document.id],
            text_sha256=document.text_sha256,
            source_sha256=document.source_sha256,
            reader=document.reader,
            url=document.url,
            title=document.title,
            sets=tuple(own.id for own in document.sets if own.id in sets),
        )


def _chosen(known: Outlined, recipe: Recipe, chosen: Format) -> Chosen:
    return choose(
        known.documents,
        recipe.selection,
        statuses=recipe.statuses(chosen),
        one_set=chosen.trains,
    )


def _finished(known: Outlined, recipe: Recipe) -> Chosen:
    return choose(known.documents, recipe.selection, statuses=FINISHED)


def _part(
    known: Outlined, recipe: Recipe, chosen: Format, its: Chosen, where: Assignment
) -> PartPlan:
    labels, every_denial = recipe.selection.labels, recipe.selection.refusals
    sets = {one: own for one, own in its.sets.items() if one in where.split}
    return PartPlan(
        format=chosen,
        options=replace(
            recipe.options,
            labels=labels or recipe.options.labels,
            every_denial=every_denial or recipe.options.every_denial,
        ),
        sets=sets,
        counts=foreseen(
            known.documents,
            replace(its, sets=sets),
            where.split,
            labels=labels,
            only_denials=chosen.trains and not every_denial,
        ),
        left_out={**its.left_out, **_counted(where.left_out[x] for x in its.sets if x not in sets)},
        second_sets=its.second_sets,
    )


def why_left_out(counts: Mapping[str, int]) -> str:
    """Why documents stay behind, with how many: “2 in progress, 1 of another outlet”."""
    return ", ".join(f"{n:,} {STATUS_NAMES.get(why) or spoken(why)}" for why, n in counts.items())


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(name for name in names if name).items()))
