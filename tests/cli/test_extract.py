"""extract is the readers' own voice: what they found, where, and how sure, with no project at all."""

from __future__ import annotations

from tests.cli.conftest import STORY, Terminal


def test_extract_tells_text_body_and_blocks_of_every_article(terminal: Terminal) -> None:
    (found,) = terminal.ok("extract", terminal.folder / "story.txt", "--json").json
    assert found["source"] == str(terminal.folder / "story.txt")
    assert found["title"] == "Harbor office closes pier"
    assert found["text"] == STORY
    assert [block["role"] for block in found["blocks"]] == ["headline", "body", "body"]
    kept = [STORY[b["start"] : b["end"]].strip() for b in found["blocks"] if not b["dimmed"]]
    assert found["body"] == "\n\n".join(kept)
    assert found["body"].startswith("Harbor officials told")
    assert all(0 <= block["confidence"] <= 1 for block in found["blocks"])
    assert {"authors", "published", "url", "site", "language"} <= found.keys()


def test_what_cannot_be_read_is_told_beside_the_list(terminal: Terminal) -> None:
    (terminal.folder / "none.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = terminal(
        "extract", terminal.folder / "none.txt", terminal.folder / "story.txt", "--json"
    )
    assert answer.code == 3
    assert len(answer.json) == 1
    assert "none.txt is a picture, not a text" in answer.err


def test_extract_says_in_words_what_it_found(terminal: Terminal) -> None:
    said = terminal.ok("extract", terminal.folder / "story.txt").out
    assert said.startswith("Harbor office closes pier\n")
    assert "3 blocks, 1 dimmed" in said
