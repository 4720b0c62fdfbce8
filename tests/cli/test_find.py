"""`annotator find`."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_find_shows_every_place_with_what_stands_around_it(terminal: Terminal) -> None:
    out = terminal.ok("find", terminal.project, "PIER").out
    assert "closes [pier]" in out
    assert "“The [pier] is safe,”" in out
    assert out.endswith("3 places in 1 document.\n")
    assert terminal.ok("find", terminal.project, "zeppelin").out == "Nothing is found.\n"


def test_find_as_json_gives_code_points(terminal: Terminal) -> None:
    (found,) = terminal.ok("find", terminal.project, '"the mayor"', "--json").json
    text = terminal.ok("show", terminal.project, found["document"], "--json").json["text"]
    assert [text[p["start"] : p["end"]] for p in found["places"]] == ["The mayor", "the mayor"]
    assert [p["text"] for p in found["places"]] == ["The mayor", "the mayor"]
    assert found["places"][0]["before"].endswith("🚢. ")
    assert terminal.ok("find", terminal.project, "zeppelin", "--json").json == []


def test_find_by_regular_expression_in_one_document(terminal: Terminal) -> None:
    document = terminal.ok("list", terminal.project, "--json").json[0]["id"]
    found = terminal.ok(
        "find", terminal.project, r"un?safe\b", "--regex", "--in", document[-6:], "--json"
    ).json
    assert [p["text"] for p in found[0]["places"]] == ["unsafe"]


def test_find_marks_every_place_as_one_act(terminal: Terminal) -> None:
    out = terminal.ok("find", terminal.project, '"the mayor"', "--mark", "source").out
    assert out == "2 marks made in 1 document.\n`undo` takes all of them back.\n"
    again = terminal.ok("find", terminal.project, '"the mayor"', "--mark", "source", "--json").json
    assert again == {"marks": 0, "documents": 0, "already": 2}
    assert "Mark all as source" in terminal.ok("undo", terminal.project).out
    assert terminal.ok("list", terminal.project, "--json").json[0]["counts"]["source"] == 0


def test_find_refuses_in_one_sentence_and_marks_nothing(terminal: Terminal) -> None:
    for words, said in (
        (("the mayor", "--mark", "source"), "put them in quotes"),
        (("mayor", "--mark", "clam"), "no label “clam”"),
        (("(", "--regex"), "not a regular expression"),
        (("(((a{100}){100}){100}){100}", "--regex"), "too large"),
        (("mayor", "--in", "nowhere"), "No document"),
    ):
        answer = terminal("find", terminal.project, *words)
        assert answer.code == 1
        assert said in answer.err
        assert answer.err.count("\n") == 1
    assert terminal.ok("history", terminal.project).out.count("\n") == 1
