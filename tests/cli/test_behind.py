"""actors and propositions in the terminal."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_actors_are_listed_renamed_and_merged(terminal: Terminal) -> None:
    terminal.add("source", "Harbor officials", "--actor", "Port")
    terminal.add("source", "the mayor", "--actor", "City hall")
    port, hall = sorted(
        terminal.ok("actors", terminal.project, "--json").json,
        key=lambda one: one["words"] != "Port",
    )
    assert (port["marks"], port["documents"]) == (1, 1)
    terminal.ok("actors", terminal.project, "--rename", hall["id"], "Town hall")
    assert "Town hall" in terminal.ok("actors", terminal.project).out
    merged = terminal.ok(
        "actors", terminal.project, "--merge", port["id"], hall["id"], "--json"
    ).json
    assert [(one["words"], one["marks"]) for one in merged] == [("Port", 2)]
    terminal.ok("undo", terminal.project)
    assert len(terminal.ok("actors", terminal.project, "--json").json) == 2


def test_a_name_that_is_taken_is_one_line(terminal: Terminal) -> None:
    terminal.add("source", "Harbor officials", "--actor", "Port")
    terminal.add("source", "the mayor", "--actor", "City hall")
    found = terminal.ok("actors", terminal.project, "--json").json
    answer = terminal("actors", terminal.project, "--rename", found[0]["id"], found[1]["words"])
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "merge the two instead" in answer.err


def test_propositions_are_listed(terminal: Terminal) -> None:
    terminal.add("claim", "the old pier was unsafe", "--proposition", "pier-unsafe")
    (found,) = terminal.ok("propositions", terminal.project, "--json").json
    assert (found["id"], found["words"]) == ("pier-unsafe", "the old pier was unsafe")
