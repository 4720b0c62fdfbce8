"""Counting what is lost."""

from __future__ import annotations

from annotator.model.loss import ATTRIBUTES, LINKS, SPLIT, Kind, Loss, Losses


def test_every_loss_is_counted_and_the_first_ids_are_kept() -> None:
    losses = Losses(shown=3)
    losses.add(SPLIT, ["a", "b"])
    losses.add(LINKS, ["r"])
    losses.add(SPLIT, ["c", "d"])
    losses.add(ATTRIBUTES, [])
    split, links = losses.found()
    assert (split.kind, split.count, split.ids) == ("split", 4, ("a", "b", "c"))
    assert str(split) == "4 marks: each piece is a mark of its own there."
    assert str(links) == "1 link: left out."
    assert losses.count(SPLIT) == 4
    assert losses.count(ATTRIBUTES) == 0


def test_all_ids_go_to_whoever_wants_them() -> None:
    told: list[tuple[str, str]] = []
    losses = Losses(shown=0, each=lambda kind, id_: told.append((kind.name, id_)))
    losses.add(SPLIT, ["a"])
    losses.add(LINKS, ["r", "s"])
    assert told == [("split", "a"), ("links", "r"), ("links", "s")]
    assert [loss.ids for loss in losses.found()] == [(), ()]


def test_what_lost_a_part_of_itself_is_found_by_the_part() -> None:
    losses = Losses(shown=None)
    losses.add(SPLIT, ["a", "b"])
    losses.add(LINKS, ["r"])
    assert losses.ids("span") == {"a", "b"}
    assert losses.ids("whole") == {"r"}


def test_what_a_foreign_format_counts_is_called_as_it_calls_it() -> None:
    losses = Losses()
    for of in ("mark", "link", "article", "record", "row"):
        losses.add(Kind(of, of, "left out", "whole"), ["a", "b"])
    for of in ("mark", "link", "article", "record"):
        losses.add(Kind(f"one {of}", of, "left out", "whole"), ["a"])
    assert [str(one) for one in losses.found()] == [
        "2 marks: left out.",
        "2 links: left out.",
        "2 articles: left out.",
        "2 records: left out.",
        "2 row: left out.",
        "1 mark: left out.",
        "1 link: left out.",
        "1 article: left out.",
        "1 record: left out.",
    ]
    assert losses.found()[2] == Loss("article", "article", 2, ("a", "b"), "left out")


def test_twenty_ids_of_a_kind_are_kept_and_no_more_whatever_comes() -> None:
    losses = Losses()
    losses.add(SPLIT, [str(n) for n in range(19)])
    losses.add(SPLIT, ["19", "20"])
    losses.add(SPLIT, ["21"])
    assert losses.found()[0].ids == tuple(str(n) for n in range(20))
    assert losses.count(SPLIT) == 22
