from __future__ import annotations

import pytest
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.model.schema import Attribute, Label, RelationType, Schema, builtin, dump, load

SMALL = Schema(
    name="small",
    version=3,
    labels=(Label("fact", "Fact", key="F"), Label("voice", "Voice")),
    attributes=(Attribute("tone", "Tone", ("*",), ("dry", "warm")),),
    relations=(RelationType("said_by", "said by", "says", ("fact",), ("voice",)),),
)


def test_a_schema_comes_back_from_its_json_unchanged() -> None:
    for schema in (SMALL, builtin()):
        assert load(dump(schema)) == schema
        assert load(dump(schema)).sha256 == schema.sha256


def test_the_hash_goes_by_content_not_by_the_order_of_keys() -> None:
    turned = b'{"version":3,"labels":[{"title":"Fact","name":"fact"}],"name":"small"}'
    straight = b'{"name":"small","labels":[{"name":"fact","title":"Fact"}],"version":3}'
    assert load(turned).sha256 == load(straight).sha256 != SMALL.sha256


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(SMALL, name=""), "no name"),
        (replace(SMALL, labels=()), "no labels"),
        (replace(SMALL, labels=(*SMALL.labels, Label("fact", "Again"))), "label “fact”"),
        (replace(SMALL, labels=(*SMALL.labels, Label("tale", "Tale", key="f"))), "key “F”"),
        (replace(SMALL, attributes=SMALL.attributes * 2), "attribute “tone”"),
        (replace(SMALL, attributes=(Attribute("x", "X", ("cue",), ("y",)),)), "label “cue”"),
        (replace(SMALL, attributes=(Attribute("x", "X", ("*",), ()),)), "no values"),
        (replace(SMALL, relations=SMALL.relations * 2), "relation “said_by”"),
        (
            replace(SMALL, relations=(RelationType("r", "r", "r", ("fact",), ("cue",)),)),
            "label “cue”",
        ),
    ],
)
def test_a_schema_that_contradicts_itself_is_refused(wrong: Schema, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        load(dump(wrong), "mine.json")


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"name": 4}', b"\xff\xfe", b'{"name":"x"}'])
def test_what_is_no_schema_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(RuleError, match=r"mine\.json"):
        load(data, "mine.json")


def test_an_attribute_on_every_label() -> None:
    assert [a.name for a in SMALL.attributes_of("voice")] == ["tone"]


def test_links_between_two_labels() -> None:
    assert [r.name for r in SMALL.relations_between("fact", "voice")] == ["said_by"]
    assert SMALL.relations_between("voice", "fact") == ()


def test_names_that_are_not_in_it_are_refused_with_those_that_are() -> None:
    with pytest.raises(RuleError, match="fact, voice"):
        SMALL.label("claim")
    with pytest.raises(RuleError, match="said_by"):
        SMALL.relation("via")
