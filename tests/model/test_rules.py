from __future__ import annotations

from typing import Any

import pytest

from annotator.errors import RuleError
from annotator.model import rules
from annotator.model.annotation import Annotation, Relation, segments_of
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
