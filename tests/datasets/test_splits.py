"""Splits that do not leak: whole groups, the same today and tomorrow, in the shares that were asked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.datasets import splits
from annotator.datasets.groups import KINDS, USUAL, groups
from annotator.datasets.splits import SplitPlan, assign, moves, planned
from annotator.errors import DatasetError
from annotator.model.outline import Outline

KEYS = st.sampled_from(("", "", "a", "b", "c"))


def document(number: int, linked: Sequence[int] = (), **said: str) -> Outline:
    return Outline(
        id=f"d{number:04}",
        outlet=said.get("outlet", ""),
        story=said.get("story", ""),
        published=said.get("published", ""),
        text_sha256=said.get("text") or f"text {number}",
        group=said.get("group", ""),
        propositions=tuple(said.get("propositions", "")),
        linked=tuple(f"d{other:04}" for other in linked),
    )


@st.composite
def projects(draw: st.DrawFn, largest: int = 14) -> list[Outline]:
    size = draw(st.integers(1, largest))
    dates = st.sampled_from(("", "2024", "2024-05", "2024-04-30", "2024-05-20", "2024-07-01"))
    return [
        document(
            n,
            [other for other in draw(st.lists(st.integers(0, size - 1), max_size=1)) if n % 3 == 0],
            outlet=draw(KEYS), story=draw(KEYS), text=draw(KEYS), group=draw(KEYS),
            propositions=draw(KEYS), published=draw(dates),
        )
        for n in range(size)
    ]  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> SplitPlan:
    together = tuple(draw(st.lists(st.sampled_from(KINDS), unique=True)))
    cut = draw(st.sampled_from(((), (), ("2024-05-01",), ("2024-05-01", "2024-06-01"))))
    return planned(
        draw(st.sampled_from(("80/10/10", "1/1/1", "80/20", "0/50/50"))),
        together=together,
        seed=draw(st.integers(0, 5)),
        cut=cut,
        stratified=not cut and draw(st.booleans()),
    )


def assigned(plan: SplitPlan, documents: Sequence[Outline]) -> splits.Assignment:
    return assign(
        plan,
        groups(documents, plan.together),
        [one.id for one in documents],
        classes={one.id: one.outlet for one in documents},
        dates={one.id: one.published for one in documents},
    )


def shared(one: Outline, other: Outline, kinds: Sequence[str]) -> bool:
    """Whether two documents are joined in one step, said plainly."""
    ways = {
        "duplicates": one.text_sha256 == other.text_sha256
        or (bool(one.group) and one.group == other.group),
        "story": bool(one.story) and one.story == other.story,
        "proposition": bool({*one.propositions} & {*other.propositions}),
        "outlet": bool(one.outlet) and one.outlet == other.outlet,
    }  # fmt: skip
    linked = other.id in one.linked or one.id in other.linked
    return linked or any(ways[kind] for kind in kinds)


@given(documents=projects(), plan=plans())
def test_nothing_that_belongs_together_is_parted(documents: list[Outline], plan: SplitPlan) -> None:
    split = assigned(plan, documents).split
    for one in documents:
        for other in documents:
            if one.id in split and other.id in split and shared(one, other, plan.together):
                assert split[one.id] == split[other.id]


@given(documents=projects(), plan=plans())
def test_groups_are_no_larger_than_what_joins_them(
    documents: list[Outline], plan: SplitPlan
) -> None:
    found = groups(documents, plan.together)
    by_id = {one.id: one for one in documents}
    reached = {documents[0].id}
    for _ in documents:
        reached |= {
            other.id
            for one in reached
            for other in documents
            if shared(by_id[one], other, plan.together)
        }
    assert {one for one in found if found[one] == found[documents[0].id]} == reached


@given(documents=projects(), plan=plans(), data=st.data())
def test_every_document_has_one_place_whatever_the_order(
    documents: list[Outline], plan: SplitPlan, data: st.DataObject
) -> None:
    here = assigned(plan, documents)
    assert here.split.keys() | here.left_out.keys() == {one.id for one in documents}
    assert not here.split.keys() & here.left_out.keys()
    assert {*here.split.values()} <= {*plan.names}
    assert plan.cut or not here.left_out
    assert assigned(plan, data.draw(st.permutations(documents))) == here


@given(documents=projects(), more=projects(), plan=plans())
def test_what_is_added_moves_only_what_it_joins(
    documents: list[Outline], more: list[Outline], plan: SplitPlan
) -> None:
    plan = replace(plan, stratified=False, cut=())
    added = [replace(one, id=f"e{one.id}", linked=()) for one in more]
    before, after = assigned(plan, documents), assigned(plan, [*documents, *added])
    old = groups(documents, plan.together)
    new = groups([*documents, *added], plan.together)
    merged = {one for one in old if old[one] != new[one]}
    moved = {move.document for move in moves(before.split, after.split)}
    assert moved <= merged
    assert all(before.split[one] == after.split[one] for one in old if one not in merged)


@given(documents=projects(), plan=plans(), data=st.data())
def test_leaving_documents_out_moves_nothing(
    documents: list[Outline], plan: SplitPlan, data: st.DataObject
) -> None:
    plan = replace(plan, stratified=False, cut=())
    kept = data.draw(st.lists(st.sampled_from(documents), unique_by=lambda one: one.id))
    of_all = assigned(plan, documents).split
    found = assign(plan, groups(documents, plan.together), [one.id for one in kept])
    assert found.split == {one.id: of_all[one.id] for one in kept}


@given(documents=projects())
def test_by_time_nothing_in_train_is_later_than_a_cut(documents: list[Outline]) -> None:
    plan = planned(cut=("2024-05-01", "2024-06-01"))
    found = assigned(plan, documents)
    for one in documents:
        split, why = found.split.get(one.id), found.left_out.get(one.id)
        due = {
            "": splits.NO_DATE,
            "2024": splits.VAGUE_DATE,
            "2024-05": None,  # all of May lies between the cuts
        }.get(one.published)
        if due:
            assert why == due
        elif split is not None:
            assert (split == "train") == (one.published < "2024-05")
            assert (split == "test") == (one.published >= "2024-06-01")
        else:
            assert why == splits.EARLIER_STORY


def test_a_month_that_a_cut_divides_is_not_exact_enough() -> None:
    found = assigned(planned(cut=("2024-05-15",)), [document(1, published="2024-05")])
    assert found.left_out == {"d0001": splits.VAGUE_DATE}
    dated = [document(1, published="2024-05-14T23:59Z"), document(2, published="15 May 2024")]
    found = assigned(planned(cut=("2024-05-15",)), dated)
    assert (found.split, found.left_out) == ({"d0001": "train"}, {"d0002": splits.NO_DATE})


def test_shares_hold_for_many_and_a_larger_share_takes_nothing_from_test() -> None:
    many = [document(n) for n in range(5000)]
    found = assigned(planned("80/10/10", seed=7), many).split
    counts = Counter(found.values())
    assert abs(counts["train"] - 4000) < 100
    assert abs(counts["dev"] - 500) < 70
    assert abs(counts["test"] - 500) < 70
    larger = assigned(planned("60/20/20", seed=7), many).split
    assert {one for one in found if found[one] == "test"} < {
        one for one in larger if larger[one] == "test"
    }
    assert assigned(planned("80/10/10", seed=8), many).split != found


def test_another_process_splits_alike() -> None:
    code = "from annotator.datasets.splits import chance; print(chance(3, 'd0001'))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(ran.stdout) == splits.chance(3, "d0001") == 0.042966399854488475


@given(documents=projects(largest=40), shares=st.sampled_from(("80/10/10", "60/20/20", "50/50")))
def test_stratified_splits_hold_the_shares_to_one_document(
    documents: list[Outline], shares: str
) -> None:
    plan = planned(shares, stratified=True)
    own = {one.id: one.id for one in documents}
    found = assign(plan, own, own, classes={one.id: one.outlet for one in documents}).split
    counts = Counter(found.values())
    for name, share in zip(plan.names, plan.shares, strict=True):
        assert abs(counts[name] - len(own) * share / 100) <= 1
    for label in {one.outlet for one in documents}:
        of_class = [one.id for one in documents if one.outlet == label]
        for name, share in zip(plan.names, plan.shares, strict=True):
            due = len(of_class) * share / 100
            assert abs(sum(found[one] == name for one in of_class) - due) <= 2


@given(documents=projects(largest=40))
def test_one_more_document_moves_few_of_a_stratified_split(documents: list[Outline]) -> None:
    plan = planned(stratified=True)
    before = assign(plan, {d.id: d.id for d in documents}, [d.id for d in documents]).split
    more = [*documents, document(9000)]
    after = assign(plan, {d.id: d.id for d in more}, [d.id for d in more]).split
    assert len(moves(before, after)) <= 3


def test_moves_name_the_document_and_both_splits() -> None:
    found = moves(
        {"a": "train", "b": "dev", "gone": "test"}, {"a": "test", "b": "dev", "new": "dev"}
    )
    assert [(m.document, m.before, m.now) for m in found] == [("a", "train", "test")]


def test_the_usual_groups_leave_outlets_apart() -> None:
    found = groups([document(1, outlet="Courier"), document(2, outlet=" courier ")], USUAL)
    assert found == {"d0001": "d0001", "d0002": "d0002"}
    joined = groups([document(1, outlet="Courier"), document(2, outlet=" courier ")], ["outlet"])
    assert joined == {"d0001": "d0001", "d0002": "d0001"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"shares": "80-20"}, "80/10/10"),
        ({"shares": "100"}, "80/10/10"),
        ({"shares": "0/0/0"}, "nothing"),
        ({"together": ["author"]}, "duplicates, story"),
        ({"cut": ["2024-13-01"]}, "2024-13-01"),
        ({"cut": ["20240501"]}, "20240501"),
        ({"cut": ["2024-06-01", "2024-05-01"]}, "earlier"),
        ({"cut": ["2024-05-01"], "stratified": True}, "stratified"),
    ],
)
def test_a_plan_that_cannot_be_is_one_sentence(words: dict[str, object], said: str) -> None:
    with pytest.raises(DatasetError, match=said):
        planned(**words)  # type: ignore[arg-type]
