"""Train, dev and test: every group of documents whole in one of them, today and tomorrow alike.

By default a group's split is a salted SHA-256 of its name and nothing else, so what is added later
moves nothing. The stratified way puts the groups of each class in the order of that same hash and
cuts by documents; an addition can then move a group that lies at a cut, and moves are reported. By
time there is no chance in it at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate

import msgspec

from annotator.datasets.dates import reach, require_date
from annotator.datasets.groups import KINDS, USUAL
from annotator.errors import DatasetError
from annotator.language import in_english, tr

TRAIN, DEV, TEST = "train", "dev", "test"
SPLITS = (TRAIN, DEV, TEST)
NO_DATE = in_english("without a date")
VAGUE_DATE = in_english("with a date that is not exact enough")
EARLIER_STORY = in_english("of a story that began before a cut")


class SplitPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How to split: by shares (train, dev, test), or by one or two dates."""

    shares: tuple[int, ...] = (80, 10, 10)
    """Two shares are train and test. They need not add up to 100."""
    together: tuple[str, ...] = USUAL
    """What joins documents into groups, of `groups.KINDS`."""
    seed: int = 0
    stratified: bool = False
    cut: tuple[str, ...] = ()
    """YYYY-MM-DD: dev begins with the first of two, test with the last. Then there are no shares."""

    @property
    def names(self) -> tuple[str, ...]:
        """The splits that there will be."""
        parts = len(self.cut) + 1 if self.cut else len(self.shares)
        return SPLITS if parts == 3 else (TRAIN, TEST)


class Assignment(msgspec.Struct, frozen=True):
    """Which document goes where; those that may not go anywhere, and why."""

    split: Mapping[str, str]
    left_out: Mapping[str, str] = {}


class Move(msgspec.Struct, frozen=True):
    """A document that was in another split in the dataset before."""

    document: str
    before: str
    now: str


def planned(
    shares: str = "80/10/10",
    *,
    together: Sequence[str] = USUAL,
    seed: int = 0,
    stratified: bool = False,
    cut: Sequence[str] = (),
) -> SplitPlan:
    """A plan from words such as “80/10/10”. Raises DatasetError saying what is wrong with them."""
    parts = shares.split("/")
    if not (2 <= len(parts) <= 3 and all(part.strip().isdecimal() for part in parts)):
        raise DatasetError(
            tr("“{shares}” are not shares; they look like 80/10/10 or 80/20.", shares=shares)
        )
    counts = tuple(int(part) for part in parts)
    if not sum(counts):
        raise DatasetError(tr("The shares of the splits add up to nothing."))
    for kind in together:
        if kind not in KINDS:
            raise DatasetError(
                tr(
                    "“{kind}” joins no articles; what can: {kinds}.",
                    kind=kind,
                    kinds=", ".join(KINDS),
                )
            )
    _require_dates(cut)
    if cut and stratified:
        raise DatasetError(tr("A split by dates cannot be stratified; leave one of the two away."))
    return SplitPlan(
        shares=counts, together=tuple(together), seed=seed, stratified=stratified, cut=tuple(cut)
    )


def assign(
    plan: SplitPlan,
    groups: Mapping[str, str],
    documents: Iterable[str],
    *,
    classes: Mapping[str, str] | None = None,
    dates: Mapping[str, str] | None = None,
) -> Assignment:
    """The split of each of ``documents`` (ids), given the group of every document of the project.

    ``classes`` gives what to stratify by, ``dates`` YYYY-MM-DD or as much as is known.
    """
    wanted = list(documents)
    if plan.cut:
        return _by_time(plan, groups, wanted, dates or {})
    if plan.stratified:
        return Assignment(_stratified(plan, groups, wanted, classes or {}))
    return Assignment({one: _by_hash(plan, groups[one]) for one in wanted})


def moves(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Move, ...]:
    """The documents that are in both and not in the same split, by id."""
    both = sorted(before.keys() & now.keys())
    return tuple(Move(one, before[one], now[one]) for one in both if before[one] != now[one])


