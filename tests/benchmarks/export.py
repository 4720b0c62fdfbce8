"""What an export of a million marks costs beside fetching the same rows and dropping them.

Each side runs in a process of its own, alternating; memory is the highest that the process held.
"""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.formats.registry import named
from annotator.model.ids import new_id
from annotator.project import keep, open_project
from annotator.project.exchange import export
from annotator.text.canonical import text_hash
from tests.benchmarks import importing
from tests.benchmarks.rows import Row, at_most

MARKS = 1_000_000
PER_DOCUMENT = 50
"""20,000 articles hold the million."""
LINKS_EVERY = 5
RUNS = 3
OTHERS = {
    "hf": 4.0, "chat": 4.0, "sentences": 4.0, "relation-pairs": 4.0, "prodigy": 4.0, "doccano": 4.0,
    "label-studio": 4.0, "brat": 4.0, "conll": 4.0, "csv": 4.0, "uima-xmi": 4.0,
    "refi-qda": 4.0,
}  # fmt: skip
"""Formats and how many times the bare fetch they may take."""
TEXT = "Officials told the courier that two posts were shelled; the ministry denied it 🌊.\n" * 53
"""As long as an article of the press is in the mean: 4,400 code points, as in PolNeAR."""

FLOOR = {
    "documents": "SELECT * FROM document WHERE hidden = 0 ORDER BY id",
    "text": "SELECT text FROM document_text WHERE sha256 = ?",
    "blocks": 'SELECT start, "end", kind, role, dimmed FROM block WHERE document_id = ? ORDER BY ord',
    "sets": "SELECT * FROM annotation_set WHERE document_id = ? ORDER BY id",
    "marks": 'SELECT a.*, s.ord, s.start, s."end", s.quote FROM annotation a JOIN segment s ON '
    "s.annotation_id = a.id WHERE a.document_id = ? AND a.set_id = ? "
    'ORDER BY a.start, a."end", a.id, s.ord',
    "links": "SELECT * FROM relation WHERE set_id = ? ORDER BY id",
}


