"""The one write door: what an act says that it did, and what it leaves in the journal and in the counts."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import delete, select

from annotator.model.changes import Changes
from annotator.model.document import BlockChoice
from annotator.model.schema import builtin
from annotator.project import Project, articles, marks, relations
from annotator.project.schema import set_schema
from annotator.storage import tables as t
from annotator.storage.journal import Change, OpHead, op_hash
from tests.support.builders import STORY, article, at, mark


def counts(project: Project) -> dict[str, dict[str, int]]:
    return {one.document.id: one.counts for one in project.read.library()}


def standing(project: Project) -> list[tuple[Any, ...]]:
    """Where each op stands: its seq, kind, in_force and undone, oldest first."""
    o = t.op.c
    with project._database.reading() as connection:
        query = select(o.seq, o.kind, o.in_force, o.undone).order_by(o.seq)
        return [tuple(row) for row in connection.execute(query)]


def test_an_act_says_what_it_touched_and_whose_pages_changed(project: Project) -> None:
    heard: list[Changes] = []
    project.listen(heard.append)
    one, two = article(project), article(project, STORY + "\nMore.\n", "two.txt")
    claim = mark(project, one, "the pier")
    denial = mark(project, two, "closed", "denial")
    link = relations.link(project, "denies", denial.id, claim.id)
    seq, before = project.read.last_seq(), len(heard)
    marks.set_note(project, claim.id, "when?")
    relations.unlink(project, [link.id])
    marks.remove(project, [denial.id])
    assert [(c.seq, c.kind, c.title, c.touched, c.documents) for c in heard[before:]] == [
        (seq + 1, "do", "Write note", {("annotation", claim.id)}, {one}),
        (seq + 2, "do", "Remove link", {("relation", link.id)}, {one, two}),
        (seq + 3, "do", "Remove mark", {("annotation", denial.id)}, {two}),
    ]
    undone = project.undo()
    assert (undone.kind, undone.seq, undone.documents) == ("undo", seq + 4, {two})
    assert undone.touched == {("annotation", denial.id)}


def test_an_act_that_does_nothing_is_no_op(project: Project) -> None:
    made = mark(project, article(project), "the pier", note="when?")
    seq = project.read.last_seq()
    with project.op("Nothing") as act:
        assert act.tx.commit() == Changes(0, act.tx.head.id, "do", "Nothing")
    marks.set_note(project, made.id, "when?")
    assert project.read.last_seq() == seq
    undone = project.undo()
    with project.op("Nothing"):
        pass
    assert project.redo().seq == undone.seq + 1


def test_the_counts_of_labels_follow_every_change(project: Project) -> None:
    one, two = article(project), article(project, STORY + "\nMore.\n", "two.txt")
    made = [mark(project, one, words) for words in ("the pier", "closed", "Two fishermen")]
    mark(project, two, "closed", "cue")
    assert counts(project) == {one: {"claim": 3}, two: {"cue": 1}}
    marks.relabel(project, made[0].id, "cue")
    marks.remove(project, [made[1].id])
    after = {one: {"claim": 1, "cue": 1}, two: {"cue": 1}}
    assert counts(project) == after
    project.undo()
    project.undo()
    assert counts(project) == {one: {"claim": 3}, two: {"cue": 1}}
    project.redo()
    project.redo()
    assert counts(project) == after
    articles.remove(project, one)
    assert project.undo().documents == {one}
    assert counts(project) == after
    assert project.read.findings() == ()


def test_ops_stand_in_force_until_they_are_taken_back(project: Project) -> None:
    document = article(project)
    mark(project, document, "the pier")
    mark(project, document, "closed")
    project.undo()
    project.undo()
    assert standing(project)[-4:] == [
        (2, "do", 0, 5),
        (3, "do", 0, 4),
        (4, "undo", 0, 0),
        (5, "undo", 0, 0),
    ]
    project.redo()
    assert standing(project)[1:3] == [(2, "do", 6, 0), (3, "do", 0, 4)]
    mark(project, document, "closed")
    assert standing(project)[2] == (3, "do", 0, 0)
    assert standing(project)[-1] == (7, "do", 7, 0)


def test_everything_that_an_act_makes_carries_its_time_and_its_person(project: Project) -> None:
    document = article(project)
    with project.op("Two") as act:
        made = [mark(project, document, words) for words in ("the pier", "closed")]
        head = act.tx.head
    assert {(one.created, one.updated, one.by) for one in made} == {
        (head.at, head.at, project.person.id)
    }
    entry = project.read.history()[0]
    assert (entry.id, entry.at, entry.by, entry.title) == (head.id, head.at, "Mara", "Two")
    assert (entry.seq, entry.kind, entry.of, entry.in_force) == (head.seq, "do", None, True)
    assert project.undo().op_id != head.id
    assert project.read.history()[0].of == head.id


def test_an_act_in_parts_is_one_step(project: Project) -> None:
    document = article(project)
    first = article(project, STORY + "\nMore.\n", "two.txt")
    with project.op("Long") as act:
        mark(project, document, "the pier")
        act.next_part()
        mark(project, first, "closed")
        assert act.tx.head.step != act.tx.head.id
    assert project.read.last_seq() == 4
    changes = project.undo()
    assert (changes.title, changes.documents) == ("Long", {document, first})
    assert counts(project) == {document: {}, first: {}}


def test_the_journal_holds_a_thing_before_and_after_each_change(project: Project) -> None:
    document = article(project)
    made = mark(project, document, "the pier")
    noted = marks.set_note(project, made.id, "when?")
    marks.remove(project, [made.id])
    images = [msgspec.json.encode(one, order="sorted").decode() for one in (made, noted)]
    c = t.op_change.c
    with project._database.reading() as connection:
        query = select(c.ord, c.noun, c.before, c.after).where(c.key == made.id).order_by(c.seq)
        found = [tuple(row) for row in connection.execute(query)]
    assert [row[1:] for row in found] == [
        ("annotation", None, images[0]),
        ("annotation", images[0], images[1]),
        ("annotation", images[1], None),
    ]
    assert [row[0] for row in found][1:] == [0, 0]


def test_an_op_is_hashed_over_the_one_before_and_all_that_it_says_and_did() -> None:
    head = OpHead(
        seq=2, id="o", kind="do", of=None, step="o", person="p", at="2024", title="Add claim"
    )
    changes = [Change("annotation", "a", None, "{}"), Change("annotation", "b", "{}", None)]
    said = (
        b'{"seq":2,"id":"o","kind":"do","of":null,"step":"o","person":"p","at":"2024",'
        b'"title":"Add claim"}["annotation","a",null,"{}"]["annotation","b","{}",null]'
    )
    assert op_hash("0" * 64, head, changes) == sha256(b"0" * 64 + said).hexdigest()


def test_the_first_op_follows_nothing_and_each_other_one_the_one_before(project: Project) -> None:
    document = article(project)
    mark(project, document, "the pier")
    project.undo()
    previous = "0" * 64
    with project._database.reading() as connection:
        for row in connection.execute(select(t.op).order_by(t.op.c.seq)).mappings():
            c = t.op_change.c
            query = select(c.noun, c.key, c.before, c.after).where(c.seq == row["seq"])
            changes = [Change(*one) for one in connection.execute(query.order_by(c.ord))]
            head = OpHead(
                person=row["annotator_id"],
                **{name: row[name] for name in OpHead.__struct_fields__ if name != "person"},
            )
            assert row["sha256"] == op_hash(previous, head, changes)
            previous = row["sha256"]


def test_a_mark_that_moves_leaves_no_old_words_and_one_that_stays_keeps_its_own(
    project: Project,
) -> None:
    document = article(project)
    made = mark(project, document, "the pier")
    other = mark(project, document, "closed")
    moved = marks.move(project, made.id, at(project, document, "Two", "fishermen", "them"))
    assert project.read.annotation(made.id) == moved
    assert project.read.annotation(other.id) == other
    project.undo()
    assert project.read.annotation(made.id) == made
    project.redo()
    assert project.read.annotation(made.id) == moved
    assert project.read.findings() == ()


def test_what_is_put_as_it_was_is_no_change_and_many_are_one_call(project: Project) -> None:
    document = article(project)
    made = [mark(project, document, words) for words in ("the pier", "closed", "them")]
    with project.op("Note") as act:
        act.tx.put_many([])
        act.tx.put(made[0], made[0])
        noted = [replace(one, note="x", label="cue") for one in made[:2]]
        act.tx.put_many([*zip(made, noted, strict=False), (made[2], made[2])])
    (changes,) = project.read.changes_since(project.read.last_seq() - 1)
    assert changes.touched == {("annotation", one.id) for one in made[:2]}
    assert changes.documents == {document}
    assert project.read.annotations(document) == (*noted, made[2])
    assert counts(project) == {document: {"cue": 2, "claim": 1}}


def test_a_repair_writes_a_thing_as_it_should_be_and_is_no_change(project: Project) -> None:
    document = article(project)
    made, other = mark(project, document, "the pier"), mark(project, document, "closed")
    with project._database.writing() as connection:
        connection.execute(delete(t.segment).where(t.segment.c.annotation_id == made.id))
    with project.op("Repair") as act:
        act.tx.rewrite(replace(made, note="mended"))
        act.tx.rewrite(project.read.document(document))
        assert act.tx.commit().seq == 0
    assert project.read.annotation(made.id) == replace(made, note="mended")
    assert project.read.annotation(other.id) == other


def test_pages_change_with_choices_and_statuses_too(project: Project) -> None:
    heard: list[Changes] = []
    project.listen(heard.append)
    document = article(project)
    articles.set_status(project, document, "complete")
    with project.op("Choose") as act:
        act.tx.add(BlockChoice.of(document, 0, "caption", dimmed=True))
    set_schema(project, replace(builtin(), title="Ours"))
    assert [one.documents for one in heard] == [{document}, {document}, {document}, set()]
    assert [sorted(noun for noun, _ in one.touched) for one in heard[1:]] == [
        ["annotation_set"],
        ["block_choice"],
        ["schema"],
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_things_of_several_kinds_are_stored_together(project: Project, order: Any) -> None:
    document = article(project)
    heard: list[Changes] = []
    project.listen(heard.append)
    with project.op("Both") as act:
        own = act.own_set(document)
        made = replace(mark(project, document, "the pier"), id="m", set_id=own.id)
        things = (BlockChoice.of(document, 0, "caption", dimmed=True), made)
        act.tx.add_many([things[at] for at in order])
        act.tx.concerns("elsewhere")
    (changes,) = heard
    assert {("block_choice", f"{document}/0"), ("annotation", "m")} <= changes.touched
    assert changes.documents == {document, "elsewhere"}
    assert len(project.read.annotations(document)) == 2
