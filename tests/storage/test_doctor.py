"""Whatever is damaged behind our back is found, and named."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from annotator.errors import ProjectDamaged
from annotator.project import Project, articles, marks, open_project, relations
from annotator.project.exchange import verify_project
from annotator.storage import mending
from tests.support.builders import article, at, dump, mark


@pytest.fixture
def project(place: str) -> Iterator[Project]:
    """A project with something of everything."""
    with open_project(place, person="Mara", durable=False) as opened:
        document = article(opened)
        claim = mark(opened, document, "the pier 🚢 would be closed", proposition="closed")
        source = mark(opened, document, "The harbour office", "source", actor="Harbour office")
        relations.link(opened, "attributed_to", claim.id, source.id)
        marks.add(opened, document, at(opened, document, "denied", "asked them"), "denial")
        marks.set_note(opened, claim.id, "when?")
        opened.undo()
        opened.redo()
        articles.set_status(opened, document, "complete")
        assert opened.read.findings() == ()
        yield opened


def damage(project: Project, statement: str) -> None:
    """Change rows as no verb does."""
    with project._database.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        changed = connection.exec_driver_sql(statement)
        assert changed.rowcount != 0, statement


DAMAGE = {
    "a text": (
        "UPDATE document_text SET text = replace(text, 'office', 'Office')",
        r"The text \w+… no longer has the hash",
    ),
    "a length": ("UPDATE document SET length = length + 1", r"says \d+ characters, its text has"),
    "a hole in the blocks": ("DELETE FROM block WHERE ord = 1", "do not cover its text"),
    "the last block": (
        'UPDATE block SET "end" = "end" - 1 WHERE ord = (SELECT max(ord) FROM block)',
        "do not cover its text",
    ),
    "all blocks": ("DELETE FROM block", "do not cover its text"),
    "a quote": (
        "UPDATE segment SET quote = 'the beer' WHERE quote LIKE 'the pier%%'",
        "does not hold the words",
    ),
    "where a mark stands": (
        'UPDATE segment SET start = start + 1, "end" = "end" + 1',
        "does not hold the words",
    ),
    "a lost segment": ("DELETE FROM segment WHERE ord = 1", "do not agree"),
    "a mark without segments": ("DELETE FROM segment", "do not agree"),
    "a hull": ('UPDATE annotation SET "end" = "end" + 1', "do not agree"),
    "a count": ("UPDATE mark_count SET n = n + 1 WHERE label = 'claim'", "count of claim marks"),
    "a lost count": ("DELETE FROM mark_count WHERE label = 'source'", "count of source marks"),
    "an op's title": ("UPDATE op SET title = 'Nothing' WHERE seq = 3", "Op 3 .* not as it was"),
    "an op's person": ("UPDATE op SET at = '2020' WHERE seq = 2", "Op 2 .* not as it was"),
    "an op's hash": ("UPDATE op SET sha256 = 'x' WHERE seq = 4", "Op 4 .* not as it was"),
    "an image": (
        "UPDATE op_change SET after = replace(after, 'when?', 'why?') WHERE noun = 'annotation'",
        "Op 6 .* not as it was",
    ),
    "a lost change": ("DELETE FROM op_change WHERE seq = 2 AND ord = 1", "Op 2 .* not as it was"),
    "a lost index": ("DELETE FROM search_index", "does not know 1 of 1"),
    "a note": (
        "UPDATE annotation SET note = 'never' WHERE note = 'when?'",
        "not as its newest act",
    ),
    "a lost link": ("DELETE FROM relation", "Relation .* is missing"),
    "a status": ("UPDATE annotation_set SET status = 'new'", "not as its newest act left it"),
    "a title": ("UPDATE document SET title = 'Other'", "not sorted and searched by what"),
    "an actor": ("UPDATE actor SET name = 'Office'", "Actor .* not as its newest act"),
    "what can be undone": ("UPDATE op SET in_force = 0 WHERE seq = 2", "Op 2 does not stand"),
    "what can be repeated": ("UPDATE op SET undone = 3 WHERE seq = 5", "Op 5 does not stand"),
    "a saved file": ("UPDATE source_file SET sha256 = 'ab' || sha256", "saved file ab.* no longer"),
    "a kind of block": ("UPDATE block SET kind = 'qaragraph'", "is of no kind"),
}
LOST = {
    "a text", "a hole in the blocks", "the last block", "all blocks", "a saved file",
    "a kind of block", "an op's title", "an op's person", "an op's hash", "a lost change",
    "an image",
}  # fmt: skip
"""What nothing else in the project knows: only a backup has it."""


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_found_and_named(project: Project, what: str) -> None:
    statement, said = DAMAGE[what]
    if what == "a lost index" and project._database.is_file:
        statement = "INSERT INTO search_index (search_index) VALUES ('delete-all')"
    if project._database.is_file:
        statement = statement.replace("%%", "%")
    damage(project, statement)
    found = project.read.findings()
    assert any(re.search(said, one) for one in found), found
    assert all("\n" not in one for one in found)
    before = dump(project)
    said = project.mend(mending.mend)
    if what in LOST:
        assert dump(project) == before or what == "an image"
        assert project.read.findings() != ()
    else:
        assert said
        assert project.read.findings() == ()
        assert project.mend(mending.mend) == ()
        project.undo()
        project.redo()


def test_a_library_that_cannot_be_read_is_said_in_a_sentence(project: Project) -> None:
    damage(project, "UPDATE document SET origins = '{1'")
    with pytest.raises(ProjectDamaged, match="The project is damaged"):
        project.read.library()
    assert project.read.findings() != ()


def test_a_hash_that_is_no_text_any_more_breaks_the_chain(project: Project) -> None:
    change_kind(project, "op", "sha256 = CAST(sha256 AS BLOB) WHERE seq = 3")
    found = project.read.findings()
    assert any(re.search("Op 3 .* not as it was", one) for one in found), found


def test_a_quote_that_is_no_text_any_more_is_said_in_a_sentence(project: Project) -> None:
    change_kind(project, "segment", "quote = CAST(quote AS BLOB) WHERE ord = 1")
    with pytest.raises(ProjectDamaged, match="no longer what was written; the doctor says what"):
        list(project.read.entries())
    assert project.read.findings() != ()


def test_a_text_that_is_not_there_any_more_is_found(project: Project) -> None:
    change_kind(project, "document_text", "text = NULL")
    assert any(one.startswith("The texts cannot be read") for one in project.read.findings())


def change_kind(project: Project, table: str, values: str) -> None:
    """Change values to another kind than the table has room for, as a bit that turns over may."""
    if not project._database.is_file:
        pytest.skip("bits turn over in files")
    before = outside(project, "SELECT sql FROM sqlite_schema WHERE name = ?", table)
    put = "UPDATE sqlite_schema SET sql = ? WHERE name = ?"
    outside(project, put, re.sub(r",?\s*STRICT|\s*NOT NULL", "", before), table)
    outside(project, f"UPDATE {table} SET {values}")
    outside(project, put, before, table)


def outside(project: Project, statement: str, *values: str) -> str:
    """Do something to the file that the program would not; gives the first value found."""
    with closing(sqlite3.connect(project.where)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        row = connection.execute(statement, values).fetchone()
        return row[0] if row else ""


def test_an_op_that_was_taken_out_breaks_the_chain(project: Project) -> None:
    damage(project, "DELETE FROM op_change WHERE seq = 3")
    damage(project, "DELETE FROM op WHERE seq = 3")
    assert any(re.search("Op 4 .* not as it was", one) for one in project.read.findings())


def test_ops_in_another_order_break_the_chain(project: Project) -> None:
    damage(project, "UPDATE op SET id = 'x' || id WHERE seq = 5")
    found = project.read.findings()
    assert [one for one in found if "Op 5" in one]


def test_verify_finds_what_the_doctor_finds_of_quotes(project: Project) -> None:
    damage(project, "UPDATE segment SET quote = 'the beer' WHERE ord = 0")
    verdict = verify_project(project)
    assert verdict.count == 3
    assert "line 1" in verdict.problems[0]