DOCUMENT = (
    "INSERT INTO document (id, title, title_fold, published, outlet_fold, metadata, text_sha256, "
    "source_sha256, length, reader, created, group_id, hidden, rev) "
    f"VALUES ({','.join('?' * 14)})"
)
BLOCK = (
    'INSERT INTO block (document_id, ord, start, "end", kind, role, dimmed) '
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def rows() -> Iterator[Row]:
    """Time beside the bare fetch, the highest memory, and whether it grows with the project."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        whole, quarter = Path(folder, "whole.annotator"), Path(folder, "quarter.annotator")
        _fill(whole, MARKS)
        _fill(quarter, MARKS // 4)
        for name, sql in FLOOR.items():
            print(f"floor, {name}: {sql}", file=sys.stderr)
        taken: list[float] = []
        least: list[float] = []
        busy: list[float] = []
        peak = 0.0
        for _ in range(RUNS):
            floor, ours = _run("fetch", whole), _run("export", whole)
            least.append(floor["seconds"])
            busy.append(floor["cpu"])
            taken.append(ours["seconds"])
            peak = max(peak, ours["peak_mb"])
            print(f"export {ours}, floor {floor}", file=sys.stderr)
            if (ours["spans"], ours["relations"]) != (floor["spans"], floor["relations"]):
                raise AssertionError("the two sides did not go through the same marks")
        smaller = _run("export", quarter)["peak_mb"]
        ratio = statistics.median(taken) / statistics.median(least)
        yield at_most("export of 1,000,000 marks / bare fetch", ratio, "×", 2.0)
        yield at_most("peak memory", peak, "MB", 80)
        yield at_most("peak memory, 1,000,000 / 250,000 marks", peak / smaller, "×", 1.1)
        yield from _others(whole, quarter, statistics.median(busy))
    yield from importing.rows()


def _others(whole: Path, quarter: Path, floor: float) -> Iterator[Row]:
    """The other formats: once each, for a million marks, and the memory at a quarter of them.

    Their time is that of the processor, which one run tells well enough.
    """
    for name, limit in OTHERS.items():
        ours = _run(name, whole)
        print(f"{name} {ours}", file=sys.stderr)
        yield at_most(f"{name} / bare fetch", ours["cpu"] / floor, "×", limit)
        yield at_most(f"{name}, peak memory", ours["peak_mb"], "MB", 80)
        smaller = _run(name, quarter)["peak_mb"]
        yield at_most(f"{name}, peak memory / a quarter's", ours["peak_mb"] / smaller, "×", 1.1)


def _run(side: str, path: Path) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.export", side, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _export(path: Path, name: str = "jsonl") -> dict[str, int]:
    chosen = named(name)
    out = path.with_name(path.stem + next(iter(chosen.suffixes), f"-{name}"))
    if out.is_dir():
        shutil.rmtree(out)
    with open_project(path, person="Bench", write=False) as project:
        report = export(project, out, chosen=chosen)
    return {"spans": report.spans, "relations": report.relations}


def _fetch(path: Path) -> dict[str, int]:
    """The same rows in the same order, each dropped; segments come with their marks."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    run = connection.execute
    spans = relations = 0
    for document in run(FLOOR["documents"]):
        run(FLOOR["text"], (document[6],)).fetchone()
        for _ in run(FLOOR["blocks"], (document[0],)):
            pass
        for own in run(FLOOR["sets"], (document[0],)).fetchall():
            for row in run(FLOOR["marks"], (document[0], own[0])):
                spans += row[-4] == 0
            for _ in run(FLOOR["links"], (own[0],)):
                relations += 1
    return {"spans": spans, "relations": relations}


def _fill(path: Path, marks: int) -> None:
    """A project of this many marks; one in ten has two segments, one in five a link."""
    keep.create(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    run = connection.executemany
    person, at = new_id(), "2026-11-24T08:00:00.000Z"
    run("INSERT INTO annotator VALUES (?, ?)", [(person, "Bench")])
    for number in range(marks // PER_DOCUMENT):
        document, own = new_id(), new_id()
        text = f"Story {number}\n" + TEXT
        sha = text_hash(text)
        run("INSERT INTO document_text VALUES (?, ?, ?)", [(number + 1, sha, text)])
        title = f"Story {number}"
        fields = (document, title, title.lower(), "2026-11-24", "", json.dumps({"title": title}))
        more = (sha, None, len(text), "bench/1", at, None, 0, 1)
        run(DOCUMENT, [(*fields, *more)])
        run(
            BLOCK,
            [(document, 0, 0, len(text), "paragraph", "body", 0)],
        )
        run(
            "INSERT INTO annotation_set VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(own, document, person, "individual", "in_progress", "", at, 1)],
        )
        _fill_marks(connection, document, own, person, text, at)
    connection.commit()
    connection.close()


def _fill_marks(
    connection: sqlite3.Connection, document: str, own: str, person: str, text: str, at: str
) -> None:
    marks: list[Any] = []
    segments: list[Any] = []
    ids = [new_id() for _ in range(PER_DOCUMENT)]
    for n, mark in enumerate(ids):
        start = (n * 11) % (len(text) - 60)
        parts = [(start, start + 25)] if n % 10 else [(start, start + 10), (start + 15, start + 40)]
        label = "claim" if n % 2 else "source"
        attributes = '{"certainty":"probable"}' if n % 3 == 0 else "{}"
        marks.append(
            (mark, own, document, label, parts[0][0], parts[-1][1], attributes, "", None, None)
            + ("manual", None, at, at, person, 1)
        )
        segments += [(mark, ord_, s, e, text[s:e]) for ord_, (s, e) in enumerate(parts)]
    links = [
        (new_id(), own, "attributed_to", ids[n], ids[n - 1], "{}", "manual", at, at, person, 1)
        for n in range(1, PER_DOCUMENT, LINKS_EVERY)
    ]
    run = connection.executemany
    run(f"INSERT INTO annotation VALUES ({','.join('?' * 16)})", marks)
    run("INSERT INTO segment VALUES (?, ?, ?, ?, ?)", segments)
    run(f"INSERT INTO relation VALUES ({','.join('?' * 11)})", links)


def _child(side: str, path: Path) -> None:
    began, busy = time.perf_counter(), time.process_time()
    counts = {"export": _export, "fetch": _fetch}.get(side, lambda at: _export(at, side))(path)
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "seconds": round(seconds, 3),
                "cpu": round(cpu, 3),
                "peak_mb": round(peak, 1),
                **counts,
            }
        )
    )


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
