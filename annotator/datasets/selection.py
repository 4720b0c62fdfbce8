"""Which documents, sets and marks go into a dataset, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from annotator.datasets.dates import reach, require_date
from annotator.errors import DatasetError
from annotator.language import in_english, tr
from annotator.model.annotation import STATUSES
from annotator.model.outline import Outline, SetOutline

FINISHED = ("complete", "reviewed")
"""What a model may learn from, unless something else is asked for."""
OTHER_OUTLET, OTHER_DATE = in_english("of another outlet"), in_english("of another date")
OTHER_PERSON = in_english("by somebody else")

_NAMED = ("annotator", "label", "outlet")
_BEST_FIRST = ("reviewed", "complete", "in_progress", "excluded", "new")


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted. What is left empty selects nothing away."""

    statuses: tuple[str, ...] = ()
    """Empty: whatever the format takes."""
    annotators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str = ""
    """The first day, YYYY-MM-DD."""
    until: str = ""
    """The last day."""
    refusals: bool = False
    """Whether refusals and dodges count as denials where models are trained."""


class Chosen(msgspec.Struct, frozen=True):
    """The sets that go out, by the ids of their documents, and what stays behind."""

    sets: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, int] = {}
    """Why documents stay behind (a status, or one of the reasons above), and how many."""
    second_sets: int = 0
    """Sets that would do, of documents of which another set goes out."""


def selected(words: Iterable[str]) -> Selection:
    """A selection from words as the command line takes them. Raises DatasetError.

    ``all``; a status or several (``complete,reviewed``); ``annotator=NAME``; ``label=NAME``;
    ``outlet=NAME``; ``date=FROM..TO``, either end left away; ``refusals``.
    """
    found = Selection()
    for word in words:
        key, equals, value = word.partition("=")
        if equals and key in _NAMED:
            found = replace(found, **{f"{key}s": (*getattr(found, f"{key}s"), value)})
        elif equals and key == "date":
            since, _, until = value.partition("..") if ".." in value else (value, "", value)
            days = {"since": since and require_date(since), "until": until and require_date(until)}
            found = replace(found, **days)
        elif word == "refusals":
            found = replace(found, refusals=True)
        else:
            found = replace(found, statuses=(*found.statuses, *_statuses(word)))
    return found


def choose(
    documents: Iterable[Outline],
    selection: Selection,
    *,
    statuses: Collection[str] = STATUSES,
    one_set: bool = False,
) -> Chosen:
    """The sets that go out. ``statuses`` are those taken where the selection names none.

    ``one_set`` takes one set of each document: the curated one, else the best of the annotators
    who are named (of all people, where nobody is; a model's only where it is named).
    """
    taken = selection.statuses or statuses
    left_out: Counter[str] = Counter()
    sets: dict[str, tuple[str, ...]] = {}
    second = 0
    for document in documents:
        why = _why_not(document, selection)
        named = [own for own in document.sets if _is_named(own, selection, one_set=one_set)]
        good = [own for own in named if own.status in taken]
        if why or not good:
            left_out[why or _furthest(named, document)] += 1
        elif one_set:
            sets[document.id] = (min(good, key=lambda own: _worth(own, selection)).id,)
            second += len(good) - 1
        else:
            sets[document.id] = tuple(own.id for own in good)
    return Chosen(sets, dict(left_out), second)


def _statuses(word: str) -> Sequence[str]:
    statuses = STATUSES if word == "all" else tuple(word.split(","))
    for status in statuses:
        if status not in STATUSES:
            raise DatasetError(
                tr(
                    "“{word}” selects nothing; say all, {statuses}, annotator=NAME, label=NAME, "
                    "outlet=NAME, date=FROM..TO or refusals.",
                    word=status,
                    statuses=", ".join(STATUSES),
                )
            )
    return statuses


def _why_not(document: Outline, selection: Selection) -> str:
    if selection.outlets and document.outlet not in selection.outlets:
        return OTHER_OUTLET
    if selection.since or selection.until:
        days = reach(document.published)
        if days is None or days[0] < selection.since or days[1] > (selection.until or "9"):
            return OTHER_DATE
    return ""


def _is_named(own: SetOutline, selection: Selection, *, one_set: bool) -> bool:
    if one_set and own.kind == "curated":
        return True
    if selection.annotators:
        return own.annotator in selection.annotators
    return not (one_set and own.kind == "model")


def _furthest(named: Sequence[SetOutline], document: Outline) -> str:
    """Why none of the sets goes out: how far the best of them is."""
    if named:
        return min((own.status for own in named), key=_BEST_FIRST.index)
    return OTHER_PERSON if document.sets else "new"


def _worth(own: SetOutline, selection: Selection) -> tuple[bool, int, int, str]:
    """The best set has the smallest worth: curated, in the order of the names, reviewed, old."""
    people = selection.annotators
    place = people.index(own.annotator) if own.annotator in people else len(people)
    return own.kind != "curated", place, _BEST_FIRST.index(own.status), own.id
