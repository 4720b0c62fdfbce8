"""A schema while it is edited."""

from __future__ import annotations

import pytest

from annotator.errors import RuleError
from annotator.model.draft import Draft
from annotator.model.schema import builtin


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
