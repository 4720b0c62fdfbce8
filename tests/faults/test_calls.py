"""The n-th system call fails, or is the last one: what the program says is what is stored.

Writes, syncs, truncations, links, renames and removals fail one at a time while it marks, imports,
backs up, restores, exports and brings an older project up to date. A run in which nothing was left to
fail ends the loop, as in SQLite's own tests.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from annotator.errors import AnnotatorError, NotStored
from annotator.model.ids import new_id
from annotator.project import articles, exchange, keep, open_project
from annotator.storage import migrations
from tests.faults import harness, tracing
from tests.faults.conftest import Tally
from tests.support.builders import dump

pytestmark = tracing.needs_strace
FAULTS = harness.counted(40, 600)
ACTS = 6
CALLS = {
    "pwrite64": ("error=EIO", "error=ENOSPC", "signal=KILL"),
    "fdatasync": ("error=EIO", "signal=KILL"),
    "fsync": ("error=EIO", "signal=KILL"),
    "ftruncate": ("error=EIO", "signal=KILL"),
    "sendfile": ("error=EIO", "error=ENOSPC", "signal=KILL"),
    "unlink": ("error=EACCES", "signal=KILL"),
    "link": ("error=EACCES", "signal=KILL"),
    "rename": ("error=EACCES", "signal=KILL"),
}


def mark(connection: Connection, folder: Path, document: str) -> None:
    """Acts in their order; one that is not stored is tried again, under the same id."""
    with open_project(folder / "project.annotator", person="Mara") as project:
        for n in range(ACTS):
            act_id = new_id()
            for _ in range(3):
                try:
                    project.once(act_id, harness.pair, document, n)
                except NotStored:
                    continue
                connection.send(("stored", n))
                break
            else:
                break
        seen = len(project.read.annotations(document)) // 2
    connection.send(("seen", seen))


def import_(connection: Connection, folder: Path, _document: str) -> None:
    with open_project(folder / "project.annotator", person="Mara") as project:
        report = articles.import_paths(project, sorted((folder / "in").iterdir()))
    connection.send(("stored", report.count("imported")))


def backup(connection: Connection, folder: Path, _document: str) -> None:
    with open_project(folder / "project.annotator", person="Mara") as project:
        made = keep.backup(project, "a test", always=True)
    connection.send(("stored", str(made and made.path)))


def restore(connection: Connection, folder: Path, _document: str) -> None:
    path = folder / "project.annotator"
    connection.send(("stored", str(keep.restore(path, keep.find_backup(path, "")))))


def export(connection: Connection, folder: Path, _document: str) -> None:
    with open_project(folder / "project.annotator", person="Mara", write=False) as project:
        exchange.export(project, folder / "out.jsonl")
    connection.send(("stored", "out"))


def migrate(connection: Connection, folder: Path, _document: str) -> None:
    """As if the newest step rewrote a table."""
    plain = migrations.upgrade

    def upgrade(bound: object) -> None:
        plain(bound)  # pyright: ignore
        for statement in (
            "CREATE TABLE block_anew AS SELECT * FROM block", "DELETE FROM block",
            "INSERT INTO block SELECT * FROM block_anew", "DROP TABLE block_anew",
        ):  # fmt: skip
            bound.exec_driver_sql(statement)  # pyright: ignore

    migrations.upgrade = upgrade
    with open_project(folder / "project.annotator", person="Mara") as project:
        connection.send(("stored", project.read.count_documents()))


SCENARIOS: dict[str, Callable[..., None]] = {
    "mark": mark, "import": import_, "backup": backup, "restore": restore, "export": export,
    "migrate": migrate,
}  # fmt: skip


def act(connection: Connection, scenario: str, folder: Path, document: str) -> None:
    """Wait until strace looks on, then do it."""
    connection.recv()
    try:
        SCENARIOS[scenario](connection, folder, document)
    except AnnotatorError as error:
        connection.send(("refused", str(error)))
    connection.send(("ended", None))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder as it is before each fault, and the id of its document."""
    folder = tmp_path_factory.mktemp("base")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_BACKUPS", str(folder / "backups"))
        document = harness.make(folder / "project.annotator")
        with open_project(folder / "project.annotator", person="Mara") as project:
            keep.backup(project, "earlier")
            exchange.export(project, folder / "out.jsonl")
    (folder / "in").mkdir()
    for n in range(3):
        (folder / "in" / f"{n}.txt").write_text(f"Article {n}\n\n" + f"word{n} " * 2_000)
    return folder, document


