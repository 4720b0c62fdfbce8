"""Datasets out of a project and into another: nothing is lost, and nothing false comes in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from annotator import resources
from annotator.errors import FormatError, NotFound
from annotator.formats.jsonl import JSONL
from annotator.model import schema as schemas
from annotator.model.dataset import Entry
from annotator.model.schema import Label, builtin
from annotator.project import Project, articles, open_project, relations
from annotator.project.exchange import export, verify, verify_project
from annotator.project.fitting import Terms
from annotator.project.importing import Way, import_dataset
from tests.support.builders import STORY, article, at, dump, mark
from tests.support.entries import datasets
from tests.support.formats import on_disk, read
from tests.support.places import new_place

GOLDEN = Path(__file__).parent.parent / "golden" / "jsonl"
RARE = replace(builtin(), name="rare", labels=(*builtin().labels, Label("rumour", "Rumour")))
GENERATED = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
)


def json_schema(*, strict: bool = False) -> Draft202012Validator:
    """The shipped schema; strict, it knows no other keys than 1.0 has."""
    schema = json.loads(resources.text("schemas/annotator-jsonl-1.schema.json"))
    Draft202012Validator.check_schema(schema)
    if strict:
        for part in (schema, *schema["$defs"].values()):
            part["additionalProperties"] = False
    return Draft202012Validator(schema)


def require_valid(path: Path) -> None:
    strict = json_schema(strict=True)
    for line in path.read_bytes().splitlines():
        assert [error.message for error in strict.iter_errors(json.loads(line))] == []


def written(entries: list[Entry], path: Path, schema: schemas.Schema = RARE) -> Path:
    on_disk(JSONL, entries, path, schema)
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    for name in ("two-articles.jsonl", "two-articles.schema.json"):
        shutil.copy(GOLDEN / name, tmp_path / name)
    return tmp_path / "two-articles.jsonl"


def test_the_golden_file_comes_back_byte_for_byte(
    project: Project, golden: Path, tmp_path: Path
) -> None:
    report = import_dataset(project, golden)
    assert (report.documents, report.new_sets, report.spans, report.relations) == (
        ("doc-a", "doc-b"), 4, 8, 6,
    )  # fmt: skip
    assert any("history did not come along" in note for note in report.notes)
    out = tmp_path / "out.jsonl"
    said = export(project, out)
    assert (said.documents, said.lines, said.spans, said.relations) == (2, 4, 8, 6)
    assert out.read_bytes() == golden.read_bytes()
    assert (tmp_path / "out.schema.json").read_bytes() == (
        GOLDEN / "two-articles.schema.json"
    ).read_bytes()
    require_valid(out)
    assert verify(out).problems == ()
    assert project.read.findings() == ()


def test_one_undo_takes_back_a_whole_import(project: Project, golden: Path) -> None:
    before = dump(project)
    import_dataset(project, golden)
    after = dump(project)
    project.undo()
    assert dump(project) == before
    project.redo()
    assert dump(project) == after


@GENERATED
@given(entries=datasets(RARE))
def test_whatever_a_project_holds_comes_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    start = written(entries, folder / "start.jsonl")
    require_valid(start)
    assert verify(start).problems == ()
    came_back = start
    for n in range(2):
        out = folder / f"out-{n}.jsonl"
        with new_place("sqlite") as place, open_project(place, person="X", durable=False) as own:
            import_dataset(own, came_back)
            export(own, out)
            export(own, folder / "again.jsonl")
            assert own.read.findings() == ()
            assert verify_project(own).problems == ()
        assert (folder / "again.jsonl").read_bytes() == out.read_bytes()
        came_back = out
    assert (folder / "out-0.jsonl").read_bytes() == start.read_bytes()
    assert (folder / "out-1.jsonl").read_bytes() == start.read_bytes()
    assert read(JSONL, start) == read(JSONL, came_back)
    shutil.rmtree(folder)


def test_both_databases_write_the_same_bytes(place: str, golden: Path, tmp_path: Path) -> None:
    @settings(GENERATED, max_examples=8)
    @given(entries=datasets(RARE))
    def play(entries: list[Entry]) -> None:
        start = written(entries, tmp_path / "start.jsonl")
        kind = "postgresql" if "://" in place else "sqlite"
        with new_place(kind) as where, open_project(where, person="X", durable=False) as own:
            import_dataset(own, start)
            export(own, tmp_path / "out.jsonl")
        assert (tmp_path / "out.jsonl").read_bytes() == start.read_bytes()

    play()


def test_a_marked_project_is_the_same_in_another(
    project: Project, another: Callable[[], Project], tmp_path: Path
) -> None:
    one, two = article(project), article(project, STORY + "Again.", "again.txt")
    claim = mark(project, one, "the pier 🚢 would be closed", attributes={"unsure": "yes"})
    source = mark(project, one, "The harbour office", "source", actor="Harbour office")
    denial = mark(project, two, "denied that anybody had asked them", "denial", note="\u2028!")
    relations.link(project, "attributed_to", claim.id, source.id)
    relations.link(project, "denies", denial.id, claim.id)
    articles.set_status(project, two, "excluded", "twice")
    out = tmp_path / "out.jsonl"
    export(project, out)
    require_valid(out)
    assert len(out.read_text("utf-8").splitlines()) == 2  # no character ends a line early
    other = another()
    import_dataset(other, out)
    export(other, tmp_path / "second.jsonl")
    assert (tmp_path / "second.jsonl").read_bytes() == out.read_bytes()


def test_a_line_says_what_it_is(project: Project, tmp_path: Path) -> None:
    article(project)
    export(project, tmp_path / "out.jsonl")
    (line,) = lines(tmp_path / "out.jsonl")
    assert next(iter(line)) == "format"
    assert (line["version"], line["offset_unit"]) == ("1.0", "unicode_codepoint")
    assert line["annotation_set"]["annotator"] == "Mara"
    assert not (tmp_path / "out.schema.json").exists()


def test_a_link_to_a_removed_article_is_counted_and_not_written(
    project: Project, golden: Path, tmp_path: Path
) -> None:
    import_dataset(project, golden)
    with pytest.raises(Exception, match="linked with another article"):
        articles.remove(project, "doc-b")
    relations.unlink(project, ["ra4"])
    articles.remove(project, "doc-b")
    said = export(project, tmp_path / "out.jsonl")
    assert (said.documents, said.losses) == (1, ())
    assert verify(tmp_path / "out.jsonl").problems == ()


# What is refused, and what is not


def changed(golden: Path, change: Callable[[list[dict[str, Any]]], object]) -> Path:
    """The golden file with something wrong in it."""
    found = lines(golden)
    change(found)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)
    golden.write_bytes(text.encode("utf-8", "surrogatepass"))
    return golden


def refused(project: Project, path: Path, *said: str) -> None:
    """Nothing of the file is stored, and the sentence names what is wrong and where."""
    before, last = dump(project), project.read.last_seq()
    with pytest.raises(FormatError) as caught:
        import_dataset(project, path)
    for words in said:
        assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "othing of the file was stored" in str(caught.value)
    assert dump(project) == before
    assert project.read.last_seq() == last


BROKEN: dict[str, tuple[Callable[[list[dict[str, Any]]], object], tuple[str, ...]]] = {
    "hash": (lambda f: f[2].update(text_sha256="0" * 64), ("line 3", "text_sha256")),
    "text": (lambda f: f[2].update(text=f[2]["text"].replace("café", "cafe")), ("line 3", "hash")),
    "canonical": (
        lambda f: f[2].update(text=f[2]["text"].replace("\n", "\r\n")), ("line 3", "not canonical"),
    ),
    "quote": (
        lambda f: f[0]["spans"][1].update(
            start=f[0]["spans"][1]["start"] + 1, segments=[[f[0]["spans"][1]["start"] + 1, f[0]["spans"][1]["end"]]]
        ), ("line 1", "a2"),
    ),
    "beyond": (lambda f: f[2]["spans"][0].update(end=999, segments=[[10, 999]]), ("line 3", "b1")),
    "empty": (lambda f: f[2]["spans"][0].update(segments=[]), ("line 3", "b1", "no segments")),
    "order": (
        lambda f: f[0]["spans"][3].update(segments=f[0]["spans"][3]["segments"][::-1]),
        ("line 1", "behind the one before"),
    ),
    "hull": (lambda f: f[0]["spans"][0].update(end=20), ("line 1", "a1", "begin and end")),
    "negative": (lambda f: f[0]["spans"][0].update(start=-1, segments=[[-1, 4]]), ("line 1", "a1")),
    "nowhere": (lambda f: f[0]["relations"][0].update(to="zz"), ("line 1", "ra1", "zz")),
    "wrong document": (
        lambda f: f[0]["relations"][3].update(to_doc="doc-a"), ("line 1", "ra4", "b2"),
    ),
    "from elsewhere": (
        lambda f: f[0]["relations"][0].update(**{"from": "b1"}), ("line 1", "ra1", "b1"),
    ),
    "twice": (lambda f: f[2]["spans"][1].update(id="a1"), ("line 3", "a1", "another mark")),
    "link twice": (lambda f: f[2]["relations"][0].update(id="ra1"), ("line 3", "ra1", "another")),
    "set twice": (lambda f: f.append(f[3]), ("line 5", "set-b2")),
    "two texts": (
        lambda f: f[1].update(
            text="x", text_sha256="2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
            spans=[], relations=[], blocks=[{"start": 0, "end": 1}],
        ), ("line 2", "another text"),
    ),
    "gap": (lambda f: f[2]["blocks"][1].update(start=12), ("line 3", "cover")),
    "origin": (lambda f: f[0]["spans"][0].update(origin="guessed"), ("a1", "guessed")),
    "kind": (lambda f: f[0]["annotation_set"].update(kind="mine"), ("line 1", "mine")),
    "status": (lambda f: f[0]["annotation_set"].update(status="done"), ("line 1", "done")),
    "label": (lambda f: f[0]["spans"][1].update(label="tale"), ("line 1", "tale")),
    "relation": (lambda f: f[0]["relations"][0].update(type="echoes"), ("line 1", "echoes")),
    "attributes": (lambda f: f[0]["spans"][1].update(attributes=[1]), ("line 1", "a2")),
    "newer": (lambda f: [line.update(version="2.0") for line in f], ("line 1", "2.0", "newer")),
    "unit": (lambda f: f[1].update(offset_unit="utf16"), ("line 2", "utf16")),
    "type": (lambda f: f[1].update(spans={}), ("line 2", "spans")),
    "missing": (lambda f: f[1].pop("blocks"), ("line 2", "blocks")),
    "NUL in a note": (
        lambda f: f[0]["spans"][0].update(note="a\0b"), ("line 1", "a1", "NUL"),
    ),
    "NUL in a name": (
        lambda f: f[2]["annotation_set"].update(annotator="a\0"), ("line 3", "NUL"),
    ),
    "NUL in a link": (lambda f: f[0]["relations"][0].update(by="\0"), ("ra1", "NUL")),
    "no id": (lambda f: f[2].update(doc_id=""), ("line 3", "no id")),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_a_wrong_line_is_named_and_nothing_is_stored(
    project: Project, golden: Path, what: str
) -> None:
    change, said = BROKEN[what]
    refused(project, changed(golden, change), str(golden), *said)


def test_offsets_in_utf16_are_found_out_by_the_quote(project: Project, golden: Path) -> None:
    def widen(found: list[dict[str, Any]]) -> None:
        text = found[0]["text"]
        for span in found[0]["spans"]:
            segments = [
                [len(text[:at].encode("utf-16-le")) // 2 for at in one] for one in span["segments"]
            ]
            span.update(segments=segments, start=segments[0][0], end=segments[-1][1])

    refused(project, changed(golden, widen), "line 1", "a1", "5 things")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"format":"annotator-jsonl",', "not JSON"),
        (b"not json at all", "not JSON"),
        (b'{"format":"annotator-jsonl","a":"\xff"}', "line 5"),
        (b'{"format":"annotator-jsonl","doc_id":"\\ud83d"}', "line 5"),
        (b"[" * 200_000, "line 5"),
        (b'{"format":"another"}', "line 5"),
        (b"[]", "line 5"),
    ],
)
def test_a_line_that_is_no_entry(project: Project, golden: Path, line: bytes, said: str) -> None:
    golden.write_bytes(golden.read_bytes() + line + b"\n")
    refused(project, golden, "line 5", said)


def test_a_minor_version_is_read_and_what_it_adds_is_named(project: Project, golden: Path) -> None:
    def add(found: list[dict[str, Any]]) -> None:
        for line in found:
            line.update(version="1.1", language="en", tool={"name": "x"})
        found[0]["spans"][0]["weight"] = 3
        found[0]["annotation_set"]["team"] = "north"
        found[0]["blocks"][0]["page"] = 1
        found[2]["relations"][0]["color"] = "red"

    before = golden.read_bytes()
    newer = changed(golden, add)
    for line in lines(newer):
        json_schema().validate(line)
    report = import_dataset(project, newer)
    named = {note.split("“")[1].split("”")[0] for note in report.notes if "ignored" in note}
    assert named == {
        "language", "tool", "spans.weight", "annotation_set.team", "blocks.page", "relations.color",
    }  # fmt: skip
    export(project, golden)
    assert golden.read_bytes() == before


def test_the_same_again_is_already_there(project: Project, golden: Path) -> None:
    import_dataset(project, golden)
    before, last = dump(project), project.read.last_seq()
    report = import_dataset(project, golden)
    assert (report.documents, report.new_sets, report.known_sets) == ((), 0, 4)
    assert dump(project) == before
    assert project.read.last_seq() == last


def test_a_known_set_with_other_content_is_refused(project: Project, golden: Path) -> None:
    import_dataset(project, golden)
    refused(
        project, changed(golden, lambda f: f[0]["spans"][0].update(note="!")), "line 1", "set-a1"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f[0]["annotation_set"].update(status="reviewed"),
        lambda f: f[0]["annotation_set"].update(annotator="Jon"),
        lambda f: f[3]["annotation_set"].update(reason="another"),
    ],
)
def test_a_known_set_that_says_otherwise_of_itself_is_refused(
    project: Project, golden: Path, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    import_dataset(project, golden)
    refused(project, changed(golden, change), "set-")


def test_a_known_document_with_another_text_is_refused(
    project: Project, golden: Path, another: Callable[[], Project], tmp_path: Path
) -> None:
    other = another()
    known = article(other, "Another text altogether, about boats.")
    export(other, tmp_path / "other.jsonl")
    import_dataset(project, golden)
    (line,) = lines(tmp_path / "other.jsonl")
    line["doc_id"] = "doc-a"
    (tmp_path / "other.jsonl").write_text(json.dumps(line) + "\n")
    assert known != "doc-a"
    refused(project, tmp_path / "other.jsonl", "doc-a", "another text")


@pytest.mark.parametrize("ids", ["a1", "ra1", "set-a1"])
def test_ids_that_the_project_uses_for_something_else_are_refused(
    project: Project, golden: Path, tmp_path: Path, ids: str
) -> None:
    import_dataset(project, golden)
    text = golden.read_text().replace("doc-", "doc2-").replace('"set-', '"set2-')
    for one in (
        "a1",
        "a2",
        "a3",
        "a4",
        "a5",
        "a6",
        "b1",
        "b2",
        "ra1",
        "ra2",
        "ra3",
        "ra4",
        "ra5",
        "rb1",
    ):
        if one != ids:
            text = text.replace(f'"{one}"', f'"new-{one}"')
    if ids == "set-a1":
        text = text.replace("set2-a1", "set-a1")
    golden.write_text(text)
    assert verify(golden).problems == ()
    refused(project, golden, ids)


def test_bom_blank_lines_and_crlf_are_no_harm(
    project: Project, golden: Path, tmp_path: Path
) -> None:
    whole = golden.read_bytes()
    golden.write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n\r\n"))
    assert len(import_dataset(project, golden).documents) == 2
    export(project, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_keys_in_another_order_are_no_harm(project: Project, golden: Path, tmp_path: Path) -> None:
    whole = golden.read_bytes()
    turned = [dict(reversed(line.items())) for line in lines(golden)]
    golden.write_text("".join(json.dumps(line) + "\n" for line in turned))
    import_dataset(project, golden)
    export(project, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_a_project_with_another_schema_keeps_it_and_adds_what_is_used(
    project: Project, golden: Path
) -> None:
    document = article(project)
    mark(project, document, "the pier")
    before = dump(project)
    report = import_dataset(project, golden)
    schema = project.read.schema()
    assert schema.name == "attribution"
    assert any("“said_by”" in note and "New in the schema" in note for note in report.notes)
    # As the schema beside the file describes it.
    theirs = JSONL.schema(golden)
    assert theirs is not None
    assert schema.relation("said_by").title == theirs.relation("said_by").title
    project.undo()
    assert dump(project) == before


def test_a_project_with_another_schema_can_refuse_what_it_has_not(
    project: Project, golden: Path
) -> None:
    mark(project, article(project), "the pier")
    before = dump(project)
    with pytest.raises(FormatError, match="said_by.* Nothing of the file was stored"):
        import_dataset(project, golden, way=Way(terms=Terms(strict=True)))
    assert dump(project) == before


def test_an_empty_project_is_an_empty_file_and_back(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    assert import_dataset(project, tmp_path / "out.jsonl").documents == ()


def test_what_is_no_dataset_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("words")
    for path in (tmp_path / "x.txt", tmp_path / "nothing.jsonl", tmp_path):
        with pytest.raises((FormatError, NotFound)):
            import_dataset(project, path)


def test_verify_names_the_line_and_the_mark(golden: Path) -> None:
    assert verify(golden).count == 0
    change, said = BROKEN["quote"]
    verdict = verify(changed(golden, change))
    assert verdict.count == 1
    assert all(words in verdict.problems[0] for words in said)


def test_verify_proves_a_project(project: Project) -> None:
    document = article(project)
    mark(project, document, "the pier")
    verdict = verify_project(project)
    assert (verdict.lines, verdict.spans, verdict.count) == (1, 1, 0)


def test_an_offer_is_kept(project: Project, golden: Path) -> None:
    import_dataset(project, golden)
    offered = project.read.annotation("a5").offered
    assert offered is not None
    assert offered.span == at(project, "doc-a", "that the boat — “as promised” — was late").segments
