"""The words of the terminal are a contract: what each prints, and how it fails."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.__main__ import VERBS as DISPATCHED
from annotator.cli.run import VERBS
from annotator.project import open_project
from tests.cli.conftest import STORY, Terminal


def test_every_verb_is_known_before_the_command_line_is_loaded() -> None:
    assert DISPATCHED == VERBS


def test_list_is_an_array_of_documents_with_counts(terminal: Terminal) -> None:
    terminal.add("claim", "the old pier was unsafe")
    (listed,) = terminal.ok("list", terminal.project, "--json").json
    assert listed["title"] == "Harbor office closes pier"
    assert listed["counts"] == {"claim": 1, "source": 0, "denial": 0, "cue": 0}
    assert listed["status"] == "in_progress"
    assert terminal.ok("list", terminal.project, "--search", "zeppelin", "--json").json == []
    assert "Harbor office" in terminal.ok("list", terminal.project, "--search", "mayor").out


def test_show_tells_everything_of_a_document_by_a_part_of_its_id_or_its_title(
    terminal: Terminal,
) -> None:
    mark = terminal.add(
        "source", "the mayor", "--actor", "City hall", "--attr", "identification=role_only"
    )
    shown = terminal.ok("show", terminal.project, "Harbor office closes pier", "--json").json
    assert shown["text"] == STORY
    assert [block["role"] for block in shown["blocks"]] == ["headline", "body", "body"]
    (found,) = shown["annotations"]
    assert found["id"] == mark
    assert found["actor"] == "City hall"
    assert found["attributes"] == {"identification": "role_only"}
    assert shown["text"][found["start"] : found["end"]] == found["text"] == "the mayor"
    part = shown["id"][-10:]
    assert terminal.ok("show", terminal.project, part, "--json").json["id"] == shown["id"]
    assert "the mayor" in terminal.ok("show", terminal.project, part).out


def test_add_takes_code_points_also_behind_an_emoji_and_several_parts(terminal: Terminal) -> None:
    document = terminal.ok("list", terminal.project, "--json").json[0]["id"]
    at = STORY.index("The mayor denied")
    span = f"{at}:{at + 9},{at + 10}:{at + 16}"
    made = terminal.ok("add", terminal.project, document, "denial", "--span", span, "--json").json
    # Parts that only a blank parts stay two parts.
    assert made["text"] == "The mayor … denied"
    assert made["segments"] == [[at, at + 9], [at + 10, at + 16]]


def test_a_quote_that_stands_there_twice_is_chosen_by_nth(terminal: Terminal) -> None:
    document = terminal.ok("list", terminal.project, "--json").json[0]["id"]
    second = terminal.ok(
        "add", terminal.project, document, "source", "--quote", "mayor", "--nth", 2, "--json"
    ).json
    assert second["start"] == STORY.index("mayor", STORY.index("mayor") + 1)
    third = terminal("add", terminal.project, document, "source", "--quote", "mayor", "--nth", 3)
    assert third.code == 1
    assert "2 times" in third.err


def test_links_are_made_refused_and_removed(terminal: Terminal) -> None:
    claim = terminal.add("claim", "the old pier was unsafe")
    source = terminal.add("source", "Harbor officials")
    link = terminal.ok("link", terminal.project, "attributed_to", claim, source, "--json").json
    assert (link["from"], link["to"]) == (claim, source)
    wrong = terminal("link", terminal.project, "attributed_to", source, claim)
    assert wrong.code == 1
    assert wrong.err.count("\n") == 1
    terminal.ok("remove", terminal.project, claim)
    shown = terminal.ok("show", terminal.project, "Harbor office closes pier", "--json").json
    assert shown["relations"] == []
    terminal.ok("undo", terminal.project)
    shown = terminal.ok("show", terminal.project, "Harbor office closes pier", "--json").json
    assert len(shown["relations"]) == 1
    assert len(shown["annotations"]) == 2


def test_undo_and_redo_go_through_history(terminal: Terminal) -> None:
    terminal.add("claim", "the old pier was unsafe")
    terminal.add("source", "Harbor officials")
    assert terminal.ok("undo", terminal.project, "--times", 2).out.splitlines() == [
        "Undone: Add source",
        "Undone: Add claim",
    ]
    assert terminal.ok("redo", terminal.project).out == "Redone: Add claim\n"
    history = terminal.ok("history", terminal.project, "--json").json
    assert [entry["kind"] for entry in history] == ["redo", "undo", "undo", "do", "do", "do"]
    assert {entry["by"] for entry in history} == {"Mara"}
    terminal.ok("redo", terminal.project)
    nothing = terminal("redo", terminal.project)
    assert (nothing.code, nothing.err) == (1, "annotator: There is nothing to redo.\n")


def test_undo_belongs_to_the_person(terminal: Terminal) -> None:
    terminal.add("claim", "the old pier was unsafe")
    assert terminal("--as", "Bob", "undo", terminal.project).code == 1
    assert terminal("undo", terminal.project, "--as", "Bob").code == 1
    assert terminal.ok("undo", terminal.project).out == "Undone: Add claim\n"


def test_export_verify_import_and_export_again_are_the_same_bytes(terminal: Terminal) -> None:
    claim = terminal.add("claim", "the old pier was unsafe")
    source = terminal.add("source", "Harbor officials")
    terminal.ok("link", terminal.project, "attributed_to", claim, source)
    first, second = terminal.folder / "a.jsonl", terminal.folder / "b.jsonl"
    terminal.ok("export", terminal.project, first)
    assert "every quote and every link holds" in terminal.ok("verify", first).out
    assert "every quote" in terminal.ok("verify", terminal.project).out
    other = terminal.folder / "other.annotator"
    terminal.ok("new", other)
    terminal.ok("import", other, first, "--as", "Somebody else")
    terminal.ok("export", other, second)
    assert first.read_bytes() == second.read_bytes()
    assert terminal.ok("doctor", other).out == "All is well.\n"


def test_formats_are_listed(terminal: Terminal) -> None:
    listed = terminal.ok("formats", "--json").json
    assert {"name": "jsonl", "reads": True, "writes": True} in listed
    assert all(set(one) == {"name", "reads", "writes"} for one in listed)
    said = terminal.ok("formats").out
    assert all(one["name"] in said for one in listed)


def test_annotations_of_another_tool_come_in_under_names_of_ones_own(terminal: Terminal) -> None:
    file = terminal.folder / "export.jsonl"
    at = STORY.index("The mayor")
    file.write_text(json.dumps({
        "text": STORY, "label": [[at, at + 9, "PERSON"], [at, at + 3, "Junk"], [at, at + 2, "Odd"]],
    }))  # fmt: skip
    refused = terminal("import", terminal.project, file, "--format", "doccano", "--strict")
    assert refused.code == 3
    assert "has no “Odd”, “Junk”, “PERSON”" in refused.out
    said = terminal.ok(
        "import", terminal.project, file, "--map", "PERSON=source", "--map", "Junk=",
        "--annotator", "Jon", "--json",
    ).json  # fmt: skip
    (outcome,) = said["files"]
    assert outcome["result"] == "imported"
    assert any("New in the schema: label “Odd”." in note for note in outcome["notes"])
    document = terminal.ok("list", terminal.project, "--json").json[0]["id"]
    labels = [
        one["label"]
        for one in terminal.ok("show", terminal.project, document, "--json").json["annotations"]
    ]
    assert sorted(labels) == ["Odd", "source"]
    assert "already there" in terminal.ok(
        "import", terminal.project, file, "--map", "PERSON=source", "--map", "Junk=",
        "--annotator", "Jon",
    ).out  # fmt: skip
    assert terminal("import", terminal.project, file, "--map", "PERSON").code == 1
    assert terminal("import", terminal.project, file, "--format", "word").code == 1


def test_every_format_is_written_from_the_terminal(terminal: Terminal) -> None:
    """Those that need a library say which, and write nothing."""
    document = terminal.ok("list", terminal.project, "--json").json[0]["id"]
    terminal.ok("status", terminal.project, document, "complete")
    for one in terminal.ok("formats", "--json").json:
        out = terminal.folder / f"out-{one['name']}"
        answer = terminal("export", terminal.project, out, "--format", one["name"])
        assert (answer.code == 0) == out.exists(), one["name"]
        assert answer.code == 0 or "pip install 'annotator[" in answer.err, answer.err


def test_a_format_that_is_not_there_is_told_with_those_that_are(terminal: Terminal) -> None:
    answer = terminal("export", terminal.project, terminal.folder / "out", "--format", "word")
    assert answer.code == 1
    assert "there is no format “word”; there are jsonl" in answer.err.lower()
    assert not (terminal.folder / "out").exists()


def test_verify_names_the_line_and_the_mark(terminal: Terminal) -> None:
    mark = terminal.add("claim", "the old pier was unsafe")
    out = terminal.folder / "a.jsonl"
    terminal.ok("export", terminal.project, out)
    line = json.loads(out.read_text())
    line["spans"][0]["start"] += 1
    line["spans"][0]["segments"][0][0] += 1
    out.write_text(json.dumps(line) + "\n")
    wrong = terminal("verify", out)
    assert wrong.code == 1
    assert "line 1" in wrong.out
    assert mark in wrong.out
    refused = terminal("import", terminal.project, out)
    assert refused.code == 3
    assert "nothing of the file was stored" in refused.out


def test_some_refused_files_make_exit_code_three_and_the_rest_is_stored(terminal: Terminal) -> None:
    (terminal.folder / "empty.txt").write_bytes(b"")
    (terminal.folder / "good.md").write_text("# Title\n\nThe mill burned, she said.\n")
    (terminal.folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    answer = terminal("import", terminal.project, terminal.folder, "--json")
    assert answer.code == 3
    results = {Path(f["name"]).name: f["result"] for f in answer.json["files"]}
    assert results["good.md"] == "imported"
    assert results["story.txt"] == "already_there"
    assert results["empty.txt"] == results["picture.txt"] == "refused"
    assert answer.json["imported"] == 1
    terminal.ok("undo", terminal.project)
    assert len(terminal.ok("list", terminal.project, "--json").json) == 1


def test_standard_input_makes_an_article(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        buffer = io.BytesIO(b"<p>The mill <b>burned</b>, she said.</p><script>x()</script>")

    monkeypatch.setattr(sys, "stdin", Input)
    answer = terminal.ok("import", terminal.project, "-", "--json").json
    (document,) = answer["files"][0]["documents"]
    shown = terminal.ok("show", terminal.project, document, "--json").json
    assert shown["text"] == "The mill burned, she said."


def test_status_and_its_reason(terminal: Terminal) -> None:
    title = "Harbor office closes pier"
    terminal.ok("status", terminal.project, title, "excluded", "--reason", "a double")
    assert terminal.ok("list", terminal.project, "--json").json[0]["status"] == "excluded"
    assert terminal("status", terminal.project, title, "complete", "--reason", "x").code == 1
    assert terminal("status", terminal.project, title, "finished").code == 2


def test_the_schema_is_printed_and_set(terminal: Terminal) -> None:
    schema = json.loads(terminal.ok("schema", terminal.project).out)
    assert schema["name"] == "attribution"
    schema["name"] = "mine"
    schema["labels"].append({"name": "doubt", "title": "Doubt", "key": "O", "style": "fill"})
    file = terminal.folder / "mine.json"
    file.write_text(json.dumps(schema))
    terminal.ok("schema", terminal.project, "--set", file)
    terminal.add("doubt", "unsafe")
    out = terminal.folder / "x.jsonl"
    terminal.ok("export", terminal.project, out)
    assert (terminal.folder / "x.schema.json").exists()
    other = terminal.folder / "other.annotator"
    terminal.ok("new", other)
    terminal.ok("import", other, out)
    assert json.loads(terminal.ok("schema", other).out)["name"] == "mine"
    file.write_text("{}")
    assert terminal("schema", terminal.project, "--set", file).code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list", "nowhere.annotator"), 1),
        (("show", "{p}", "no such title"), 1),
        (("add", "{p}", "Harbor", "claim", "--quote", "x"), 1),
        (("add", "{p}", "Harbor office closes pier", "clam", "--quote", "pier"), 1),
        (("add", "{p}", "Harbor office closes pier", "claim", "--quote", "no such words"), 1),
        (("add", "{p}", "Harbor office closes pier", "claim", "--span", "5:9999"), 1),
        (("add", "{p}", "Harbor office closes pier", "claim", "--span", "9:5"), 2),
        (("add", "{p}", "Harbor office closes pier", "claim", "--span", "nine"), 2),
        (("add", "{p}", "Harbor office closes pier", "claim"), 2),
        (("add", "{p}", "Harbor office closes pier", "claim", "--quote", "pier", "--attr", "x"), 2),
        (
            (
                "add",
                "{p}",
                "Harbor office closes pier",
                "claim",
                "--quote",
                "pier",
                "--attr",
                "x=y",
            ),
            1,
        ),
        (("remove", "{p}", "nothing"), 1),
        (("link", "{p}", "denies", "a", "b"), 1),
        (("export", "{p}", "{d}/out.docx"), 1),
        (("export", "{p}", "{d}/no/folder/out.jsonl"), 1),
        (("verify", "{d}/story.txt"), 1),
        (("new", "{p}"), 1),
        (("new", "sqlite:///x"), 1),
        (("list", "postgresql+psycopg://u:p@no host:ab/x"), 1),
        (("list", "postgresql+psycopg://u:p@localhost:1/x"), 1),
        (("undo", "{p}", "--times", "0"), 2),
        (("list",), 2),
        (("one", "two"), 2),
        (("--frobnicate",), 2),
    ],
)
def test_what_goes_wrong_is_one_line_and_no_traceback(
    terminal: Terminal, words: tuple[str, ...], code: int
) -> None:
    filled = [word.format(p=terminal.project, d=terminal.folder) for word in words]
    before = stored(terminal.project)
    answer = terminal(*filled)
    assert answer.code == code
    assert answer.out == ""
    assert "Traceback" not in answer.err
    if code == 1:
        assert answer.err.count("\n") == 1
    assert stored(terminal.project) == before


def stored(project: str) -> list[object]:
    """Every row of the tables that acts write."""
    with closing(sqlite3.connect(project)) as connection:
        tables = ("op", "op_change", "document", "annotation_set", "annotation", "segment", "actor")
        return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables]


def test_a_project_open_elsewhere_can_be_read_and_says_who_has_it(terminal: Terminal) -> None:
    with open_project(terminal.project, person="Else", program="the other one"):
        assert len(terminal.ok("list", terminal.project, "--json").json) == 1
        refused = terminal("undo", terminal.project)
        assert refused.code == 1
        assert "the other one" in refused.err


def test_titles_cannot_move_the_cursor_of_the_terminal(terminal: Terminal) -> None:
    evil = terminal.folder / "evil.md"
    evil.write_text('---\ntitle: "x\\e[2Jy"\n---\n\nWords.\n')
    terminal.ok("import", terminal.project, evil)
    assert "\x1b" not in terminal.ok("list", terminal.project).out


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    given = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "annotator", *words],
        capture_output=True,
        text=True,
        env={**given, **environment},
        check=False,
        timeout=120,
    )


def test_without_a_display_one_sentence_is_said() -> None:
    done = run()
    assert done.returncode == 1
    assert done.stderr.startswith("annotator: there is no display here")
    assert done.stderr.count("\n") == 1


def test_the_terminal_never_loads_qt(terminal: Terminal) -> None:
    code = (
        "import sys; from annotator.__main__ import main; "
        f"main(['list', {terminal.project!r}]); sys.exit('PySide6' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )


def test_a_terminal_without_utf8_gets_numbers_instead_of_an_error(terminal: Terminal) -> None:
    done = run(
        "show", terminal.project, "Harbor office closes pier", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert done.returncode == 0
    assert "\\U0001f6a2" in done.stdout


def test_the_self_test_proves_resources_database_and_window() -> None:
    done = run("--self-test")
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "resources",
        "database",
        "window",
    ]


def test_help_and_version_answer() -> None:
    assert "--help" in run("--help").stdout
    assert run("--version").stdout.startswith("annotator")


def test_the_columns_of_a_table_are_said(terminal: Terminal) -> None:
    table = terminal.folder / "press.csv"
    table.write_text("Kopf,Inhalt\nWho?,The line denied it on Monday.\n")
    assert terminal("import", terminal.project, table).code == 3
    refused = terminal("import", terminal.project, table, "--column", "body=Inhalt")
    assert refused.code == 1
    assert "things are text, title, authors" in refused.err
    said = ("--column", "text=Inhalt", "--column", "title=Kopf")
    terminal.ok("import", terminal.project, table, *said)
    titles = [one["title"] for one in terminal.ok("list", terminal.project, "--json").json]
    assert "Who?" in titles
