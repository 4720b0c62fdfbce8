"""The built-in schema says what the design page says, and explains every rule by examples."""

from __future__ import annotations

import re

import pytest

from annotator import resources
from annotator.model import schema as schemas
from annotator.model.schema import Schema

VALUES = {
    ("source", "identification"): "named role_only unnamed anonymous collective implicit",
    ("source", "source_type"): (
        "person official organisation government armed_group media document social_media group other"
    ),
    ("claim", "check_worthiness"): "check_worthy factual_unimportant not_factual",
    ("claim", "claim_type"): "event numerical quote causal position prediction request",
    ("claim", "certainty"): "certain probable possible underspecified",
    ("claim", "quotation"): "indirect direct mixed",
    ("claim", "attribution"): "sourced writer agentless",
    ("claim", "author_stance"): "neutral endorsed distanced",
    ("denial", "denial_kind"): (
        "rejection refutation contradiction responsibility partial retraction refusal non_denial"
    ),
    ("denial", "scope"): "whole part",
    ("cue", "cue_stance"): "neutral factive doubt denial",
    ("*", "unsure"): "yes",
}
ENDS = {
    "attributed_to": (("claim",), ("source",)),
    "issued_by": (("denial",), ("source",)),
    "denies": (("denial",), ("claim", "denial")),
    "via": (("source",), ("source",)),
    "cued_by": (("claim", "denial"), ("cue",)),
}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return schemas.builtin()


def test_it_has_no_problems(schema: Schema) -> None:
    assert schemas.problems(schema) == []


def test_the_four_labels_have_their_keys_and_looks(schema: Schema) -> None:
    looks = [(label.name, label.key, label.style, label.color) for label in schema.labels]
    assert looks == [
        ("claim", "C", "fill", "claim"),
        ("source", "S", "underline", "source"),
        ("denial", "D", "hatch", "denial"),
        ("cue", "U", "dashes", "cue"),
    ]


def test_attributes_have_exactly_the_values_of_the_design(schema: Schema) -> None:
    found = {(on, a.name): " ".join(a.values) for a in schema.attributes for on in a.on}
    assert found == VALUES


def test_the_simple_preset_offers_three_attributes_and_doubt(schema: Schema) -> None:
    offered = {attribute.name for attribute in schema.attributes if attribute.offered}
    assert offered == {"check_worthiness", "denial_kind", "identification", "unsure"}


def test_relations_lead_from_and_to_what_they_may(schema: Schema) -> None:
    assert {kind.name: (kind.from_, kind.to) for kind in schema.relations} == ENDS
    assert [kind.name for kind in schema.relations if kind.acyclic] == ["via"]


def test_every_relation_reads_from_both_ends(schema: Schema) -> None:
    reads = {kind.name: (kind.title, kind.inverse) for kind in schema.relations}
    assert reads["attributed_to"] == ("said by", "says")
    assert reads["denies"] == ("denies", "denied by")
    assert all(title and inverse and title != inverse for title, inverse in reads.values())


def test_every_rule_stands_with_two_examples(schema: Schema) -> None:
    told = [thing.guideline for thing in (*schema.labels, *schema.attributes, *schema.relations)]
    for guideline in (schema.guideline, *told):
        lists = re.findall(r"(?:^- .+\n?)+", guideline, re.MULTILINE)
        assert lists, guideline
        assert all(len(one.strip().splitlines()) == 2 for one in lists), guideline


def test_a_guideline_begins_with_a_line_that_stands_alone(schema: Schema) -> None:
    firsts = [label.guideline.split("\n")[0] for label in schema.labels]
    assert all(20 < len(first) < 80 and first.endswith(".") for first in firsts)


def test_the_file_is_as_a_person_would_edit_it() -> None:
    assert resources.text("schemas/attribution.json").startswith('{\n  "name": "attribution"')
