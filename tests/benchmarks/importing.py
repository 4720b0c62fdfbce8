"""What an import of own JSONL costs beside parsing the same lines and inserting the same rows.

The floor reads each line once, believes it, and inserts into the same tables, with the settings that the
program's own connection has, in one durable transaction; it keeps no journal and no runs. Each side runs in
a process of its own, alternating, and is told in seconds of the processor; without the search index, with it,
and the highest memory.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotator.project import keep, open_project
from annotator.project.exchange import export
from annotator.project.importing import import_dataset
from annotator.storage import search
from tests.benchmarks.rows import Row, at_most
from tests.benchmarks.storage import floor_connection

_encode = msgspec.json.Encoder().encode
MARKS = 200_000
RUNS = 3


def rows() -> Iterator[Row]:
    """Time beside the floor, and memory at the whole and at a quarter of it."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        whole, quarter = (_dataset(Path(folder), n) for n in (MARKS, MARKS // 4))
        taken: dict[str, list[float]] = {"floor": [], "bare": [], "indexed": []}
        peak = 0.0
        for _ in range(RUNS):
            for side, seconds in taken.items():
                ours = _run(side, whole, folder)
                seconds.append(ours["seconds"])
                peak = max(peak, ours["peak_mb"] if side == "indexed" else 0)
                print(f"{side} {ours}", file=sys.stderr)
        floor = statistics.median(taken["floor"])
        smaller = _run("indexed", quarter, folder)["peak_mb"]
        for side, limit in (("bare", 2.0), ("indexed", 3.0)):
            ratio = statistics.median(taken[side]) / floor
            named = "without search index" if side == "bare" else "with search index"
            yield at_most(f"import, {named} / parse and insert", ratio, "×", limit)
        yield at_most("import, peak memory / a quarter's", peak / smaller, "×", 1.25)


def _dataset(folder: Path, marks: int) -> Path:
    from tests.benchmarks.export import _fill

    project, path = folder / f"{marks}.annotator", folder / f"{marks}.jsonl"
    _fill(project, marks)
    with open_project(project, person="Bench", write=False) as it:
        export(it, path)
    return path


def _run(side: str, path: Path, folder: str) -> Any:
    into = Path(folder, "into.annotator")
    for file in Path(folder).glob("into*"):
        file.unlink()
    keep.create(into)
    command = [sys.executable, "-m", "tests.benchmarks.importing", side, str(path), str(into)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _import(path: Path, into: Path) -> int:
    with open_project(into, person="Bench") as project:
        return import_dataset(project, path).spans


def _import_bare(path: Path, into: Path) -> int:
    """The same without the search index."""
    search.add = lambda connection, texts: None  # type: ignore[assignment]
    return _import(path, into)


def _floor(path: Path, into: Path) -> int:
    """Each line parsed once and inserted, all in one transaction."""
    connection = floor_connection(into)
    connection.execute("BEGIN")
    run = connection.executemany
    run("INSERT INTO annotator VALUES (?, ?)", [("p", "Bench")])
    spans = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            one = msgspec.json.decode(line)
            spans += len(one["spans"])
            _insert(run, number, one)
    connection.execute("COMMIT")
    connection.close()
    return spans


def _insert(run: Any, number: int, one: dict[str, Any]) -> None:
    from tests.benchmarks.export import BLOCK, DOCUMENT

    document, own, at = one["doc_id"], one["annotation_set"], one["annotation_set"]["created"]
    metadata = json.dumps(one["metadata"])
    title = one["metadata"]["title"]
    run("INSERT INTO document_text VALUES (?, ?, ?)", [(number, one["text_sha256"], one["text"])])
    fields = (document, title, title.lower(), "", "", metadata, one["text_sha256"], None)
    more = (len(one["text"]), "floor", at, None, 0, 1)
    run(DOCUMENT, [(*fields, *more)])
    run(
        BLOCK,
        [(document, n, b["start"], b["end"], b["kind"], b["role"], b["dimmed"])
         for n, b in enumerate(one["blocks"])],
    )  # fmt: skip
    run(
        "INSERT INTO annotation_set VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(own["id"], document, "p", own["kind"], own["status"], "", at, 1)],
    )
    run(
        f"INSERT INTO annotation VALUES ({','.join('?' * 16)})",
        [(s["id"], own["id"], document, s["label"], s["start"], s["end"], _encode(s["attributes"]).decode(),
          s["note"], None, None, s["origin"], None, s["created"], s["updated"], "p", 1)
         for s in one["spans"]],
    )  # fmt: skip
    run(
        "INSERT INTO segment VALUES (?, ?, ?, ?, ?)",
        [(s["id"], n, a, b, one["text"][a:b])
         for s in one["spans"] for n, (a, b) in enumerate(s["segments"])],
    )  # fmt: skip
    run(
        f"INSERT INTO relation VALUES ({','.join('?' * 11)})",
        [(r["id"], own["id"], r["type"], r["from"], r["to"], "{}", r["origin"], r["created"],
          r["updated"], "p", 1) for r in one["relations"]],
    )  # fmt: skip


SIDES = {"floor": _floor, "bare": _import_bare, "indexed": _import}


def _child(side: str, path: Path, into: Path) -> None:
    began = time.process_time()
    spans = SIDES[side](path, into)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 3), "peak_mb": round(peak, 1), "spans": spans}))


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