def test_no_failing_call_loses_anything(
    base: tuple[Path, str], tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = [(s, call, fault) for s in SCENARIOS for call in CALLS for fault in CALLS[call]]
    Random(7).shuffle(kinds)
    missed = dict.fromkeys(kinds, 0)
    tried = killed = 0
    # The first call of every kind, then the second; a kind with none left to fail drops out.
    for n in count(1):
        kinds = [kind for kind in kinds if missed[kind] < 2]
        for kind in kinds[: FAULTS - tried]:
            scenario, call, fault = kind
            hit = _fail(base, tmp_path, monkeypatch, scenario, f"{call}:{fault}:when={n}")
            missed[kind] = 0 if hit else missed[kind] + 1
            tried += hit
            killed += hit and "KILL" in fault
        if tried >= FAULTS or not kinds:
            break
    assert tried >= min(FAULTS, 300)
    assert 0 < killed < tried
    tally("n-th system call fails or is the last", tried, "0 lost, 0 half files, said = stored")


def _fail(
    base: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scenario: str,
    fault: str,
) -> bool:
    """Do one scenario with one fault and look at what is left; whether the fault happened."""
    folder, log = tmp_path / "now", tmp_path / "log"
    shutil.copytree(base[0], folder)
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(folder / "backups"))
    if scenario == "migrate":
        _age(folder / "project.annotator")
    # A backup that was made elsewhere is found by its project's id.
    with (
        harness.child(_with_backups, str(folder / "backups"), scenario, folder, base[1]) as (
            process,
            connection,
        ),
        tracing.traced(process.pid or 0, log, "-e", f"inject={fault}", "-e", f"trace={fault.split(':')[0]}"),
    ):  # fmt: skip
        connection.send("go")
        said = harness.heard(connection)
        process.join(20)
    hit = tracing.was_injected(log)
    with suppress(FileNotFoundError):
        log.unlink()
    ended = bool(said) and said[-1][0] == "ended"
    if not hit:
        assert ended
        assert not any(kind == "refused" for kind, _ in said), said
    try:
        CHECKS[scenario](folder, base, said, ended)
    except AssertionError as error:
        raise AssertionError(f"{scenario}, {fault}: {said}: {error}") from error
    shutil.rmtree(folder)
    return hit


def _with_backups(connection: Connection, backups: str, *rest: str) -> None:
    import os

    os.environ["ANNOTATOR_BACKUPS"] = backups
    act(connection, *rest)  # pyright: ignore


def _age(path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=0")
    connection.close()


Said = list[tuple[str, object]]


def _check_marks(folder: Path, base: tuple[Path, str], said: Said, ended: bool) -> None:
    stored = [n for kind, n in said if kind == "stored"]
    assert stored == list(range(len(stored)))
    there = harness.pairs(folder / "project.annotator", base[1])
    seen = next((n for kind, n in said if kind == "seen"), None)
    if seen is not None:
        assert there == seen, "the program saw something else than what is stored"
    # Killed or refused at the commit, one more may be there than was told.
    assert len(stored) <= there <= len(stored) + (not ended or len(stored) < ACTS)


def _check_import(folder: Path, _base: tuple[Path, str], said: Said, ended: bool) -> None:
    with open_project(folder / "project.annotator", person="Mara") as project:
        assert project.read.findings() == ()
        there = project.read.count_documents() - 1
        told = [n for kind, n in said if kind == "stored"]
        assert there == told[0] if told else 0 <= there <= 3
        assert articles.import_paths(project, [folder / "in"]).count("refused") == 0
        assert project.read.count_documents() == 4


def _check_unchanged(folder: Path, base: tuple[Path, str]) -> None:
    with open_project(folder / "project.annotator", person="Mara") as project:
        assert project.read.findings() == ()
        now = dump(project)
    with open_project(base[0] / "project.annotator", person="Mara", write=False) as project:
        assert now == dump(project)


def _check_backup(folder: Path, base: tuple[Path, str], said: Said, ended: bool) -> None:
    _check_unchanged(folder, base)
    told = [path for kind, path in said if kind == "stored"]
    there = keep.backups(folder / "project.annotator")
    assert {str(one.path) for one in there} >= set(told)
    assert any(one.reason == "earlier" for one in there)
    for one in there:
        with open_project(one.path, person="Mara", write=False) as copy:
            assert copy.read.findings() == ()
    with open_project(folder / "project.annotator", person="Mara") as project:
        assert keep.backup(project, "after", always=True)
    assert not list((folder / "backups").rglob("*.new*")), "a killed one's draft stays"


def _check_restore(folder: Path, base: tuple[Path, str], said: Said, ended: bool) -> None:
    _check_unchanged(folder, base)
    assert any(one.reason == "earlier" for one in keep.backups(folder / "project.annotator"))


def _check_export(folder: Path, base: tuple[Path, str], said: Said, ended: bool) -> None:
    _check_unchanged(folder, base)
    assert (folder / "out.jsonl").read_bytes() == (base[0] / "out.jsonl").read_bytes()


def _check_migrate(folder: Path, base: tuple[Path, str], said: Said, ended: bool) -> None:
    refused = [words for kind, words in said if kind == "refused"]
    version = int.from_bytes((folder / "project.annotator").read_bytes()[60:64], "big")
    newest = int.from_bytes((base[0] / "project.annotator").read_bytes()[60:64], "big")
    assert version in (0, newest)
    if version == newest:
        reasons = {one.reason for one in keep.backups(folder / "project.annotator")}
        assert "before an update" in reasons
    else:
        assert refused or not ended
    _check_unchanged(folder, base)


CHECKS = {
    "mark": _check_marks, "import": _check_import, "backup": _check_backup,
    "restore": _check_restore, "export": _check_export, "migrate": _check_migrate,
}  # fmt: skip
