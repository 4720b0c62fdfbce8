from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation, Relation, Segment, segments_of
from annotator.model.rules import Check
from annotator.model.schema import builtin
from annotator.text.span import Span

SCHEMA = builtin()
TEXT = "Officials said the bridge was closed. The mayor denied that it was closed."


def mark(key: str, label: str, start: int = 0, end: int = 9, **more: Any) -> Annotation:
    return Annotation(
        id=key, set_id="set", document_id="doc", label=label,
        segments=segments_of(Span.of([(start, end)]), TEXT),
        created="", updated="", by="", **more,
    )  # fmt: skip


def link(kind: str, from_: str, to: str) -> Relation:
    return Relation(
        id=f"{kind}-{from_}-{to}", set_id="set", type=kind, from_id=from_, to_id=to,
        created="", updated="", by="",
    )  # fmt: skip


def codes(marks: list[Annotation], links: list[Relation] = []) -> set[str]:  # noqa: B006
    return {check.code for check in rules.checks(SCHEMA, marks, links)}


@pytest.mark.parametrize(
    ("kind", "from_", "to"),
    [
        ("attributed_to", "claim", "source"),
        ("issued_by", "denial", "source"),
        ("denies", "denial", "claim"),
        ("denies", "denial", "denial"),
        ("via", "source", "source"),
        ("cued_by", "claim", "cue"),
        ("cued_by", "denial", "cue"),
    ],
)
def test_the_links_of_the_built_in_schema(kind: str, from_: str, to: str) -> None:
    type_ = SCHEMA.relation(kind)
    labels = [label.name for label in SCHEMA.labels]
    rules.require_link(type_, mark("a", from_), mark("b", to), [])
    for other in labels:
        if not type_.fits(other, to):
            with pytest.raises(RuleError, match=f"{kind} leads from"):
                rules.require_link(type_, mark("a", other), mark("b", to), [])


def test_a_mark_is_not_linked_to_itself() -> None:
    with pytest.raises(RuleError, match="itself"):
        rules.require_link(SCHEMA.relation("via"), mark("a", "source"), mark("a", "source"), [])


def test_two_marks_are_linked_once_by_each_type() -> None:
    there = [link("denies", "a", "b")]
    with pytest.raises(RuleError, match="already linked"):
        rules.require_link(
            SCHEMA.relation("denies"), mark("a", "denial"), mark("b", "claim"), there
        )


def test_via_goes_in_no_circle_however_long() -> None:
    chain = [link("via", "a", "b"), link("via", "b", "c"), link("via", "b", "d")]
    via = SCHEMA.relation("via")
    with pytest.raises(RuleError, match="circle"):
        rules.require_link(via, mark("d", "source"), mark("a", "source"), chain)
    rules.require_link(via, mark("a", "source"), mark("d", "source"), chain)


def test_denials_may_deny_each_other() -> None:
    there = [link("denies", "a", "b")]
    rules.require_link(SCHEMA.relation("denies"), mark("b", "denial"), mark("a", "denial"), there)


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [("claim", "denial_kind", "refusal"), ("claim", "certainty", "sure"), ("cue", "height", "1")],
)
def test_an_attribute_that_does_not_fit_is_refused(label: str, name: str, value: str) -> None:
    with pytest.raises(RuleError, match=r"can (be|have)"):
        rules.require_attribute(SCHEMA, label, name, value)


def test_unsure_may_be_said_of_every_label() -> None:
    for label in SCHEMA.labels:
        assert rules.require_attribute(SCHEMA, label.name, "unsure", "yes").name == "unsure"


@pytest.mark.parametrize("span", ["0:80", "75:76"])
def test_a_mark_ends_inside_the_text(span: str) -> None:
    with pytest.raises(RuleError, match="ends at 74"):
        rules.require_span(Span.parse(span), len(TEXT), "x")


@pytest.mark.parametrize("words", ["", " \n\t", "\xa0\u2003"])
def test_a_mark_holds_words(words: str) -> None:
    with pytest.raises(RuleError, match="only blanks"):
        rules.require_span(Span.of([(0, 3)]), 10, words)