def chance(seed: int, group: str) -> float:
    """A number from 0 up to 1 that only the seed and the group's name decide."""
    digest = sha256(f"annotator-split-1 {seed}\0{group}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _by_hash(plan: SplitPlan, group: str) -> str:
    at = chance(plan.seed, group) * sum(plan.shares)
    # From the last to the first: another share of dev moves nothing in or out of test.
    backwards = list(zip(plan.names, plan.shares, strict=True))[::-1]
    ends = accumulate(share for _, share in backwards)
    return next(name for (name, _), end in zip(backwards, ends, strict=True) if at < end)


def _stratified(
    plan: SplitPlan, groups: Mapping[str, str], wanted: Sequence[str], classes: Mapping[str, str]
) -> dict[str, str]:
    """The rarest class first; what one class could not divide evenly, the next makes good."""
    members: dict[str, list[str]] = defaultdict(list)
    for one in wanted:
        members[groups[one]].append(one)
    owed = dict.fromkeys(plan.names, 0.0)
    split: dict[str, str] = {}
    for stratum in _strata(members, classes):
        ordered = sorted(stratum, key=lambda group: (chance(plan.seed, group), group))
        for group, name in _dealt(plan, [(group, len(members[group])) for group in ordered], owed):
            split |= dict.fromkeys(members[group], name)
    return split


def _strata(
    members: Mapping[str, Sequence[str]], classes: Mapping[str, str]
) -> list[Sequence[str]]:
    """The groups by class, the rarest class first; a group is of the rarest class in it."""
    sizes = Counter(classes.get(one, "") for own in members.values() for one in own)

    def rarity(its_class: str) -> tuple[int, str]:
        return sizes[its_class], its_class

    strata: dict[str, list[str]] = defaultdict(list)
    for group, own in members.items():
        strata[min({classes.get(one, "") for one in own}, key=rarity)].append(group)
    return [strata[its_class] for its_class in sorted(strata, key=rarity)]


def _dealt(
    plan: SplitPlan, ordered: Sequence[tuple[str, int]], owed: dict[str, float]
) -> Iterator[tuple[str, str]]:
    """Give groups, each with its number of documents, out in order: to test, dev, then train.

    ``owed`` is how many documents each split has yet to get; it is kept for the next class.
    """
    total, queue = sum(size for _, size in ordered), deque(ordered)
    for name, share in list(zip(plan.names, plan.shares, strict=True))[:0:-1]:
        owed[name] += total * share / sum(plan.shares)
        while share and queue and owed[name] >= queue[0][1] / 2:
            group, size = queue.popleft()
            owed[name] -= size
            yield group, name
    yield from ((group, plan.names[0]) for group, _ in queue)


def _by_time(
    plan: SplitPlan, groups: Mapping[str, str], wanted: Sequence[str], dates: Mapping[str, str]
) -> Assignment:
    """A group goes where its first document goes; the later ones of it would leak and stay out."""
    left_out: dict[str, str] = {}
    periods: dict[str, int] = {}
    first: dict[str, int] = {}
    for one in wanted:
        days = reach(dates.get(one, ""))
        low, high = (_period(plan.cut, day) for day in days or ("", ""))
        if days is None or low != high:
            left_out[one] = VAGUE_DATE if days else NO_DATE
        else:
            periods[one] = low
            first[groups[one]] = min(low, first.get(groups[one], low))
    split = {one: plan.names[at] for one, at in periods.items() if at == first[groups[one]]}
    left_out |= {one: EARLIER_STORY for one in periods if one not in split}
    return Assignment(split, left_out)


def _period(cut: Sequence[str], day: str) -> int:
    """How many cuts a day has reached."""
    return sum(day >= one for one in cut)


def _require_dates(cut: Sequence[str]) -> None:
    days = [require_date(one) for one in cut]
    if len(days) > 2 or days != sorted(set(days)):
        raise DatasetError(tr("A split by time has one date or two, the earlier one first."))
