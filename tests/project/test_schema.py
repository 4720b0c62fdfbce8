"""Changing the schema of a project that is at work: rename, merge, retire, undo."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.model import revision as revisions
from annotator.model.revision import Revision
from annotator.model.schema import Label, builtin
from annotator.progress import Cancelled
from annotator.project import Project, exchange, marks, relations, schema
from tests.support.builders import article, dump, mark


@pytest.fixture
def document(project: Project) -> str:
    """A story with two claims, a source, a denial, and links."""
    id_ = article(project)
    claim = mark(project, id_, "the pier 🚢 would be closed")
    source = mark(project, id_, "The harbour office", "source")
    relations.link(project, "attributed_to", claim.id, source.id)
    denial = mark(project, id_, "denied", "denial", attributes={"denial_kind": "rejection"})
    relations.link(project, "denies", denial.id, claim.id)
    mark(project, id_, "closed")
    return id_


def words(project: Project, document: str) -> dict[str, str]:
    return {one.words: one.label for one in project.read.annotations(document)}


def test_a_label_is_renamed_everywhere_as_one_act(project: Project, document: str) -> None:
    before, text = dump(project), words(project, document)
    now = schema.rename(project, "label", "claim", "statement")
    assert now.version == builtin().version + 1
    assert words(project, document) == {
        said: "statement" if label == "claim" else label for said, label in text.items()
    }
    assert "statement" in now.relation("attributed_to").from_
    assert all("claim" not in one.on for one in now.attributes)
    assert project.read.library()[0].counts == {"statement": 2, "source": 1, "denial": 1}
    assert project.read.findings() == ()
    assert exchange.verify_project(project).count == 0
    project.undo()
    assert dump(project) == before
    project.redo()
    assert project.read.labels_in_use() == {"statement": 2, "source": 1, "denial": 1}


@pytest.mark.parametrize("part", [1, 2, 2000])
def test_parts_are_one_step(
    project: Project, document: str, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PART", part)
    before = dump(project)
    schema.rename(project, "label", "claim", "statement")
    schema.merge(project, "label", "denial", "statement")
    assert project.read.labels_in_use() == {"statement": 3, "source": 1}
    assert project.read.findings() == ()
    project.undo()
    project.undo()
    assert dump(project) == before


def test_merging_keeps_every_link_legal(project: Project, document: str) -> None:
    now = schema.merge(project, "label", "cue", "source")
    assert [one.name for one in now.labels] == ["claim", "source", "denial"]
    now = schema.merge(project, "relation", "denies", "attributed_to")
    assert project.read.links_in_use() == {"attributed_to": 2}
    kind = now.relation("attributed_to")
    assert kind.fits("denial", "claim")
    assert kind.fits("claim", "source")


def test_merging_links_leaves_none_twice(project: Project, document: str) -> None:
    two = replace(
        builtin(),
        relations=(*builtin().relations, replace(builtin().relation("denies"), name="rejects")),
    )
    schema.set_schema(project, two)
    (link,) = project.read.relations_of_type("denies")
    relations.link(project, "rejects", link.from_id, link.to_id)
    before = dump(project)
    schema.merge(project, "relation", "rejects", "denies")
    assert project.read.links_in_use()["denies"] == 1
    project.undo()
    assert dump(project) == before


def test_a_value_and_an_attribute_are_renamed_in_every_mark(
    project: Project, document: str
) -> None:
    schema.rename(project, "value", "denial_kind=rejection", "flat")
    schema.rename(project, "attribute", "denial_kind", "how")
    (denial,) = [one for one in project.read.annotations(document) if one.label == "denial"]
    assert denial.attributes == {"how": "flat"}
    schema.merge(project, "value", "how=flat", "partial")
    assert project.read.annotation(denial.id).attributes == {"how": "partial"}


def test_what_is_retired_is_kept_and_not_given_anew(project: Project, document: str) -> None:
    schema.retire(project, "label", "claim")
    schema.retire(project, "relation", "denies")
    schema.retire(project, "attribute", "denial_kind")
    assert project.read.labels_in_use()["claim"] == 2
    assert project.read.findings() == ()
    denial, claim = (
        next(one for one in project.read.annotations(document) if one.label == label)
        for label in ("denial", "claim")
    )
    for act in (
        lambda: mark(project, document, "pier"),
        lambda: marks.relabel(project, denial.id, "claim"),
        lambda: relations.link(project, "denies", denial.id, claim.id),
        lambda: marks.set_attribute(project, denial.id, "denial_kind", "partial"),
    ):
        with pytest.raises(RuleError, match="is retired"):
            act()
    marks.set_attribute(project, denial.id, "denial_kind", None)
    schema.retire(project, "label", "claim", again=True)
    assert mark(project, document, "pier").label == "claim"


def test_a_schema_in_which_nothing_is_retired_keeps_its_hash(project: Project) -> None:
    before = project.read.schema()
    schema.retire(project, "label", "cue")
    back = schema.retire(project, "label", "cue", again=True)
    assert replace(back, version=before.version).sha256 == before.sha256


def test_effects_say_what_would_change(project: Project, document: str) -> None:
    now = project.read.schema()
    said = schema.effects(project.read, revisions.renamed(now, "label", "claim", "statement"))
    assert said == ("2 marks “claim” become “statement”.",)
    said = schema.effects(project.read, revisions.merged(now, "label", "denial", "claim"))
    assert said[0] == "1 mark “denial” becomes “claim”."
    said = schema.effects(project.read, revisions.retired(now, "label", "claim"))
    assert said == ("The label “claim” is retired: what has it keeps it, nothing new gets it.",)
    more = replace(now, labels=(*now.labels, Label("rumour", "Rumour")))
    assert schema.effects(project.read, Revision(schema=more)) == ("The label “rumour” is new.",)
    less = revisions.merged(now, "label", "cue", "source")
    assert "The label “cue” goes" not in " ".join(schema.effects(project.read, less))


def test_marks_that_would_stand_twice_are_told_before(project: Project, document: str) -> None:
    mark(project, document, "closed", "denial")
    revision = revisions.merged(project.read.schema(), "label", "denial", "claim")
    assert "1 of them will stand twice on the same words." in schema.effects(project.read, revision)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (("rename", "label", "claim", "source"), "merge the two instead"),
        (("rename", "label", "clam", "x"), "There is no label “clam”"),
        (("rename", "label", "claim", ""), "needs another name"),
        (("merge", "label", "claim", "claim"), "takes two"),
        (("merge", "attribute", "certainty", "denial_kind"), "cannot be merged"),
        (("rename", "value", "denial_kind", "x"), "named attribute=value"),
        (("rename", "value", "denial_kind=nonsense", "x"), "has the values"),
        (("retire", "value", "denial_kind=partial"), "cannot be retired"),
        (("retire", "thing", "x"), "is none of"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    project: Project, document: str, verb: tuple[str, ...], said: str
) -> None:
    before = dump(project)
    with pytest.raises(RuleError, match=said) as caught:
        getattr(schema, verb[0])(project, *verb[1:])
    assert "\n" not in str(caught.value)
    assert dump(project) == before


def test_a_key_that_is_taken_is_named(project: Project) -> None:
    now = builtin()
    labels = (replace(now.labels[0], key="s"), *now.labels[1:])
    with pytest.raises(RuleError, match="the key “S” of source is taken by claim"):
        schema.set_schema(project, replace(now, labels=labels))


def test_values_in_use_are_not_lost(project: Project, document: str) -> None:
    now = builtin()
    kind = next(one for one in now.attributes if one.name == "denial_kind")
    less = replace(kind, values=("partial",))
    changed = tuple(less if one is kind else one for one in now.attributes)
    with pytest.raises(RuleError, match="1 mark is “denial_kind: rejection”"):
        schema.set_schema(project, replace(now, attributes=changed))


def test_what_is_stopped_leaves_nothing(
    project: Project, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PART", 1)
    before, seq = dump(project), project.read.last_seq()

    def stop(done: int, total: int | None, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        schema.rename(project, "label", "claim", "statement", stop)
    assert (dump(project), project.read.last_seq()) == (before, seq)
