"""The schema editor, through the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annotator.gui.schema.editor import SchemaEditor
from annotator.gui.schema.forms import AttributeForm
from annotator.model.schema import builtin, dump
from tests.gui.conftest import Driver


@pytest.fixture
def editor(app: Driver) -> SchemaEditor:
    app.mark("Harbor officials", "s")
    app.mark("the old pier was unsafe", "c")
    app.desk.do("edit.schema")
    found = app.desk.findChild(SchemaEditor)
    assert isinstance(found, SchemaEditor)
    return found


def field(editor: SchemaEditor, name: str) -> QLineEdit:
    assert editor.form is not None
    return next(one for one in editor.form.findChildren(QLineEdit) if one.accessibleName() == name)


def retype(line: QLineEdit, words: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Tab)


def look(app: Driver) -> None:
    QTest.qWait(170)
    app.settle()


def test_a_label_is_renamed_with_a_look_at_what_follows_and_undone(
    app: Driver, editor: SchemaEditor
) -> None:
    editor.choose("label", "claim")
    retype(field(editor, "Title"), "Statement")
    retype(field(editor, "Name in files"), "statement")
    retype(field(editor, "Key"), "t")
    look(app)
    assert editor.said.text().startswith("1 mark “claim” becomes “statement”.")
    editor.apply.click()
    app.settle()
    assert [mark.label for mark in app.desk.bench.in_order()] == ["source", "statement"]
    assert "version 2" in app.said()
    app.mark("denied it", "t")
    for _ in range(2):
        app.desk.do("edit.undo")
        app.settle()
    assert [mark.label for mark in app.desk.bench.in_order()] == ["source", "claim"]
    assert app.desk.bench.schema == builtin()


def test_a_key_that_is_taken_is_one_sentence_and_nothing_can_be_put_in_force(
    app: Driver, editor: SchemaEditor
) -> None:
    editor.choose("label", "claim")
    retype(field(editor, "Key"), "s")
    assert "the key “S” of source is taken by claim" in editor.said.text()
    assert not editor.apply.isEnabled()
    retype(field(editor, "Name in files"), "source")
    assert "merge the two instead" in editor.said.text()
    editor.reject()


def test_what_is_in_use_cannot_be_removed_but_merged_or_retired(
    app: Driver, editor: SchemaEditor
) -> None:
    editor.choose("label", "claim")
    editor.remove.click()
    look(app)
    assert "1 mark is “claim”" in editor.said.text()
    assert not editor.apply.isEnabled()
    editor.reject()
    app.desk.do("edit.schema")
    (again,) = (one for one in app.desk.findChildren(SchemaEditor) if one.isVisible())
    again.choose("label", "claim")
    again.retire.click()
    look(app)
    again.choose("label", "cue")
    again.merge_into("source")
    look(app)
    again.apply.click()
    app.settle()
    schema = app.desk.bench.schema
    assert [one.name for one in schema.current.labels] == ["source", "denial"]
    assert "mark.claim" not in {action.id for action in app.desk.actions_now}
    assert [mark.label for mark in app.desk.bench.in_order()] == ["source", "claim"]


def test_things_are_added_and_written(app: Driver, editor: SchemaEditor) -> None:
    editor.things.adds["label"].click()
    app.settle()
    assert editor.things.chosen == ("label", "new_label")
    retype(field(editor, "Title"), "Rumor")
    retype(field(editor, "Name in files"), "rumor")
    app.settle()
    editor.choose("attribute", "certainty")
    assert isinstance(editor.form, AttributeForm)
    item = editor.form.values.item(0)
    item.setText("quite sure")
    look(app)
    editor.apply.click()
    app.settle()
    schema = app.desk.bench.schema
    assert [one.title for one in schema.labels][-1] == "Rumor"
    certainty = next(one for one in schema.attributes if one.name == "certainty")
    assert certainty.values[0] == "quite_sure"
    assert "mark.rumor" in {action.id for action in app.desk.actions_now}


def test_a_wrong_file_is_one_sentence_and_a_good_one_becomes_the_draft(
    app: Driver, editor: SchemaEditor, tmp_path: Path
) -> None:
    (tmp_path / "wrong.json").write_bytes(b"{")
    editor.take_file(tmp_path / "wrong.json")
    assert "wrong.json is not a schema" in editor.said.text()
    editor.take_file(tmp_path / "nowhere.json")
    assert "cannot be read" in editor.said.text()
    (tmp_path / "mine.json").write_bytes(dump(replace(builtin(), title="Mine")))
    editor.take_file(tmp_path / "mine.json")
    look(app)
    assert editor.said.text() == "The name or the general guideline of the schema changes."
    editor.reject()


def test_undo_behind_the_editor_makes_it_say_so(app: Driver, editor: SchemaEditor) -> None:
    from annotator.project import schema as verbs

    app.desk.bridge.run(verbs.retire, "label", "cue")
    app.settle()
    assert "close this" in editor.said.text()
    assert not editor.apply.isEnabled()
    editor.reject()
