"""Files with something wrong in them, in every format that is read: named, refused, nothing stored.

What is wrong is put into what the format itself wrote.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import AnnotatorError, FormatError
from annotator.formats.base import Format
from annotator.formats.registry import named
from annotator.model.dataset import Entry
from annotator.model.schema import Label, builtin
from annotator.project import Project, keep, open_project
from annotator.project.fitting import Terms
from annotator.project.importing import Way, import_dataset
from tests.formats.contract import place, proved
from tests.formats.rich import entry, link, mark
from tests.formats.test_contract import require_library
from tests.support.builders import dump
from tests.support.formats import on_disk

TEXT = "🚢 Ferry stopped. The office denied it.\n"
"""Behind the ship, code points and UTF-16 units are one apart."""
LABELLED = replace(builtin(), labels=(*builtin().labels, Label("rumour", "Rumour")))
SQL = "sql:"

# Each: a pattern in what was written, what takes its place, and what the refusal names.
Fault = tuple[str, str, str]

BEYOND: dict[str, Fault] = {
    "jsonl": (r'"end":15,"segments":\[\[2,15\]\]', '"end":999,"segments":[[2,999]]', "line 1.*c1.*2:999"),
    "project": (f"{SQL}UPDATE segment SET end = 999 WHERE annotation_id = 'c1'", "", "entry 1.*c1.*999"),
    "chat": (r'\\"occurrence\\":1', r'\\"occurrence\\":7', "record 1.*c1.*7 times"),
    "prodigy": (r'"tokens":.*?"end":15,"token_start"', '"spans":[{"start":2,"end":999,"token_start"', "record 1.*claim 0.*2:999"),
    "doccano": (r'"end_offset":15', '"end_offset":999', "record 1.*claim 0.*2:999"),
    "label-studio": (r'"start":3,"end":16,"text":"Ferry', '"start":3,"end":999,"text":"Boat', "record 1.*3:999"),
    "brat": (r"T1\tclaim 2 15\tFerry", "T1\tclaim 2 999\tBoat", "Ferry_1.ann.*T1.*2:999"),
    "csv": (r"c1,claim,2,15,", "c1,claim,2,999,", "article 2.*c1.*2:999"),
    "parquet": ("parquet", "", "row 1.*c1.*2:999"),
    "uima-xmi": (r'begin="3" end="16"', 'begin="3" end="999"', "Ferry_1.xmi.*claim.*3:999"),
    "refi-qda": (
        r'name="Ferry stopped" startPosition="2" endPosition="15"',
        'name="Boat" startPosition="2" endPosition="999"', "source 1.*2:999",
    ),
}  # fmt: skip
"""CoNLL has no offsets; spaCy's are those of its tokens."""

DANGLING: dict[str, Fault] = {
    "jsonl": (r'"to":"c1"', '"to":"c9"', "line 1.*r1.*c9"),
    "project": (
        f"{SQL}PRAGMA foreign_keys=OFF; UPDATE relation SET from_id = 'c9'", "", "entry 1.*r1.*c9"),
    "chat": (r'\\"to\\":\\"c1\\"', r'\\"to\\":\\"c9\\"', "record 1.*denies.*c9"),
    "prodigy": (r'"head":\d+,"child":\d+,"head_span":\{[^}]*\}', '"head":99,"child":3', "record 1.*denies.*99"),
    "doccano": (r'"to_id":0', '"to_id":99', "record 1.*denies.*99"),
    "label-studio": (r'"to_id":"c1"', '"to_id":"c9"', "record 1.*denies.*c9"),
    "brat": (r"Arg2:T1", "Arg2:T9", "Ferry_1.ann.*T9"),
    "csv": (r",denies,d1,c1,", ",denies,d1,c9,", "article 2.*r1.*c9"),
    "uima-xmi": (r'Dependent="\d+"', 'Dependent="99"', "Ferry_1.xmi.*denies.*99"),
    "refi-qda": (r'targetGUID="[^"]*"/>\n</Links>', 'targetGUID="abc"/>\n</Links>', "denies.*abc"),
}  # fmt: skip

TWICE: dict[str, Fault] = {
    "jsonl": (r'"doc_id":', '"doc_id":"x","doc_id":', "line 1.*“doc_id” stands in it twice"),
    "chat": (r'\{\\"marks\\":\[\{\\"id\\":', r'{\\"links\\":[],\\"marks\\":[{\\"id\\":', "record 1.*“links” stands in it twice"),
    "prodigy": (r'"text":', '"text":"x","text":', "record 1.*“text” stands in it twice"),
    "doccano": (r'"entities":', '"entities":[],"entities":', "record 1.*“entities” stands in it twice"),
    "label-studio": (r'"result":', '"result":[],"result":', "record 1.*“result” stands in it twice"),
    "brat": (r"T2\tdenial", "T1\tdenial", "Ferry_1.ann.*two marks T1"),
    "csv": (r'""certainty"":', '""certainty"":""x"",""certainty"":', "row 2.*“certainty” stands in it twice"),
    "uima-xmi": (r'label="claim"', 'label="x" label="claim"', "Ferry_1.xmi.*label redefined"),
    "refi-qda": (r'startPosition="2"', 'startPosition="1" startPosition="2"', "startPosition redefined"),
}  # fmt: skip

