"""A schema while it is edited."""

from __future__ import annotations

import pytest

from annotator.errors import RuleError
from annotator.model.draft import Draft
from annotator.model.schema import Attribute, Label, RelationType, builtin


def test_nothing_changed_is_nothing_to_put_in_force() -> None:
    draft = Draft(builtin())
    draft.rename("label", "claim", "statement")
    assert draft.is_changed
    draft.rename("label", "statement", "claim")
    assert not draft.is_changed
    assert draft.revision.labels == {}


def test_renames_and_merges_add_up_to_where_each_stored_name_leads() -> None:
    draft = Draft(builtin())
    draft.rename("label", "claim", "statement")
    draft.rename("label", "statement", "utterance")
    draft.merge("label", "cue", "denial")
    draft.rename("label", "denial", "rejection")
    assert draft.revision.labels == {
        "claim": "utterance",
        "cue": "rejection",
        "denial": "rejection",
    }
    assert draft.problem == ""


def test_a_new_thing_with_an_old_name_takes_nothing_that_was_stored() -> None:
    draft = Draft(builtin())
    draft.rename("label", "claim", "statement")
    assert draft.add("label", "Claim") == "claim"
    draft.rename("label", "claim", "rumor")
    assert draft.revision.labels == {"claim": "statement"}
    assert draft.add("label", "Rumor") == "rumor_2"


def test_values_follow_their_attribute() -> None:
    draft = Draft(builtin())
    draft.rename("attribute", "denial_kind", "how")
    draft.rename_value("how", "rejection", "flat")
    draft.rename_value("how", "flat", "partial")
    assert draft.revision.attributes == {"denial_kind": "how"}
    assert draft.revision.values == {"denial_kind": {"rejection": "partial"}}
    assert draft.find("attribute", "how").values.count("partial") == 1


def test_a_key_that_is_taken_is_the_problem_and_a_label_that_goes_leaves_no_mention() -> None:
    draft = Draft(builtin())
    draft.change("label", "cue", key="C")
    assert "the key “C” of cue is taken by claim" in draft.problem
    draft.remove("label", "cue")
    assert draft.problem == ""
    draft.move("label", "claim", 1)
    assert [one.name for one in draft.now.labels] == ["source", "claim", "denial"]
    with pytest.raises(RuleError):
        draft.merge("label", "claim", "cue")


def test_a_new_thing_is_ready_to_be_used_and_called_by_the_words_of_its_title() -> None:
    draft = Draft(builtin())
    assert draft.add("label", "Open Question?") == "open_question"
    assert draft.now.labels[-1] == Label("open_question", "Open Question?", color="#0072b2")
    assert draft.add("attribute", "Tone") == "tone"
    assert draft.now.attributes[-1] == Attribute("tone", "Tone", ("claim",), ("yes", "no"))
    assert draft.add("relation", "echoes") == "echoes"
    assert draft.now.relations[-1] == RelationType(
        "echoes", "echoes", "echoes (from the other end)", ("claim",), ("claim",)
    )
    assert [draft.add("label", "?!") for _ in range(3)] == ["label", "label_2", "label_3"]
    assert draft.problem == ""


def test_a_new_label_gets_a_color_that_is_free_and_the_first_where_none_is() -> None:
    draft = Draft(builtin())
    names = [draft.add("label", f"label {n}") for n in range(7)]
    colors = {one.name: one.color for one in draft.now.labels}
    assert len({colors[name] for name in names[:5]} | {"claim", "source", "denial", "cue"}) == 9
    assert [colors[name] for name in names[5:]] == ["claim", "claim"]


def test_what_is_gone_is_not_found() -> None:
    with pytest.raises(RuleError) as caught:
        Draft(builtin()).find("relation", "echoes")
    assert str(caught.value) == "There is no relation “echoes” any more."


def test_a_thing_moves_no_further_than_to_the_end() -> None:
    draft = Draft(builtin())

    def order() -> list[str]:
        return [one.name for one in draft.now.labels]

    assert order() == ["claim", "source", "denial", "cue"]
    draft.move("label", "source", -1)
    draft.move("label", "source", -1)
    assert order() == ["source", "claim", "denial", "cue"]
    draft.move("label", "claim", 9)
    assert order() == ["source", "denial", "cue", "claim"]
    draft.move("label", "denial", 1)
    assert order() == ["source", "cue", "denial", "claim"]


def test_a_label_that_goes_leaves_the_ends_of_links() -> None:
    draft = Draft(builtin())
    draft.remove("label", "denial")
    assert draft.find("relation", "cued_by").from_ == ("claim",)
    assert draft.find("relation", "denies").to == ("claim",)
    assert draft.find("attribute", "denial_kind").on == ()
    assert draft.find("attribute", "unsure").on == ("*",)
    draft.remove("relation", "via")
    assert "via" not in [one.name for one in draft.now.relations]


def test_what_is_retired_may_come_back() -> None:
    draft = Draft(builtin())
    draft.retire("label", "cue", retire=True)
    assert draft.find("label", "cue").retired is True
    draft.retire("label", "cue", retire=False)
    assert not draft.is_changed


def test_the_schema_itself_is_described() -> None:
    draft = Draft(builtin())
    draft.describe(title="Ours", guideline="Read all of it.")
    assert (draft.now.title, draft.now.guideline) == ("Ours", "Read all of it.")
    draft.describe(title="")
    assert draft.now.guideline == "Read all of it."


def test_values_that_nothing_stored_has_lead_nowhere() -> None:
    draft = Draft(builtin())
    draft.rename_value("denial_kind", "no such", "other")
    draft.rename_value("denial_kind", "rejection", "rejection")
    assert not draft.is_changed
    draft.add("attribute", "Tone")
    draft.rename_value("tone", "yes", "warm")
    assert draft.find("attribute", "tone").values == ("warm", "no")
    draft.rename_value("certainty", "probable", "likely")
    assert draft.revision.values == {"certainty": {"probable": "likely"}}