def test_a_claim_needs_a_source_or_an_attribution() -> None:
    claim = mark("c", "claim")
    assert codes([claim]) == {"claim_no_source"}
    assert codes([mark("c", "claim", attributes={"attribution": "writer"})]) == set()
    assert codes([claim, mark("s", "source")], [link("attributed_to", "c", "s")]) == set()


def test_a_claim_inside_its_own_denial_needs_none() -> None:
    denial = mark("d", "denial", 38, 73)
    inside = mark("c", "claim", 60, 73)
    links = [link("denies", "d", "c"), link("issued_by", "d", "s")]
    assert codes([denial, inside, mark("s", "source", 38, 47)], links) == set()
    assert codes([denial, mark("c", "claim", 0, 9), mark("s", "source")], links) == {
        "claim_no_source"
    }


def test_a_denial_denies_a_claim_unless_it_is_a_refusal() -> None:
    links = [link("issued_by", "d", "s")]
    source = mark("s", "source")
    assert codes([mark("d", "denial"), source], links) == {"denial_no_claim"}
    for kind in ("refusal", "non_denial"):
        refusal = mark("d", "denial", attributes={"denial_kind": kind})
        assert codes([refusal, source], links) == set()
    assert "denial_no_source" in codes([mark("d", "denial")])


def test_odd_links_are_pointed_out() -> None:
    marks = [mark("a", "source"), mark("b", "source"), mark("c", "cue")]
    circle = [link("via", "a", "b"), link("via", "b", "a")]
    assert codes(marks, circle) == {"circle"}
    assert codes(marks, [link("via", "a", "a")]) >= {"self_link"}
    assert codes(marks, [link("via", "a", "b")] * 2) == {"double_link"}
    assert codes(marks, [link("denies", "a", "b")]) == {"illegal_ends"}
    assert codes(marks, [link("echoes", "a", "b")]) == {"unknown_relation"}


def test_blanks_at_an_edge_are_pointed_out() -> None:
    assert codes([mark("s", "source", 0, 10)]) == {"blank_edge"}


def test_each_check_says_what_is_odd_and_where_to_look() -> None:
    marks = [
        mark("late", "claim", 0, 14),
        mark("d", "denial", 0, 13),
        mark("edge", "cue", 10, 15),
        mark("c1", "cue", 0, 9),
        mark("c2", "cue", 0, 9),
        mark("s1", "source", 0, 9),
        mark("s2", "source", 0, 9),
    ]
    assert rules.checks(SCHEMA, marks, []) == (
        Check("denial_no_claim", "“Officials sai” denies no claim", ("d",)),
        Check("denial_no_source", "“Officials sai” has no source", ("d",)),
        Check("claim_no_source", "“Officials said” has no source", ("late",)),
        Check("blank_edge", "“said ” has blanks at its edge", ("edge",)),
        Check("double_mark", "“Officials” is marked as cue 2 times", ("c1", "c2")),
    )


def test_each_check_of_links_says_what_is_odd_and_where_to_look() -> None:
    marks = [mark("a", "source"), mark("b", "source"), mark("c", "cue")]
    links = [
        link("echoes", "a", "b"),
        link("denies", "a", "c"),
        link("via", "a", "a"),
        link("via", "b", "a"),
        link("via", "a", "b"),
        link("via", "a", "b"),
        link("cued_by", "elsewhere", "c"),
    ]
    assert rules.checks(SCHEMA, marks, links) == (
        Check("unknown_relation", "the schema has no relation echoes", ("a", "b")),
        Check("illegal_ends", "denies cannot lead from source to cue", ("a", "c")),
        Check("self_link", "via links a mark to itself", ("a", "a")),
        Check("double_link", "via stands there twice", ("a", "b")),
        Check("circle", "via goes in a circle", ("a", "b")),
    )


