from __future__ import annotations

import pytest
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.model.rules import require_attribute
from annotator.model.schema import (
    Attribute,
    Label,
    RelationType,
    Schema,
    builtin,
    dump,
    load,
    problems,
)

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


BAD = {
    "it has no name": replace(SMALL, name=""),
    "it has no labels": replace(SMALL, labels=(), attributes=(), relations=()),
    "all its labels are retired": replace(
        SMALL, labels=tuple(replace(one, retired=True) for one in SMALL.labels)
    ),
    "label “fact” stands in it twice": replace(SMALL, labels=(*SMALL.labels, SMALL.labels[0])),
    "attribute “tone” stands in it twice": replace(SMALL, attributes=SMALL.attributes * 2),
    "relation “said_by” stands in it twice": replace(SMALL, relations=SMALL.relations * 2),
    "the label “*” needs another name": replace(SMALL, labels=(*SMALL.labels, Label("*", "Any"))),
    "the attribute “ x” needs another name": replace(
        SMALL, attributes=(Attribute(" x", "X", ("*",), ("y",)),)
    ),
    "the relation “” needs another name": replace(
        SMALL, relations=(replace(SMALL.relations[0], name=""),)
    ),
    "the key “F” of tale is taken by fact": replace(
        SMALL, labels=(*SMALL.labels, Label("tale", "Tale", key="f"))
    ),
    "label fact has the style dots, which is none of fill, underline, hatch, dashes": replace(
        SMALL, labels=(replace(SMALL.labels[0], style="dots"), SMALL.labels[1])
    ),
    "attribute x names the label “cue”, which is not in it": replace(
        SMALL, attributes=(Attribute("x", "X", ("fact", "cue"), ("y",)),)
    ),
    "attribute x has no values": replace(SMALL, attributes=(Attribute("x", "X", ("*",), ()),)),
    "attribute x: value “y” stands in it twice": replace(
        SMALL, attributes=(Attribute("x", "X", ("*",), ("y", "n", "y")),)
    ),
    "relation r names the label “tale”, which is not in it": replace(
        SMALL, relations=(RelationType("r", "r", "r", ("*", "tale"), ("voice",)),)
    ),
    "relation r names the label “cue”, which is not in it": replace(
        SMALL, relations=(RelationType("r", "r", "r", ("fact",), ("*", "cue")),)
    ),
}


@pytest.mark.parametrize("said", BAD)
def test_what_is_wrong_with_a_schema_is_said_once_and_names_the_thing(said: str) -> None:
    assert problems(BAD[said]) == [said]
    with pytest.raises(RuleError) as caught:
        load(dump(BAD[said]), "mine.json")
    assert str(caught.value) == f"mine.json is not a good schema: {said}. Nothing was changed."


def test_a_key_of_a_retired_label_is_free_and_no_key_is_nobody_s() -> None:
    more = (Label("tale", "Tale", key="F", retired=True), Label("myth", "Myth"))
    assert problems(replace(SMALL, labels=(*more, *SMALL.labels))) == []
    assert problems(replace(SMALL, labels=(*SMALL.labels, *more))) == []


def test_what_is_no_schema_says_why_and_where() -> None:
    with pytest.raises(RuleError) as caught:
        load(b'{"name": 4}')
    assert str(caught.value) == (
        "the schema is not a schema: Expected `str`, got `int` - at `$.name`. Nothing was changed."
    )


def test_what_is_retired_is_kept_and_given_to_nothing_new() -> None:
    old = replace(
        SMALL,
        labels=(replace(SMALL.labels[0], retired=True), SMALL.labels[1]),
        attributes=(replace(SMALL.attributes[0], retired=True),),
        relations=(replace(SMALL.relations[0], retired=True),),
    )
    assert old.label("fact").retired
    assert old.relation("said_by").retired
    assert old.current == replace(old, labels=SMALL.labels[1:], attributes=(), relations=())
    assert SMALL.current == SMALL
    assert (SMALL.for_marks("fact"), SMALL.for_links("said_by")) == (
        SMALL.labels[0],
        SMALL.relations[0],
    )
    said = {
        "The label “fact” is retired: marks keep it, no new one gets it.": old.for_marks,
        "The link “said_by” is retired: links keep it, no new one gets it.": old.for_links,
        "There is no label “myth”; the schema has fact, voice.": old.for_marks,
        "There is no relation “myth”; the schema has said_by.": old.for_links,
        "There is no relation “myth”; the schema has said_by, x.": replace(
            old, relations=(*old.relations, replace(SMALL.relations[0], name="x"))
        ).for_links,
    }
    for sentence, ask in said.items():
        with pytest.raises(RuleError) as caught:
            ask("myth" if "myth" in sentence else sentence.split("“")[1].split("”")[0])
        assert str(caught.value) == sentence
    with pytest.raises(RuleError) as caught:
        require_attribute(old, "voice", "tone", "dry")
    assert str(caught.value) == "The attribute “tone” is retired: marks keep it, no other gets it."


def test_a_star_stands_for_every_label_at_either_end() -> None:
    kind = replace(SMALL.relations[0], from_=("*",))
    assert kind.fits("voice", "voice")
    assert not kind.fits("voice", "fact")
    assert replace(SMALL.relations[0], to=("*",)).fits("fact", "fact")


def test_the_built_in_schema_is_called_attribution() -> None:
    assert builtin().name == "attribution"
    assert problems(builtin()) == []
    assert dump(SMALL).startswith(b'{"attributes":[{"guideline":')
