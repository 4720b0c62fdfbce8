"""What other programs wrote: marks come to stand on their words, or the file is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import FormatError
from annotator.formats.base import Options, Reading
from annotator.formats.registry import named, recognize
from annotator.model.dataset import Entry
from annotator.model.loss import EMPTY, MOVED
from tests.support.formats import read

SHIP = "🚢 The office denied it.\r\nNobody asked."


def words(entries: list[Entry]) -> list[tuple[str, str]]:
    return [(span.label, span.text) for entry in entries for span in entry.spans]


def lines(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return path


def task(*regions: tuple[int, int, str], text: str = SHIP) -> dict[str, Any]:
    return {"data": {"text": text}, "annotations": [{"result": [
        {"id": f"r{n}", "from_name": "label", "to_name": "text", "type": "labels",
         "value": {"start": start, "end": end, "text": quote, "labels": ["denial"]}}
        for n, (start, end, quote) in enumerate(regions)
    ]}]}  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(13, 19), (14, 20), (16, 22)])
def test_the_words_of_a_mark_say_how_its_offsets_are_counted(
    tmp_path: Path, start: int, end: int
) -> None:
    """In code points, UTF-16 units or bytes."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps([task((start, end, "denied"))]), "utf-8")
    look = Reading()
    assert words(read(named("label-studio"), path, look)) == [("denial", "denied")]


def test_line_breaks_may_count_as_one_or_as_two(tmp_path: Path) -> None:
    for shift in (0, 1):
        path = tmp_path / f"{shift}.json"
        at = SHIP.index("Nobody") + 1 - shift  # UTF-16: the ship is two
        path.write_text(json.dumps([task((at, at + 6, "Nobody"))]), "utf-8")
        (entry,) = read(named("label-studio"), path)
        assert entry.spans[0].text == "Nobody"
        assert "\r" not in entry.text


def test_a_mark_that_stands_elsewhere_is_put_on_its_words_if_they_are_there_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([task((2, 8, "denied"))]), "utf-8")
    look = Reading()
    assert words(read(named("label-studio"), path, look)) == [("denial", "denied")]
    assert look.losses.count(MOVED) == 1
    path.write_text(json.dumps([task((2, 3, "o"))]), "utf-8")
    with pytest.raises(FormatError, match="record 1: denial r0: the words “o” do not stand at 2:3"):
        read(named("label-studio"), path)


def test_offsets_without_words_are_believed_and_one_beyond_the_text_is_refused(
    tmp_path: Path,
) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": SHIP, "label": [[6, 12, "x"]]})
    look = Reading()
    assert words(read(named("doccano"), path, look)) == [("x", "office")]
    assert "emoji" in look.notes[0]
    look = Reading(options=Options(offsets="utf16"))
    assert words(read(named("doccano"), path, look)) == [("x", " offic")]
    lines(path, {"text": "ok", "label": []}, {"text": SHIP, "label": [[6, 999, "x"]]})
    with pytest.raises(FormatError, match="record 2: x 0: 6:999 is no place in a text of"):
        read(named("doccano"), path)