def test_a_circle_is_one_of_links_of_one_type() -> None:
    marks = [mark("a", "source"), mark("b", "source"), mark("c", "source"), mark("d", "source")]
    apart = [link("via", "a", "b"), link("attributed_to", "b", "a")]
    assert "circle" not in codes(marks, apart)
    around = [link("via", "a", "b"), link("via", "b", "c"), link("via", "c", "b")]
    found = rules.checks(SCHEMA, marks, [*around, link("via", "a", "d")])
    assert [one.ids for one in found if one.code == "circle"] == [("b", "c")]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 39 + "…"),
        ("a" * 38 + " bcd", "a" * 38 + "…"),
    ],
)
def test_long_words_are_shortened_in_a_check(words: str, shown: str) -> None:
    held = replace(mark("c", "claim"), segments=(Segment(0, len(words), words),))
    (check,) = rules.checks(SCHEMA, [held], [])
    assert check.message == f"“{shown}” has no source"


def test_a_claim_lies_in_its_own_denial_up_to_the_edges_of_it() -> None:
    denial, links = (
        mark("d", "denial", 38, 73),
        [link("denies", "d", "c"), link("issued_by", "d", "d")],
    )

    def silent(start: int, end: int, *more: Relation) -> bool:
        inside = mark("c", "claim", start, end)
        return "claim_no_source" not in codes([denial, inside], [*links, *more])

    assert silent(38, 73)
    assert not silent(37, 73)
    assert not silent(38, 74)
    other = [link("denies", "d", "x"), link("issued_by", "d", "d"), link("via", "x", "c")]
    assert "claim_no_source" in codes([denial, mark("c", "claim", 40, 50)], other)


def test_a_link_that_cannot_be_says_why() -> None:
    via, denies = SCHEMA.relation("via"), SCHEMA.relation("denies")
    source, other, claim = mark("a", "source"), mark("b", "source"), mark("c", "claim")
    for kind, from_, to, said in (
        (via, source, source, "A mark cannot be linked to itself."),
        (
            denies,
            source,
            other,
            "denies leads from denial to claim or denial, not from source to source.",
        ),
        (denies, mark("d", "denial"), claim, "These two are already linked by denies."),
        (via, source, other, "This via would close a circle."),
    ):
        with pytest.raises(RuleError) as caught:
            rules.require_link(kind, from_, to, [link("denies", "d", "c"), link("via", "b", "a")])
        assert str(caught.value) == said
    rules.require_link(via, source, other, [link("denies", "a", "b"), link("denies", "b", "a")])
    round_ = [link("via", "b", "x"), link("via", "x", "b"), link("via", "x", "y")]
    rules.require_link(via, source, other, round_)


def test_a_mark_that_cannot_be_says_where() -> None:
    for span, length, words, said in (
        ("0:9", 8, "x", "The text ends at 8; 0:9 reaches beyond it."),
        ("0:3,5:9", 9, " ", "There are only blanks at 0:3,5:9; a mark needs words."),
    ):
        with pytest.raises(RuleError) as caught:
            rules.require_span(Span.parse(span), length, words)
        assert str(caught.value) == said
    rules.require_span(Span.parse("0:9"), 9, " x ")


@pytest.mark.parametrize(
    ("label", "name", "value", "said"),
    [
        (
            "cue",
            "height",
            "1",
            "A cue has no attribute “height”; it can have: cue_stance, unsure.",
        ),
        ("cue", "unsure", "no", "“no” is not a value of unsure; it can be yes."),
        (
            "claim",
            "certainty",
            "sure",
            "“sure” is not a value of certainty; it can be certain, probable, possible, "
            "underspecified.",
        ),
    ],
)
def test_what_fits_instead_is_said(label: str, name: str, value: str, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        rules.require_attribute(SCHEMA, label, name, value)
    assert str(caught.value) == said
    with pytest.raises(RuleError, match=r"A cue has no attribute “x”; it can have: none\.$"):
        rules.require_attribute(replace(SCHEMA, attributes=()), "cue", "x", "1")