INSIDE: dict[str, Fault] = {
    "jsonl": (r'"certainty":', '"certainty":"x","certainty":', "line 1.*“certainty” stands in it twice"),
    "project": (
        f"{SQL}UPDATE annotation SET attributes = '{{broken' WHERE id = 'c1'", "", "entry 1.*c1.*attributes"),
}  # fmt: skip

NO_NUMBER: dict[str, Fault] = {
    "jsonl": (r'"start":0,', '"start":NaN,', "line 1"),
    "chat": (r'\\"occurrence\\":1', r'\\"occurrence\\":NaN', "record 1.*NaN is no number"),
    "prodigy": (r'"start":0,', '"start":NaN,', "record 1.*NaN is no number"),
    "doccano": (r'"end_offset":15', '"end_offset":NaN', "record 1.*NaN is no number"),
    "label-studio": (r'"end":16', '"end":NaN', "record 1.*NaN is no number"),
    "brat": (r"T1\tclaim 2 15", "T1\tclaim NaN 15", "Ferry_1.ann, line 1.*is no line of brat"),
    "csv": (r"c1,claim,2,15", "c1,claim,NaN,15", "row 2.*NaN"),
    "uima-xmi": (r'begin="3" end="16"', 'begin="NaN" end="16"', "Ferry_1.xmi.*does not say where"),
    "refi-qda": (r'startPosition="2"', 'startPosition="NaN"', "source 1.*does not say where"),
}  # fmt: skip

BROKEN: dict[str, Fault] = {
    "jsonl": (r'"spans":\[', '"spans":[[', "line 1"),
    "project": ("", "not a project at all", "not an Annotator project"),
    "chat": (r'\{"messages"', '{messages', "record 1.*not JSON"),
    "prodigy": (r'"spans":\[', '"spans":[[', "record 1.*not JSON"),
    "doccano": (r'"entities":\[', '"entities":[[', "record 1.*not JSON"),
    "label-studio": (r'"result":\[', '"result":[[', "record 1.*not JSON"),
    "brat": (r"R1\tdenies.*\n", "R1\tdenies Arg1:T2\n", "Ferry_1.ann, line 4.*is no line of brat"),
    "conll": (r"stopped -X- _ I-claim", "stopped", "line 5.*is not a token with a tag"),
    "csv": (r"c1,claim,2,15,", "c1,claim,2,", "row 2: it has 31 columns, the table 32"),
    "parquet": ("", "PAR1 and then nothing", "not Parquet"),
    "spacy": ("", "no tokens", "not a DocBin"),
    "uima-xmi": (r"<cas:View", "<cas:View <", "Ferry_1.xmi.*not XML"),
    "refi-qda": (r"</Sources>", "</Source>", "not XML"),
}  # fmt: skip

FAULTS = {
    f"{what}, {name}": (name, fault)
    for what, faults in (
        ("a key twice inside", INSIDE),
        ("an offset past the end", BEYOND), ("a link to nothing", DANGLING), ("a key twice", TWICE),
        ("no number", NO_NUMBER), ("broken", BROKEN),
    )
    for name, fault in faults.items()
}  # fmt: skip

OTHER_UNIT: dict[str, Fault] = {
    "jsonl": (r'"start":2,"end":15,"segments":\[\[2,15\]\]', '"start":3,"end":16,"segments":[[3,16]]', "line 1.*c1"),
    "prodigy": (r'"start":2,"end":15,"token_start"', '"start":3,"end":16,"token_start"', ""),
    "label-studio": (r'"start":3,"end":16', '"start":2,"end":15', ""),
    "brat": ("T1\tclaim 2 15", "T1\tclaim 3 16", ""),
    "csv": (r"c1,claim,2,15,", "c1,claim,3,16,", "article 2.*c1"),
    "refi-qda": (r'startPosition="2" endPosition="15"', 'startPosition="3" endPosition="16"', ""),
}  # fmt: skip
"""Offsets in UTF-16 where code points are due, and the reverse; a refusal where one is named."""


