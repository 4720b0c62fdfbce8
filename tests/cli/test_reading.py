"""blocks, details, duplicates and versions in the terminal."""

from __future__ import annotations

from tests.cli.conftest import STORY, Terminal


def document(terminal: Terminal) -> str:
    return terminal.ok("list", terminal.project, "--json").json[0]["id"]


def saved(terminal: Terminal, name: str, text: str) -> str:
    path = terminal.folder / name
    path.write_text(text)
    (file,) = terminal.ok("import", terminal.project, path, "--json").json["files"]
    return file["documents"][0]


def test_a_block_is_dimmed_by_its_number_and_undone(terminal: Terminal) -> None:
    own = document(terminal)
    found = terminal.ok("blocks", terminal.project, own, 1, 2, "--dim", "--json").json
    assert [block["dimmed"] for block in found] == [True, True, True]
    assert [block["chosen"] for block in found] == [False, True, True]
    assert "| " in terminal.ok("blocks", terminal.project, own).out
    terminal.ok("undo", terminal.project)
    found = terminal.ok("blocks", terminal.project, own, "--json").json
    assert [block["dimmed"] for block in found] == [True, False, False]  # the headline is no body


def test_dimming_needs_blocks_that_are_there(terminal: Terminal) -> None:
    own = document(terminal)
    assert terminal("blocks", terminal.project, own, "--dim").code == 2
    assert terminal("blocks", terminal.project, own, 1).code == 2
    refused = terminal("blocks", terminal.project, own, 9, "--dim")
    assert refused.code == 1
    assert "there is no block 9" in refused.err


def test_details_are_written_with_who_said_them(terminal: Terminal) -> None:
    own = document(terminal)
    found = terminal.ok(
        "details", terminal.project, own, "outlet=Gazette", "authors=Ann Lee; Bo Chu", "file=", "--json"
    ).json  # fmt: skip
    assert found["metadata"]["authors"] == ["Ann Lee", "Bo Chu"]
    assert found["origins"]["outlet"] == {"place": "hand", "confidence": 1.0}
    assert "file" not in found["metadata"]
    assert "outlet: Gazette  (hand, 100%)" in terminal.ok("details", terminal.project, own).out
    refused = terminal("details", terminal.project, own, "published=Monday")
    assert (refused.code, "is no date" in refused.err) == (1, True)
    assert terminal("details", terminal.project, own, "outlet").code == 2


def test_the_list_is_sorted(terminal: Terminal) -> None:
    saved(terminal, "a.txt", "A first line here\n\nAnother text that is not long.\n")
    by_title = terminal.ok("list", terminal.project, "--sort", "title", "--json").json
    assert [one["title"][0] for one in by_title] == ["A", "H"]


def test_duplicates_are_listed_set_apart_and_put_together(terminal: Terminal) -> None:
    assert terminal.ok("duplicates", terminal.project, "--json").json == []
    own, copy = document(terminal), saved(terminal, "copy.txt", STORY + "More.\n")
    (group,) = terminal.ok("duplicates", terminal.project, "--look-again", "--json").json
    assert [one["id"] for one in group["documents"]] == [own, copy]
    assert group["documents"][1]["likeness"] > 0.9
    assert "1 group." in terminal.ok("duplicates", terminal.project).out
    assert terminal.ok("duplicates", terminal.project, "--apart", copy, "--json").json == []
    said = terminal("duplicates", terminal.project, "--together", copy, copy)
    assert (said.code, "named alone; nothing was changed" in said.err) == (1, True)
    assert terminal.ok("duplicates", terminal.project, "--json").json == []
    (again,) = terminal.ok("duplicates", terminal.project, "--together", copy, own, "--json").json
    assert [one["id"] for one in again["documents"]] == [own, copy]


def test_marks_are_carried_to_a_later_text(terminal: Terminal) -> None:
    head = "---\nurl: https://example.org/pier\n---\n\n"
    own = saved(terminal, "one.md", head + STORY)
    for words in ("that the old pier was unsafe", "The pier is safe"):
        terminal.ok("add", terminal.project, own, "claim", "--quote", words)
    later = saved(terminal, "two.md", head + STORY.replace("pier is safe", "bridge is safe"))
    (pair,) = terminal.ok("versions", terminal.project, "--json").json
    assert (pair["earlier"]["id"], pair["later"]["id"]) == (own, later)
    done = terminal.ok("versions", terminal.project, "--carry", later).out
    assert "1 carried over" in done
    assert "The pier is safe" in done


def test_lines_of_a_site_are_told_and_dimmed(terminal: Terminal) -> None:
    frame = "Our reporters are on the road for you every day of the year."
    for n in range(3):
        (terminal.folder / f"s{n}.md").write_text(
            f"---\ntitle: Story {n}\nurl: https://harborpost.example/{n}\n---\n\nThe office said that ferry {n} "
            f"had lost its brakes in a night of storm, and that nobody knew of it.\n\n{frame}\n\nThe line "
            f"denied on day {n} that it had been told of anything by anybody before the accident.\n"
        )
    said = terminal.ok("import", terminal.project, *terminal.folder.glob("s*.md")).out
    assert (
        "1 line repeats in 3 articles of the same site. `repeated PROJECT --dim` dims them." in said
    )
    found = terminal.ok("repeated", terminal.project, "--json").json
    assert found == {"lines": [{"text": frame, "articles": 3}], "articles": 3, "dimmed": False}
    assert "They are dimmed." in terminal.ok("repeated", terminal.project, "--dim").out
    assert terminal.ok("repeated", terminal.project).out == "Nothing repeats.\n"
