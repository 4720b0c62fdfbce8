"""Who goes into a dataset, and why the others do not."""

from __future__ import annotations

import pytest

from annotator.datasets import selection
from annotator.datasets.counts import Counts, classes, foreseen
from annotator.datasets.selection import FINISHED, Selection, choose, selected
from annotator.errors import DatasetError
from annotator.model.outline import Outline, SetOutline


def own(id_: str, annotator: str = "Mara", kind: str = "individual", status: str = "complete", **counts: int) -> SetOutline:  # fmt: skip
    not_denials = counts.pop("not_denials", 0)
    return SetOutline(id_, annotator, kind, status, counts, not_denials)


def document(id_: str, *sets: SetOutline, outlet: str = "", published: str = "") -> Outline:
    return Outline(id=id_, outlet=outlet, published=published, sets=sets)


def test_training_takes_what_is_finished_and_says_how_far_the_rest_is() -> None:
    documents = [
        document("a", own("a1"), own("a2", "Jon", status="in_progress")),
        document("b", own("b1", status="reviewed")),
        document("c", own("c1", status="new"), own("c2", "Jon", status="in_progress")),
        document("d", own("d1", status="new")),
        document("e", own("e1", status="excluded")),
        document("f"),
    ]
    found = choose(documents, Selection(), statuses=FINISHED)
    assert found.sets == {"a": ("a1",), "b": ("b1",)}
    assert found.left_out == {"in_progress": 1, "new": 2, "excluded": 1}
    everything = choose(documents, selected(["all"]), statuses=FINISHED)
    assert everything.sets["a"] == ("a1", "a2")
    assert everything.left_out == {"new": 1}  # a document that nobody began has no set to give


@pytest.mark.parametrize(
    ("named", "taken"),
    [((), "curated"), (("Jon",), "curated"), (("Bot",), "curated")],
)
def test_one_set_is_the_curated_one(named: tuple[str, ...], taken: str) -> None:
    sets = (
        own("mara", status="reviewed"),
        own("curated", "Zoe", "curated"),
        own("jon", "Jon"),
        own("bot", "Bot", "model"),
    )
    found = choose([document("a", *sets)], Selection(annotators=named), one_set=True)
    assert found.sets == {"a": (taken,)}


@pytest.mark.parametrize(
    ("named", "taken", "second"),
    [
        ((), "jon", 1),  # reviewed is better than complete
        (("Mara",), "mara", 0),
        (("Bot", "Mara"), "bot", 1),
        (("Bot",), "bot", 0),
    ],
)
def test_one_set_is_else_that_of_the_annotator_who_is_named(
    named: tuple[str, ...], taken: str, second: int
) -> None:
    sets = (own("bot", "Bot", "model"), own("mara"), own("jon", "Jon", status="reviewed"))
    found = choose([document("a", *sets)], Selection(annotators=named), one_set=True)
    assert found.sets == {"a": (taken,)}
    assert found.second_sets == second


def test_an_excluded_set_never_goes_before_a_finished_one() -> None:
    sets = (own("no", status="excluded"), own("yes", "Jon", status="complete"))
    found = choose([document("a", *sets)], selected(["all"]), one_set=True)
    assert found.sets == {"a": ("yes",)}


def test_outlets_dates_and_people_select() -> None:
    documents = [
        document("a", own("a1"), outlet="Courier", published="2024-05-02"),
        document("b", own("b1"), outlet="Ledger", published="2024-05"),
        document("c", own("c1", "Jon"), outlet="Courier", published="2024-04-30"),
        document("d", own("d1"), outlet="Courier"),
    ]
    found = choose(documents, selected(["outlet=Courier", "annotator=Mara"]))
    assert found.sets.keys() == {"a", "d"}
    assert found.left_out == {selection.OTHER_OUTLET: 1, selection.OTHER_PERSON: 1}
    assert choose(documents, selected(["date=2024-05-01.."])).sets.keys() == {"a", "b"}
    assert choose(documents, selected(["date=..2024-05-10"])).sets.keys() == {"a", "c"}
    found = choose(documents, selected(["date=2024-05-02"]))
    assert (found.sets.keys(), found.left_out) == ({"a"}, {selection.OTHER_DATE: 3})


@pytest.mark.parametrize("word", ["done", "colour=red", "complete,done", "date=May", ""])
def test_words_that_select_nothing_are_refused(word: str) -> None:
    with pytest.raises(DatasetError):
        selected([word])


def test_the_balance_counts_what_will_be_written() -> None:
    documents = [
        document("a", own("a1", claim=3, denial=2, not_denials=2)),
        document("b", own("b1", claim=1), own("b2", "Jon", source=4)),
        document("c", own("c1")),
        document("d", own("d1", status="new", claim=9)),
    ]
    chosen = choose(documents, Selection(), statuses=FINISHED)
    split = {"a": "train", "b": "test", "c": "train", "d": "dev"}
    assert foreseen(documents, chosen, split, only_denials=True) == {
        "train": Counts(documents=2, empty=1, sets=2, marks={"claim": 3}),
        "test": Counts(documents=1, sets=2, marks={"claim": 1, "source": 4}),
    }
    (whole,) = foreseen(documents, chosen, labels=["denial"]).values()
    assert whole == Counts(documents=3, empty=2, sets=4, marks={"denial": 2})


def test_documents_are_stratified_by_their_rarest_label() -> None:
    documents = [
        document("a", own("a1", claim=3, denial=1)),
        document("b", own("b1", claim=1, denial=1, not_denials=1)),
        document("c", own("c1")),
    ]
    chosen = choose(documents, Selection())
    assert classes(documents, chosen) == {"a": "denial", "b": "claim", "c": ""}