def small() -> list[Entry]:
    said = {"certainty": "certain"}
    return [entry(
        mark("c1", "claim", "Ferry stopped", text=TEXT, attributes=said),
        mark("d1", "denial", "denied it", text=TEXT),
        links=(link("r1", "denies", "d1", "c1"),), text=TEXT,
    )]  # fmt: skip


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project that nothing ever comes into."""
    path = tmp_path_factory.mktemp("one") / "one.annotator"
    keep.create(path)
    with open_project(path, person="Mara", durable=False) as project:
        yield project


def written(chosen: Format, folder: Path) -> Path:
    require_library(chosen)
    path = place(chosen, folder)
    on_disk(chosen, small(), path)
    return path


def damage(path: Path, pattern: str, instead: str) -> None:
    """Put something else where the pattern is met first, in whichever file of the dataset it is."""
    if pattern.startswith(SQL):
        with sqlite3.connect(path) as connection:
            connection.executescript(pattern.removeprefix(SQL))
        return
    if not pattern:
        path.write_text(instead)
        return
    for file in sorted(path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.stem}*")):
        if file.is_file() and _damaged(file, pattern, instead):
            return
    raise AssertionError(f"{pattern} is nowhere in {path}")


def _damaged(file: Path, pattern: str, instead: str) -> bool:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        content = members["project.qde"].decode()
        members["project.qde"] = re.sub(pattern, instead, content, count=1).encode()
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return members["project.qde"].decode() != content
    content = file.read_bytes().decode()
    changed = re.sub(pattern, instead, content, count=1)
    file.write_bytes(changed.encode())
    return changed != content


def require_refused(project: Project, path: Path, chosen: Format, said: str, **way: Terms) -> None:
    before, last = dump(project), project.read.last_seq()
    there = sorted(path.parent.rglob("*"))
    with pytest.raises(FormatError, match=said) as caught:
        import_dataset(project, path, way=Way(format=chosen.name, **way))
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    assert re.search("[Nn]othing of the file was stored", str(caught.value))
    assert (dump(project), project.read.last_seq()) == (before, last)
    assert sorted(path.parent.rglob("*")) == there


@pytest.mark.parametrize("what", sorted(FAULTS))
def test_what_is_wrong_is_named_and_nothing_is_stored(
    one: Project, tmp_path: Path, what: str
) -> None:
    name, (pattern, instead, said) = FAULTS[what]
    path = written(named(name), tmp_path)
    if pattern == "parquet":
        _beyond_in_parquet(path)
    else:
        damage(path, pattern, instead)
    require_refused(one, path, named(name), said)


def _beyond_in_parquet(path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(path)
    rows = table.to_pylist()
    rows[0]["spans"][0] |= {"end": 999, "segments": [{"start": 2, "end": 999}]}
    parquet.write_table(type(table).from_pylist(rows, table.schema), path)


@pytest.mark.parametrize("name", sorted(OTHER_UNIT))
def test_offsets_in_another_unit_are_found_out_by_the_words(tmp_path: Path, name: str) -> None:
    pattern, instead, said = OTHER_UNIT[name]
    path = written(named(name), tmp_path)
    damage(path, pattern, instead)
    place_of_one = tmp_path / "into.annotator"
    keep.create(place_of_one)
    with open_project(place_of_one, person="Mara", durable=False) as project:
        if said:
            require_refused(project, path, named(name), said)
            return
        import_dataset(project, path, way=Way(format=name))
        (found,) = project.read.entries()
    assert [span.text for span in found.spans] == ["Ferry stopped", "denied it"]


@pytest.mark.parametrize("chosen", [f for f in proved() if f.reads], ids=lambda f: f.name)
def test_a_name_that_the_schema_has_not_is_refused_when_asked(
    one: Project, tmp_path: Path, chosen: Format
) -> None:
    require_library(chosen)
    path = place(chosen, tmp_path)
    on_disk(chosen, [entry(mark("x1", "rumour", "Ferry", text=TEXT), text=TEXT)], path, LABELLED)
    strict = Terms(strict=True)
    require_refused(one, path, chosen, "“rumour”", terms=strict)


@pytest.mark.parametrize("chosen", [f for f in proved() if f.reads], ids=lambda f: f.name)
def test_a_file_that_ends_early_is_refused_or_told(
    one: Project, tmp_path: Path, chosen: Format
) -> None:
    """Cut at many places; where lines stand for themselves, what was cut off shows in no line."""
    path = written(chosen, tmp_path)
    files = sorted(path.rglob("*.ann")) if chosen.name == "brat" else [path]
    files = sorted(path.rglob("Ferry*.xmi")) if chosen.name == "uima-xmi" else files
    whole = files[0].read_bytes()
    for at in sorted({1, len(whole) - 2, *range(1, len(whole) - 1, max(1, len(whole) // 7))}):
        files[0].write_bytes(whole[:at])
        if chosen.name in ("brat", "conll") and whole[at - 1 : at] == b"\n":
            continue
        before = dump(one)["entries"]
        said, why = _told(one, path, chosen)
        assert said, (at, why)
        assert dump(one)["entries"] == before


def _told(project: Project, path: Path, chosen: Format) -> tuple[bool, object]:
    """Whether the file was refused by name, or taken in with a word about its end; what was said."""
    try:
        report = import_dataset(project, path, way=Way(format=chosen.name))
    except AnnotatorError as error:
        said = str(error)
        return str(path) in said and "\n" not in said and "othing" in said, error
    project.undo()
    return any("may be cut off" in note for note in report.notes), report