def test_a_mark_without_a_character_is_left_out_and_counted(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": "ab", "label": [[1, 1, "x"], [0, 1, "y"]]})
    look = Reading()
    assert words(read(named("doccano"), path, look)) == [("y", "a")]
    assert look.losses.count(EMPTY) == 1


ENTITY = {"id": 7, "start_offset": 0, "end_offset": 1, "label": "x"}
WRONG: dict[str, tuple[str, str]] = {
    "twice": ('{"text":"ab","text":"c","label":[]}', "“text” stands in it twice"),
    "NaN": ('{"text":"ab","label":[],"weight":NaN}', "NaN is no number"),
    "broken": ('{"text":"ab","label":[}', "this is not JSON"),
    "truncated": ('{"text":"ab","label":[[0,1', "this is not JSON"),
    "no text": ('{"label":[]}', "the text is missing"),
    "no object": ("[1]", "it is no JSON object"),
    "label": ('{"text":"ab","label":[[0,1]]}', "a label .start, end, name. is missing"),
    "bool": ('{"text":"ab","label":[[false,true,"x"]]}', "a label"),
    "dangling": (
        json.dumps({"text": "ab", "entities": [ENTITY],
                    "relations": [{"from_id": 7, "to_id": 8, "type": "r"}]}),
        "a link r leads to 8, and there is no such mark",
    ),
    "same id": (json.dumps({"text": "ab", "entities": [ENTITY, ENTITY]}), "two marks are called 7"),
    "reversed": ('{"text":"ab","label":[[1,0,"x"]]}', "1:0 is no place"),
    "negative": ('{"text":"ab","label":[[-1,1,"x"]]}', "-1:1 is no place"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_wrong_record_is_named(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.jsonl"
    written, said = WRONG[what]
    path.write_text('{"text":"ok","label":[]}\n' + written + "\n")
    with pytest.raises(FormatError, match=f"record 2: .*{said}") as caught:
        read(named("doccano"), path)
    assert caught.value.line == 2


def test_a_list_that_ends_early_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    whole = json.dumps([task((14, 20, "denied")), task()])
    for end, said in ((len(whole) - 1, "ends in the middle"), (len(whole) - 20, "not JSON")):
        path.write_text(whole[:end])
        with pytest.raises(FormatError, match=said):
            read(named("label-studio"), path)
    path.write_text(whole + "x")
    with pytest.raises(FormatError, match="behind the end"):
        read(named("label-studio"), path)


def test_the_same_record_read_again_has_the_same_ids(tmp_path: Path) -> None:
    record = {"text": "ab", "label": [[0, 1, "x"]]}
    path = lines(tmp_path / "a.jsonl", record, record)
    one, two = read(named("doccano"), path)
    assert [one, two] == read(named("doccano"), path)
    assert one.doc_id == two.doc_id  # the same text is the same document
    assert one.annotation_set.id != two.annotation_set.id  # both are kept
    assert one.spans[0].id != two.spans[0].id


def test_words_that_go_on_over_a_line_break_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One two\nthree.\n")
    (tmp_path / "a.ann").write_text(
        "T1\tclaim 4 13\ttwo\nthree\nA1\tNegation T1\n#1\tAnnotatorNotes T1\twhy\n"
    )
    look = Reading()
    (entry,) = read(named("brat"), tmp_path, look)
    assert entry.spans[0].text == "two\nthree"
    assert (bytes(entry.spans[0].attributes), entry.spans[0].note) == (b'{"Negation":true}', "why")
    assert "line break" in look.notes[0]
    (tmp_path / "a.ann").write_text("nothing of brat\n")
    with pytest.raises(FormatError, match="line 1: “nothing of brat” is no line of brat"):
        read(named("brat"), tmp_path)


def test_an_event_is_its_trigger_and_links(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He said no and yes")
    (tmp_path / "a.ann").write_text(
        "T1\tSaying 3 7\tsaid\nT2\tWho 0 2\tHe\nT3\tWhat 8 10\tno\nT4\tWhat 15 18\tyes\n"
        "E1\tSaying:T1 Who:T2 What:T3 What2:T4\nR1\tNot Arg1:E1 Arg2:T4\n"
    )
    (entry,) = read(named("brat"), tmp_path)
    ends = {span.id: span.text for span in entry.spans}
    assert [(r.type, ends[r.from_], ends[r.to]) for r in entry.relations] == [
        ("Who", "said", "He"), ("What", "said", "no"), ("What", "said", "yes"), ("Not", "said", "yes"),
    ]  # fmt: skip


def test_what_is_of_no_format_is_not_recognized(tmp_path: Path) -> None:
    for name, content in (
        ("a.jsonl", '{"text":"an article"}'), ("a.json", "[]"), ("a.txt", "[Update] a story"),
        ("b.json", '{"data": 1}'), ("c.jsonl", '{"text":"x","label":"spam"}'),
    ):  # fmt: skip
        (tmp_path / name).write_text(content)
        assert recognize(tmp_path / name) is None, name
    assert recognize(tmp_path) is None
