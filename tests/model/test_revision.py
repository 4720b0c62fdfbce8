"""Another schema in force: what becomes of names, and what is refused with which words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.model.annotation import Annotation, Segment
from annotator.model.revision import (
    Revision,
    merged,
    renamed,
    require_good,
    retired,
)
from annotator.model.schema import Attribute, Label, RelationType, Schema

SCHEMA = Schema(
    name="small",
    version=1,
    labels=(Label("fact", "Fact"), Label("tale", "Tale"), Label("voice", "Voice")),
    attributes=(
        Attribute("tone", "Tone", ("fact", "tale"), ("dry", "warm", "cold")),
        Attribute("sure", "Sure", ("*",), ("yes", "no=0")),
    ),
    relations=(
        RelationType("said_by", "said by", "says", ("fact",), ("voice",)),
        RelationType("told_by", "told by", "tells", ("tale", "fact"), ("voice", "tale")),
    ),
)


def test_a_renamed_thing_is_called_anew_wherever_it_is_named() -> None:
    found = renamed(SCHEMA, "label", "tale", "story")
    assert [one.name for one in found.schema.labels] == ["fact", "story", "voice"]
    assert [one.on for one in found.schema.attributes] == [("fact", "story"), ("*",)]
    assert found.schema.relations[1].from_ == ("story", "fact")
    assert found.schema.relations[1].to == ("voice", "story")
    assert found == Revision(schema=found.schema, labels={"tale": "story"})
    assert renamed(SCHEMA, "attribute", "tone", "air").attributes == {"tone": "air"}
    assert renamed(SCHEMA, "relation", "told_by", "of").relations == {"told_by": "of"}


def test_a_merged_label_is_gone_and_its_places_are_the_other_s() -> None:
    found = merged(SCHEMA, "label", "tale", "fact")
    assert [one.name for one in found.schema.labels] == ["fact", "voice"]
    assert found.schema.attributes[0].on == ("fact",)
    assert found.schema.relations[1].from_ == ("fact",)
    assert found.labels == {"tale": "fact"}


def test_a_merged_relation_leads_wherever_either_did() -> None:
    found = merged(SCHEMA, "relation", "told_by", "said_by")
    assert found.schema.relations == (
        replace(SCHEMA.relations[0], from_=("fact", "tale"), to=("voice", "tale")),
    )
    assert found.relations == {"told_by": "said_by"}


def test_values_are_renamed_and_merged_inside_their_attribute() -> None:
    found = renamed(SCHEMA, "value", "tone=warm", "kind")
    assert found.schema.attributes[0].values == ("dry", "kind", "cold")
    assert found.values == {"tone": {"warm": "kind"}}
    found = merged(SCHEMA, "value", "tone=warm", "cold")
    assert found.schema.attributes[0].values == ("dry", "cold")
    assert found.schema.attributes[1] == SCHEMA.attributes[1]
    assert renamed(SCHEMA, "value", "sure=no=0", "no").values == {"sure": {"no=0": "no"}}


def test_what_is_retired_says_so_and_what_is_not_says_nothing() -> None:
    found = retired(SCHEMA, "label", "tale")
    assert found == Revision(schema=found.schema)
    assert [one.retired for one in found.schema.labels] == [UNSET, True, UNSET]
    assert retired(found.schema, "label", "tale", retire=False).schema == SCHEMA


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            lambda: renamed(SCHEMA, "label", "tale", "fact"),
            "There is a label “fact” already; merge the two instead.",
        ),
        (
            lambda: renamed(SCHEMA, "label", "myth", "fact"),
            "There is no label “myth”; there are: fact, tale, voice.",
        ),
        (
            lambda: merged(SCHEMA, "relation", "told_by", "x"),
            "There is no relation “x”; there are: said_by, told_by.",
        ),
        (
            lambda: merged(SCHEMA, "relation", "x", "told_by"),
            "There is no relation “x”; there are: said_by, told_by.",
        ),
        (
            lambda: renamed(SCHEMA, "thing", "a", "b"),
            "“thing” is none of label, attribute, relation, value.",
        ),
        (
            lambda: merged(SCHEMA, "attribute", "tone", "sure"),
            "Attributes cannot be merged, only their values.",
        ),
        (
            lambda: merged(SCHEMA, "label", "tale", "tale"),
            "It takes two to merge; “tale” stays as it is.",
        ),
        (
            lambda: merged(SCHEMA, "value", "tone=dry", "dry"),
            "It takes two to merge; “dry” stays as it is.",
        ),
        (
            lambda: merged(SCHEMA, "value", "tone=dry", "odd"),
            "tone has the values dry, warm, cold.",
        ),
        (
            lambda: merged(SCHEMA, "value", "tone=odd", "dry"),
            "tone has the values dry, warm, cold.",
        ),
        (
            lambda: renamed(SCHEMA, "value", "tone=odd", "even"),
            "tone has the values dry, warm, cold.",
        ),
        (
            lambda: renamed(SCHEMA, "value", "tone=dry", "warm"),
            "tone has the value “warm” already; merge the two instead.",
        ),
        (
            lambda: renamed(SCHEMA, "value", "dry", "warm"),
            "A value is named attribute=value; “dry” is not.",
        ),
        (
            lambda: renamed(SCHEMA, "value", "air=dry", "warm"),
            "There is no attribute “air”; there are: tone, sure.",
        ),
        (
            lambda: retired(SCHEMA, "value", "tone=dry"),
            "A value cannot be retired; merge it with another.",
        ),
        (
            lambda: retired(SCHEMA, "label", "myth"),
            "There is no label “myth”; there are: fact, tale, voice.",
        ),
        (
            lambda: require_good(replace(SCHEMA, name="", labels=())),
            "The schema would not be good: it has no name.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(act: Callable[[], object], said: str) -> None:
    with pytest.raises(RuleError) as caught:
        act()
    assert str(caught.value) == said + " Nothing was changed."


def test_a_good_schema_is_not_refused() -> None:
    require_good(SCHEMA)


def test_a_mark_follows_its_names() -> None:
    mark = Annotation(
        id="m", set_id="s", document_id="d", label="tale", segments=(Segment(0, 1, "x"),),
        attributes={"tone": "warm", "sure": "yes"}, created="", updated="", by="",
    )  # fmt: skip
    revision = Revision(
        schema=SCHEMA, labels={"tale": "fact"}, attributes={"tone": "air"},
        values={"tone": {"warm": "kind"}},
    )  # fmt: skip
    after = revision.mark(mark)
    assert after == replace(mark, label="fact", attributes={"air": "kind", "sure": "yes"})
    assert list(after.attributes) == ["air", "sure"]
    assert Revision(schema=SCHEMA).mark(mark) == mark


@pytest.mark.parametrize(
    ("revision", "moves"),
    [
        (Revision(schema=SCHEMA), False),
        (Revision(schema=SCHEMA, relations={"told_by": "said_by"}), False),
        (Revision(schema=SCHEMA, labels={"tale": "fact"}), True),
        (Revision(schema=SCHEMA, attributes={"tone": "air"}), True),
        (Revision(schema=SCHEMA, values={"tone": {"dry": "cold"}}), True),
    ],
)
def test_marks_move_where_their_names_do(revision: Revision, moves: bool) -> None:
    assert revision.moves_marks == moves
