"""Datasets out of a project as a person asks for them: a folder, or one file of one format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from annotator import __version__
from annotator.datasets import manifest as manifests
from annotator.datasets.counts import WHOLE, Counts
from annotator.datasets.manifest import LISTING, Manifest, Part
from annotator.datasets.splits import SPLITS, Move, moves
from annotator.errors import DatasetError
from annotator.formats.base import Format
from annotator.formats.offsets import OFFSETS
from annotator.formats.out import OnDisk
from annotator.formats.registry import for_writing, named, suffix_of
from annotator.language import spoken, tr, trn
from annotator.model.dataset import Entry, EntrySchema
from annotator.model.loss import Losses
from annotator.progress import Progress, silent
from annotator.project.folder import Content, describe, fill, part_of, write_data
from annotator.project.in_place import FolderInPlace, is_folder
from annotator.project.planning import (
    PartPlan,
    Plan,
    facts,
    listing,
    outlined,
    planned,
    why_left_out,
)
from annotator.project.project import Project, Queries
from annotator.project.recipes import Recipe
from annotator.text.canonical import CANONICAL_VERSION

_FILE = re.compile(r"\.[a-z]{2,8}$", re.I)
"""How the names of files end."""

SHOWN = 20
"""How many moves a report names; the rest are counted."""


class DatasetReport(msgspec.Struct, frozen=True, kw_only=True):
    """What went out, and what could not."""

    place: str
    """The folder or the file."""
    documents: int
    splits: Mapping[str, int]
    """Documents in each split; empty where it is not split."""
    parts: tuple[Part, ...]
    moves: tuple[Move, ...]
    """Documents that were in another split in the dataset that was replaced or compared with."""

    def sentences(self) -> tuple[str, ...]:
        """What a person is told."""
        articles = trn("{count:,} article", "{count:,} articles", self.documents)
        split = ", ".join(f"{name} {n}" for name, n in self.splits.items())
        said = [f"{self.place}: {articles}{f' ({split})' if split else ''}."]
        behind = [_behind(part) for part in self.parts]
        alike = len(self.parts) > 1 and behind.count(behind[0]) == len(behind)
        said += behind[0] if alike else []
        for part, its in zip(self.parts, behind, strict=True):
            said += [_sentence(part), *([] if alike else its), *_lacking(part)]
        said += [
            tr(
                "{document} was in {before} and is now in {now}.",
                document=m.document,
                before=m.before,
                now=m.now,
            )
            for m in self.moves[:SHOWN]
        ]
        if len(self.moves) > SHOWN:
            said.append(
                trn(
                    "{count} more article moved between splits.",
                    "{count} more articles moved between splits.",
                    len(self.moves) - SHOWN,
                )
            )
        return tuple(said)


def write_folder(
    project: Project,
    recipe: Recipe,
    out: Path,
    progress: Progress = silent,
    *,
    replacing: bool = False,
    before: Path | None = None,
) -> DatasetReport:
    """Write a dataset folder, whole or not at all. Raises DatasetError, FormatError, ProjectError.

    What is at ``out`` is only replaced where it is said so. Moves between splits are told against the
    folder ``before``, or the one that is replaced. The same project and recipe give the same bytes.
    """
    earlier = _splits_of(before or out) if before or (replacing and is_folder(out)) else {}
    with project.read.one_state() as read, FolderInPlace(out, replace=replacing) as folder:
        recipe = recipe if recipe.title else replace(recipe, title=out.name)
        plan = planned(outlined(read), recipe)
        _require_something(plan)
        tell = _telling(plan, progress)
        schema = plan.outlined.schema
        written = [
            write_data(folder, _content(plan, read, part), schema, tell) for part in plan.parts
        ]
        describe(folder, _head(plan, read), schema, listing(plan), written)
    return _report(out, plan, [one.part for one in written], earlier)


def write_file(
    project: Project, recipe: Recipe, out: Path, progress: Progress = silent
) -> DatasetReport:
    """Write one format to one file (and what the format puts beside it), whole or not at all.

    An existing file is replaced. Raises DatasetError, FormatError or ProjectError.
    """
    if recipe.split is not None or len(recipe.formats) != 1:
        raise DatasetError(
            tr(
                "{out} is to be a file; a split and several formats need a folder. Nothing was written.",
                out=out,
            )
        )
    losses = Losses()
    with project.read.one_state() as read:
        plan = planned(outlined(read), recipe)
        content = _content(plan, read, plan.parts[0])
        with OnDisk(out, suffix_of(out, content.format)) as place:
            tell = _telling(plan, progress)
            counts = fill(place, content, WHOLE, plan.outlined.schema, losses, tell)
    return _report(out, plan, [part_of(content, {WHOLE: counts}, losses)], {})


def export(
    project: Project,
    recipe: Recipe,
    out: Path,
    progress: Progress = silent,
    *,
    replacing: bool = False,
    before: Path | None = None,
) -> DatasetReport:
    """Write a file where the name ends as a format's files do, else a dataset folder.

    Without formats in the recipe it is the one that the name asks for, or the lossless one.
    """
    asked = for_writing(out)
    if not recipe.formats:
        recipe = replace(recipe, formats=(asked.name if asked else "jsonl",))
    (first, *more) = [named(name) for name in recipe.formats]
    if suffix_of(out, first) or (not more and _FILE.search(out.name)):
        _require_suffix(out, first)
        return write_file(project, recipe, out, progress)
    return write_folder(project, recipe, out, progress, replacing=replacing, before=before)


def _require_suffix(out: Path, chosen: Format) -> None:
    if not suffix_of(out, chosen):
        known = ", ".join(chosen.suffixes) or tr("nothing, for it is a folder")
        raise DatasetError(
            tr(
                "{out}: names of {name} end in {known}, and those of a dataset folder in no such "
                "thing; nothing was written.",
                out=out,
                name=chosen.name,
                known=known,
            )
        )


def _content(plan: Plan, read: Queries, part: PartPlan) -> Content:
    held = {plan.split[one] for one in part.sets}
    return Content(
        format=part.format,
        options=part.options,
        splits=tuple(name for name in (WHOLE, *SPLITS) if name in held),
        entries=partial(plan.entries, read, part),
        left_out=part.left_out,
        second_sets=part.second_sets,
    )


def _head(plan: Plan, read: Queries) -> Manifest:
    schema = plan.outlined.schema
    return Manifest(
        program=f"annotator {__version__}",
        canonical_text=CANONICAL_VERSION,
        schema=EntrySchema(schema.name, schema.version, schema.sha256),
        project=plan.outlined.state,
        recipe=plan.recipe,
        split=plan.recipe.split,
        has_text=any(part.format.name != OFFSETS.name for part in plan.parts),
        facts=facts(plan, read),
        parts=(),
        files=(),
    )


def _telling(plan: Plan, progress: Progress) -> Callable[[Entry], None]:
    """Report each document of each format as it goes by."""
    total = sum(len(part.sets) for part in plan.parts)
    done, last = 0, ""

    def tell(entry: Entry) -> None:
        nonlocal done, last
        if entry.doc_id != last:
            progress(done, total, str(entry.metadata.get("title") or entry.doc_id))
            done, last = done + 1, entry.doc_id

    return tell


def _require_something(plan: Plan) -> None:
    if any(part.sets for part in plan.parts):
        return
    left = plan.parts[0].left_out if plan.parts else {}
    raise DatasetError(
        tr(
            "There is no article that would go out ({why}); nothing was written.",
            why=why_left_out(left) or tr("the project has none"),
        )
    )


def _splits_of(folder: Path) -> dict[str, str]:
    """Which document is in which split of a dataset folder. Raises DatasetError."""
    place = folder / LISTING
    try:
        with place.open("rb") as file:
            return {one.doc_id: one.split for one in manifests.read_listing(file, str(place))}
    except OSError as error:
        raise DatasetError(
            tr("{place} cannot be read ({why}).", place=place, why=error.strerror)
        ) from None


def _report(
    out: Path, plan: Plan, parts: Sequence[Part], earlier: Mapping[str, str]
) -> DatasetReport:
    going = {document.id: plan.split[document.id] for document in plan.documents}
    found = Counter(going.values())
    return DatasetReport(
        place=str(out),
        documents=len(going),
        splits={name: found[name] for name in plan.recipe.split.names} if plan.recipe.split else {},
        parts=tuple(parts),
        moves=moves(earlier, going) if plan.recipe.split else (),
    )


def _sentence(part: Part) -> str:
    whole = sum(part.counts.values(), Counts())
    marks, links = sum(whole.marks.values()), sum(whole.links.values())
    return tr(
        "{format}: {articles}, {sets}, {marks}, {links}.",
        format=spoken(part.title),
        articles=trn("{count:,} article", "{count:,} articles", whole.documents),
        sets=trn("{count:,} annotation set", "{count:,} annotation sets", whole.sets),
        marks=trn("{count:,} mark", "{count:,} marks", marks),
        links=trn("{count:,} link", "{count:,} links", links),
    )


def _behind(part: Part) -> list[str]:
    """What stayed behind, and why."""
    said: list[str] = []
    if part.left_out:
        said.append(tr("Articles left out: {why}.", why=why_left_out(part.left_out)))
    if part.second_sets:
        said.append(
            trn(
                "{count:,} further set of the same articles stayed behind; "
                "say whose sets are meant to take others.",
                "{count:,} further sets of the same articles stayed behind; "
                "say whose sets are meant to take others.",
                part.second_sets,
            )
        )
    return said


def _lacking(part: Part) -> Iterator[str]:
    """What was lost, and what the format has no room for."""
    yield from map(str, part.losses)
    if part.not_held:
        yield tr("Not part of it: {parts}.", parts=", ".join(map(spoken, part.not_held)))
