"""What a durable mark and a bulk of articles cost, beside the same rows through sqlite3 alone.

The floor is recorded, not written by hand: the statements that the program itself gives to the
driver, replayed on a copy of the same project with the same pragmas. Afterwards both files must hold
the same rows in the same tables with the same indexes, or the row does not hold.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from annotator.model.document import Article, Block, Document
from annotator.model.ids import new_id
from annotator.model.prepared import Prepared, pack, prepare
from annotator.project import Project, keep, marks, open_project
from annotator.project.project import new_set
from annotator.storage import intake
from annotator.text.span import Span
from tests.benchmarks.rows import Row, at_most

ARTICLES = 10_000
BULK_RUNS = 5
BULK = 500
MARKS = 150
PERSON = "Bench"
WORDS = [
    "officials",
    "told",
    "the",
    "courier",
    "that",
    "two",
    "posts",
    "were",
    "shelled",
    "overnight",
    "while",
    "the",
    "ministry",
    "of",
    "the",
    "interior",
    "denied",
    "it",
    "and",
    "said",
    "“no",
    "incident”",
    "had",
    "been",
    "reported",
    "along",
    "the",
    "river",
    "near",
    "the",
    "border",
    "town",
    "according",
    "to",
    "residents",
    "who",
    "spoke",
    "by",
    "telephone",
    "🌊",
]

Statement = tuple[str, Any, bool]
"""SQL, its values, and whether they are many rows."""


def rows() -> Iterator[Row]:
    """One durable mark; 10,000 articles."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        yield _one_mark(Path(folder))
        yield _bulk(Path(folder))


def _one_mark(folder: Path) -> Row:
    """Alternates one mark through `marks.add` with one replayed, each durable on the same disk."""
    base = folder / "base.annotator"
    documents = _small_project(base)
    spans = [(documents[n % len(documents)], Span.of([(7 * n, 7 * n + 30)])) for n in range(MARKS)]
    rehearsed = _copy(base, "rehearsal")
    recorded: list[list[Statement]] = []
    with open_project(rehearsed, person=PERSON) as project:
        for document, span in spans:
            with _recording(project) as statements:
                marks.add(project, document, span, "claim")
            recorded.append(statements)
    _show("one mark", recorded[-1])
    ours, floor = _copy(base, "ours"), _copy(base, "floor")
    taken: list[float] = []
    least: list[float] = []
    project = open_project(ours, person=PERSON)
    connection = floor_connection(floor)
    for (document, span), statements in zip(spans, recorded, strict=True):
        taken.append(_timed(lambda: marks.add(project, document, span, "claim")))
        least.append(_timed(lambda: _replay(connection, statements)))
    connection.close()
    project.close()
    ratio = statistics.median(taken) / statistics.median(least)
    _say(
        f"mark {statistics.median(taken) * 1e3:.2f} ms, floor {statistics.median(least) * 1e3:.2f} ms"
    )
    row = at_most("durable mark / sqlite3", ratio, "×", 4.0)
    return _same_or_failed(row, ours, floor)


def _bulk(folder: Path) -> Row:
    base = folder / "empty.annotator"
    keep.create(base)
    prepared = [_prepared(n) for n in range(ARTICLES)]
    rehearsed = _copy(base, "bulk-rehearsal")
    with open_project(rehearsed, person=PERSON) as project, _recording(project) as statements:
        _store(project, prepared)
    _show("bulk", statements)
    taken: list[float] = []
    least: list[float] = []
    ours = floor = base
    for run in range(BULK_RUNS):
        ours, floor = _copy(base, f"bulk-ours-{run}"), _copy(base, f"bulk-floor-{run}")
        with open_project(ours, person=PERSON) as project:
            taken.append(_timed(lambda: _store(project, prepared)))
        connection = floor_connection(floor)
        least.append(_timed(lambda: _replay(connection, statements)))
        connection.close()
    ratio = statistics.median(taken) / statistics.median(least)
    _say(f"bulk {statistics.median(taken):.2f} s, floor {statistics.median(least):.2f} s")
    row = at_most("10,000 articles / executemany", ratio, "×", 1.4)
    return _same_or_failed(row, ours, floor)


