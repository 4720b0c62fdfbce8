"""`annotator stats`."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_stats_are_told_in_lines_and_as_json(terminal: Terminal) -> None:
    terminal.ok("find", terminal.project, '"the mayor"', "--mark", "source")
    out = terminal.ok("stats", terminal.project).out
    assert out.startswith("1 article, 2 marks, 0 links.\n")
    assert "        2  The mayor" in out or "        2  the mayor" in out
    found = terminal.ok("stats", terminal.project, "--json").json
    assert (found["articles"], found["marks"]["source"]) == (1, 2)
    assert found["statuses"]["in_progress"] == 1
    assert found["sources"][0]["marks"] == 2
