"""Datasets out and in: nothing of a line is lost, and what is wrong is refused whole."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator import resources
from annotator.errors import FormatError, RuleError
from annotator.model.annotation import Offered
from annotator.model.schema import Label, builtin
from annotator.project import Project, articles, exchange, keep, marks, open_project, relations
from annotator.project.schema import set_schema
from annotator.text.span import Span

VALID = jsonschema.Draft202012Validator(
    json.loads(resources.text("schemas/annotator-jsonl-1.schema.json"))
)
STORY = "Café 🚢 officials\u00a0said the pier\u0301 was unsafe; وزارت نے denied it, they said.\n\nNo one came.\n"
LABELS = ("claim", "source", "denial", "cue")


def new(folder: Path, name: str = "p", person: str = "Mara") -> Project:
    where = folder / f"{name}.annotator"
    keep.create(where)
    return open_project(where, person=person, durable=False)


def article(project: Project, text: str = STORY) -> str:
    return articles.import_bytes(project, text.encode()).documents[0]


def coded(folder: Path) -> Project:
    """A project with everything that a line can say."""
    project = new(folder)
    one, two = article(project), article(project, "Two. The mayor denied that the pier was unsafe.")
    add: Callable[..., Any] = lambda d, s, label, **k: marks.add(project, d, Span.of(s), label, **k)  # noqa: E731
    claim = add(one, [(25, 40)], "claim", proposition="p-1", attributes={"certainty": "probable"})
    apart = add(one, [(0, 4), (7, 16)], "source", actor="Harbor office", note="who? 🚢")
    denial = add(two, [(15, 46)], "denial", attributes={"denial_kind": "rejection"})
    relations.link(project, "attributed_to", claim.id, apart.id)
    relations.link(project, "denies", denial.id, claim.id)
    with project.op("Take an offer") as act:
        act.tx.put(claim, replace(claim, origin="suggested", offered=Offered("quote", ((25, 38),))))
    articles.set_status(project, two, "excluded", "a double")
    return project


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def exported(project: Project, folder: Path, name: str = "out.jsonl") -> Path:
    exchange.export(project, folder / name)
    return folder / name


def test_every_line_is_valid_and_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        first, second = (
            exported(project, tmp_path, "a.jsonl"),
            exported(project, tmp_path, "b.jsonl"),
        )
    assert first.read_bytes() == second.read_bytes()
    for line in lines(first):
        VALID.validate(line)


def test_a_line_says_what_was_marked(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        one, two = lines(exported(project, tmp_path))
    assert one["offset_unit"] == "unicode_codepoint"
    source, claim = one["spans"]
    assert source["segments"] == [[0, 4], [7, 16]]
    assert source["text"] == "Café … officials"
    assert source["actor"] == "Harbor office"
    assert claim["proposition"] == "p-1"
    assert claim["offered"] == {"rule": "quote", "span": [[25, 38]]}
    assert one["text"][claim["start"] : claim["end"]] == claim["text"]
    (across,) = two["relations"]
    assert across["to_doc"] == one["doc_id"]
    assert two["annotation_set"]["reason"] == "a double"


def test_an_export_comes_back_unchanged(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        out = exported(project, tmp_path)
    with new(tmp_path, "other", "Somebody else") as other:
        report = exchange.import_dataset(other, out)
        again = exported(other, tmp_path, "again.jsonl")
        assert other.read.findings() == ()
    assert again.read_bytes() == out.read_bytes()
    assert (report.new_sets, report.spans, report.relations) == (2, 3, 2)
    assert any("did not come along" in note for note in report.notes)


@st.composite
def projects(draw: st.DrawFn) -> list[tuple[str, list[tuple[str, list[tuple[int, int]]]]]]:
    """Texts with marks: overlapping, nested, in parts."""
    letters = st.sampled_from(
        ["a", "é", "e\u0301", " ", "\u00a0", "🚢", "و", "ز", "\u200c", ".", "\n"]
    )
    found = []
    for n in range(draw(st.integers(1, 3))):
        text = f"{n}: " + "".join(draw(st.lists(letters, min_size=8, max_size=60)))
        offsets = st.integers(0, len(text))
        range_ = st.tuples(offsets, offsets).map(sorted).filter(lambda r: text[r[0] : r[1]].strip())
        spans = st.lists(range_.map(tuple), min_size=1, max_size=3)
        marked = draw(st.lists(st.tuples(st.sampled_from(LABELS), spans), max_size=6))
        found.append((text, marked))
    return found


@given(
    wanted=projects(), links=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8)
)
def test_any_project_comes_back_byte_by_byte(wanted: Any, links: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new(folder) as project:
            made = []
            for text, marked in wanted:
                document = article(project, text)
                for label, ranges in marked:
                    try:
                        made.append(marks.add(project, document, Span.of(ranges), label))
                    except RuleError:
                        continue
            for a, b in links:
                if a < len(made) and b < len(made):
                    for kind, from_, to in _possible(made[a], made[b]):
                        try:
                            relations.link(project, kind, from_, to)
                        except RuleError:
                            continue
            out = exported(project, folder)
            assert exchange.verify_project(project).count == 0
        for line in lines(out):
            VALID.validate(line)
        with new(folder, "other", "Else") as other:
            if wanted:
                exchange.import_dataset(other, out)
            assert exported(other, folder, "again.jsonl").read_bytes() == out.read_bytes()


def _possible(a: Any, b: Any) -> list[tuple[str, str, str]]:
    return [(k.name, a.id, b.id) for k in builtin().relations_between(a.label, b.label)]


def test_a_known_set_is_recognized_and_one_with_other_marks_is_refused(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        out = exported(project, tmp_path)
        assert exchange.import_dataset(project, out).known_sets == 2
        before = project.read.last_seq()
        changed = lines(out)
        changed[0]["spans"][0]["note"] = "another note"
        with pytest.raises(FormatError, match="with other marks.*Nothing of the file was stored"):
            exchange.import_dataset(project, written(tmp_path, changed))
        assert project.read.last_seq() == before


def written(folder: Path, found: list[Any], name: str = "changed.jsonl") -> Path:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def _other_text(line: Any) -> None:
    line["text"] += "x"


def _shifted(line: Any) -> None:
    line["spans"][1]["start"] += 1
    line["spans"][1]["segments"][0][0] += 1


def _utf16(line: Any) -> None:
    line["offset_unit"] = "utf-16"


def _nowhere(line: Any) -> None:
    line["relations"][0]["to"] = "nowhere"


def _crlf(line: Any) -> None:
    line["text"] = line["text"].replace("\n", "\r\n")


def _second_version(line: Any) -> None:
    line["version"] = "2.0"


def _gap(line: Any) -> None:
    line["blocks"].pop(0)


def _strange_label(line: Any) -> None:
    line["spans"][0]["label"] = "emotion"


def _missing(line: Any) -> None:
    del line["spans"][0]["label"]


def _touching(line: Any) -> None:
    line["spans"][0]["segments"] = [[0, 4], [4, 16]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_other_text, "text_sha256"),
        (_shifted, "the text there is"),
        (_utf16, "utf-16"),
        (_nowhere, "no such mark"),
        (_crlf, "not canonical"),
        (_second_version, "version 2.0"),
        (_gap, "blocks"),
        (_strange_label, "emotion"),
        (_missing, "label"),
        (_touching, "not a range"),
    ],
)
def test_a_line_with_a_fault_is_named_and_nothing_of_the_file_is_stored(
    tmp_path: Path, change: Callable[[Any], None], said: str
) -> None:
    with coded(tmp_path) as project:
        found = lines(exported(project, tmp_path))
    change(found[0])
    path = written(tmp_path, [found[1], found[0]])
    with new(tmp_path, "other") as other:
        with pytest.raises(FormatError, match="line 2") as caught:
            exchange.import_dataset(other, path)
        assert said in str(caught.value)
        assert "stored" in str(caught.value)
        assert other.read.count_documents() == 0
        assert other.read.last_seq() == 0


def test_broken_json_and_a_text_file_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        out = exported(project, tmp_path)
        out.write_text(out.read_text() + '{"format":"annotator-jsonl",')
        with pytest.raises(FormatError, match="line 3.*not JSON"):
            exchange.import_dataset(project, out)
        (tmp_path / "no.txt").write_text("words")
        with pytest.raises(FormatError, match="not a dataset"):
            exchange.import_dataset(project, tmp_path / "no.txt")


def test_a_minor_version_is_read_and_the_keys_it_added_are_named(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        found = lines(exported(project, tmp_path))
    for line in found:
        line["version"] = "1.7"
        line["mood"] = "calm"
        line["annotation_set"]["pace"] = 3
        for span in line["spans"]:
            span["heat"] = {"a": 1}
    path = written(tmp_path, found)
    with new(tmp_path, "other") as other:
        report = exchange.import_dataset(other, path)
    named = " ".join(report.notes)
    assert all(f"“{key}”" in named for key in ("mood", "annotation_set.pace", "spans.heat"))
    assert report.spans == 3


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        out = exported(project, tmp_path)
    windows = tmp_path / "windows.jsonl"
    windows.write_bytes(b"\xef\xbb\xbf" + out.read_bytes().replace(b"\n", b"\r\n"))
    with new(tmp_path, "other") as other:
        assert exchange.import_dataset(other, windows).new_sets == 2


def test_a_schema_of_ones_own_goes_beside_and_comes_back(tmp_path: Path) -> None:
    own = replace(builtin(), name="own", labels=(*builtin().labels, Label("doubt", "Doubt", "O")))
    with new(tmp_path) as project:
        set_schema(project, own)
        document = article(project)
        marks.add(project, document, Span.of([(0, 4)]), "doubt")
        out = exported(project, tmp_path)
    assert (tmp_path / "out.schema.json").exists()
    with new(tmp_path, "other") as other:
        exchange.import_dataset(other, out)
        assert other.read.schema().name == "own"
        assert exported(other, tmp_path, "again.jsonl").read_bytes() == out.read_bytes()
        other.undo()
        assert other.read.schema() == builtin()


def test_an_export_that_cannot_be_written_leaves_the_old_one_and_no_part(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        out = exported(project, tmp_path)
        before = out.read_bytes()

        def stop(done: int, total: int | None, note: str = "") -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            exchange.export(project, out, stop)
        with pytest.raises(FormatError, match="nothing was written"):
            exchange.export(project, tmp_path / "no" / "out.jsonl")
        with pytest.raises(FormatError, match="must end in"):
            exchange.export(project, tmp_path / "out.csv")
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_the_same_id_with_another_text_is_refused(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        out = exported(project, tmp_path)
        found = lines(out)
    text = "Another text."
    from annotator.text.canonical import text_hash

    found[0].update(text=text, text_sha256=text_hash(text), spans=[], relations=[])
    found[0]["blocks"] = [
        {"start": 0, "end": len(text), "kind": "paragraph", "role": "body", "dimmed": False}
    ]
    with new(tmp_path, "other") as other:
        exchange.import_dataset(other, out)
        with pytest.raises(FormatError, match="with another text"):
            exchange.import_dataset(other, written(tmp_path, found[:1]))


def test_a_removed_article_takes_its_marks_out_of_the_export_and_undo_brings_them_back(
    tmp_path: Path,
) -> None:
    with coded(tmp_path) as project:
        whole = exported(project, tmp_path).read_bytes()
        one, two = (listed.document.id for listed in project.read.library())
        with pytest.raises(RuleError, match="linked with another article"):
            articles.remove(project, one)
        third = article(project, "A third one.")
        articles.remove(project, third)
        assert exported(project, tmp_path).read_bytes() == whole
        project.undo()
        assert len(lines(exported(project, tmp_path))) == 3
        assert two


def test_what_verify_finds_names_line_and_mark(tmp_path: Path) -> None:
    with coded(tmp_path) as project:
        found = lines(exported(project, tmp_path))
    _shifted(found[0])
    wrong = found[0]["spans"][1]["id"]
    verdict = exchange.verify(written(tmp_path, found))
    assert verdict.count >= 1
    assert "line 1" in verdict.problems[0]
    assert wrong in verdict.problems[0]