def _store(project: Project, prepared: list[Prepared]) -> None:
    with project.op("Import articles") as act:
        for at in range(0, len(prepared), BULK):
            part = [(_document(p, act.tx.at), p) for p in prepared[at : at + BULK]]
            intake.take_in(act.tx, part, sets=[new_set(d.id, act.tx) for d, _ in part])


def _small_project(path: Path) -> list[str]:
    """Fifty articles, and a first mark on each, so that nothing of the first time is measured."""
    keep.create(path)
    with open_project(path, person=PERSON, durable=False) as project:
        _store(project, [_prepared(n) for n in range(50)])
        documents = [listed.document.id for listed in project.read.library()]
        for document in documents:
            marks.add(project, document, Span.of([(0, 9)]), "source")
    return documents


def _prepared(number: int) -> Prepared:
    article = _article(number)
    return prepare(article, pack(article.source).sha256)


def _article(number: int) -> Article:
    chosen = random.Random(number)
    paragraphs = [" ".join(chosen.choices(WORDS, k=70)).capitalize() + "." for _ in range(12)]
    text = f"Story {number}\n\n" + "\n\n".join(paragraphs)
    blocks: list[Block] = []
    at = 0
    for paragraph in text.split("\n\n"):
        end = min(at + len(paragraph) + 2, len(text))
        blocks.append(Block(at, end, "paragraph" if at else "heading"))
        at = end
    metadata = {"title": f"Story {number}", "outlet": "Courier", "published": "2026-11-24"}
    source = text.encode()
    return Article(
        text=text, blocks=tuple(blocks), metadata=metadata, source=source, reader="bench/1"
    )


def _document(prepared: Prepared, at: str) -> Document:
    return Document(
        id=new_id(),
        metadata=prepared.metadata,
        text_sha256=prepared.text_sha256,
        source_sha256=prepared.source_sha256,
        length=len(prepared.text),
        reader=prepared.reader,
        created=at,
    )


@contextmanager
def _recording(project: Project) -> Generator[list[Statement]]:
    """What the program gives to the driver meanwhile."""
    recorded: list[Statement] = []

    def record(_c: Any, _cursor: Any, sql: str, values: Any, _x: Any, many: bool) -> None:
        recorded.append((sql, values, many))

    engine = project._database.engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", record)
    try:
        yield recorded
    finally:
        event.remove(engine, "before_cursor_execute", record)


def floor_connection(path: Path) -> sqlite3.Connection:
    """A bare connection that keeps what it commits as the program's own does."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _replay(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    run, run_many = connection.execute, connection.executemany
    for sql, values, many in statements:
        if many:
            run_many(sql, values)
        else:
            run(sql, values).fetchall()
    if connection.in_transaction:
        run("COMMIT")


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _copy(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(f"{name}.annotator")))


def _same_or_failed(row: Row, ours: Path, floor: Path) -> Row:
    """The row, failed where the floor did not do the same work."""
    difference = _shape(ours) ^ _shape(floor)
    for what in sorted(difference):
        _say(f"not the same work: {what}")
    return row if not difference else Row(row.name, row.value, row.unit, row.limit, False)


def _shape(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    made = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
    tables = [name for name, sql in made if sql and sql.startswith("CREATE TABLE")]
    counts = [
        f"{name}: {connection.execute(f'SELECT count(*) FROM {name}').fetchone()[0]} rows"
        for name in tables
    ]
    connection.close()
    return {f"{name}: {sql}" for name, sql in made} | set(counts)


def _show(title: str, statements: list[Statement]) -> None:
    """The floor's statements, each once, on stderr."""
    _say(f"floor of {title}: {len(statements)} statements, of these kinds:")
    times = Counter(" ".join(sql.split())[:150] for sql, _, _ in statements)
    for sql, n in times.items():
        _say(f"  {n} × {sql}")


def _say(line: str) -> None:
    print(line, file=sys.stderr)
